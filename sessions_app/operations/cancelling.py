"""A meeting is taken off the plan before anything happened in it, or cancelled for all to see; and put back."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sessions_app import clock, events
from sessions_app.errors import NotAllowed, Refused
from sessions_app.models import Event, Session, State
from sessions_app.policy import Actor, require
from sessions_app.verbs import Verb

# What hosts do to a plan. Anything else in the log of a meeting is something that happened in it.
PLANNING = frozenset(
    {
        *(Verb.SESSION_PLANNED, Verb.SESSION_CHANGED, Verb.SESSION_REMOVED),
        *(Verb.SESSION_CANCELLED, Verb.SESSION_ON_AGAIN, Verb.SESSION_HANDED_OVER),
        *(Verb.ACTIVITY_PLANNED, Verb.ACTIVITY_CHANGED, Verb.ACTIVITY_REMOVED, Verb.ACTIVITY_BROUGHT),
    }
)


def remove_session(*, session: Session, actor: Actor) -> Session:
    """Take a meeting off the plan, as long as nothing has happened in it. Its rows and its log stay."""
    require(actor, "session.plan", session)
    with transaction.atomic():
        _lock(session)
        if session.removed_at is not None:
            return session
        if Event.objects.filter(session=session).exclude(verb__in=PLANNING).exists():
            raise NotAllowed(_("Something has happened in this meeting already, so it stays. You can call it off."))
        session.removed_at = clock.now()
        session.save(update_fields=["removed_at"])
        _record(Verb.SESSION_REMOVED, session, actor)
    return session


def put_back_session(*, session: Session, actor: Actor) -> Session:
    """Undo remove_session."""
    require(actor, "session.plan", session)
    with transaction.atomic():
        _lock(session)
        if session.removed_at is not None:
            session.removed_at = None
            session.save(update_fields=["removed_at"])
            _record(Verb.SESSION_PLANNED, session, actor)
    return session


def cancel_session(*, session: Session, actor: Actor) -> Session:
    """Say that a planned meeting does not take place. Everybody sees it where the meeting stood, nobody starts it."""
    require(actor, "session.plan", session)
    with transaction.atomic():
        _lock(session)
        if session.state == State.CANCELLED:
            return session
        if session.state != State.PLANNED:
            raise Refused(_("The doors of this meeting have been opened. End it in the room instead."))
        _set(session, State.CANCELLED)
        _record(Verb.SESSION_CANCELLED, session, actor)
    return session


def put_on_again(*, session: Session, actor: Actor) -> Session:
    """Undo cancel_session, also days later."""
    require(actor, "session.plan", session)
    with transaction.atomic():
        _lock(session)
        if session.state == State.CANCELLED:
            _set(session, State.PLANNED)
            _record(Verb.SESSION_ON_AGAIN, session, actor)
    return session


def _lock(session: Session) -> None:
    events.lock(session.workshop_id)
    session.refresh_from_db(fields=["state", "removed_at"])


def _set(session: Session, state: State) -> None:
    session.state = state
    session.save(update_fields=["state"])


def _record(verb: Verb, session: Session, actor: Actor) -> None:
    events.record(verb, workshop_id=session.workshop_id, actor=actor.participant, session=session)
