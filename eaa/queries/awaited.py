"""Who has still to answer, of a whole workshop at once: mails are made for many people at a time."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery

from eaa.models import (
    Agreement,
    AgreementState,
    AgreementVersion,
    Check,
    Evidence,
    Position,
    Record,
    RecordVersion,
    Signature,
    Status,
)
from eaa.queries.scales import Lean, choice_of
from eaa.queries.standing import positions_that_stand, stands_from
from sessions_app import clock
from sessions_app.models import Workshop

ASKS = (AgreementState.OPEN, AgreementState.UNDER_REVIEW)


@dataclass(frozen=True, slots=True)
class Open:
    """An agreement that people are asked about, `since` a moment. `first` is the version since which no clause changed.

    By number of participant: `silent` have not said where they stand; `unsigned` say yes and have not signed; `before`
    answered a text that read otherwise.
    """

    agreement: Agreement
    first: int
    since: datetime
    silent: frozenset[int]
    unsigned: frozenset[int]
    before: frozenset[int]


def open_agreements(workshop: Workshop, *, pk: int | None = None) -> list[Open]:
    """Those of WORKSHOP (or the one of PK) that are open now. Five queries, one when nothing is open."""
    found = Agreement.objects.standing().filter(workshop=workshop, state__in=ASKS, open_until__gt=clock.now())
    agreements = list((found if pk is None else found.filter(pk=pk)).prefetch_related("asked"))
    if not agreements:
        return []
    versions = _versions(agreements)
    of_these = {"version__agreement__in": agreements}
    said = Position.objects.filter(**of_these).select_related("version", "taken_in").order_by("version__number", "at")
    signed = Signature.objects.filter(**of_these, taken_back_at=None).select_related("version")
    positions, signatures = _by_agreement(said), _by_agreement(signed)
    rows = []
    for one in agreements:
        one.workshop = workshop
        rows.append(_open(one, versions[one.pk], positions[one.pk], signatures[one.pk]))
    return rows


def _open(
    agreement: Agreement, versions: list[AgreementVersion], said: list[Position], signed: list[Signature]
) -> Open:
    first = stands_from(versions, agreement.head)
    asked = {person.pk for person in agreement.asked.all()}
    stand = positions_that_stand([row for row in said if row.version.number >= first], agreement.head)
    names = {row.participant_id for row in signed if row.version.number >= first}
    agree = {pk for pk, row in stand.items() if choice_of(agreement.scale, row).lean == Lean.YES}
    read = next(version.at for version in versions if version.number == first)
    opened = agreement.opened_at or read
    return Open(
        agreement,
        first,
        max(read, opened),
        frozenset(asked - stand.keys()),
        frozenset((asked & agree) - names),
        frozenset(row.participant_id for row in said) - stand.keys(),
    )


@dataclass(frozen=True, slots=True)
class Returned:
    """An interpretation whose newest text is with people `since` then, and who of those it quotes has not answered."""

    record: Record
    since: datetime
    until: datetime
    waiting: frozenset[int]


def awaited_checks(workshop: Workshop, *, pk: int | None = None) -> list[Returned]:
    """Those of WORKSHOP (or the one of PK) that are with people now: what `queries.checks.asked_of` says of one person,
    for everybody at once. Three queries, one when there is none."""
    found = Record.objects.standing().filter(workshop=workshop, status=Status.RETURNED, answers_until__gt=clock.now())
    newest = RecordVersion.objects.filter(record=OuterRef("pk"), number=OuterRef("head"))
    found = found.annotate(newest_at=Subquery(newest.values("at")[:1])).order_by("answers_until", "pk")
    records: list[Any] = list(found if pk is None else found.filter(pk=pk))
    if not records:
        return []
    quoted = Evidence.objects.filter(version__record__in=records, version__number=F("version__record__head"))
    quoted = quoted.filter(contribution__withdrawn_at=None, contribution__anonymous_token="")
    told = Check.objects.filter(version__record__in=records, version__number=F("version__record__head"))
    asked = _people(quoted.filter(contribution__author__isnull=False), "contribution__author")
    heard = _people(told, "participant")
    for record in records:
        record.workshop = workshop
    return [
        Returned(
            record,
            max(record.newest_at, record.returned_at),
            record.answers_until,
            frozenset(asked[record.pk] - heard[record.pk]),
        )
        for record in records
    ]


def _people(rows: QuerySet, who: str) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for record, person in rows.order_by().values_list("version__record", who):
        found[record].add(person)
    return found


def _versions(agreements: list[Agreement]) -> dict[int, list[AgreementVersion]]:
    found: dict[int, list[AgreementVersion]] = defaultdict(list)
    rows = AgreementVersion.objects.filter(agreement__in=agreements).prefetch_related("clauses")
    for row in rows.order_by("number"):
        found[row.agreement_id].append(row)
    return found


def _by_agreement(rows: Iterable) -> dict[int, list]:
    found: dict[int, list] = defaultdict(list)
    for row in rows:
        found[row.version.agreement_id].append(row)
    return found
