"""Form posts over connections that stay open: what a browser's `fetch` does, with as little work as can be."""

import asyncio
from collections.abc import AsyncIterator
from urllib.parse import urlencode


class Connections:
    """Connections to one server, opened when needed and used again."""

    def __init__(self, address: tuple[str, int]) -> None:
        self._address = address
        self._idle: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []

    async def post(self, path: str, fields: dict[str, str], headers: dict[str, str]) -> tuple[int, bytes]:
        """Send a form and return (status, body). Raises OSError when the server cannot be reached."""
        body = urlencode(fields).encode()
        host, port = self._address
        lines = [
            f"POST {path} HTTP/1.1",
            f"Host: {host}:{port}",
            f"Origin: http://{host}:{port}",
            "Content-Type: application/x-www-form-urlencoded",
            f"Content-Length: {len(body)}",
            *(f"{name}: {value}" for name, value in headers.items()),
        ]
        request = "\r\n".join(lines).encode() + b"\r\n\r\n" + body
        while True:
            fresh = not self._idle
            reader, writer = self._idle.pop() if self._idle else await asyncio.open_connection(*self._address)
            try:
                writer.write(request)
                status, answer, stays_open = await _answer(reader)
            except (OSError, EOFError):
                writer.close()
                if fresh:
                    raise
                continue  # the server had closed this idle connection; the post is the same by its client_id
            if stays_open:
                self._idle.append((reader, writer))
            else:
                writer.close()
            return status, answer

    def close(self) -> None:
        for _, writer in self._idle:
            writer.close()
        self._idle.clear()


async def _answer(reader: asyncio.StreamReader) -> tuple[int, bytes, bool]:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    status = int(head[0].split(" ", 2)[1])
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:])}
    if headers.get("transfer-encoding", "").lower() == "chunked":
        body = b"".join([chunk async for chunk in _chunks(reader)])
    else:
        body = await reader.readexactly(int(headers.get("content-length", "0")))
    return status, body, headers.get("connection", "").lower() != "close"


async def _chunks(reader: asyncio.StreamReader) -> AsyncIterator[bytes]:
    while size := int((await reader.readuntil(b"\r\n")).split(b";")[0], 16):
        yield await reader.readexactly(size)
        await reader.readexactly(2)
    await reader.readuntil(b"\r\n")
