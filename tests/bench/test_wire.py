"""The bench's own websocket frames, against the `websockets` library."""

import asyncio

import pytest
from websockets.asyncio.server import serve as library_serve

from bench.client import run
from bench.wire import CLOSE, FrameReader, HandshakeError, connect, frame


@pytest.mark.parametrize("size", [0, 1, 125, 126, 65_535, 65_536, 200_000])
@pytest.mark.parametrize("masked", [False, True])
def test_a_frame_survives_any_cutting(size, masked):
    whole = frame(1, bytes(range(256)) * (size // 256) + b"x" * (size % 256), masked=masked) + frame(
        8, b"", masked=masked
    )
    for step in (1, 7, 4096, len(whole)):
        if len(whole) // step > 5_000:
            continue
        reader = FrameReader()
        found = [got for at in range(0, len(whole), step) for got in reader.feed(whole[at : at + step])]
        assert [(opcode, final, len(payload)) for opcode, final, payload in found] == [
            (1, True, size),
            (CLOSE, True, 0),
        ]


def test_it_talks_with_the_library():
    async def work():
        got, ended = asyncio.Queue(), asyncio.get_running_loop().create_future()

        async def echo(socket):
            async for text in socket:
                await socket.send([text, " in ", "parts"])  # a fragmented message
                await socket.ping()
                await socket.close(4408)

        async with library_serve(echo, "127.0.0.1", 0, compression=None) as server:
            address = server.sockets[0].getsockname()[:2]
            socket = await connect(address, "/", {}, lambda _, text: got.put_nowait(text), ended.set_result)
            socket.send("höjd " * 100)
            return await got.get(), await ended

    text, code = run(work())
    assert text.decode() == "höjd " * 100 + " in parts"
    assert code == 4408


def test_a_refusal_says_what_the_server_said():
    async def work():
        async with library_serve(lambda _: None, "127.0.0.1", 0, origins=["http://elsewhere"]) as server:
            await connect(server.sockets[0].getsockname()[:2], "/", {"Origin": "http://here"}, lambda *_: None)

    with pytest.raises(HandshakeError, match="403"):
        run(work())
