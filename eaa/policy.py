"""Who may do what to records and agreements; the product's one policy takes these in at start.

A practice with pretend people has neither: nothing of it is kept.
"""

from collections.abc import Callable
from typing import Any

from eaa.models import Agreement, AgreementState, Mechanism, Record, Shown
from sessions_app.models import Role
from sessions_app.policy import FACILITATOR, SCRIBES, TAKES_PART, Actor

READERS = TAKES_PART | {Role.RESEARCHER}
Rule = Callable[[Actor, Any], bool]


def _reads(roles: frozenset[Any]) -> Rule:
    return lambda actor, obj: actor.has(roles) and not _is_practice(actor)


def _writes(roles: frozenset[Any]) -> Rule:
    return lambda actor, obj: actor.has(roles) and not _is_practice(actor) and not _is_over(actor)


def _is_practice(actor: Actor) -> bool:
    return actor.participant is None or actor.participant.workshop.is_practice


def _is_over(actor: Actor) -> bool:
    return actor.participant is None or actor.participant.workshop.closed_at is not None


def _record_seen(actor: Actor, record: Record) -> bool:
    """Somebody's asset that is hidden is nobody else's business, and one that was taken back is gone for all."""
    if not actor.has(TAKES_PART) or _is_practice(actor):
        return False
    if record.mechanism == Mechanism.ASSETS and record.shown != Shown.SHOWN:
        return _owns(actor, record)
    return True


def _record_changed(actor: Actor, record: Record) -> bool:
    """An asset belongs to its owner; everything else is for its makers and for those who write for the group."""
    if not actor.has(TAKES_PART) or _is_practice(actor) or _is_over(actor):
        return False
    if record.owner_id is not None:
        return _owns(actor, record)
    return actor.has(SCRIBES) or _made(actor, record)


def _owns(actor: Actor, record: Record) -> bool:
    return actor.participant is not None and record.owner_id == actor.participant.pk


def _made(actor: Actor, record: Record) -> bool:
    person = actor.participant
    return person is not None and (record.created_by_id == person.pk or record.made_by.filter(pk=person.pk).exists())


def _agreement_seen(actor: Actor, agreement: Agreement) -> bool:
    """A draft is for those who write it; what is open or was is for everybody, researchers too."""
    if agreement.state == AgreementState.DRAFT:
        return _reads(SCRIBES)(actor, agreement)
    return _reads(READERS)(actor, agreement)


ACTIONS: dict[str, Rule] = {
    "eaa.see": _reads(TAKES_PART),
    "eaa.map": _reads(READERS),
    "eaa.write": _writes(TAKES_PART),
    "eaa.lead": _writes(SCRIBES),
    "eaa.decide": _writes(FACILITATOR),
    "eaa.study": _reads(FACILITATOR | {Role.RESEARCHER}),
    "eaa.code": _reads(FACILITATOR | {Role.RESEARCHER}),  # also when the workshop is over: then the study begins
    "record.see": _record_seen,
    "record.change": _record_changed,
    "record.check": _writes(TAKES_PART),
    "record.check_for": _writes(SCRIBES),
    "agreement.see": _agreement_seen,
    "agreement.write": _writes(SCRIBES),
    "agreement.decide": _writes(FACILITATOR),
    "agreement.answer": lambda actor, agreement: (
        agreement.state != AgreementState.DRAFT and _writes(TAKES_PART)(actor, agreement)
    ),
    "agreement.answer_for": lambda actor, agreement: (
        agreement.state != AgreementState.DRAFT and _writes(SCRIBES)(actor, agreement)
    ),
}
SEES = {"eaa": "workshop.see", "record": "record.see", "agreement": "agreement.see"}
