"""After a meeting: what happened, for everybody; and a facilitator's own note, for nobody else."""

from django.db import transaction

from sessions_app import clock, events
from sessions_app.models import Reflection, Session
from sessions_app.operations.editions import edition_of, need_newest
from sessions_app.policy import Actor, require
from sessions_app.text import clean_body
from sessions_app.verbs import Verb

SUMMARY, NOTE = 600, 1000  # signs that a person sees


def seen_summary(session: Session) -> str:
    """The edition of what is kept of it."""
    return edition_of(session, ["summary"])


def keep_summary(*, session: Session, actor: Actor, text: str, seen: str = "") -> Session:
    """Keep what happened in SESSION, in three sentences or so; an empty TEXT takes it away. Recorded without words.

    SEEN is the edition that the form showed, if there was one; Stale when it says something else by now.
    """
    require(actor, "session.plan", session)
    summary = clean_body(text, limit=SUMMARY) if text.strip() else ""
    with transaction.atomic():
        events.lock(session.workshop_id)
        session.refresh_from_db(fields=["summary"])
        if session.summary != summary:
            need_newest(seen, seen_summary(session), verb=Verb.SESSION_SUMMED_UP, actor=actor, session=session)
            session.summary = summary
            session.save(update_fields=["summary"])
            events.record(
                Verb.SESSION_SUMMED_UP, workshop_id=session.workshop_id, actor=actor.participant, session=session
            )
    return session


def keep_reflection(*, session: Session, actor: Actor, text: str) -> None:
    """Keep the actor's own note about SESSION. No event tells of it."""
    require(actor, "session.plan", session)
    mine = Reflection.objects.filter(session=session, writer=actor.participant)
    if not text.strip():
        mine.delete()
        return
    words = {"body": clean_body(text, limit=NOTE), "at": clock.now()}
    Reflection.objects.update_or_create(session=session, writer=actor.participant, defaults=words)
