"""What no browser sends, sent to a real server: it ends that one line, keeps its memory, and serves the others."""

import base64
import json
import os
import re
import socket
import tempfile
import zlib
from contextlib import closing, suppress
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections

from bench.wire import CLOSE, CONTINUED, TEXT, FrameReader, accept_key, frame
from coproduction.serve import LARGEST_FRAME
from sessions_app.operations import limits
from tests.e2e.web import Web

SECONDS = 10  # until a connection like these has to be over
MORE_MEMORY = 5 * 1024  # kB
ALL_IN_ONE = 0xC0 | TEXT  # final, first reserved bit set: a compressed message
FIRST = TEXT  # not final


class Uvicorn(Web):
    words = (*Web.words, "--server", "uvicorn")


@pytest.fixture(params=[Web, Uvicorn], ids=["daphne", "uvicorn"])
def web(request, transactional_db):
    with tempfile.TemporaryDirectory(prefix="coproduction-frames-") as folder:
        web = request.param(Path(folder))
        try:
            yield web.start()
        finally:
            web.stop()
            connections.close_all()


class Line:
    """A socket to the room that does as it is told, right or wrong."""

    def __init__(self, web: Web, world, name: str = "Ben", headers: str = "") -> None:
        self.wire = socket.create_connection(("127.0.0.1", web.port), timeout=SECONDS)
        self.reader, self.frames = FrameReader(), []
        key = base64.b64encode(os.urandom(16)).decode()
        self.wire.sendall(
            f"GET /live/room/{world.session.pk}/ HTTP/1.1\r\nHost: 127.0.0.1:{web.port}\r\nOrigin: {web.address}\r\n"
            f"Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n"
            f"Cookie: {settings.DEVICE_COOKIE}={world.cookies[name]}\r\n{headers}\r\n".encode()
        )
        head = b""
        while b"\r\n\r\n" not in head:
            head += self.wire.recv(4096)
        self.head, _, rest = head.partition(b"\r\n\r\n")
        assert accept_key(key.encode()) in self.head, self.head
        self.frames += self.reader.feed(rest)

    def send(self, data: bytes) -> "Line":
        with suppress(OSError):  # the server may have gone while we are still sending
            self.wire.sendall(data)
        return self

    def hears(self, kind: str) -> dict:
        """Wait for the next message of this kind."""
        while True:
            for opcode, _final, payload in self.frames:
                if opcode == TEXT and json.loads(payload)["t"] == kind:
                    self.frames = []
                    return json.loads(payload)
            data = self.wire.recv(65_536)
            assert data, "the line has ended"
            self.frames = self.reader.feed(data)

    def ends(self) -> int | None:
        """Wait until the server closes; the code of its goodbye, None when there was none. Fails after SECONDS."""
        code = None
        with suppress(ConnectionResetError):
            while data := self.wire.recv(65_536):
                for opcode, _final, payload in self.reader.feed(data):
                    if opcode == CLOSE:
                        code = int.from_bytes(payload[:2], "big") or None
        return code

    def close(self) -> None:
        self.wire.close()


def since(world, line: Line) -> dict:
    """Ask for all that ever happened, and get it."""
    epoch = line.hears("hello")["epoch"]
    line.send(frame(TEXT, json.dumps({"t": "since", "after": 0, "epoch": epoch}).encode(), masked=True))
    return line.hears("news")


def memory(web: Web) -> int:
    """Resident memory of the server, in kB."""
    return int(re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{web.process.pid}/status").read_text())[1])


def unmasked(line: Line) -> None:
    line.send(frame(TEXT, b'{"t": "seen", "through": 1}', masked=False))


def two_megabytes(line: Line) -> None:
    line.send(frame(TEXT, b"x" * (2 << 20), masked=True))


def ten_thousand_fragments(line: Line) -> None:
    first = bytes((FIRST, 0x81)) + b"\0\0\0\0" + b"x"
    next_one = bytes((CONTINUED, 0x81)) + b"\0\0\0\0" + b"x"
    line.send(first + next_one * 10_000 + frame(CONTINUED, b"x", masked=True))


def deflate_bomb(line: Line) -> None:
    """100 MB in 100 kB. We never agreed to compression, so nobody may unpack it."""
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = squeeze.compress(b"\0" * (100 << 20)) + squeeze.flush(zlib.Z_SYNC_FLUSH)
    whole = frame(TEXT, packed[:-4], masked=True)
    line.send(bytes((ALL_IN_ONE,)) + whole[1:])


def no_utf8(line: Line) -> None:
    line.send(frame(TEXT, b'{"t": "seen", "through": 1, "x": "\xed\xa0\x80"}', masked=True))


@pytest.mark.parametrize("attack", [unmasked, no_utf8, two_megabytes, ten_thousand_fragments, deflate_bomb])
def test_a_frame_that_no_browser_sends_ends_that_line_alone(web, world, attack):
    offer = "Sec-WebSocket-Extensions: permessage-deflate\r\n" if attack is deflate_bomb else ""
    with closing(Line(web, world, "Chidi")) as other, closing(Line(web, world, headers=offer)) as line:
        since(world, other)
        line.hears("hello")
        before = memory(web)
        attack(line)
        code = line.ends()

        assert code in {None, 1002, 1007, 1009, 4413}
        assert b"permessage-deflate" not in line.head
        assert memory(web) - before < MORE_MEMORY
        world.go_live()
        assert other.hears("news")["through"] == world.workshop.events.order_by("-seq")[0].seq
    assert "Traceback" not in web.log.read_text()


@pytest.mark.parametrize(
    "web", [Web], ids=["daphne"], indirect=True
)  # before uvicorn stands nginx, which waits as long
def test_half_a_handshake_is_not_waited_for(web, world):
    with closing(socket.create_connection(("127.0.0.1", web.port), timeout=SECONDS + 5)) as half:
        half.sendall(f"GET /live/room/{world.session.pk}/ HTTP/1.1\r\nHost: 127.0.0.1".encode())
        with closing(Line(web, world)) as line:
            assert since(world, line)["through"] > 0

        assert half.recv(4096) in {b"", b"HTTP/1.1 400 Bad Request\r\n\r\n"}


def test_what_is_large_and_ours_arrives(web, world):
    """What a socket may send is limited, what it is told is not: a wall of long cards is one frame."""
    world.go_live()
    for number in range(60):
        limits._buckets.clear()
        world.say("Chidi", f"{number}. {'We wait, and nobody says for how long. ' * 50}")
    with closing(Line(web, world)) as line:
        said = json.dumps(since(world, line))  # since 0: the whole wall, drawn once

    assert len(said) > 2 * LARGEST_FRAME
    assert said.count("data-order=") == 60
