"""Pictures of a workshop as numbers: where each mark lies, with the sentence that it shows and the same as a table.

300 units wide, so that text stays legible on a phone. Lengths and areas are strictly proportional to what they stand
for. People are compared only in groups of five or more; numbers of contributions may be smaller.
"""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from sessions_app.measures.shares import gini_corrected, lorenz
from sessions_app.measures.waits import survival
from sessions_app.models import Place, Workshop
from sessions_app.queries.ground import Ground, ground_of
from sessions_app.queries.records import FEW

WIDE, LEFT = 300, 56
LINE = 20
TALLEST = 60  # of a bar
LARGEST = 26.0  # radius of a circle
MOST_DAYS = 60  # more are put together by weeks


@dataclass(frozen=True, slots=True)
class Path:
    d: str
    look: str


@dataclass(frozen=True, slots=True)
class Rect:
    x: str
    y: str
    wide: str
    high: str
    look: str


@dataclass(frozen=True, slots=True)
class Dot:
    x: str
    y: str
    r: str
    look: str


@dataclass(frozen=True, slots=True)
class Label:
    x: str
    y: str
    words: str
    anchor: str = "start"
    look: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """`keys` say what which look means; `note` is what to be careful with."""

    name: str
    title: str
    finding: str
    high: int
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    paths: tuple[Path, ...] = ()
    rects: tuple[Rect, ...] = ()
    dots: tuple[Dot, ...] = ()
    labels: tuple[Label, ...] = ()
    keys: tuple[tuple[str, str], ...] = ()
    note: str = ""


def pictures(workshop: Workshop) -> list[Picture]:
    """All that can be drawn of WORKSHOP. Five queries."""
    return drawn_from(ground_of(workshop), workshop)


def drawn_from(ground: Ground, workshop: Workshop) -> list[Picture]:
    drawn = (shares(ground), answers(ground), days(ground, workshop), waiting(ground))
    return [picture for picture in drawn if picture is not None]


def shares(ground: Ground) -> Picture | None:
    """The Lorenz curve: which part of all contributions the quietest part of the people wrote."""
    counts = ground.counts()
    index = gini_corrected(counts)
    if len(counts) < FEW or index is None:
        return None
    points = lorenz(counts)
    side, top, bottom = WIDE - LEFT - 16, 12, 12 + WIDE - LEFT - 16
    spots = [(LEFT + side * x, bottom - side * y) for x, y in points]
    half = _at(points, 0.5)
    told = {"half": round(100 * half), "n": len(counts)}
    tenths = [(share / 4, _at(points, share / 4)) for share in range(1, 5)]
    return Picture(
        name="shares",
        title=_("Who wrote how much"),
        finding=_("The quieter half of %(n)d people wrote %(half)d %% of all contributions.") % told,
        high=bottom + 2 * LINE + 8,
        head=(_("The quietest"), _("wrote")),
        rows=tuple((_percent(x), _percent(y)) for x, y in tenths),
        paths=(
            Path(f"M{LEFT} {top}V{bottom}H{LEFT + side}", "k-line f-none"),
            Path(f"M{LEFT} {bottom}L{LEFT + side} {top}", "k-ink f-none pic__dashed"),
            Path(_line(spots), "k-pine f-none pic__thick"),
        ),
        labels=(
            *_scale_up(bottom, side),
            Label(_n(LEFT), _n(bottom + LINE), "0 %", look="q"),
            Label(_n(LEFT + side), _n(bottom + LINE), "100 %", "end", "q"),
            Label(_n(LEFT + side / 2), _n(bottom + 2 * LINE), _("people, from the quietest"), "middle", "q"),
        ),
        keys=(("k-pine", _("what they wrote")), ("k-ink pic__dashed", _("if all wrote equally much"))),
        note=_("G* = %(index)s. Equal is not automatically good.") % {"index": number_format(round(index, 2), 2)},
    )


