"""The order in which a web process ends, on a server that is only pretended: no sockets, no waiting."""

import asyncio
import socket

import pytest

from coproduction import departure as module
from coproduction.departure import Departure, Doorway
from coproduction.healthy import answer
from sessions_app.views.health import ready
from tests.security.production import run


class Pretended:
    """A server that remembers what it was told, and when somebody still waited at its door."""

    def __init__(self, doorway, door):
        self.doorway, self.door, self.log = doorway, door, []
        asyncio.get_running_loop().add_reader(door.fileno(), self._take)

    def _take(self):
        self.door.accept()[0].close()
        self.log.append("somebody came in")

    def doors(self):
        return [self.door.fileno()]

    def close_doors(self):
        self.log.append(f"doors closed, leaving {self.doorway.is_leaving}")
        asyncio.get_running_loop().remove_reader(self.door.fileno())

    def end(self):
        self.log.append("end")


@pytest.fixture
def door():
    with socket.create_server(("127.0.0.1", 0)) as door:
        door.setblocking(False)
        yield door


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    monkeypatch.setattr(module, "LATE_BYTES", 0.01)


def leave(door, application=None, *, send_away=None, longest=5.0, between=None):
    """Let a pretended server leave. Returns what it was told."""

    async def _leave():
        doorway = Doorway(application)
        server = Pretended(doorway, door)

        async def gone(spread):
            server.log.append(f"sent away over {spread}")

        going = Departure(doorway, server, send_away or gone, notice=0.0, spread=7.0)
        under_way = [asyncio.ensure_future(doorway({"type": "http"}, None, server.log.append))] if application else []
        await asyncio.sleep(0)
        if between:
            between(door)
        going.begin()
        if longest == 0:
            going.begin()
        await asyncio.wait_for(going._task, 5)
        await asyncio.gather(*under_way)
        return server.log

    return asyncio.run(_leave())


def test_it_closes_its_doors_before_it_sends_anybody_away(door):
    assert leave(door) == ["doors closed, leaving True", "sent away over 7.0", "end"]


def test_who_knocked_before_is_let_in_first(door):
    callers = []

    log = leave(
        door, between=lambda door: callers.extend(socket.create_connection(door.getsockname()) for _ in range(5))
    )

    for caller in callers:
        caller.close()
    assert log[:6] == ["somebody came in"] * 5 + ["doors closed, leaving True"]


def test_it_waits_for_what_is_under_way(door):
    async def slow(scope, receive, send):
        await asyncio.sleep(0.2)
        send("answered")

    log = leave(door, slow)

    assert log[-2:] == ["answered", "end"]


def test_it_does_not_wait_for_ever(door, monkeypatch):
    monkeypatch.setattr(module, "LONGEST", -6.9)  # with the spread of seven seconds: a tenth of one

    async def never(spread):
        await asyncio.sleep(60)

    assert leave(door, send_away=never)[-1] == "end"


def test_trouble_on_the_way_ends_it_too(door):
    async def fails(spread):
        raise OSError("Redis is away")

    assert leave(door, send_away=fails)[-1] == "end"


def test_a_second_signal_does_not_wait(door):
    assert leave(door, longest=0)[0] == "end"


@pytest.mark.parametrize("is_leaving", [False, True])
def test_requests_are_told(is_leaving):
    heard = {}

    async def application(scope, receive, send):
        heard.update(scope)

    doorway = Doorway(application)
    doorway.is_leaving = is_leaving
    asyncio.run(doorway({"type": "http", "path": "/"}, None, None))

    assert heard == {"type": "http", "path": "/", "is_leaving": is_leaving}
    assert doorway.under_way == 0


@pytest.mark.django_db
def test_a_process_that_leaves_is_not_ready(async_rf):
    import json

    request = async_rf.get("/health/ready")
    assert json.loads(ready(request).content)["staying"] is True
    request.scope["is_leaving"] = True

    told = ready(request)

    assert told.status_code == 503
    assert json.loads(told.content)["staying"] is False


def test_a_port_that_is_taken_is_a_sentence(door):
    port = str(door.getsockname()[1])

    done = run("-m", "coproduction.serve", "--port", port)

    assert done.returncode == 1
    assert done.stderr.strip() == f"Nothing can listen on 127.0.0.1:{port}: Address already in use."


def test_nobody_at_a_port_is_no_health(door):
    port = door.getsockname()[1]
    door.close()

    assert answer(port, "/health/live")[0] == 0
    done = run("-m", "coproduction.healthy", "--port", str(port))
    assert (done.returncode, done.stderr.strip()) == (1, "[Errno 111] Connection refused")
