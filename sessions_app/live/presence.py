"""Who is at the table right now. Kept in Redis with an expiry; losing it costs ten seconds, never a word."""

import time
from collections.abc import Iterable
from functools import partial

from django.template.loader import render_to_string
from django.utils import translation

from sessions_app import hints
from sessions_app.live.audience import Audience, Scope
from sessions_app.live.console import people_piece
from sessions_app.live.feed import dumps
from sessions_app.live.member import Member
from sessions_app.live.screen import online_piece
from sessions_app.live.seats import people_here as people_here
from sessions_app.models import Participant
from sessions_app.queries.people import Table, table_of

TABLES = frozenset({Scope.ROOM, Scope.CONSOLE})  # who has one of these open is here
SHOWN_ON = TABLES | {Scope.SCREEN}  # and these show who is


def seated(members: Iterable[Member]) -> dict[int, set[int]]:
    """Session id -> ids of the participants whose sockets this process holds."""
    tables: dict[int, set[int]] = {}
    for member in members:
        if member.audience.table and member.actor.participant is not None and not member.is_closed:
            tables.setdefault(member.audience.table, set()).add(member.actor.participant.pk)
    return tables


def audiences(members: Iterable[Member], session_id: int) -> set[Audience]:
    return {
        member.audience
        for member in members
        if member.audience.scope in SHOWN_ON and member.audience.scope_id == session_id
    }


def shown_in(members: Iterable[Member]) -> set[int]:
    """Sessions whose table MEMBERS have before them."""
    return {member.audience.scope_id for member in members if member.audience.scope in SHOWN_ON}


def screens(members: Iterable[Member]) -> set[int]:
    """Sessions that a screen here shows: nobody sits at it, and still it has to notice who is gone."""
    return {member.audience.scope_id for member in members if member.audience.scope == Scope.SCREEN}


def stay(tables: dict[int, set[int]], moment: float, process: str) -> None:
    """Say that these people are still here. PROCESS keeps apart what each hub knows: a person may sit in several."""
    for session_id, people in tables.items():
        hints.attempt(partial(_stay, session_id, people, moment, process), None)


def come(session_id: int, participant_id: int, process: str) -> None:
    """Somebody's first socket opened in PROCESS; tell every process to draw its tables anew."""
    stay({session_id: {participant_id}}, time.time(), process)
    hints.publish(f"here:{session_id}", {})


def go(session_id: int, participant_id: int, process: str) -> None:
    """Somebody's last socket in PROCESS closed. If they sit in another process too, their seat stays taken."""
    hints.attempt(lambda client: client.zrem(f"here:{session_id}", f"{participant_id} {process}"), None)
    hints.publish(f"here:{session_id}", {})


def table(session_id: int, *, besides: int | None = None) -> Table:
    """Who sits at the table, by place, ready to be drawn; BESIDES is somebody who is drawn elsewhere already."""
    ids = [number for number in people_here(session_id) if number != besides]
    return table_of(Participant.objects.filter(pk__in=ids, removed_at__isnull=True).order_by("joined_at", "pk"))


def frames(session_id: int, wanted: set[Audience]) -> dict[Audience, str]:
    """One frame per language, where everybody sees the same table; one per audience for consoles and screens."""
    drawn: dict[str, str] = {}
    who = table(session_id)
    apart = {Scope.CONSOLE: people_piece, Scope.SCREEN: online_piece}
    others = [audience for audience in wanted if audience.scope in apart]
    tables = {audience: dumps({"t": "here", **apart[audience.scope](audience)}) for audience in others}
    for language in {audience.language for audience in wanted}:
        with translation.override(language):
            html = render_to_string("rooms/seats.html", {"table": who})
        drawn[language] = dumps({"t": "here", "id": "room-seats", "html": html})
    return {audience: drawn[audience.language] for audience in wanted} | tables


def _stay(session_id: int, ids: set[int], moment: float, process: str, client: hints.Client) -> None:
    key = f"here:{session_id}"
    with client.pipeline(transaction=False) as pipe:
        pipe.zadd(key, {f"{number} {process}": moment for number in ids})
        pipe.expire(key, 3600)
        pipe.execute()