def answers(ground: Ground) -> Picture | None:
    """Who answers whom, by group: never person by person."""
    groups = (("hall", _("the hall")), ("else", _("elsewhere")), ("hosts", _("hosts")))
    members: dict[str, set[int]] = {key: set() for key, _name in groups}
    of: dict[object, str] = {}
    for one in ground.said:
        if one.is_told and one.author is not None:
            of[one.id] = "hosts" if one.author in ground.hosts else "hall" if one.place == Place.HALL else "else"
            members[of[one.id]].add(one.author)
    pairs = Counter((of[one.id], of[one.reply_to]) for one in ground.said if one.id in of and one.reply_to in of)
    if not pairs or any(len(members[key]) < FEW for key in ("hall", "else")):
        return None
    step, top = (WIDE - 96) / 3, 2 * LINE + 6
    most = max(pairs.values())
    dots, labels = [], [Label(_n(96 + step * 1.5), "16", _("were answered"), "middle", "q")]
    for row, (source, name) in enumerate(groups):
        middle = top + 60 * row + 30
        labels.append(Label("0", _n(middle + 5), name))
        labels.append(Label(_n(96 + step * (row + 0.5)), _n(2 * LINE - 2), name, "middle"))
        for column, (target, _its) in enumerate(groups):
            number, x = pairs[source, target], 96 + step * (column + 0.5)
            r = LARGEST * math.sqrt(number / most)
            if number:
                dots.append(Dot(_n(x), _n(middle), _n(r), "pic__ring"))
            labels.append(Label(_n(x), _n(middle + 5), str(number) if number else "–", "middle", "b"))
    crossing = pairs["hall", "else"] + pairs["else", "hall"]
    told = {"crossing": crossing, "all": pairs.total()}
    return Picture(
        name="answers",
        title=_("Who answers whom"),
        finding=_("%(crossing)d of %(all)d answers went between the hall and elsewhere.") % told,
        high=int(top + 3 * 60 + 4),
        head=(_("Who answers"), *(name for _key, name in groups)),
        rows=tuple((name, *(str(pairs[key, other]) for other, _its in groups)) for key, name in groups),
        dots=tuple(dots),
        labels=tuple(labels),
        note=_("Rows answer columns. Only what was said under a name is counted."),
    )


