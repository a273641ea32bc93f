"""SIGTERM to a web process, daphne or uvicorn: what is under way is finished, everybody moves, then it ends."""

import httpx
import pytest
from django.db import connection, transaction

from sessions_app.models import Workshop
from tests.e2e.web import Web
from tests.live_processes.meeting import Meeting
from tests.slow.waiting import until

RESTART = 4012


@pytest.fixture(params=["daphne", "uvicorn"])
def web(request, database, tmp_path):
    """One process that gives notice for two seconds and moves its people within two more."""
    web = Web(tmp_path)
    web.words = ("--server", request.param, "--notice", "2", "--spread", "2")
    yield web.start()
    web.stop()


@pytest.fixture
def alone(web, crowd):
    """A meeting with all of its people at that process; when it has gone, nobody answers them."""
    return Meeting(crowd, [web])


def test_it_says_that_it_will_not_stay_and_then_takes_nobody_new(web):
    before, alive = ready(web), f"{web.address}/health/live"

    web.ask_to_end()

    assert before["staying"] is True
    until(lambda: ready(web)["staying"] is False, within=1)
    assert httpx.get(alive, trust_env=False).status_code == 200
    until(lambda: web.process.poll() is not None, within=8)
    assert web.process.returncode == 0
    with pytest.raises(httpx.ConnectError):
        httpx.get(alive, trust_env=False)


def test_those_who_follow_move_and_the_others_are_closed(web, alone, crowd):
    people = alone.come(12)
    for person in people[:3]:
        person.follows = False

    web.ask_to_end()

    until(lambda: web.process.poll() is not None, within=12)
    assert web.process.returncode == 0
    assert [person.closes[:1] for person in people[:3]] == [[RESTART]] * 3
    assert [(person.moves, person.closes) for person in people[3:]] == [(1, [])] * 9


def test_a_post_under_way_is_answered(web, alone, crowd):
    (person,) = alone.come(1)
    with transaction.atomic():
        Workshop.objects.select_for_update().get(pk=alone.world.workshop.pk)
        saying = crowd.begin(person.outbox.say("I was on my way.", alone.post))
        until(somebody_waits, within=5)
        web.ask_to_end()
        until(lambda: not answers(web), within=5)
        assert web.process.poll() is None
    saying.result(10)

    until(lambda: web.process.poll() is not None, within=8)
    assert {answer for answer in person.answers if answer.startswith("POST")} == {"POST 200"}
    assert [words for _, _, words in alone.log()] == ["I was on my way."]


def test_a_second_signal_ends_it_at_once(web, alone, crowd):
    for person in alone.come(2):
        person.follows = False  # four seconds would pass before they are closed
    web.ask_to_end()
    until(lambda: ready(web)["staying"] is False, within=1)

    web.ask_to_end()

    until(lambda: web.process.poll() is not None, within=3)


def ready(web):
    return httpx.get(f"{web.address}/health/ready", trust_env=False).json()


def answers(web):
    try:
        return httpx.get(f"{web.address}/health/live", trust_env=False, timeout=1).status_code == 200
    except httpx.TransportError:
        return False


def somebody_waits():
    """Whether a query waits for a lock that we hold."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
        return cursor.fetchone()[0] > 0
