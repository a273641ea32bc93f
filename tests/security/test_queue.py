"""More requests than threads: who waits too long is told to come back, in their language; the pulse still beats."""

import asyncio
import html
import json
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from coproduction import pages
from coproduction.pages import Pages

SWEDISH = (b"cookie", b"language=sv")


@pytest.fixture
def crowded(monkeypatch):
    """An application with one thread, which a first request holds until it is let go."""
    monkeypatch.setattr(pages, "LONGEST_WAIT", 0.05)
    application, holds, free = Pages(), threading.Event(), threading.Event()
    application._threads = ThreadPoolExecutor(1)
    plainly = application._answer

    def answer(scope, body):
        if scope["path"] == "/slow/":
            holds.set()
            assert free.wait(10)
        return plainly(scope, body)

    monkeypatch.setattr(application, "_answer", answer)
    return application, holds, free


async def ask(application, path, *headers):
    """Status, headers and body of the answer to a GET."""
    said = []

    async def receive():
        return {"type": "http.request", "body": b""}

    async def send(message):
        said.append(message)

    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "headers": [(b"host", b"testserver"), *headers],
        "client": ("127.0.0.1", 1),
        "scheme": "http",
    }
    await application(scope, receive, send)
    told = {name.decode().lower(): value.decode() for name, value in said[0]["headers"]}
    return said[0]["status"], told, b"".join(part.get("body", b"") for part in said[1:]).decode()


def test_who_waits_too_long_is_told_to_come_back(crowded):
    application, holds, free = crowded

    async def meanwhile():
        first = asyncio.ensure_future(ask(application, "/slow/"))
        await asyncio.to_thread(holds.wait, 10)
        swedish = await ask(application, "/appearance/", SWEDISH)
        script = await ask(application, "/appearance/", (b"accept", b"application/json"))
        pulse = await ask(application, pages.PULSE)
        free.set()
        return await first, swedish, script, pulse, await ask(application, "/appearance/")

    first, swedish, script, pulse, later = asyncio.run(meanwhile())

    assert (swedish[0], swedish[1]["retry-after"]) == (503, "2")
    assert swedish[1]["cache-control"] == "private, no-store"
    assert swedish[1]["x-content-type-options"] == "nosniff"
    assert 'lang="sv"' in swedish[2]
    assert "allt du skrev finns kvar" in html.unescape(swedish[2])
    assert (script[0], json.loads(script[2])["error"]) == (503, "busy")
    assert (pulse[0], first[0], later[0]) == (200, 404, 200)


def test_nobody_is_kept_waiting_when_there_is_room(crowded):
    application, _holds, _free = crowded

    assert asyncio.run(ask(application, "/appearance/"))[0] == 200