def days(ground: Ground, workshop: Workshop) -> Picture | None:
    """When things were said: live above the line, between the meetings below it."""
    if not ground.said:
        return None
    said = [(workshop.local(one.at).date(), one.live) for one in ground.said]
    first, last = min(day for day, _live in said), max(day for day, _live in said)
    by_weeks = (last - first).days >= MOST_DAYS
    size = 7 if by_weeks else 1
    counts = Counter(((day - first).days // size, live) for day, live in said)
    spans = (last - first).days // size + 1
    most, across, middle = max(counts.values()), (WIDE - 8) / spans, TALLEST + LINE + 6
    below = TALLEST * max((number for (_place, live), number in counts.items() if not live), default=0) / most
    sums = {which: sum(n for (_place, is_live), n in counts.items() if is_live == which) for which in (True, False)}
    days_of = {place: first + timedelta(days=size * place) for place in range(spans)}
    told = {"live": sums[True], "between": sums[False]}
    return Picture(
        name="days",
        title=_("When things were said"),
        finding=_("%(live)d contributions came live, %(between)d between the meetings.") % told,
        high=math.ceil(middle + below + 2 * LINE + 6),
        head=(_("Week from") if by_weeks else _("Day"), _("live"), _("between the meetings")),
        rows=tuple(
            (date_format(day, "SHORT_DATE_FORMAT"), str(counts[place, True]), str(counts[place, False]))
            for place, day in days_of.items()
            if counts[place, True] or counts[place, False]
        ),
        paths=(Path(f"M0 {middle}H{WIDE}", "k-ink f-none"),),
        rects=_bars(counts, across, middle),
        labels=(
            Label("0", "16", _("live")),
            Label("0", _n(middle + below + LINE), _("between the meetings")),
            *_dates(first, last, middle + below + 2 * LINE),
        ),
        note=_("The tallest bar stands for %(most)d.") % {"most": most},
    )


def _bars(counts: Counter[tuple[int, bool]], across: float, middle: float) -> tuple[Rect, ...]:
    """Live ones stand on the line at MIDDLE, the others hang from it."""
    rects, most = [], max(counts.values())
    for (place, live), number in sorted(counts.items()):
        high = TALLEST * number / most
        x, y = 4 + across * place + across * 0.08, middle - high if live else middle
        rects.append(Rect(_n(x), _n(y), _n(across * 0.84), _n(high), "f-pine" if live else "pic__hollow"))
    return tuple(rects)


def waiting(ground: Ground) -> Picture | None:
    """How long words waited for an answer, on a scale on which each mark is about as far from the last."""
    curves = []
    for live, look, name in ((True, "k-pine", _("live")), (False, "k-plum pic__dashed", _("between the meetings"))):
        found = ground.waits(live=live)
        if any(answered for _wait, answered in found):
            curves.append((name, look, [(seconds, 1 - left) for seconds, left in survival(found)], len(found)))
    if not curves:
        return None
    side, top, bottom = WIDE - LEFT - 16, 12, 172
    tall = bottom - top
    paths = [Path(f"M{LEFT} {top}V{bottom}H{LEFT + side}", "k-line f-none")]
    for _name, look, steps, _n_said in curves:
        paths.append(
            Path(
                _stairs([(LEFT + side * _log(x), bottom - tall * y) for x, y in steps], LEFT + side),
                f"{look} f-none pic__thick",
            )
        )
    marks = ((60, _("1 min")), (3600, _("1 h")), (86400, _("1 d")), (864000, _("10 d")))
    ends = ", ".join(f"{name} {_percent(steps[-1][1])} (n = {n})" for name, _look, steps, n in curves)
    return Picture(
        name="waiting",
        title=_("How long words waited for an answer"),
        finding=_("Answered in the end: %(ends)s.") % {"ends": ends},
        high=bottom + 2 * LINE + 4,
        head=(_("Answered within"), *(name for name, *_rest in curves)),
        rows=tuple(
            (words, *(_percent(_until(steps, at)) for _name, _look, steps, _n_said in curves)) for at, words in marks
        ),
        paths=tuple(paths),
        labels=(
            *_scale_up(bottom, tall),
            *(Label(_n(LEFT + side * _log(at)), _n(bottom + LINE), words, "middle", "q") for at, words in marks),
        ),
        keys=tuple((look, name) for name, look, _steps, _n_said in curves),
        note=_("Kaplan–Meier: what waits still counts for as long as it has waited."),
    )


def _at(points: Sequence[tuple[float, float]], share: float) -> float:
    """How high the curve is at SHARE."""
    for (x, y), (next_x, next_y) in pairwise(points):
        if x <= share <= next_x:
            return y + (next_y - y) * (share - x) / (next_x - x)
    return 1.0


def _until(steps: Sequence[tuple[float, float]], moment: float) -> float:
    return max((part for seconds, part in steps if seconds <= moment), default=0.0)


def _log(seconds: float) -> float:
    """From ten seconds to two weeks."""
    return min(max((math.log10(max(seconds, 10)) - 1) / (math.log10(1_209_600) - 1), 0.0), 1.0)


def _line(spots: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{_n(x)} {_n(y)}" for x, y in spots)


def _stairs(spots: Sequence[tuple[float, float]], end: float) -> str:
    (x, y), *rest = spots
    return f"M{_n(x)} {_n(y)}" + "".join(f"H{_n(x)}V{_n(y)}" for x, y in rest) + f"H{_n(end)}"


def _scale_up(bottom: float, tall: float) -> tuple[Label, ...]:
    return (
        Label(_n(LEFT - 6), _n(bottom + 4), "0 %", "end", "q"),
        Label(_n(LEFT - 6), _n(bottom - tall / 2 + 5), "50 %", "end", "q"),
        Label(_n(LEFT - 6), _n(bottom - tall + 8), "100 %", "end", "q"),
    )


def _dates(first: date, last: date, y: float) -> tuple[Label, ...]:
    ends = [Label("0", _n(y), date_format(first, "j M"), look="q")]
    if last != first:
        ends.append(Label(_n(WIDE), _n(y), date_format(last, "j M"), "end", "q"))
    return tuple(ends)


def _percent(share: float) -> str:
    return f"{round(100 * share)} %"


def _n(number: float) -> str:
    """Text, because a number would get the decimal comma of the reader's language."""
    return f"{number:.2f}".rstrip("0").rstrip(".")
