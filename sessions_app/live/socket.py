"""The socket: checks who comes, then only listens for how far they have seen. People send by POST."""

import contextlib
import json
import time
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import parse_qs

from django.db import DatabaseError
from django.http.cookie import parse_cookie

from sessions_app.identity import actor_by_hall_key, actor_of_cookies
from sessions_app.live.audience import Audience, Scope, audience_of
from sessions_app.live.database import in_thread
from sessions_app.live.feed import dumps
from sessions_app.live.hub import Hub
from sessions_app.live.member import TOO_LARGE, TRY_AGAIN, WRONG_PROTOCOL, Member
from sessions_app.live.reading import dialogue_of, language_of
from sessions_app.policy import Actor, can

FRAME_LIMIT = 4096  # bytes; a client has nothing longer to say
MISTAKES, MISTAKES_WITHIN = 10, 60.0
LOOKUPS = dict.fromkeys((Scope.ROOM, Scope.CONSOLE, Scope.SCREEN), "sessions")
LOOKUPS |= dict.fromkeys((Scope.THREAD, Scope.GROUP), "activities__dialogues")
SEES = {Scope.ROOM: "session.see"}
SEES |= dict.fromkeys((Scope.CONSOLE, Scope.SCREEN), "session.console")
SEES |= dict.fromkeys((Scope.THREAD, Scope.GROUP), "dialogue.see")
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]


class BadMessage(ValueError):
    """A frame that is not one of the protocol's."""


async def room_socket(scope: dict[str, Any], receive: Receive, send: Send) -> None:
    """The room of a session: /live/room/<session>/."""
    await _serve(Scope.ROOM, scope, receive, send)


async def console_socket(scope: dict[str, Any], receive: Receive, send: Send) -> None:
    """The console of a session, for its hosts: /live/console/<session>/."""
    await _serve(Scope.CONSOLE, scope, receive, send)


async def screen_socket(scope: dict[str, Any], receive: Receive, send: Send) -> None:
    """The screen of a session's hall: /live/screen/<session>/, for a host or with a key that a host gave out."""
    await _serve(Scope.SCREEN, scope, receive, send)


async def thread_socket(scope: dict[str, Any], receive: Receive, send: Send) -> None:
    """The thread of a dialogue: /live/thread/<dialogue>/."""
    await _serve(Scope.THREAD, scope, receive, send)


async def group_socket(scope: dict[str, Any], receive: Receive, send: Send) -> None:
    """The page of a small group, by its dialogue: /live/group/<dialogue>/."""
    await _serve(Scope.GROUP, scope, receive, send)


async def _serve(kind: Scope, scope: dict[str, Any], receive: Receive, send: Send) -> None:
    if (await receive())["type"] != "websocket.connect":
        return
    scope_id = scope["url_route"]["kwargs"]["pk"]
    try:
        actor, audience = await in_thread(_authorise, kind, scope_id, _cookies(scope), _asked(scope))
    except DatabaseError:
        actor, audience = Actor(), None  # the client comes back by itself
    if audience is None or actor.participant is None:
        await send({"type": "websocket.close"})  # before accepting: the handshake is answered with 403
        return
    await send({"type": "websocket.accept"})
    hub = Hub.here()
    workshop = actor.participant.workshop
    member = Member(actor, audience, send)
    feed = hub.join(member, workshop.head_seq, str(workshop.epoch))
    member.write(feed.hello())
    try:
        await feed.welcome(member, workshop.head_seq)
        await _listen(member, receive, feed.catch_up)
    except DatabaseError:
        member.close(TRY_AGAIN)  # the client comes back by itself
    finally:
        member.is_closed = True
        hub.leave(member)
        await hub.rise(member)


