"""The exports of a workshop: which there are, how far they are, and which must not be handed out any more."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from sessions_app import clock, hints
from sessions_app.models import (
    Contribution,
    Export,
    ExportDownload,
    ExportedPerson,
    ExportState,
    Participant,
    Purpose,
    Response,
    Workshop,
)
from sessions_app.neighbours import GIVEN, IS_WITHDRAWN, Given
from sessions_app.queries.consents import latest_answers

PROGRESS = "export:%s"
# A copy that a host took off everybody's table again was not taken back by whose words it is.
WORDS = Given("C", Contribution, "author", "said_at", IS_WITHDRAWN & Q(uncarried_at=None))
ANSWERS = Given("RESP", Response, "participant", "given_at")


@dataclass(frozen=True, slots=True)
class Line:
    """One export. `is_stale`: somebody in it has taken back their yes or words since."""

    export: Export
    is_stale: bool
    percent: int
    people: int
    fetched: int

    @property
    def can_be_fetched(self) -> bool:
        return self.export.is_offered(clock.now()) and not self.is_stale

    @property
    def is_over(self) -> bool:
        """Whether it was there to fetch once, and is not any more."""
        is_old = self.export.state == ExportState.READY and not self.export.is_offered(clock.now())
        return self.export.asked_by_id is not None and (is_old or self.export.state == ExportState.EXPIRED)

    @property
    def by_command(self) -> bool:
        return self.export.asked_by_id is None

    @property
    def contributions(self) -> int:
        return int(self.export.rows.get("contributions", 0))


@dataclass(frozen=True, slots=True)
class ExportsView:
    workshop: Workshop
    lines: tuple[Line, ...]

    @property
    def is_going_on(self) -> bool:
        return any(line.export.is_going_on for line in self.lines)


def exports_view(workshop: Workshop) -> ExportsView:
    """The newest first."""
    found = Export.objects.filter(workshop=workshop).select_related("asked_by").order_by("-pk")
    rows = list(found.annotate(fetched=_count_of(ExportDownload), held=_count_of(ExportedPerson)))
    for export in rows:
        export.workshop = workshop
    stale = stale_among([export for export in rows if export.is_offered(clock.now())])
    lines = (Line(export, export.pk in stale, _percent(export), export.held, export.fetched) for export in rows)
    return ExportsView(workshop, tuple(lines))


def _count_of(model: type[Model]) -> Coalesce:
    """How many rows of MODEL an export has: counted by itself, since joined they would be multiplied."""
    rows = model._default_manager.filter(export=OuterRef("pk")).order_by().values("export")
    return Coalesce(Subquery(rows.annotate(number=Count("pk")).values("number")), 0)


def all_given() -> tuple[Given, ...]:
    """Everything that people can take back."""
    return (WORDS, ANSWERS, *GIVEN)


def stale_among(exports: Iterable[Export]) -> set[int]:
    """The ids of those of EXPORTS in which somebody is who has since taken back their yes, or anything they gave.

    Three queries, however many sorts of things can be taken back.
    """
    among = {export.pk: export for export in exports}
    held = list(ExportedPerson.objects.filter(export__in=among).values_list("export_id", "participant_id"))
    if not held:
        return set()
    people = Participant.objects.filter(pk__in={person for _export, person in held})
    answers, last = latest_answers(people, Purpose.RESEARCH), _last_taken_back(people)
    return {
        pk
        for pk, person in held
        if not answers.get(person) or (person in last and last[person] > (among[pk].taken_at or last[person]))
    }


def _last_taken_back(people: QuerySet[Participant]) -> dict[int, datetime]:
    """Person -> when they last took something back. One query."""
    first, *others = (
        given.model._default_manager.filter(given.taken_back, **{f"{given.person}__in": people})
        .order_by()
        .values_list(given.person)
        .annotate(at=Max("withdrawn_at"))
        for given in all_given()
    )
    last: dict[int, datetime] = {}
    for person, at in first.union(*others, all=True):
        last[person] = max(at, last.get(person, at))
    return last


def _percent(export: Export) -> int:
    if not export.is_going_on:
        return 100
    told = hints.attempt(lambda client: client.get(PROGRESS % export.pk), None)
    return int(told) if isinstance(told, bytes | str) and told.isdigit() else 0
