"""Our own socket and forms, as a browser uses them (docs/protocol.md): cursor, catching up, posting."""

import asyncio
import json
import time
import uuid
from dataclasses import dataclass
from typing import Any

from bench.dialects import FILLER, Refused
from bench.http import Connections
from bench.tally import Mark, marks_in
from bench.wire import Socket

SEEN_EVERY_S = 2.0
_CSRF = "b" * 32  # the form's token and the cookie have to be equal, and may be anything
_FEW = 2_000


@dataclass(frozen=True, slots=True)
class Seed:
    """A workshop made for the bench: where people meet and write, and the cookie of each."""

    session_id: int
    room_path: str
    dialogue_id: int
    device_cookie: str
    csrf_cookie: str
    people: list[str]


@dataclass(slots=True)
class Place:
    """How far one member has come."""

    cursor: int = -1
    epoch: Any = None
    behind: int = -1
    told_at: float = 0.0
    will_tell: bool = False
    gaps: int = 0
    reset: bool = False


class Live:
    """The dialect of our room. Keeps each member's cursor, also while they are away."""

    def __init__(self, addresses: list[tuple[str, int]], seed: Seed, filler: str = FILLER) -> None:
        self.addresses, self._seed, self._filler = addresses, seed, filler
        self.places = [Place() for _ in seed.people]
        self._greeted: dict[Socket, asyncio.Event] = {}
        self._http = {address: Connections(address) for address in addresses}
        self._known: dict[bytes, tuple[dict[str, Any], list[tuple[int, list[Mark]]]]] = {}

    def address(self, member: int) -> tuple[str, int]:
        return self.addresses[member % len(self.addresses)]

    def path(self, member: int) -> str:
        return f"/live/room/{self._seed.session_id}/"

    def headers(self, member: int) -> dict[str, str]:
        host, port = self.address(member)
        return {"Origin": f"http://{host}:{port}", "Cookie": self._cookies(member)}

    async def entered(self, member: int, socket: Socket) -> None:
        """Wait for the greeting, which is answered by asking for what came since the member's cursor."""
        greeted = self._greeted.setdefault(socket, asyncio.Event())  # it may have come already
        async with asyncio.timeout(20):
            await greeted.wait()
        del self._greeted[socket]

    def read(self, member: int, socket: Socket, payload: bytes) -> list[Mark]:
        frame, pieces = self._look_into(payload)
        place, kind = self.places[member], frame.get("t")
        if kind == "news":
            return _news(socket, place, frame, pieces)
        if kind == "hello":
            if place.cursor < 0:
                place.cursor = frame["head"]  # the page that the member has just loaded holds all up to here
            place.epoch = frame["epoch"]
            _ask(socket, place)
            self._greeted.setdefault(socket, asyncio.Event()).set()
        elif kind == "hb":
            # Frames may still be on their way: ask only when they have not come by the next beat.
            if frame["head"] > place.cursor == place.behind:
                _ask(socket, place)
            place.behind = place.cursor if frame["head"] > place.cursor else -1
        elif kind == "resync":
            place.reset = True
        return []

    async def post(self, sender: int, mark: Mark) -> None:
        seed = self._seed
        status, answer = await self._http[self.address(sender)].post(
            f"/dialogues/{seed.dialogue_id}/contributions/",
            {
                "body": f"{mark}{self._filler}",
                "client_id": str(uuid.uuid4()),
                "view": "room",
                "csrfmiddlewaretoken": _CSRF,
            },
            {"Cookie": self._cookies(sender), "Accept": "application/json"},
        )
        if status != 200:
            raise Refused(f"{status}: {answer[:200].decode(errors='replace')}")

    async def leave(self) -> None:
        for connections in self._http.values():
            connections.close()

    def _cookies(self, member: int) -> str:
        seed = self._seed
        return f"{seed.device_cookie}={seed.people[member]}; {seed.csrf_cookie}={_CSRF}"

    def _look_into(self, payload: bytes) -> tuple[dict[str, Any], list[tuple[int, list[Mark]]]]:
        # Everybody who may see the same gets the same bytes: look into each text once.
        found = self._known.get(payload)
        if found is None:
            frame = json.loads(payload)
            pieces = [(piece.get("order", 0), marks_in(piece["html"].encode())) for piece in frame.get("pieces", ())]
            found = frame, pieces
            if len(self._known) > _FEW:
                self._known.clear()
            self._known[payload] = found
        return found


def _news(socket: Socket, place: Place, frame: dict[str, Any], pieces: list[tuple[int, list[Mark]]]) -> list[Mark]:
    if frame["through"] <= place.cursor:
        return []
    if frame["after"] > place.cursor:
        place.gaps += 1
        _ask(socket, place)
        return []
    before, place.cursor = place.cursor, frame["through"]
    if time.monotonic() - place.told_at >= SEEN_EVERY_S:
        _tell(socket, place)
    elif not place.will_tell:
        place.will_tell = True
        asyncio.get_running_loop().call_later(SEEN_EVERY_S, _tell, socket, place)
    return [mark for order, marks in pieces if order > before for mark in marks]


def _tell(socket: Socket, place: Place) -> None:
    """Say how far this member has seen, which is all the server knows of who keeps up."""
    place.will_tell, place.told_at = False, time.monotonic()
    socket.send(json.dumps({"t": "seen", "through": place.cursor}))


def _ask(socket: Socket, place: Place) -> None:
    socket.send(json.dumps({"t": "since", "after": place.cursor, "epoch": place.epoch}))