async def _listen(member: Member, receive: Receive, catch_up: Callable[[Member, int, str], Awaitable[None]]) -> None:
    mistakes: list[float] = []
    has_come = False
    while True:
        message = await receive()
        if message["type"] == "websocket.disconnect":
            return
        text = message.get("text") or ""
        if len(text.encode("utf-8", "replace")) > FRAME_LIMIT or len(message.get("bytes") or b"") > FRAME_LIMIT:
            member.close(TOO_LARGE)
            return
        try:
            said = parse(text)
        except BadMessage:
            mistakes = [moment for moment in mistakes if time.monotonic() - moment < MISTAKES_WITHIN]
            mistakes.append(time.monotonic())
            if len(mistakes) >= MISTAKES:
                member.close(WRONG_PROTOCOL)
                return
            member.write(dumps({"t": "err", "code": "bad_message"}))
            continue
        number = said["after" if said["t"] == "since" else "through"]
        member.saw(number)
        if said["t"] == "since" or member.lags_since is not None:
            member.lags_since = None
            await catch_up(member, number, said.get("epoch") or Hub.here().feeds[member.audience.workshop_id].epoch)
            if not has_come:
                has_come = True
                await Hub.here().sit(member)


def parse(text: str) -> dict[str, Any]:
    """One frame from a client: {"t": "since", "after": n, "epoch": e} or {"t": "seen", "through": n}.

    Raises BadMessage for everything else: not JSON, NaN, doubled keys, lists or objects inside, wrong types, numbers
    out of range.
    """
    try:
        said = _decoder.decode(text)
    except (ValueError, RecursionError) as trouble:
        raise BadMessage from trouble
    if not isinstance(said, dict) or any(isinstance(value, list | dict) for value in said.values()):
        raise BadMessage
    if said.get("t") not in ("since", "seen"):
        raise BadMessage
    number = said.get("after" if said["t"] == "since" else "through")
    if type(number) is not int or not 0 <= number < 2**63:
        raise BadMessage
    if not isinstance(said.get("epoch", ""), str) or (said["t"] == "since" and not said.get("epoch")):
        raise BadMessage
    return said


def _refuse(constant: str) -> None:
    raise BadMessage(constant)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len({name for name, _ in pairs}) < len(pairs) or len(pairs) > 8:
        raise BadMessage
    return dict(pairs)


# One for all frames: json.loads with hooks would build a decoder for each.
_decoder = json.JSONDecoder(parse_constant=_refuse, object_pairs_hook=_object)


def _cookies(scope: dict[str, Any]) -> dict[str, str]:
    header = b"; ".join(value for name, value in scope["headers"] if name == b"cookie")
    with contextlib.suppress(ValueError):
        return parse_cookie(header.decode("latin-1"))
    return {}


def _asked(scope: dict[str, Any]) -> dict[str, str]:
    """What the socket's address asks for: the language of the page, the key of a screen."""
    asked = parse_qs(scope.get("query_string", b"").decode("latin-1"))
    return {name: asked.get(name, [""])[0] for name in ("language", "key")}


def _authorise(
    kind: Scope, scope_id: int, cookies: dict[str, str], asked: dict[str, str]
) -> tuple[Actor, Audience | None]:
    """Who comes, and the audience that they belong to; none when this is not theirs to see.

    One query for a device, one more for a thread, and two more for a group.
    """
    if not 0 < scope_id < 2**63:
        return Actor(), None
    if kind == Scope.SCREEN and asked["key"]:
        actor = actor_by_hall_key(kind, asked["key"], scope_id)
    else:
        actor = actor_of_cookies(cookies, **{LOOKUPS[kind]: scope_id})
    person = actor.participant
    if person is None or person.workshop.closed_at is not None:
        return actor, None
    # The lookup has tied the actor to the scope's own workshop; what is left is the right to see it.
    what: Any = person.workshop
    session_id = 0
    if kind in {Scope.THREAD, Scope.GROUP}:
        what = dialogue_of(scope_id)
        if (what.group_id is not None) != (kind == Scope.GROUP):
            return actor, None  # a group's words are read on the page of the group alone
        session_id = what.activity.session_id if kind == Scope.GROUP else 0
    if not can(actor, SEES[kind], what):
        return actor, None
    return actor, audience_of(actor, kind, scope_id, language_of(asked["language"], cookies, person), session_id)
