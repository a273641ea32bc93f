"""Drawings for pages, as numbers: where each mark lies. Templates draw them as SVG, 300 units wide for a phone.

Areas are strictly proportional to what they stand for. From right to left everything lies mirrored.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext_lazy as _

from eaa.queries.drawing import lines_of
from sessions_app.models import Space, Time

WIDE = 300
LARGEST = 19.0  # radius of the largest circle
LINE = 19  # between two lines of text
LABEL, HEAD = 30, 10  # signs in a line of a row's label, and of a column's head
TIMES: dict[str, str | Promise] = {
    Time.SAME: _("same time"),
    Time.BLENDED: _("now and later"),
    Time.DIFFERENT: _("own time"),
}
SPACES: dict[str, str | Promise] = {
    Space.SAME: _("Same place"),
    Space.BLENDED: _("Some in the hall, some online"),
    Space.DISTRIBUTED: _("Each from where they are"),
}
Pairs = dict[tuple[str, str], tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Text:
    x: str
    y: int
    words: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A circle around (x, y) with radius `r`, or a square from (left, top) with this side; its number under it."""

    number: int
    x: str
    y: str
    r: str
    left: str
    top: str
    side: str
    under: int


@dataclass(frozen=True, slots=True)
class Box:
    """A cell: its frame, and a circle and a square in it."""

    x: str
    y: int
    wide: str
    high: int
    circle: Mark
    square: Mark


@dataclass(frozen=True, slots=True)
class GridPlot:
    high: int
    heads: tuple[Text, ...]
    rows: tuple[Text, ...]
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    number: int
    x: str
    y: str
    wide: int
    high: str
    middle: str
    over: str


@dataclass(frozen=True, slots=True)
class BarsPlot:
    """Small columns for the steps 1 to 5, one row of them for each question."""

    high: int
    labels: tuple[Text, ...]
    bars: tuple[Bar, ...]
    steps: tuple[Text, ...]
    lines: tuple[int, ...]


def grid_plot(pairs: Pairs) -> GridPlot:
    """The grid with two numbers in each cell: the area of a circle and that of a square."""
    most = max((number for pair in pairs.values() for number in pair), default=0) or 1
    across, high = WIDE / 3, 68
    heads, rows, boxes, y = [], [], [], 2 * LINE + 8
    for column, time in enumerate(Time):
        lines = lines_of(str(TIMES[time]), HEAD)
        heads += [
            Text(_x(across * (column + 0.5)), LINE * (place + 3 - len(lines)) - 4, words)
            for place, words in enumerate(lines[:2], start=0)
        ]
    for space in Space:
        rows.append(Text(_x(0), y + 15, str(SPACES[space])))
        y += 22
        for column, time in enumerate(Time):
            left, (first, second) = across * column, pairs.get((time, space), (0, 0))
            boxes.append(
                Box(
                    _n(_left(left + 2, across - 4)),
                    y,
                    _n(across - 4),
                    high,
                    _mark(first, most, left + across * 0.27, y),
                    _mark(second, most, left + across * 0.73, y),
                )
            )
        y += high + 10
    return GridPlot(y, tuple(heads), tuple(rows), tuple(boxes))


def bars_plot(rows: Sequence[tuple[str, Sequence[int]]]) -> BarsPlot:
    """A row for each (label, how many answered 1, 2, 3, 4, 5); no columns where there are no numbers."""
    most = max((number for _label, counts in rows for number in counts), default=0) or 1
    across, tall, y = WIDE / 5, 34, 0
    labels, bars, steps, lines = [], [], [], []
    for label, counts in rows:
        for words in lines_of(label, LABEL):
            y += LINE
            labels.append(Text(_x(0), y, words))
        if counts:
            y += LINE + tall
            lines.append(y)
            for place, number in enumerate(counts):
                high = tall * number / most
                middle = across * (place + 0.5)
                x = _n(_left(middle - 18, 36))
                bars.append(Bar(number, x, _n(y - high), 36, _n(high), _x(middle), _n(y - high - 4)))
                steps.append(Text(_x(middle), y + 17, str(place + 1)))
            y += 20
        y += 14
    return BarsPlot(y, tuple(labels), tuple(bars), tuple(steps), tuple(lines))


def _mark(number: int, most: int, x: float, y: int) -> Mark:
    r = LARGEST * math.sqrt(number / most)
    side = r * math.sqrt(math.pi)
    middle = y + 24
    left = _left(x - side / 2, side)
    return Mark(number, _x(x), str(middle), _n(r), _n(left), _n(middle - side / 2), _n(side), y + 62)


def _left(x: float, wide: float) -> float:
    """The left edge of something that begins at X in the reader's direction."""
    return WIDE - x - wide if get_language_bidi() else x


def _x(x: float) -> str:
    return _n(_left(x, 0))


def _n(number: float) -> str:
    """Text, because a number would get the decimal comma of the reader's language."""
    return f"{number:.2f}"
