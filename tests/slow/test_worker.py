"""The worker is killed: a question whose time is up is still closed once it is back, and health tells of it."""

import sys
from datetime import timedelta

import httpx
import pytest
from django.utils import timezone

from coproduction.local import processes
from sessions_app.models import Activity, Event
from sessions_app.operations.dialogues import open_thread
from sessions_app.verbs import Verb
from tests.e2e.web import ROOT
from tests.slow.waiting import until

CELERY = [sys.executable, "-m", "celery", "-A", "coproduction.celery"]
WORKER = [*CELERY, "worker", "-c", "1", "-P", "threads", "-l", "WARNING"]
ALONE = ["--without-gossip", "--without-mingle", "--without-heartbeat"]


@pytest.fixture
def spawn(webs, tmp_path):
    """Starts a program in the environment of the web processes."""
    started = []

    def start(*command):
        log = tmp_path / f"{len(started)}.log"
        started.append(processes.spawn(command, log=log, environ=webs[0].environ, folder=ROOT))
        return started[-1]

    yield start
    processes.stop_all(started, seconds=5)


@pytest.fixture
def health(webs):
    def status():
        return httpx.get(f"{webs[0].address}/health/ready", trust_env=False).status_code

    return status


def test_a_window_that_was_due_is_ended_once(meeting, crowd, spawn, health, tmp_path):
    clock = spawn(*CELERY, "beat", "-l", "WARNING", "-s", str(tmp_path / "schedule"), "--pidfile=")
    worker = spawn(*WORKER, *ALONE)
    until(lambda: health() == 200, within=45)
    thread = open_thread(
        workshop=meeting.world.workshop,
        actor=meeting.world.ada,
        prompt="What do you need before Friday?",
        until=timezone.now() + timedelta(seconds=2),
    )
    worker.kill()
    until(lambda: health() == 503, within=60)
    assert is_open(thread)
    assert clock.poll() is None

    spawn(*WORKER, *ALONE)

    until(lambda: health() == 200, within=30)
    until(lambda: not is_open(thread), within=30)
    crowd.lets_pass(5)  # what the clock had asked for meanwhile is done too
    assert Event.objects.filter(activity=thread, verb=Verb.ACTIVITY_ENDED).count() == 1


def is_open(thread):
    return Activity.objects.get(pk=thread.pk).ended_at is None
