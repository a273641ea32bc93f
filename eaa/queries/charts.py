"""The map as a drawing: where its circles, words and arrows stand, once for wide pages and once for narrow ones."""

from dataclasses import dataclass

from eaa.queries.drawing import Arrow, lane, lines_of, radius
from eaa.queries.maps import Cell, Map
from eaa.stages import MECHANISMS, STAGES
from sessions_app.tags import Tag


@dataclass(frozen=True, slots=True)
class Label:
    """A text in lines, each at its (x, y, text); above the name of a stage its `shape`, in the middle of x."""

    lines: tuple[tuple[float, float, str], ...]
    shape: str = ""
    x: float = 0


@dataclass(frozen=True, slots=True)
class Dot:
    """A cell as it is drawn: a circle with its number in it or beside it, a ring when planned, a dash when nothing."""

    cell: Cell
    x: float
    y: float
    r: float
    side: int  # on which side the number stands: 1, or -1 where one reads from the right

    @property
    def ring(self) -> float:
        return self.r + 5

    @property
    def is_inside(self) -> bool:
        return self.r >= 8 + 4.5 * len(str(self.cell.evidence))

    @property
    def number_x(self) -> float:
        beside = (self.ring if self.cell.planned else self.r) + 7
        return self.x if self.is_inside else self.x + self.side * beside

    @property
    def number_y(self) -> float:
        return self.y + 5.5

    @property
    def dash(self) -> float:
        return self.x - 5


@dataclass(frozen=True, slots=True)
class Chart:
    width: int
    height: float
    columns: tuple[Label, ...]
    rows: tuple[Label, ...]
    lines: tuple[float, ...]  # where the rows end
    dots: tuple[Dot, ...]
    arrows: tuple[Arrow, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """The measures of one drawing. In a narrow one a row's name stands above its circles."""

    width: int
    row: int
    columns: tuple[int, ...]
    edge: int  # beyond it lie the arrows
    largest: int
    name_width: int  # signs in a line of a row's name
    head_width: int  # signs in a line of a column's name
    name_y: int = 0  # of the first line of a row's name, below its top; 0 for the middle
    middle: float = 0.5  # how far down in a row its circles are
    line: int = 19  # from line to line
    out: int = 22  # from the edge to the nearest arrow
    lane: int = 17  # from arrow to arrow
    plain_heads: bool = False  # the stages' own names are single words, too long to stand side by side on a phone


WIDE = Layout(720, 58, (320, 450, 580), 644, 25, 30, 16)
NARROW = Layout(300, 90, (42, 122, 202), 262, 20, 32, 9, name_y=24, middle=0.68, out=14, lane=11, plain_heads=True)
HEAD_Y = 40  # of the first line of a stage's name


def chart(found: Map, layout: Layout, *, is_plain: bool, is_mirrored: bool) -> Chart:
    """FOUND drawn; mirrored for languages that are written from the right."""

    def flip(x: float) -> float:
        return layout.width - x if is_mirrored else x

    columns = [_column(tag, is_plain, flip(x), layout) for tag, x in zip(STAGES, layout.columns, strict=True)]
    top = HEAD_Y + layout.line * max(len(column.lines) for column in columns)
    tops = {tag.key: float(top + layout.row * number) for number, tag in enumerate(MECHANISMS)}
    middles = {key: y + layout.row * layout.middle for key, y in tops.items()}
    across = dict(zip((tag.key for tag in STAGES), map(flip, layout.columns), strict=True))
    return Chart(
        width=layout.width,
        height=top + layout.row * len(MECHANISMS) + 2,
        columns=tuple(columns),
        rows=tuple(_row(_name(tag, is_plain), tops[tag.key], flip(0), layout) for tag in MECHANISMS),
        lines=tuple(float(top + layout.row * number) for number in range(len(MECHANISMS) + 1)),
        dots=tuple(
            Dot(
                cell,
                across[cell.stage.key],
                middles[cell.mechanism.key],
                radius(cell.evidence, found.most, layout.largest),
                -1 if is_mirrored else 1,
            )
            for cell in found.cells
        ),
        arrows=tuple(
            lane(
                middles[one.source],
                middles[one.target] + 9 * (number if one.target == "dialogue" else 0),
                edge=flip(layout.edge),
                out=flip(layout.edge + layout.out + layout.lane * number),
            )
            for number, one in enumerate(found.returns)
        ),
    )


def _name(tag: Tag, is_plain: bool) -> str:
    return str(tag.plain if is_plain else tag.name)


def _column(tag: Tag, is_plain: bool, x: float, layout: Layout) -> Label:
    lines = lines_of(_name(tag, is_plain or layout.plain_heads), layout.head_width)[:4]
    return Label(tuple((x, HEAD_Y + layout.line * number, line) for number, line in enumerate(lines)), tag.key, x)


def _row(name: str, top: float, x: float, layout: Layout) -> Label:
    lines = lines_of(name, layout.name_width)[:2]
    first = layout.name_y or layout.row / 2 + 5 - (len(lines) - 1) * layout.line / 2
    return Label(tuple((x, top + first + layout.line * number, line) for number, line in enumerate(lines)))
