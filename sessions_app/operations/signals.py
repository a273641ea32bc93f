"""Signals: “I can't follow”, raised and taken back by anybody, answered by a facilitator, and nobody's name on them."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sessions_app import anonymity, clock, events
from sessions_app.errors import BadText, Closed
from sessions_app.models import Participant, Place, Session, Signal, SignalKind
from sessions_app.operations import limits
from sessions_app.policy import Actor, require
from sessions_app.verbs import Verb


def raise_signal(*, session: Session, actor: Actor, kind: str) -> None:
    """Raise the actor's signal of KIND, once: neither its row nor its event says whose it is."""
    person = _person(session, actor, kind)
    limits.spend_post(person.pk)
    with transaction.atomic():
        _lock_on(session)
        token = anonymity.signal_token(session, person)
        if Signal.objects.filter(session=session, kind=kind, token=token, lowered_at=None).exists():
            return
        online = person.usual_place != Place.HALL
        Signal.objects.create(session=session, kind=kind, online=online, token=token, raised_at=clock.now())
        _record(Verb.SIGNAL_RAISED, session, kind)


def take_back_signal(*, session: Session, actor: Actor, kind: str) -> None:
    """Take the actor's own signal of KIND back."""
    person = _person(session, actor, kind)
    with transaction.atomic():
        _lock_on(session)
        token = anonymity.known_signal_token(session, person)
        mine = Signal.objects.filter(session=session, kind=kind, token=token, lowered_at=None)
        if token and mine.update(lowered_at=clock.now()):
            _record(Verb.SIGNAL_TAKEN_BACK, session, kind)


def answer_signals(*, session: Session, actor: Actor, kind: str) -> None:
    """Lower all signals of KIND: it was said again, the break has come. Who still can't follow raises it anew."""
    require(actor, "session.run", session)
    _check(kind)
    with transaction.atomic():
        _lock_on(session)
        if Signal.objects.filter(session=session, kind=kind, lowered_at=None).update(lowered_at=clock.now()):
            _record(Verb.SIGNAL_ANSWERED, session, kind, actor.participant)


def forget_signals(session: Session) -> None:
    """The meeting is over: lower everything, and make it unknowable whose it was. Inside the closing's transaction."""
    Signal.objects.filter(session=session, lowered_at=None).update(lowered_at=clock.now())
    anonymity.destroy_signal_key(session)


def _person(session: Session, actor: Actor, kind: str) -> Participant:
    require(actor, "session.speak", session)
    _check(kind)
    assert actor.participant is not None  # noqa: S101  -- an outsider may not speak
    return actor.participant


def _check(kind: str) -> None:
    if kind not in SignalKind.values:
        raise BadText(_("Choose one of the answers in the list."))


def _lock_on(session: Session) -> None:
    events.lock(session.workshop_id)
    session.refresh_from_db(fields=["state"])
    if not session.is_on:
        raise Closed(_("That is for while a meeting is on."))


def _record(verb: Verb, session: Session, kind: str, actor: Participant | None = None) -> None:
    events.record(verb, workshop_id=session.workshop_id, actor=actor, session=session, data={"kind": kind})
