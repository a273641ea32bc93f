"""Promise something under an agreement, tell what became of it, take it away and put it back."""

import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date

from django.utils.translation import gettext_lazy as _

from eaa.models import Agreement, AgreementState, Commitment, CommitmentState
from eaa.operations.locking import lives, locked, named
from eaa.operations.terms import body, line
from eaa.verbs import Verb
from sessions_app import clock, events
from sessions_app.errors import BadText, NotAllowed, NotFound, Refused
from sessions_app.models import Participant
from sessions_app.policy import Actor, can, require

WHAT, WHEN, TOLD = 300, 75, 300


def promise(
    *,
    agreement: Agreement,
    actor: Actor,
    people: Sequence[Participant],
    what: str,
    due_on: date | None = None,
    due_words: str = "",
    starts_on: date | None = None,
    client_id: uuid.UUID | None = None,
) -> Commitment:
    """Write down that PEOPLE will do WHAT, by a day, by when WORDS say, or from a day on.

    Everybody promises for themselves; those who write for the group also note what others promised.
    """
    if not people:
        raise BadText(_("Choose who will do it."), field="people")
    with locked(agreement, actor, "agreement.see"):
        _may_promise(agreement, actor, people)
        made = Commitment.objects.filter(client_id=client_id, agreement=agreement).first() if client_id else None
        if made is not None:
            return made
        said, when = line(what, WHAT, "what"), line(due_words, WHEN, "due_words") if due_words.strip() else ""
        _check_when(agreement, due_on, when or starts_on)
        made = Commitment.objects.create(
            agreement=agreement,
            what=said,
            due_on=due_on,
            due_words=when,
            starts_on=starts_on,
            made_by=_hand(actor),
            at=clock.now(),
            client_id=client_id,
        )
        made.people.set(people)
        _tell(Verb.COMMITMENT_MADE, agreement, actor, made)
    return made


def tell_of(
    *,
    agreement: Agreement,
    actor: Actor,
    commitment: Commitment,
    state: str,
    told: str = "",
    done_on: date | None = None,
) -> Commitment:
    """Say what became of a promise: whoever promised it may, and those who write for the group."""
    if state not in CommitmentState.values:
        raise BadText(_("Choose one of the answers in the list."), field="state")
    words = body(told, TOLD, "told")
    with _promised(agreement, actor, commitment):
        today = agreement.workshop.local(clock.now()).date()
        day = (done_on or commitment.done_on or today) if state == CommitmentState.DONE else None
        if (commitment.state, commitment.told, commitment.done_on) != (state, words, day):
            commitment.state, commitment.told, commitment.done_on = state, words, day
            commitment.save(update_fields=["state", "told", "done_on"])
            _tell(Verb.COMMITMENT_CHANGED, agreement, actor, commitment)
    return commitment


def remove_commitment(*, agreement: Agreement, actor: Actor, commitment: Commitment, gone: bool = True) -> Commitment:
    """Take a promise away, or (gone=False) put it back."""
    with _promised(agreement, actor, commitment):
        if (commitment.removed_at is not None) != gone:
            commitment.removed_at = clock.now() if gone else None
            commitment.save(update_fields=["removed_at"])
            _tell(Verb.COMMITMENT_REMOVED, agreement, actor, commitment, gone=gone)
    return commitment


def _check_when(agreement: Agreement, due_on: date | None, otherwise: str | date | None) -> None:
    if due_on is None and not otherwise:
        raise BadText(_("Say by when: choose a day, or write it in words."), field="due_on")
    if due_on is not None and due_on < agreement.workshop.local(clock.now()).date():
        raise BadText(_("That day has passed. Choose a later one."), field="due_on")


def may_promise(*, agreement: Agreement, actor: Actor) -> None:
    """Raise what promising anything under AGREEMENT would refuse: Refused for a draft and for what holds no more, and
    NotAllowed for a guest without a name."""
    lives(agreement)
    if agreement.state == AgreementState.DRAFT:
        raise Refused(_("This is only a draft. People promise things once they are asked about the text."))
    if not can(actor, "agreement.write", agreement):
        require(actor, "agreement.answer", agreement)
        named(actor)


def may_tell(*, agreement: Agreement, actor: Actor, commitment: Commitment) -> None:
    """Raise what saying something of COMMITMENT would refuse: NotFound or NotAllowed."""
    _may_promise(agreement, actor, list(commitment.people.all()), shared=True)


@contextmanager
def _promised(agreement: Agreement, actor: Actor, commitment: Commitment) -> Iterator[None]:
    """The promise as it is now, for whoever may say what became of it."""
    with locked(agreement, actor, "agreement.see"):
        lives(agreement)
        if commitment.agreement_id != agreement.pk:
            raise NotFound
        commitment.refresh_from_db()
        _may_promise(agreement, actor, list(commitment.people.all()), shared=True)
        yield


def _may_promise(agreement: Agreement, actor: Actor, people: Sequence[Participant], *, shared: bool = False) -> None:
    """Raise NotAllowed, unless the actor writes for the group, or it is their own promise (SHARED: with others)."""
    may_promise(agreement=agreement, actor=actor)
    if any(person.workshop_id != agreement.workshop_id for person in people):
        raise NotFound
    if can(actor, "agreement.write", agreement):
        return
    theirs = {person.pk for person in people}
    mine = _hand(actor).pk
    if mine not in theirs or (len(theirs) > 1 and not shared):
        raise NotAllowed(_("A facilitator or a scribe writes down what others promise."))


def _hand(actor: Actor) -> Participant:
    if actor.participant is None:
        raise NotFound
    return actor.participant


def _tell(verb: Verb, agreement: Agreement, actor: Actor, commitment: Commitment, **data: bool) -> None:
    events.record(
        verb,
        workshop_id=agreement.workshop_id,
        actor=actor.participant,
        data={"agreement": agreement.pk, "commitment": commitment.pk, **data},
    )
