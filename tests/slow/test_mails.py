"""Three hundred reminders through killed workers, two beats and a mail server that breaks off: none goes twice."""

import signal
import sys
import time
from collections import Counter
from contextlib import suppress
from datetime import timedelta
from os import killpg
from random import Random

import pytest

from coproduction.local import processes
from sessions_app import clock
from sessions_app.models import Event, Notice, NoticeState, Participant, Role
from sessions_app.operations import sessions
from tests.e2e.web import ROOT
from tests.mails.sink import sink_on_a_port
from tests.slow.waiting import until
from tests.world import make_world

CELERY = [sys.executable, "-m", "celery", "-A", "coproduction.celery"]
ALONE = ["--without-gossip", "--without-mingle", "--without-heartbeat", "-l", "WARNING"]
WORKERS = (["-c", "2"], ["-c", "4", "-P", "threads"])  # processes under one parent, and threads in one process
CUTS = ("connect", "mail", "rcpt", "rcpt 450 busy", "mid", "data", "data 451 later", "after", "quit")
PEOPLE, KILLS, TROUBLE = 300, 14, 45
OVER = {NoticeState.SENT, NoticeState.UNCONFIRMED, NoticeState.SKIPPED, NoticeState.FAILED, NoticeState.PARKED}


@pytest.fixture
def mail_server():
    with sink_on_a_port() as (sink, port):
        yield sink, port


@pytest.fixture
def spawn(webs, mail_server, tmp_path):
    """Starts a program in the environment of the web processes, with the mail server of the test."""
    started = []
    mail = {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": str(mail_server[1]),
        "DATABASE_POOL": "8",
    }

    def start(*command):
        log = tmp_path / f"{len(started)}.log"
        started.append(processes.spawn(command, log=log, environ={**webs[0].environ, **mail}, folder=ROOT))
        return started[-1]

    yield start
    processes.stop_all(started, seconds=5)


@pytest.fixture
def reminded(database):
    """A meeting in fifty minutes, of which PEOPLE are to be reminded now."""
    world = make_world()
    Participant.objects.filter(workshop=world.workshop).update(user=None)
    world.workshop.sessions.update(removed_at=clock.now())  # else of this one, too
    soon = clock.now() + timedelta(minutes=50)
    with clock.at(clock.now() - timedelta(days=2)):
        meeting = sessions.plan_session(
            workshop=world.workshop, actor=world.ada, title="Soon", starts_at=soon, ends_at=soon + timedelta(hours=1)
        )
    joined = clock.now() - timedelta(days=3)
    Participant.objects.bulk_create(
        Participant(
            workshop=world.workshop,
            name=f"Person {number}",
            name_key=f"person {number}",
            roles=[Role.PARTICIPANT],
            email=f"person{number}@example.org",
            joined_at=joined,
            admitted_at=joined,
        )
        for number in range(PEOPLE)
    )
    return meeting


def notices_of(meeting):
    return Notice.objects.filter(workshop=meeting.workshop_id, reason="session_soon")


def test_three_hundred_reminders_through_every_kind_of_trouble(reminded, mail_server, spawn, tmp_path, crowd, capsys):
    sink, _port = mail_server
    chance = Random(6)
    sink.choose = lambda: chance.choice(CUTS) if chance.random() < 0.3 else ""
    beats = [spawn(*CELERY, "beat", "-l", "WARNING", "-s", str(tmp_path / f"beat{n}"), "--pidfile=") for n in (1, 2)]
    workers = [spawn(*CELERY, "worker", *more, *ALONE) for more in WORKERS]
    began, killed = time.monotonic(), 0
    while killed < KILLS:
        crowd.lets_pass(TROUBLE / KILLS * chance.uniform(0.5, 1.5))
        number = chance.randrange(2)
        with suppress(ProcessLookupError):
            killpg(workers[number].pid, signal.SIGKILL)
        workers[number].wait()
        workers[number] = spawn(*CELERY, "worker", *WORKERS[number], *ALONE)
        killed += 1
    sink.choose = None
    until(lambda: notices_of(reminded).filter(state__in=OVER).count() == PEOPLE, within=420)

    states = Counter(notices_of(reminded).values_list("state", flat=True))
    taken = Counter(sink.recipients)
    with capsys.disabled():
        print(f"\n{dict(states)}, {len(taken)} on the wire, in {time.monotonic() - began:.0f} s")
    assert all(beat.poll() is None for beat in beats)
    assert [address for address, count in taken.items() if count > 1] == []
    assert len({mail["Message-ID"] for mail in sink.mails}) == len(sink.mails)
    ended = dict(notices_of(reminded).values_list("participant__email", "state"))
    assert {state for address, state in ended.items() if address in taken} <= {
        NoticeState.SENT,
        NoticeState.UNCONFIRMED,
    }
    assert [address for address, state in ended.items() if state == NoticeState.SENT and address not in taken] == []
    assert set(states) <= {NoticeState.SENT, NoticeState.UNCONFIRMED}
    assert states[NoticeState.SENT] > PEOPLE / 2
    assert not Event.objects.filter(workshop=reminded.workshop_id, verb__startswith="notice").exists()


def test_the_queue_drains(reminded, mail_server, spawn, tmp_path, capsys):
    """One worker, a mail server that takes 50 ms for each mail."""
    sink, _port = mail_server
    sink.takes = 0.05
    spawn(*CELERY, "beat", "-l", "WARNING", "-s", str(tmp_path / "beat"), "--pidfile=")
    spawn(*CELERY, "worker", "-c", "2", *ALONE)
    until(lambda: sink.mails, within=90)
    began = time.monotonic()
    until(lambda: notices_of(reminded).filter(state=NoticeState.SENT).count() == PEOPLE, within=120)
    rate = PEOPLE / (time.monotonic() - began)
    with capsys.disabled():
        print(f"\n{rate:.0f} mails a second")

    assert len(sink.mails) == len(set(sink.recipients)) == PEOPLE
    assert rate >= 20
