"""The raw limit in Python: one process, one room, a frame built once and written to every socket. It errs if told."""

import argparse
import asyncio
import re
from typing import ClassVar, cast

import uvloop

from bench.wire import CLOSE, PING, PONG, TEXT, FrameReader, accept_key, frame

_KEY = re.compile(rb"\r\nsec-websocket-key:[ \t]*([^\r]+)\r\n", re.IGNORECASE)


class Faults:
    """What goes wrong on purpose, each to the last member only: every `drop`-th message is left out, every
    `double`-th comes twice, every `swap`-th comes after the one that follows it. 0 is never."""

    def __init__(self, drop: int = 0, double: int = 0, swap: int = 0) -> None:
        self.drop, self.double, self.swap = drop, double, swap
        self._count = 0
        self._held = b""

    def __call__(self, data: bytes) -> bytes:
        self._count += 1
        if self.drop and self._count % self.drop == 0:
            return b""
        if self.double and self._count % self.double == 0:
            return data + data
        if self._held:
            data, self._held = data + self._held, b""
        elif self.swap and self._count % self.swap == 0:
            data, self._held = b"", data
        return data


class Member(asyncio.Protocol):
    """One socket. What it says is written to all, itself included."""

    room: ClassVar[list[asyncio.Transport]] = []
    faults: ClassVar[Faults | None] = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)  # uvloop's own class is none of asyncio's
        self._reader, self._head = FrameReader(), b""

    def connection_lost(self, exc: Exception | None) -> None:
        if self._transport in self.room:
            self.room.remove(self._transport)

    def data_received(self, data: bytes) -> None:
        if self._transport not in self.room:
            self._head += data
            if b"\r\n\r\n" in self._head:
                self._welcome(self._head)
            return
        for opcode, _, payload in self._reader.feed(data):
            if opcode == TEXT:
                self._broadcast(frame(TEXT, payload, masked=False))
            elif opcode == PING:
                self._transport.write(frame(PONG, payload, masked=False))
            elif opcode == CLOSE:
                self._transport.close()

    def _welcome(self, head: bytes) -> None:
        key = _KEY.search(head)
        if not key:
            self._transport.write(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
            self._transport.close()
            return
        self._transport.write(
            b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            b"Sec-WebSocket-Accept: " + accept_key(key[1].strip()) + b"\r\n\r\n"
        )
        self.room.append(self._transport)

    def _broadcast(self, data: bytes) -> None:
        *others, last = self.room
        for transport in others:
            transport.write(data)
        last.write(self.faults(data) if self.faults else data)


async def serve(port: int, faults: Faults | None = None) -> None:
    """Answer on 127.0.0.1:PORT until cancelled."""
    Member.faults = faults
    server = await asyncio.get_running_loop().create_server(Member, "127.0.0.1", port)
    async with server:
        await server.serve_forever()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    for fault in ("drop", "double", "swap"):
        parser.add_argument(f"--{fault}", type=int, default=0, metavar="N", help=f"{fault} every N-th message")
    given = parser.parse_args()
    faults = Faults(given.drop, given.double, given.swap) if given.drop or given.double or given.swap else None
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(serve(given.port, faults))


if __name__ == "__main__":
    main()
