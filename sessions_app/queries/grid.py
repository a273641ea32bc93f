"""How the dialogue was held: every contribution in its cell of the time x space grid. Counts only, no words.

Which cell that is, and why: docs/decisions/placing-in-the-grid.md.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from sessions_app.models import Activity, Contribution, Session, Space, Time, Workshop

Where = tuple[Time, Space]
APART = (Time.DIFFERENT, Space.DISTRIBUTED)  # each alone, whenever


@dataclass(frozen=True, slots=True)
class Step:
    """A step or a thread in one cell: how many contributions to it lie there, and whether they came afterwards."""

    activity: Activity
    said: int
    late: int

    @property
    def session(self) -> Session | None:
        return self.activity.session


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the grid. `meetings` were planned for it and held."""

    time: Time
    space: Space
    meetings: tuple[Session, ...]
    steps: tuple[Step, ...]

    @property
    def said(self) -> int:
        return sum(step.said for step in self.steps)

    @property
    def late(self) -> int:
        """How many came after their step had ended in the room."""
        return sum(step.late for step in self.steps)

    @property
    def threads(self) -> tuple[Step, ...]:
        return tuple(step for step in self.steps if step.session is None)


@dataclass(frozen=True, slots=True)
class Row:
    space: Space
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows are spaces, columns times."""

    rows: tuple[Row, ...]

    @property
    def cells(self) -> tuple[Cell, ...]:
        return tuple(cell for row in self.rows for cell in row.cells)

    @property
    def said(self) -> int:
        return sum(cell.said for cell in self.cells)


def cell_of(session: Session | None, *, late: bool = False) -> Where:
    """Where something of SESSION lies; without one it was made between the meetings.

    What came LATE to a meeting that everybody was to be at was written apart from it. A meeting that was planned for
    some now and some later holds both: that is what its cell says.
    """
    if session is None or (late and session.time == Time.SAME):
        return APART
    return Time(session.time), Space(session.space)


def said_in(workshop: Workshop) -> QuerySet[Contribution]:
    """What was said in WORKSHOP and stands; what was carried back from a small group was said once."""
    return Contribution.objects.filter(
        dialogue__activity__workshop=workshop, from_group=None, withdrawn_at__isnull=True
    )


def gone_from(workshop: Workshop) -> QuerySet[Contribution]:
    """What was said in WORKSHOP and was taken back, each once."""
    return Contribution.objects.filter(
        dialogue__activity__workshop=workshop, from_group=None, withdrawn_at__isnull=False
    )


def grid_of(workshop: Workshop) -> Grid:
    """Everything that was said in WORKSHOP, by cell. Two queries."""
    sessions = {session.pk: session for session in Session.objects.standing().filter(workshop=workshop)}
    by_cell: dict[Where, list[Step]] = {}
    used = set()
    for step in _counted(workshop):
        step.session = sessions.get(step.session_id or 0)
        used.add(step.session_id)
        for number, came_late in ((step.here, False), (step.late, True)):  # type: ignore[attr-defined]
            if number:
                where = cell_of(step.session, late=came_late)
                by_cell.setdefault(where, []).append(Step(step, number, number if came_late else 0))
    for session in sessions.values():
        session.workshop = workshop
    held = [session for session in sessions.values() if session.started_at or session.pk in used]
    return Grid(tuple(Row(space, tuple(_cell(time, space, held, by_cell) for time in Time)) for space in Space))


def _counted(workshop: Workshop) -> QuerySet[Activity]:
    """Steps and threads in which something stands, with how much came while they were on and how much afterwards."""
    words = "dialogues__contributions"
    stands = Q(**{f"{words}__withdrawn_at": None, f"{words}__from_group": None})
    counts = {
        name: Count(words, filter=stands & Q(**{f"{words}__late": late}))
        for name, late in (("here", False), ("late", True))
    }
    steps = Activity.objects.filter(workshop=workshop).annotate(**counts)
    return steps.filter(Q(here__gt=0) | Q(late__gt=0)).order_by("session__starts_at", "position", "pk")


def _cell(time: Time, space: Space, held: Iterable[Session], by_cell: dict[Where, list[Step]]) -> Cell:
    """Live and late words of one step that lie in the same cell are one line."""
    steps: dict[int, Step] = {}
    for step in by_cell.get((time, space), []):
        before = steps.get(step.activity.pk, Step(step.activity, 0, 0))
        steps[step.activity.pk] = Step(step.activity, before.said + step.said, before.late + step.late)
    meetings = tuple(session for session in held if cell_of(session) == (time, space))
    return Cell(time, space, meetings, tuple(steps.values()))
