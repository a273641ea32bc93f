"""What the hub reads in its threads: new events, the pieces of a page that they touch, heads, rights."""

import logging
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.sessions.models import Session as Login
from django.db import DatabaseError, connection
from django.utils import timezone

from sessions_app.identifiers import token_hash
from sessions_app.identity import user_of_login
from sessions_app.live.audience import Audience
from sessions_app.live.beside import PERSONAL
from sessions_app.live.member import REMOVED, SIGNED_OUT
from sessions_app.live.pieces import ANSWER_VERBS, Present, draw
from sessions_app.models import Dialogue, Participant, Seat, Workshop
from sessions_app.policy import Actor
from sessions_app.verbs import Verb

logger = logging.getLogger(__name__)
AT_ONCE = 500
ACCESS_VERBS = frozenset({Verb.PARTICIPANT_REMOVED, Verb.PARTICIPANT_ROLES_CHANGED})
LOOKS = frozenset({Verb.PARTICIPANT_RENAMED, Verb.PARTICIPANT_MOVED})  # somebody looks different at the table
ENDLESS = 2**63 - 1
HAPPENED = """
    SELECT seq, verb, session_id, activity_id, dialogue_id, contribution_id, participant_id FROM sessions_app_event
    WHERE workshop_id = %s AND seq > %s AND seq <= %s ORDER BY seq LIMIT %s
"""


@dataclass(frozen=True, slots=True)
class Happening:
    """What the hub needs of an event: what it concerns, in ids."""

    seq: int
    verb: str
    session_id: int | None
    activity_id: int | None
    dialogue_id: int | None
    contribution_id: uuid.UUID | None
    participant_id: int | None


def happened_since(workshop_id: int, after: int, through: int | None = None) -> list[Happening]:
    """The events above AFTER (and up to THROUGH), at most AT_ONCE of them, in order. One query."""
    with connection.cursor() as cursor:
        cursor.execute(HAPPENED, [workshop_id, after, through if through is not None else ENDLESS, AT_ONCE])
        return [Happening(*row) for row in cursor]


def loses_access(happened: Iterable[Happening]) -> list[int | None]:
    """Whose sockets these events close: ids of participants, or None for everybody's."""
    lost: list[int | None] = [event.participant_id for event in happened if event.verb in ACCESS_VERBS]
    if any(event.verb == Verb.WORKSHOP_CLOSED for event in happened):
        lost.append(None)
    return lost


def concerned(happened: Iterable[Happening]) -> set[int]:
    """Ids of the participants for whom something changed that nobody else may see."""
    return {event.participant_id for event in happened if event.verb in PERSONAL and event.participant_id is not None}


def news_for(
    workshop_id: int, after: int, audiences: Iterable[Audience], *, patient: bool = False
) -> tuple[list[Happening], dict[Audience, list[dict[str, Any]] | None] | None]:
    """What happened after AFTER, and for each audience the pieces it touches. One trip to the database's threads.

    When PATIENT, and all of it can wait (numbers that grow while people choose), nothing is drawn: None.
    """
    happened = happened_since(workshop_id, after)
    if patient and happened and all(event.verb in ANSWER_VERBS for event in happened):
        return happened, None
    present = Present()
    return happened, {audience: drawn(audience, happened, present) for audience in audiences} if happened else {}


def drawn(audience: Audience, happened: list[Happening], present: Present | None = None) -> list[dict[str, Any]] | None:
    """The touched pieces of the audience's page; None when they can't be drawn: nobody else's trouble."""
    try:
        return draw(audience, happened, present)
    except DatabaseError:
        raise
    except Exception:
        logger.exception("pieces could not be drawn", extra={"scope": audience.scope, "number": audience.scope_id})
        return None


def pieces_for(audience: Audience, happened: Iterable[Happening]) -> list[dict[str, Any]]:
    """The touched pieces of the audience's page, each drawn once from the present state.

    Drawing the present, not the event, makes any number of events from any cursor end in the same page.
    """
    return draw(audience, happened)


def dialogue_of(pk: int) -> Dialogue:
    """The dialogue of a thread, with its activity."""
    return Dialogue.objects.select_related("activity").get(pk=pk)


def heads(workshop_ids: list[int]) -> dict[int, tuple[int, str]]:
    """Head and epoch of each workshop. One query."""
    rows = Workshop.objects.filter(pk__in=workshop_ids).values_list("pk", "head_seq", "epoch")
    return {pk: (head, str(epoch)) for pk, head, epoch in rows}


def lost_rights(actors: list[Actor]) -> dict[Actor, int]:
    """Those of ACTORS who are not any more what they were when they came in, and the code that closes their sockets.

    Two queries, one for all logins, and two for each login that somebody here rests on.
    """
    people = [actor.participant for actor in actors if actor.participant is not None]
    seats = {actor.seat_id for actor in actors if actor.seat_id is not None}
    seated: set[int | None] = {None}
    if seats:
        seated |= set(Seat.objects.filter(pk__in=seats, left_at__isnull=True).values_list("pk", flat=True))
    logins = {actor.login_key for actor in actors if actor.login_key}
    valid = {"", *_signed_in(logins)} if logins else {""}
    # Last, because who is removed loses their seat in the same moment, and is to be told of the removal.
    now = dict(
        Participant.objects.filter(
            pk__in={person.pk for person in people}, removed_at__isnull=True, workshop__closed_at__isnull=True
        ).values_list("pk", "roles")
    )
    lost = {}
    for actor in actors:
        if actor.participant is None or now.get(actor.participant.pk) != actor.participant.roles:
            lost[actor] = REMOVED
        elif actor.seat_id not in seated or actor.login_key not in valid:
            lost[actor] = SIGNED_OUT
    return lost


def _signed_in(logins: set[str]) -> set[str]:
    """Those of LOGINS, hashes of session keys, that a page would still accept."""
    keys = Login.objects.filter(expire_date__gt=timezone.now()).values_list("pk", flat=True)
    return {token_hash(key) for key in keys if token_hash(key) in logins and user_of_login(key) is not None}


def language_of(page: str, cookies: dict[str, str], person: Participant) -> str:
    """The language of the page if it says so, else the cookie's, else the person's, else the default."""
    spoken = {code for code, _ in settings.LANGUAGES}
    for wish in (page, cookies.get(settings.LANGUAGE_COOKIE_NAME, ""), person.language):
        if wish in spoken:
            return wish
    return settings.LANGUAGE_CODE
