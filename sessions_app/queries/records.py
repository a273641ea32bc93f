"""The record in numbers: who took part by which road, in which cell of the grid. Counts only, no words."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from typing import TypeVar

from django.db.models import Count, QuerySet, TextChoices
from django.utils.translation import gettext as _

from sessions_app.models import (
    Contribution,
    Participant,
    Place,
    Purpose,
    Role,
    Via,
    Workshop,
)
from sessions_app.queries.consents import latest_answers
from sessions_app.queries.grid import Grid, grid_of, said_in

FEW = 5
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class RecordView:
    workshop: Workshop
    grid: Grid
    roads: tuple[tuple[str, str], ...]
    places: tuple[tuple[str, str], ...]
    people: int
    wrote: int
    research: tuple[tuple[str, str], ...]


def record_view(workshop: Workshop) -> RecordView:
    """What happened in WORKSHOP, counted. Words that were taken back are not in it."""
    said = said_in(workshop)
    people = Participant.objects.filter(workshop=workshop, removed_at__isnull=True).exclude(roles=[Role.RESEARCHER])
    return RecordView(
        workshop=workshop,
        grid=grid_of(workshop),
        roads=_counted(said, "via", Via),
        places=_counted(said, "place", Place),
        people=people.count(),
        wrote=said.filter(author__in=people).values("author").distinct().count(),
        research=_research(people),
    )


def _counted(said: QuerySet[Contribution], field: str, names: type[TextChoices]) -> tuple[tuple[str, str], ...]:
    found = dict(said.values_list(field).annotate(n=Count("pk")))
    return folded([(str(name.label), found[name.value]) for name in names if name.value in found])


def folded(counts: list[tuple[str, int]]) -> tuple[tuple[str, str], ...]:
    """COUNTS, with one to four of a kind told in one number with the next few, since others could guess who they are.

    What is folded comes last. Nothing is left out, so no small number can be worked out from the others and the sum.
    """
    alone, few = parted(counts, lambda rows: sum(n for _label, n in rows))
    shown = tuple((label, str(n)) for label, n in alone)
    return (*shown, (one_or_other([label for label, _n in few]), str(sum(n for _label, n in few)))) if few else shown


def parted(rows: list[Row], size: Callable[[list[Row]], int]) -> tuple[list[Row], list[Row]]:
    """Those of ROWS that can be told alone, and those that are told together. SIZE counts whom some rows are about."""
    few = [row for row in rows if 0 < size([row]) < FEW]
    rest = sorted((row for row in rows if size([row]) >= FEW), key=lambda row: size([row]))
    while few and size(few) < FEW and rest:
        few.append(rest.pop(0))
    if len(few) < 2:
        return rows, []
    return [row for row in rows if row not in few], [row for row in rows if row in few]


def one_or_other(names: list[str]) -> str:
    return reduce(lambda one, other: _("%(one)s, or %(other)s") % {"one": one, "other": other}, names)


def _research(people: QuerySet[Participant]) -> tuple[tuple[str, str], ...]:
    """How many said yes, no, or have not been asked about research."""
    answers = latest_answers(people, Purpose.RESEARCH)
    yes = sum(answers.values())
    no, unasked = len(answers) - yes, people.count() - len(answers)
    return folded([(_("said yes"), yes), (_("said no"), no), (_("no answer yet"), unasked)])
