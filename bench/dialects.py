"""How each chat speaks: what a member says on entering, where the bench mark is in a frame, how a post goes out."""

import asyncio
import json
from typing import Protocol

from bench.tally import Mark, marks_in
from bench.wire import Socket

FILLER = " one hundred bytes is about what people write in a chat, so this goes along with the mark"
Known = dict[bytes, list[Mark]]


class Refused(Exception):
    """The server answered a post, and said no."""


class Dialect(Protocol):
    """One way of talking to a chat server. A room uses one dialect object for all its members."""

    def address(self, member: int) -> tuple[str, int]: ...

    def path(self, member: int) -> str: ...

    def headers(self, member: int) -> dict[str, str]: ...

    async def entered(self, member: int, socket: Socket) -> None:
        """Say what has to be said before messages come, and wait until they will."""

    def read(self, member: int, socket: Socket, payload: bytes) -> list[Mark]:
        """The marks that this frame puts on the member's screen."""

    async def post(self, sender: int, mark: Mark) -> None:
        """Send one message as this member. Raises Refused when the server says no."""

    async def leave(self) -> None: ...


class Plain:
    """The tutorial's chat, Node ws and the raw limit: JSON text in, JSON text out, on one path."""

    def __init__(self, addresses: list[tuple[str, int]], path: str, filler: str = FILLER) -> None:
        self._addresses, self._path, self._filler = addresses, path, filler
        self._sockets: dict[int, Socket] = {}
        self._known: Known = {}

    def address(self, member: int) -> tuple[str, int]:
        return self._addresses[member % len(self._addresses)]

    def path(self, member: int) -> str:
        return self._path

    def headers(self, member: int) -> dict[str, str]:
        host, port = self.address(member)
        return {"Origin": f"http://{host}:{port}"}

    async def entered(self, member: int, socket: Socket) -> None:
        self._sockets[member] = socket

    def read(self, member: int, socket: Socket, payload: bytes) -> list[Mark]:
        # Most frames are the same bytes for everybody: look into each text once.
        found = self._known.get(payload)
        if found is None:
            found = self._known[payload] = marks_in(payload)
        return found

    async def post(self, sender: int, mark: Mark) -> None:
        self._sockets[sender].send(self.wrap(f"{mark}{self._filler}"))

    def wrap(self, text: str) -> str:
        """The text of a frame that says TEXT to the room."""
        return json.dumps({"message": text})

    async def leave(self) -> None:
        self._known.clear()


class SocketIO(Plain):
    """Socket.IO 4 over a websocket: Engine.IO packets (0 open, 2 ping, 3 pong, 4 message) around Socket.IO events."""

    def __init__(self, addresses: list[tuple[str, int]]) -> None:
        super().__init__(addresses, "/socket.io/?EIO=4&transport=websocket")
        self._joined: dict[Socket, asyncio.Event] = {}

    async def entered(self, member: int, socket: Socket) -> None:
        self._sockets[member] = socket
        joined = self._joined.setdefault(socket, asyncio.Event())
        socket.send("40")
        async with asyncio.timeout(10):
            await joined.wait()

    def read(self, member: int, socket: Socket, payload: bytes) -> list[Mark]:
        if payload == b"2":
            socket.send("3")
            return []
        if payload.startswith(b"40"):
            self._joined.setdefault(socket, asyncio.Event()).set()
            return []
        return super().read(member, socket, payload)

    def wrap(self, text: str) -> str:
        return "42" + json.dumps(["chat message", text])
