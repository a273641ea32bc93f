"""Fetch what a page of the framework is about, checked: every view begins here."""

import uuid
from typing import Any

from django.http import HttpRequest

from eaa.models import Agreement, Clause, Code, Commitment, Record
from eaa.queries.codes import codable
from sessions_app.access import workshop_for
from sessions_app.errors import NotFound
from sessions_app.identity import actor_of
from sessions_app.models import Contribution, Participant, Session
from sessions_app.policy import Actor, can, require


def record_for(
    request: HttpRequest, pk: int, action: str = "record.see", *, removed: bool = False
) -> tuple[Actor, Record]:
    """With `removed` also one that was thrown away, to put it back."""
    actor = _actor(request, eaa_records=_big(pk))
    found = Record.objects.all() if removed else Record.objects.standing()
    record: Record = _get(found.select_related("session", "activity", "owner"), pk=pk, workshop=_workshop(actor))
    record.workshop = _workshop(actor)
    require(actor, "record.see", record)
    require(actor, action, record)
    return actor, record


def agreement_for(
    request: HttpRequest, pk: int, action: str = "agreement.see", *, removed: bool = False
) -> tuple[Actor, Agreement]:
    """With `removed` also a draft that was thrown away, to put it back."""
    actor = _actor(request, eaa_agreements=_big(pk))
    found = Agreement.objects.all() if removed else Agreement.objects.standing()
    agreement: Agreement = _get(found, pk=pk, workshop=_workshop(actor))
    agreement.workshop = _workshop(actor)
    require(actor, "agreement.see", agreement)
    require(actor, action, agreement)
    return actor, agreement


def record_by_mail(actor: Actor, number: int) -> Record | None:
    """The interpretation that a mail to ACTOR asked about; None where they may not answer any more."""
    workshop = _workshop(actor)
    record = Record.objects.standing().filter(pk=number, workshop=workshop).first()
    if record is None or not can(actor, "record.check", record):
        return None
    record.workshop = workshop
    return record


def agreement_by_mail(actor: Actor, number: int) -> Agreement | None:
    workshop = _workshop(actor)
    agreement = Agreement.objects.standing().filter(pk=number, workshop=workshop).first()
    if agreement is None or not can(actor, "agreement.answer", agreement):
        return None
    agreement.workshop = workshop
    return agreement


def clause_for(request: HttpRequest, pk: int) -> tuple[Actor, Clause]:
    """A clause with its version and agreement at hand."""
    actor = _actor(request, eaa_agreements__versions__clauses=_big(pk))
    found = Clause.objects.select_related("version__agreement")
    clause: Clause = _get(found, pk=pk, version__agreement__workshop=_workshop(actor))
    clause.version.agreement.workshop = _workshop(actor)
    if clause.version.agreement.removed_at is not None:
        raise NotFound
    require(actor, "agreement.see", clause.version.agreement)
    return actor, clause


def commitment_of(agreement: Agreement, pk: int) -> Commitment:
    """A promise of an agreement that was checked already; also one that was taken away, to put it back."""
    commitment: Commitment = _get(Commitment.objects.all(), pk=_big(pk), agreement=agreement)
    commitment.agreement = agreement
    return commitment


def people_of(agreement_or_record: Agreement | Record, numbers: list[str]) -> list[Participant]:
    """Those of the workshop's people whose NUMBERS a form sent. Raises NotFound for any other number."""
    wanted = {int(number) for number in numbers if number.isdecimal() and len(number) <= 18}
    people = Participant.objects.filter(workshop=agreement_or_record.workshop_id, pk__in=wanted, removed_at=None)
    found = list(people.order_by("pk"))
    if len(found) != len(set(numbers)):
        raise NotFound
    return found


def code_for(request: HttpRequest, pk: int, *, removed: bool = False) -> tuple[Actor, Code]:
    """A code for those who code; for everybody else there is none. With `removed` also one that was taken away."""
    actor = _actor(request, eaa_codes=_big(pk))
    if not can(actor, "eaa.code", _workshop(actor)):
        raise NotFound
    found = Code.objects.all() if removed else Code.objects.standing()
    code: Code = _get(found, pk=pk, workshop=_workshop(actor))
    code.workshop = _workshop(actor)
    return actor, code


def codable_for(request: HttpRequest, pk: uuid.UUID) -> tuple[Actor, Contribution]:
    """Words that the reader may code, with the step that they were said in."""
    actor = _actor(request, activities__dialogues__contributions=pk)
    if not can(actor, "eaa.code", _workshop(actor)):
        raise NotFound
    found = codable(_workshop(actor), actor).select_related("dialogue__activity").prefetch_related("revisions")
    said: Contribution = _get(found, pk=pk)
    said.dialogue.activity.workshop = _workshop(actor)
    return actor, said


def workshop_of(request: HttpRequest, slug: str, action: str = "eaa.see") -> tuple[Actor, Any]:
    """The workshop of SLUG for ACTION, which is one of the framework's."""
    actor, workshop = workshop_for(request, slug)
    require(actor, action, workshop)
    return actor, workshop


def meeting_of(request: HttpRequest, pk: int, action: str) -> tuple[Actor, Session]:
    """A meeting for ACTION, which is one of the framework's: researchers may see what is counted of it."""
    actor = _actor(request, sessions=_big(pk))
    session: Session = _get(Session.objects.standing(), pk=pk, workshop=_workshop(actor))
    session.workshop = _workshop(actor)
    require(actor, action, session)
    return actor, session


def _actor(request: HttpRequest, **where: int | uuid.UUID) -> Actor:
    """Who asks, in the workshop that has the thing; the page's help line reads the workshop from the request."""
    actor = actor_of(request, **where)
    workshop = _workshop(actor)
    if workshop.removed_at is not None:
        raise NotFound
    request.workshop = workshop  # type: ignore[attr-defined]
    return actor


def _workshop(actor: Actor) -> Any:
    if actor.participant is None:
        raise NotFound
    return actor.participant.workshop


def _big(pk: int) -> int:
    """PK, unless it is larger than any row's: PostgreSQL would answer with an error rather than with nothing."""
    if not 0 < pk < 2**63:
        raise NotFound
    return pk


def _get(found: Any, **where: Any) -> Any:
    obj = found.filter(**where).first()
    if obj is None:
        raise NotFound
    return obj
