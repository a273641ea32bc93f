"""The time x space grid with everything in it: what was said, and the records and agreements that were made of it.

Where each lies, and why: docs/decisions/placing-in-the-grid.md.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from eaa.models import Agreement, AgreementState, Mechanism, Record, Shown
from eaa.queries.plots import SPACES, TIMES, GridPlot, grid_plot
from sessions_app.models import Session, Workshop
from sessions_app.queries.grid import APART, Cell, Grid, Where, cell_of, gone_from, grid_of
from sessions_app.queries.records import folded

Made = TypeVar("Made", Record, Agreement)


@dataclass(frozen=True, slots=True)
class Placed:
    """One cell: what was said there, and what was made there. Steps with few contributions are told of together."""

    cell: Cell
    records: tuple[Record, ...]
    agreements: tuple[Agreement, ...]

    @property
    def key(self) -> str:
        return f"{self.cell.time.value}-{self.cell.space.value}"

    @property
    def name(self) -> str:
        return _("%(space)s, %(time)s") % {"space": SPACES[self.cell.space], "time": TIMES[self.cell.time]}

    @property
    def made(self) -> int:
        return len(self.records) + len(self.agreements)

    @property
    def is_empty(self) -> bool:
        return not (self.cell.meetings or self.cell.said or self.made)

    @property
    def steps(self) -> tuple[tuple[str, str], ...]:
        """(title, number): everything that was said here, by step and thread."""
        return folded([(_title(step.activity.title, step.session), step.said) for step in self.cell.steps])

    @property
    def timing(self) -> tuple[tuple[str, str], ...]:
        """What was said while a step was on, and what came afterwards; told together where one of them is few."""
        rows = [(_("while the step was on"), self.cell.said - self.cell.late), (_("afterwards"), self.cell.late)]
        return folded([row for row in rows if row[1]])

    @property
    def kinds(self) -> list[tuple[str, int]]:
        """What was made here, by kind."""
        counts = [(str(kind.label), sum(one.mechanism == kind for one in self.records)) for kind in Mechanism]
        return [row for row in [*counts, (_("Agreements"), len(self.agreements))] if row[1]]


@dataclass(frozen=True, slots=True)
class GridView:
    workshop: Workshop
    grid: Grid
    placed: tuple[Placed, ...]
    gone: int = 0  # how many contributions were taken back

    @property
    def gap(self) -> str:
        """What was taken back leaves a place here, too, and lies in no cell."""
        told = ngettext(
            "%(n)d contribution was taken back and is in no cell.",
            "%(n)d contributions were taken back and are in no cell.",
            self.gone,
        )
        return told % {"n": self.gone} if self.gone else ""

    @property
    def said(self) -> int:
        return self.grid.said

    @property
    def made(self) -> int:
        return sum(one.made for one in self.placed)

    @property
    def rows(self) -> list[tuple[str, list[Placed]]]:
        by_cell = {(one.cell.time, one.cell.space): one for one in self.placed}
        return [(str(SPACES[row.space]), [by_cell[c.time, c.space] for c in row.cells]) for row in self.grid.rows]

    @property
    def columns(self) -> list[str]:
        return [str(TIMES[cell.time]) for cell in self.grid.rows[0].cells]

    @property
    def plot(self) -> GridPlot:
        return grid_plot({(one.cell.time, one.cell.space): (one.cell.said, one.made) for one in self.placed})

    @property
    def finding(self) -> str:
        if not self.said:
            return _("Nothing has been said yet.")
        most = max(self.placed, key=lambda one: one.cell.said)
        told = {"part": most.cell.said, "all": self.said, "where": most.name}
        return _("%(part)d of %(all)d contributions were made here: %(where)s.") % told

    @property
    def report(self) -> str:
        """How the dialogue was held, as text for a report."""
        meetings = sum(len(one.cell.meetings) for one in self.placed)
        told = {"title": self.workshop.title, "meetings": meetings, "said": self.said, "made": self.made}
        lines = [
            _("How the dialogue in “%(title)s” was held.") % told,
            _("Meetings held: %(meetings)d. Contributions: %(said)d. Records and agreements: %(made)d.") % told,
            *(_told(one) for one in self.placed if not one.is_empty),
            _("A meeting stands in the cell for which it was planned."),
            _("What came after a meeting of everybody counts as own time, from one’s own place."),
            _("So do threads without a meeting. What was taken back is not counted."),
            *([self.gap] if self.gone else []),
        ]
        return "\n".join(lines)


def grid_view(workshop: Workshop) -> GridView:
    """Everything of WORKSHOP by cell. Eight queries."""
    grid = grid_of(workshop)
    sessions = list(
        Session.objects.standing().filter(workshop=workshop, started_at__isnull=False).order_by("-started_at")
    )
    records = _by_cell((_record_lies(one, sessions), one) for one in counted_records(workshop))
    agreements = _by_cell((_made_in(one, sessions), one) for one in counted_agreements(workshop))
    placed = tuple(
        Placed(
            cell, tuple(records.get((cell.time, cell.space), ())), tuple(agreements.get((cell.time, cell.space), ()))
        )
        for cell in grid.cells
    )
    return GridView(workshop, grid, placed, gone_from(workshop).count())


def counted_records(workshop: Workshop) -> QuerySet[Record]:
    """Those that everybody may see: what somebody brings and hides, or took back, is not among them."""
    found = Record.objects.standing().filter(workshop=workshop, shown=Shown.SHOWN)
    return found.select_related("session", "activity__session")


def counted_agreements(workshop: Workshop) -> QuerySet[Agreement]:
    """Those that are open or were; a draft is for those who write it."""
    return Agreement.objects.standing().filter(workshop=workshop).exclude(state=AgreementState.DRAFT)


def _record_lies(record: Record, sessions: Iterable[Session]) -> Where:
    """In the meeting or thread that RECORD is about; else where it was made."""
    if record.session is not None:
        return cell_of(record.session)
    if record.activity is not None:
        return cell_of(record.activity.session)
    return _made_in(record, sessions)


def _made_in(made: Record | Agreement, sessions: Iterable[Session]) -> Where:
    """The cell of the meeting that was on when it was made (SESSIONS: the last to begin first); else between them."""
    for session in sessions:
        began, ended = session.started_at, session.closed_at
        if began is not None and began <= made.created_at and (ended is None or made.created_at <= ended):
            return cell_of(session)
    return APART


def _by_cell(found: Iterable[tuple[Where, Made]]) -> dict[Where, list[Made]]:
    cells: dict[Where, list[Made]] = {}
    for where, one in found:
        cells.setdefault(where, []).append(one)
    return cells


def _title(title: str, session: Session | None) -> str:
    return f"{title} ({session.title})" if session is not None else title


def _told(one: Placed) -> str:
    cell = one.cell
    parts = [
        ngettext("%(n)d meeting", "%(n)d meetings", len(cell.meetings)) % {"n": len(cell.meetings)},
        ngettext("%(n)d contribution", "%(n)d contributions", cell.said) % {"n": cell.said},
        ngettext("%(n)d record or agreement", "%(n)d records and agreements", one.made) % {"n": one.made},
    ]
    return f"- {one.name}: {', '.join(parts)}."
