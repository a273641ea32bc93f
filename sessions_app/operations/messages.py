"""What hosts tell everybody or one person in a meeting, and what they note for themselves."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sessions_app import clock, events
from sessions_app.errors import NotAllowed, Refused
from sessions_app.models import Message, Participant, PrivateNote, Session
from sessions_app.policy import Actor, require
from sessions_app.text import clean_body, clean_line
from sessions_app.verbs import Verb

LENGTH, NOTE = 300, 2000  # signs that a person sees


def send_message(
    *, session: Session, actor: Actor, text: str, to: Participant | None = None, about_room: bool = False
) -> Message:
    """Show TEXT to everybody in the room, or to one person alone; `about_room` says what the hall does now.

    The event holds no words.
    """
    require(actor, "session.message", session)
    if to is not None and (to.workshop_id != session.workshop_id or not to.is_here_to_stay):
        raise Refused(_("That person is not in this workshop any more. Choose somebody else."))
    assert actor.participant is not None  # noqa: S101  -- an outsider may send none
    body = clean_line(text, limit=LENGTH) if about_room else clean_body(text, limit=LENGTH)
    with transaction.atomic():
        message = Message.objects.create(
            session=session,
            sender=actor.participant,
            to=to,
            body=body,
            about_room=about_room and to is None,
            sent_at=clock.now(),
        )
        _record(Verb.MESSAGE_SENT, message, actor, {"message": message.pk} if message.about_room else {})
    return message


def withdraw_message(*, message: Message, actor: Actor) -> None:
    """Take a message back, one's own or (for a facilitator) anybody's. Its words are gone."""
    require(actor, "session.message", message.session)
    if message.sender_id != getattr(actor.participant, "pk", None) and not actor.is_facilitator:
        raise NotAllowed
    with transaction.atomic():
        events.lock(message.session.workshop_id)
        message.refresh_from_db(fields=["withdrawn_at"])
        if message.withdrawn_at is None:
            message.body, message.withdrawn_at = "", clock.now()
            message.save(update_fields=["body", "withdrawn_at"])
            _record(Verb.MESSAGE_WITHDRAWN, message, actor)


def keep_private_note(*, session: Session, actor: Actor, text: str) -> None:
    """Keep what the actor notes for themselves during SESSION. No event tells of it."""
    require(actor, "session.message", session)
    mine = PrivateNote.objects.filter(session=session, writer=actor.participant)
    if not text.strip():
        mine.delete()
        return
    words = {"body": clean_body(text, limit=NOTE), "at": clock.now()}
    PrivateNote.objects.update_or_create(session=session, writer=actor.participant, defaults=words)


def _record(verb: Verb, message: Message, actor: Actor, data: dict[str, int] | None = None) -> None:
    events.record(
        verb,
        workshop_id=message.session.workshop_id,
        actor=actor.participant,
        participant_id=message.to_id,
        session=message.session,
        data=data,
    )
