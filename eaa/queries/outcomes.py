"""What became of what somebody said: told by a host, or seen from what quotes it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet
from django.urls import reverse

from eaa.models import Agreement, AgreementState, Evidence, Mechanism, Outcome, OutcomeKind, Record
from eaa.queries.quoting import citable, said_of
from eaa.queries.texts import short
from sessions_app.anonymity import known_tokens
from sessions_app.models import Activity, Contribution, Identity, Participant
from sessions_app.neighbours import Became as BecameWords
from sessions_app.queries.timeline import Said


@dataclass(frozen=True, slots=True)
class Use:
    """A place where words were used: its name, and its address if it has a page that everybody may read."""

    name: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Became:
    """One contribution and what became of it. `uses` are places that quote it, or that a host named."""

    said: Said
    outcome: Outcome | None
    uses: tuple[Use, ...]

    @property
    def is_known(self) -> bool:
        return self.outcome is not None or bool(self.uses)

    @property
    def places(self) -> list[Use]:
        """Where it was used: as a host told it, then wherever it is quoted."""
        named = places_of(self.outcome) if self.outcome is not None else []
        addresses = {use.address for use in named if use.address}
        return [*named, *(use for use in self.uses if use not in named and use.address not in addresses)]

    @property
    def is_used(self) -> bool:
        return bool(self.uses) or (self.outcome is not None and self.outcome.kind == OutcomeKind.USED)


def became_of(person: Participant) -> list[Became]:
    """What became of everything that PERSON said where everybody reads it, the newest first; anonymous words while
    their author can still be recognised. Eight queries, however much it is."""
    rows = list(words_of(person))
    said = said_of(row.pk for row in rows)
    outcomes, uses = outcomes_of(rows), uses_of(rows)
    return [
        Became(said[row.pk], outcomes.get(row.pk), tuple(uses.get(row.pk, ())))
        for row in reversed(rows)
        if row.pk in said
    ]


def words_of(person: Participant) -> QuerySet[Contribution]:
    """What PERSON said where everybody may read it. One query beside that for the words."""
    anonymous = Activity.objects.filter(workshop=person.workshop_id, identity=Identity.ANONYMOUS)
    own = Q(author=person, anonymous_token="") | Q(anonymous_token__in=known_tokens(anonymous, person))
    return citable(person.workshop).filter(own)


def outcomes_of(rows: Iterable[Contribution]) -> dict[object, Outcome]:
    """Contribution -> what a host told about it. One query."""
    found = Outcome.objects.filter(contribution__in=[row.pk for row in rows])
    found = found.select_related("record", "agreement", "activity", "session")
    return {outcome.contribution_id: outcome for outcome in found}


def told_of(ids: Iterable[Any]) -> dict[Any, BecameWords]:
    """Contribution -> what a host told about it, short enough to stand on its card. One query."""
    found = Outcome.objects.filter(contribution__in=list(ids))
    rows = found.select_related("record", "agreement", "activity", "session")
    return {row.contribution_id: BecameWords(row.get_kind_display(), _why_or_where(row)) for row in rows}


def _why_or_where(outcome: Outcome) -> str:
    return outcome.words or next((use.name for use in places_of(outcome)), "")


def uses_of(rows: Iterable[Contribution]) -> dict[object, list[Use]]:
    """Contribution -> where the newest text of a record or an agreement quotes it. Two queries."""
    ids = [row.pk for row in rows]
    found: dict[object, list[Use]] = defaultdict(list)
    records = Evidence.objects.filter(contribution__in=ids, version__number=F("version__record__head"))
    records = records.filter(version__record__removed_at=None).exclude(version__record__mechanism=Mechanism.ASSETS)
    for row in records.select_related("version__record").order_by("pk"):
        if row.version is not None:
            use = Use(row.version.record.title or short(row.version.text), address_of(row.version.record))
            _add(found[row.contribution_id], use)
    clauses = Evidence.objects.filter(contribution__in=ids, clause__version__agreement__removed_at=None)
    clauses = clauses.filter(clause__version__number=F("clause__version__agreement__head"))
    clauses = clauses.exclude(clause__version__agreement__state=AgreementState.DRAFT)
    for row in clauses.select_related("clause__version__agreement").order_by("pk"):
        if row.clause is not None:
            _add(found[row.contribution_id], use_of_agreement(row.clause.version.agreement))
    return found


def places_of(outcome: Outcome, *, is_facilitator: bool = False) -> list[Use]:
    """The place that a host named, if whoever reads it may know of it."""
    found = []
    if outcome.record is not None and outcome.record.removed_at is None:
        found.append(Use(outcome.record.name, address_of(outcome.record)))
    if outcome.agreement is not None and outcome.agreement.state != AgreementState.DRAFT:
        found.append(use_of_agreement(outcome.agreement))
    if outcome.activity is not None and (outcome.activity.was_opened or is_facilitator):
        found.append(Use(outcome.activity.title))
    if outcome.session is not None and outcome.session.removed_at is None:
        found.append(Use(outcome.session.title))
    return found


def address_of(record: Record) -> str:
    return reverse("eaa:record", args=[record.pk])


def use_of_agreement(agreement: Agreement) -> Use:
    return Use(agreement.title)


def _add(uses: list[Use], use: Use) -> None:
    if use not in uses:
        uses.append(use)
