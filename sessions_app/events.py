"""The one door out: record() writes the log, announce() says that there is news. Nothing else does either."""

import json
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet

from sessions_app import clock, hints
from sessions_app.models import Event, Participant, Workshop

CHANNEL = "workshop:%s"
REFERENCES = ("actor", "participant", "session", "activity", "dialogue", "contribution")
# One statement: the update takes the row lock and the number, the insert writes the line under it.
APPEND = """
    WITH head AS (
        UPDATE sessions_app_workshop SET head_seq = head_seq + 1 WHERE id = %s RETURNING id, head_seq
    )
    INSERT INTO sessions_app_event (workshop_id, seq, verb, actor_id, participant_id, session_id, activity_id,
        dialogue_id, contribution_id, data, at)
    SELECT id, head_seq, %s, %s::bigint, %s::bigint, %s::bigint, %s::bigint, %s::bigint, %s::uuid, %s::jsonb, %s
    FROM head
    RETURNING id, seq
"""
TAKE_NUMBERS = "UPDATE sessions_app_workshop SET head_seq = head_seq + %s WHERE id = %s RETURNING head_seq"
ERASE = """
    DELETE FROM sessions_app_event WHERE workshop_id =
        (SELECT id FROM sessions_app_workshop WHERE id = %s AND practice_of_id IS NOT NULL)
"""


def lock(workshop_id: int) -> Workshop:
    """The workshop, with its row locked until the transaction ends. What is decided after this stays true."""
    return Workshop.objects.select_for_update().get(pk=workshop_id)


def record(
    verb: StrEnum,
    *,
    workshop_id: int,
    actor: Participant | None = None,
    at: datetime | None = None,
    data: dict[str, Any] | None = None,
    **refers_to: Any,
) -> Event:
    """Append one event under the workshop's row lock, and announce it when the transaction commits.

    `refers_to` names participant, session, activity, dialogue or contribution (or their ids, with `_id`).
    Returns the event, whose `seq` follows the last one of the workshop without a gap. Needs a transaction.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("record() belongs inside the transaction of the write it tells of.")
    event = Event(workshop_id=workshop_id, verb=verb, actor=actor, at=at or clock.now(), data=data or {}, **refers_to)
    values = [getattr(event, f"{name}_id") for name in REFERENCES]
    with connection.cursor() as cursor:
        cursor.execute(APPEND, [workshop_id, verb, *values, json.dumps(event.data), event.at])
        event.pk, event.seq = cursor.fetchone()
    transaction.on_commit(lambda: announce(workshop_id, event.seq), robust=True)
    return event


def record_all(
    verb: StrEnum, each: Sequence[dict[str, Any]], *, workshop_id: int, actor: Participant | None = None, at: datetime
) -> list[Event]:
    """Append one event for EACH (its references and `data`), in order: two statements and one announcement for all.

    For a press that puts many things on the table at once. Needs a transaction.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("record_all() belongs inside the transaction of the write it tells of.")
    if not each:
        return []
    with connection.cursor() as cursor:
        cursor.execute(TAKE_NUMBERS, [len(each), workshop_id])
        head = cursor.fetchone()[0]
    first = head - len(each) + 1
    lines = [
        Event(workshop_id=workshop_id, seq=first + place, verb=verb, actor=actor, at=at, **about)
        for place, about in enumerate(each)
    ]
    Event.objects.bulk_create(lines)
    transaction.on_commit(lambda: announce(workshop_id, head), robust=True)
    return lines


def since(workshop_id: int, after: int, *, limit: int | None = None) -> QuerySet[Event]:
    """The events of the workshop with a number above AFTER, in order."""
    events = Event.objects.filter(workshop_id=workshop_id, seq__gt=after).order_by("seq")
    return events if limit is None else events[:limit]


def announce(workshop_id: int, head: int) -> None:
    """Say that there is news up to HEAD. A lost, doubled or late announcement does no harm."""
    hints.publish(CHANNEL % workshop_id, {"head": head})


def erase_practice(workshop_id: int) -> None:
    """Delete the log of a practice with pretend people; of any other workshop it deletes nothing."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL coproduction.erasing_workshop = 'on'")
        cursor.execute(ERASE, [workshop_id])
        cursor.execute("SET LOCAL coproduction.erasing_workshop = 'off'")
