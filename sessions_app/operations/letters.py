"""Write a letter to some people, and take it back from those who have not got it yet."""

import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sessions_app import clock, events
from sessions_app.errors import BadText, NotFound
from sessions_app.models import Letter, Participant, Workshop
from sessions_app.policy import Actor, require
from sessions_app.text import clean_body, clean_line
from sessions_app.verbs import Verb

TITLE, BODY = 120, 3000  # signs that a person sees
FARTHEST = timedelta(days=366)


def write_letter(
    *,
    workshop: Workshop,
    actor: Actor,
    title: str,
    body: str,
    people: Iterable[Participant],
    send_at: datetime | None = None,
    client_id: uuid.UUID | None = None,
) -> Letter:
    """Let a letter go to PEOPLE, at once or at a moment to come. The same CLIENT_ID gives the same letter.

    Records `letter.written`, without words. Raises BadText.
    """
    require(actor, "workshop.change", workshop)
    assert actor.participant is not None  # noqa: S101  -- an outsider may write none
    title, body, now = clean_line(title, limit=TITLE), clean_body(body, limit=BODY), clock.now()
    to = [person for person in people if person.workshop_id == workshop.pk and person.is_here_to_stay]
    _check(title, body, to, send_at, now)
    with transaction.atomic():
        events.lock(workshop.pk)
        made = Letter.objects.filter(workshop=workshop, client_id=client_id).first() if client_id else None
        if made is not None:
            return made
        letter = Letter.objects.create(
            workshop=workshop,
            written_by=actor.participant,
            title=title,
            body=body,
            language=actor.participant.language,
            send_at=send_at or now,
            at=now,
            client_id=client_id,
        )
        letter.people.set(to)
        _record(Verb.LETTER_WRITTEN, letter, actor)
    return letter


def _check(title: str, body: str, to: list[Participant], send_at: datetime | None, now: datetime) -> None:
    """Raise BadText for what is missing, or a moment that no letter may wait for."""
    if not title:
        raise BadText(_("This is still empty."), field="title")
    if not body.strip():
        raise BadText(_("This is still empty."), field="body")
    if not to:
        raise BadText(_("Choose at least one person."), field="people")
    if send_at is not None and not now <= send_at <= now + FARTHEST:
        raise BadText(_("Choose a moment to come, within a year."), field="day")


def take_back_letter(*, workshop: Workshop, actor: Actor, letter: int) -> Letter:
    """Send it to nobody else. Whoever has got it keeps it. Records `letter.taken_back`."""
    require(actor, "workshop.change", workshop)
    with transaction.atomic():
        events.lock(workshop.pk)
        found = Letter.objects.filter(pk=letter, workshop=workshop).first()
        if found is None:
            raise NotFound
        if found.taken_back_at is None:
            found.taken_back_at = clock.now()
            found.save(update_fields=["taken_back_at"])
            _record(Verb.LETTER_TAKEN_BACK, found, actor)
    return found


def _record(verb: Verb, letter: Letter, actor: Actor) -> None:
    events.record(verb, workshop_id=letter.workshop_id, actor=actor.participant, data={"letter": letter.pk})
