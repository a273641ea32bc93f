"""One websocket seen from the client: the handshake, frames in, frames out, with as little work per frame as can be."""

import asyncio
import base64
import hashlib
import os
import re
import socket
from collections.abc import Callable
from typing import cast

_GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"  # RFC 6455, section 1.3
_ACCEPT = re.compile(rb"\r\nsec-websocket-accept:[ \t]*([^\r]+)\r\n", re.IGNORECASE)
CONTINUED, TEXT, BINARY, CLOSE, PING, PONG = 0, 1, 2, 8, 9, 10
FINAL = 0x80
MASKED = 0x80
LOST = 1006  # what a client reports when the connection ends without a close frame


class HandshakeError(ConnectionError):
    """The server did not answer with 101; the text holds the line it answered with."""


OnText = Callable[["Socket", bytes], None]


def accept_key(key: bytes) -> bytes:
    """The Sec-WebSocket-Accept value that belongs to a Sec-WebSocket-Key."""
    return base64.b64encode(hashlib.sha1(key + _GUID, usedforsecurity=False).digest())


def frame(opcode: int, payload: bytes, *, masked: bool) -> bytes:
    """One final frame. Clients must mask: a key of four zero bytes is legal and costs nothing to apply."""
    size, mask = len(payload), MASKED if masked else 0
    if size < 126:
        head = bytes((FINAL | opcode, mask | size))
    elif size < 65_536:
        head = bytes((FINAL | opcode, mask | 126)) + size.to_bytes(2, "big")
    else:
        head = bytes((FINAL | opcode, mask | 127)) + size.to_bytes(8, "big")
    return head + (b"\0\0\0\0" if masked else b"") + payload


class FrameReader:
    """Cuts a byte stream into frames; what is not whole yet waits for the next bytes."""

    def __init__(self) -> None:
        self._rest = b""

    def feed(self, data: bytes) -> list[tuple[int, bool, bytes]]:
        """The frames that are whole now, each as (opcode, final, payload with its mask taken off)."""
        if self._rest:
            data = self._rest + data
        frames, at, end = [], 0, len(data)
        while end - at >= 2:
            size, start = data[at + 1] & 0x7F, at + 2
            if size >= 126:
                start += 2 if size == 126 else 8
                if end < start:
                    break
                size = int.from_bytes(data[at + 2 : start], "big")
            mask = b""
            if data[at + 1] & MASKED:
                mask = data[start : start + 4]
                start += 4
            if end - start < size:
                break
            payload = data[start : start + size]
            if any(mask):
                payload = bytes(byte ^ mask[index & 3] for index, byte in enumerate(payload))
            frames.append((data[at] & 0x0F, bool(data[at] & FINAL), payload))
            at = start + size
        self._rest = data[at:]
        return frames


class Socket(asyncio.Protocol):
    """A connected websocket. `on_text` gets each whole message as bytes, `on_end` the close code, once."""

    def __init__(self, on_text: OnText, on_end: Callable[[int], None] | None = None) -> None:
        self._on_text, self._on_end = on_text, on_end
        self._key = base64.b64encode(os.urandom(16))
        self._reader = FrameReader()
        self._head: bytes | None = b""
        self._parts: list[bytes] = []
        self.opened: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.transport: asyncio.Transport | None = None
        self.close_code: int | None = None
        self.ended = asyncio.Event()

    def greet(self, host: str, port: int, path: str, headers: dict[str, str]) -> None:
        lines = [
            f"GET {path} HTTP/1.1",
            f"Host: {host}:{port}",
            "Connection: Upgrade",
            "Upgrade: websocket",
            "Sec-WebSocket-Version: 13",
            f"Sec-WebSocket-Key: {self._key.decode()}",
            *(f"{name}: {value}" for name, value in headers.items()),
        ]
        self._write("\r\n".join(lines).encode() + b"\r\n\r\n")

    def send(self, text: str) -> None:
        """Say something; nothing happens on a line that is closed."""
        if self.transport and not self.transport.is_closing():
            self._write(frame(TEXT, text.encode(), masked=True))

    def close(self) -> None:
        """Say goodbye and drop the line, without waiting for the other side."""
        if self.transport and not self.transport.is_closing():
            self._write(frame(CLOSE, (1000).to_bytes(2, "big"), masked=True))
            self.transport.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)  # uvloop's own class is none of asyncio's

    def data_received(self, data: bytes) -> None:
        if self._head is not None:
            data = self._shake(data)
        for opcode, final, payload in self._reader.feed(data) if data else ():
            if opcode == TEXT and final:
                self._on_text(self, payload)
            else:
                self._other(opcode, final, payload)

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.opened.done():
            self.opened.set_exception(HandshakeError("the server hung up during the handshake"))
        self.close_code = self.close_code or LOST
        self.ended.set()
        if self._on_end:
            self._on_end(self.close_code)

    def _write(self, data: bytes) -> None:
        assert self.transport is not None
        self.transport.write(data)

    def _shake(self, data: bytes) -> bytes:
        assert self._head is not None
        assert self.transport is not None
        self._head += data
        head, end, rest = self._head.partition(b"\r\n\r\n")
        if not end:
            return b""
        self._head = None
        answer = _ACCEPT.search(head + b"\r\n")
        if not head.startswith(b"HTTP/1.1 101") or not answer or answer[1].strip() != accept_key(self._key):
            self.opened.set_exception(HandshakeError(f"refused: {head.splitlines()[0].decode(errors='replace')}"))
            self.transport.abort()
            return b""
        self.opened.set_result(None)
        return rest

    def _other(self, opcode: int, final: bool, payload: bytes) -> None:
        if opcode == PING:
            self._write(frame(PONG, payload, masked=True))
        elif opcode == CLOSE:
            self.close_code = int.from_bytes(payload[:2], "big") or 1005
            self._write(frame(CLOSE, payload[:2], masked=True))
            assert self.transport is not None
            self.transport.close()
        elif opcode in (CONTINUED, TEXT, BINARY):
            self._parts.append(payload)
            if final:
                whole, self._parts = b"".join(self._parts), []
                self._on_text(self, whole)


async def connect(
    address: tuple[str, int],
    path: str,
    headers: dict[str, str],
    on_text: OnText,
    on_end: Callable[[int], None] | None = None,
    *,
    narrow: socket.socket | None = None,
    timeout: float = 30,
) -> Socket:
    """Open one websocket, over `narrow` when given: a connected TCP socket with buffers of its own.

    Raises HandshakeError when refused, OSError when nobody listens, TimeoutError when slow.
    """
    loop = asyncio.get_running_loop()
    async with asyncio.timeout(timeout):
        made = Socket(on_text, on_end)
        if narrow:
            await loop.create_connection(lambda: made, sock=narrow)
        else:
            await loop.create_connection(lambda: made, *address)
        made.greet(*address, path, headers)
        await made.opened
    return made
