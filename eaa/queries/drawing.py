"""Where things stand in a drawing: sizes, arrows beside the rows, and texts in lines."""

from dataclasses import dataclass
from math import sqrt
from textwrap import wrap

HEAD = 11  # how long an arrow's head is
CORNER = 8


@dataclass(frozen=True, slots=True)
class Arrow:
    """A line and its head, as paths."""

    line: str
    head: str


def radius(number: int, most: int, largest: float) -> float:
    """Of a circle whose area is to LARGEST's as NUMBER is to MOST."""
    return round(largest * sqrt(number / most), 2) if most else 0.0


def lines_of(text: str, width: int) -> list[str]:
    """TEXT in lines of about WIDTH signs."""
    return wrap(text, width, break_long_words=False) or [text]


def lane(start: float, end: float, *, edge: float, out: float) -> Arrow:
    """An arrow from one row (its middle is at START) to another: out from EDGE to OUT, along, and back to EDGE."""
    side = 1 if out > edge else -1
    turn = CORNER if end > start else -CORNER
    inner, neck = out - side * CORNER, edge + side * HEAD
    line = (
        f"M{edge:.1f} {start:.1f}H{inner:.1f}Q{out:.1f} {start:.1f} {out:.1f} {start + turn:.1f}"
        f"V{end - turn:.1f}Q{out:.1f} {end:.1f} {inner:.1f} {end:.1f}H{neck:.1f}"
    )
    return Arrow(line, f"M{edge:.1f} {end:.1f}L{neck:.1f} {end - 6:.1f}V{end + 6:.1f}z")
