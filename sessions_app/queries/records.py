"""The record in numbers: who took part by which road, in which cell of the grid. Counts only, no words."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet, TextChoices
from django.utils.translation import gettext as _

from sessions_app.models import (
    Consent,
    Contribution,
    Participant,
    Place,
    Purpose,
    Role,
    Session,
    Space,
    Time,
    Via,
    Workshop,
)

FEW = 5


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the time x space grid."""

    time: str
    space: str
    meetings: int
    contributions: int


@dataclass(frozen=True, slots=True)
class RecordView:
    workshop: Workshop
    sessions: tuple[Session, ...]
    grid: tuple[tuple[str, tuple[Cell, ...]], ...]
    roads: tuple[tuple[str, str], ...]
    places: tuple[tuple[str, str], ...]
    people: int
    wrote: int
    research: tuple[tuple[str, str], ...]


def record_view(workshop: Workshop) -> RecordView:
    """What happened in WORKSHOP, counted. Words that were taken back are not in it."""
    said = Contribution.objects.filter(dialogue__activity__workshop=workshop, withdrawn_at__isnull=True)
    sessions = tuple(
        Session.objects.standing()
        .filter(workshop=workshop)
        .annotate(
            said=Count(
                "activities__dialogues__contributions",
                filter=Q(activities__dialogues__contributions__withdrawn_at__isnull=True),
            )
        )
    )
    people = Participant.objects.filter(workshop=workshop, removed_at__isnull=True).exclude(roles=[Role.RESEARCHER])
    return RecordView(
        workshop=workshop,
        sessions=sessions,
        grid=_grid(sessions, said.filter(dialogue__activity__session__isnull=True).count()),
        roads=_counted(said, "via", Via),
        places=_counted(said, "place", Place),
        people=people.count(),
        wrote=said.filter(author__in=people).values("author").distinct().count(),
        research=_research(people),
    )


def _grid(sessions: tuple[Session, ...], in_threads: int) -> tuple[tuple[str, tuple[Cell, ...]], ...]:
    """Rows are spaces, columns times. Threads of their own are different time, distributed space."""
    rows = []
    for space in Space:
        cells = []
        for time in Time:
            here = [session for session in sessions if session.time == time and session.space == space]
            extra = in_threads if (time, space) == (Time.DIFFERENT, Space.DISTRIBUTED) else 0
            cells.append(Cell(str(time.label), str(space.label), len(here), sum(s.said for s in here) + extra))  # type: ignore[attr-defined]
        rows.append((str(space.label), tuple(cells)))
    return tuple(rows)


def _counted(said: QuerySet[Contribution], field: str, names: type[TextChoices]) -> tuple[tuple[str, str], ...]:
    found = dict(said.values_list(field).annotate(n=Count("pk")))
    return tuple((str(name.label), _not_few(found[name.value])) for name in names if name.value in found)


def _not_few(count: int) -> str:
    """COUNT in words; one to four are not told apart, since others could guess who they are."""
    return _("fewer than %(n)d") % {"n": FEW} if 0 < count < FEW else str(count)


def _research(people: QuerySet[Participant]) -> tuple[tuple[str, str], ...]:
    """How many said yes, no, or have not been asked about research. A few of them are told in one number."""
    answers: dict[int, bool] = {}
    for answer in Consent.objects.filter(participant__in=people, purpose=Purpose.RESEARCH).order_by("pk"):
        answers[answer.participant_id] = answer.withdrawn_at is None
    yes = sum(answers.values())
    no, unasked = len(answers) - yes, people.count() - len(answers)
    if 0 < no < FEW or 0 < unasked < FEW:
        return (_("said yes"), _not_few(yes)), (_("said no, or have not answered"), _not_few(no + unasked))
    return (_("said yes"), _not_few(yes)), (_("said no"), str(no)), (_("not asked, or not answered"), str(unasked))
