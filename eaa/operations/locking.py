"""How every write about an agreement begins and ends: the workshop's lock, the right, and one event without words."""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from eaa.models import Agreement, AgreementState, AgreementVersion
from sessions_app import clock, events
from sessions_app.errors import Closed, NotAllowed, NotFound, Refused, Stale
from sessions_app.models import Participant, Workshop
from sessions_app.policy import Actor, require

RIGHTS = ("roles", "removed_at", "admitted_at")  # what others may change of a person
NEWER = _("The text has a new version. Read what has changed, then say it once more; what you wrote is still here.")
TIME_IS_UP = _("The time for answers is over. Your words are still here: copy them, or give them to a facilitator.")
NOT_ASKED = _("You are not among those who were asked. A facilitator can add you; suggestions are open to everybody.")


def lock_for(workshop_id: int, actor: Actor | None) -> Workshop:
    """The workshop, locked, and who acts as they are now: what the policy says after this stays true until the commit.
    A page has read both before it waited for the lock."""
    workshop = events.lock(workshop_id)
    if actor is not None and actor.participant is not None and actor.participant.workshop_id == workshop_id:
        actor.participant.refresh_from_db(fields=RIGHTS)
        actor.participant.workshop = workshop
    return workshop


@contextmanager
def locked(agreement: Agreement, actor: Actor | None, action: str, *, removed: bool = False) -> Iterator[Agreement]:
    """AGREEMENT as it is now, with its workshop locked until the block ends; ACTOR may do ACTION to it.

    Without an actor it is time itself that acts.
    """
    workshop = agreement.workshop
    try:
        with transaction.atomic():
            workshop = lock_for(agreement.workshop_id, actor)
            _read(agreement, workshop)
            if actor is not None:
                require(actor, action, agreement)
                if workshop.closed_at is not None:
                    raise NotAllowed
            if agreement.removed_at is not None and not removed:
                raise NotFound
            yield agreement
    except Refused:
        _read(agreement, workshop)  # nothing was kept, so the page shows what is there
        raise


def _read(agreement: Agreement, workshop: Workshop) -> None:
    agreement.refresh_from_db()
    agreement.workshop = workshop


def tell(
    verb: StrEnum, agreement: Agreement, actor: Actor | None, person: Participant | None = None, **data: Any
) -> None:
    """Record VERB: numbers, and never anybody's words. Without `version` it is the newest that is meant."""
    events.record(
        verb,
        workshop_id=agreement.workshop_id,
        actor=actor.participant if actor is not None else None,
        participant=person,
        data={"agreement": agreement.pk, "version": agreement.head, **data},
    )


def head_of(agreement: Agreement) -> AgreementVersion:
    """The newest version, its clauses at hand."""
    version = AgreementVersion.objects.prefetch_related("clauses").get(agreement=agreement, number=agreement.head)
    version.agreement = agreement
    return version


def is_head(agreement: Agreement, version: int) -> AgreementVersion:
    """The newest version, if it is the one that somebody has before their eyes. Raises Stale."""
    if version != agreement.head:
        raise Stale(NEWER)
    return head_of(agreement)


def answers(agreement: Agreement, actor: Actor, person: Participant) -> None:
    """Raise what keeps PERSON from answering now: NotAllowed or Closed. Needs the lock."""
    if person.workshop_id != agreement.workshop_id:
        raise NotFound
    if not agreement.asked.filter(pk=person.pk, removed_at=None).exists():
        raise NotAllowed(NOT_ASKED)
    if not agreement.accepts(clock.now()):
        raise Closed(TIME_IS_UP)


def lives(agreement: Agreement) -> None:
    """Raise Refused once an agreement holds no more: it is read, and not changed."""
    if agreement.state == AgreementState.ENDED:
        raise Refused(_("This agreement holds no more, so nothing in it is changed."))


def named(actor: Actor) -> None:
    """Raise NotAllowed for a guest: under an agreement every word has a name beside it."""
    if actor.participant is not None and not actor.participant.is_named:
        raise NotAllowed(_("Say first what we should call you: you can do that under “Me”."))


def for_whom(actor: Actor, person: Participant | None) -> tuple[Participant, Participant | None, str]:
    """Whose answer it is, who writes it down for them (nobody when it is the actor's own), and which right it needs."""
    if actor.participant is None:
        raise NotFound
    if person is None or person == actor.participant:
        named(actor)
        return actor.participant, None, "agreement.answer"
    return person, actor.participant, "agreement.answer_for"
