"""A world with sockets: web processes, lines of its people, and a quick pulse so that no test waits long."""

import pytest
from django.conf import settings

from sessions_app import hints
from sessions_app.live import hub as hub_module
from sessions_app.models import Workshop
from tests.live.lines import Process


@pytest.fixture
def quick(monkeypatch):
    """The beacon and the second look at rights come many times a second instead of every few seconds."""
    for name in ("BEACON", "HEARTBEAT", "RECHECK", "HERE_TICK"):
        monkeypatch.setattr(hub_module, name, 0.1)


@pytest.fixture
def processes(transactional_db, monkeypatch):
    """Makes web processes, and stops them before the database is emptied."""
    monkeypatch.setattr(hints, "_rest_until", 0.0)
    made = []

    def _process():
        made.append(Process())
        return made[-1]

    yield _process
    for process in made:
        process.stop()


@pytest.fixture
def process(processes):
    return processes()


@pytest.fixture
def cookies_of(world, browser_of):
    """The cookie header of a person of the world."""

    def _cookies(name):
        if name == "Ada":
            return "; ".join(f"{key}={morsel.value}" for key, morsel in browser_of("Ada").cookies.items())
        return f"{settings.DEVICE_COOKIE}={world.cookies[name]}"

    return _cookies


@pytest.fixture
def enter(world, cookies_of, process):
    """Opens a line of somebody into the room (or the thread of a dialogue) and brings it to the present."""

    def _enter(name="Ben", *, dialogue=None, where=None, after=None):
        path = f"/live/thread/{dialogue}/" if dialogue else f"/live/room/{world.session.pk}/"
        line = (where or process).line(path, cookies_of(name))
        line.next("hello")
        workshop = Workshop.objects.get(pk=world.workshop.pk)
        line.since(workshop.head_seq if after is None else after, workshop.epoch)
        wait_until_whole(line)
        return line

    return _enter


def wait_until_whole(line):
    """Frames are handled in order, so the answer to a mistake comes when all before it is done."""
    line.tell("not a frame")
    line.next("err")
