"""What of agreements waits for one person: to say where they stand, to sign or say why not, a promise that is due."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from eaa.models import Agreement, AgreementState, AgreementVersion, Position, Signature
from eaa.queries.commitments import promises_due
from eaa.queries.scales import Lean, choice_of
from eaa.queries.standing import positions_that_stand, stands_from
from sessions_app import clock, moments
from sessions_app.models import Participant
from sessions_app.neighbours import Waiting


def waiting_for(person: Any) -> Iterator[Waiting]:
    """Everything of agreements that waits for PERSON. Seven queries, however much it is; two when nothing is open."""
    if person.workshop.is_practice or person.workshop.closed_at is not None:
        return
    for agreement, is_answered in _open_for(person):
        text = _("Sign or say why not: %(title)s") if is_answered else _("Tell where you stand on: %(title)s")
        address = _address(agreement, "sign" if is_answered else "ask")
        yield Waiting(text % {"title": agreement.title}, address, _until(agreement))
    today = person.workshop.local(clock.now()).date()
    for row in promises_due(person, today):
        yield Waiting(
            _("Your promise is due: %(what)s") % {"what": row.what},
            reverse("eaa:agreement_commitment", args=[row.agreement_id, row.pk]),
            moments.local_day_words(row.due_on, today) if row.due_on is not None else "",
        )


def waiting_agreements(person: Participant) -> list[Agreement]:
    """The agreements on which PERSON has not said where they stand."""
    if person.workshop.closed_at is not None:
        return []
    return [agreement for agreement, is_answered in _open_for(person) if not is_answered]


def _open_for(person: Participant) -> Iterator[tuple[Agreement, bool]]:
    """What is open for PERSON and lacks something of theirs; whether they have said where they stand. Five queries,
    one when nothing is open."""
    states = [AgreementState.OPEN, AgreementState.UNDER_REVIEW]
    found = Agreement.objects.standing().filter(asked=person, state__in=states, open_until__gt=clock.now())
    agreements = list(found.order_by("open_until", "pk"))
    if not agreements:
        return
    versions = _by_agreement(AgreementVersion.objects.prefetch_related("clauses").order_by("number"), agreements)
    mine = {"participant": person, "version__agreement__in": agreements}
    said = Position.objects.filter(**mine).select_related("version", "taken_in").order_by("version__number", "at")
    signed = Signature.objects.filter(**mine, taken_back_at=None).select_related("version")
    answers, names = list(said), list(signed)
    for agreement in agreements:
        agreement.workshop = person.workshop
        first = stands_from(versions[agreement.pk], agreement.head)
        position = positions_that_stand(_since(answers, agreement, first), agreement.head).get(person.pk)
        if position is None:
            yield agreement, False
        elif choice_of(agreement.scale, position).lean == Lean.YES and not _since(names, agreement, first):
            yield agreement, True


def _by_agreement(rows: QuerySet[AgreementVersion], agreements: list[Agreement]) -> dict[int, list[AgreementVersion]]:
    found: dict[int, list[AgreementVersion]] = {agreement.pk: [] for agreement in agreements}
    for row in rows.filter(agreement__in=agreements):
        found[row.agreement_id].append(row)
    return found


def _since(rows: list, agreement: Agreement, first: int) -> list:
    """Those of ROWS that are about AGREEMENT as it reads since version FIRST."""
    return [row for row in rows if row.version.agreement_id == agreement.pk and row.version.number >= first]


def _until(agreement: Agreement) -> str:
    until = agreement.open_until
    return moments.day_words(agreement.workshop.local(until)) if until is not None else ""


def _address(agreement: Agreement, section: str) -> str:
    return f"{reverse('eaa:agreement', args=[agreement.pk])}#{section}"
