"""Who is at the table: drawn for everybody when somebody comes or goes, in every process."""

import threading
import time

import pytest
import redis
from django.conf import settings

from sessions_app import hints
from sessions_app.live import presence, seats
from sessions_app.operations import participants
from tests.live.lines import until


@pytest.fixture(autouse=True)
def _a_quick_pulse_and_an_empty_table(quick):
    redis.Redis.from_url(settings.REDIS_URL).flushdb()


def at_table(line, words):
    until(lambda: words in line.next("here")["html"])


def here(world):
    return set(presence.people_here(world.session.pk))


def pks(world, *names):
    return {world[name].participant.pk for name in names}


def test_everybody_sees_who_comes_and_who_goes(world, processes, enter):
    first, second = processes(), processes()
    line = enter("Ben", where=first)
    at_table(line, "At the table: 1 online.")

    other = enter("Chidi", where=second)
    at_table(line, "At the table: 2 online.")
    at_table(other, "At the table: 2 online.")

    other.hang_up()
    at_table(line, "At the table: 1 online.")
    assert here(world) == pks(world, "Ben")


def test_beat_that_began_before_somebody_left_does_not_bring_them_back(world, processes, enter, monkeypatch):
    """The slow beat has counted Chidi in; he rises while it is on its way to Redis."""
    here_first, stay, go = processes(), presence.stay, presence.go
    line, other = enter("Ben", where=here_first), enter("Chidi", where=here_first)
    at_table(line, "2 online")
    began, risen = threading.Event(), threading.Event()

    def slow_stay(*who):
        began.set()
        risen.wait(0.5)  # in the right order the rising waits for us, and this wait runs out
        stay(*who)

    def told_go(*who):
        go(*who)
        risen.set()

    monkeypatch.setattr(presence, "stay", slow_stay)
    monkeypatch.setattr(presence, "go", told_go)
    assert began.wait(10)
    other.hang_up()

    assert risen.wait(10)
    until(lambda: other.task.done())
    assert here(world) == pks(world, "Ben")


def test_second_tab_keeps_the_seat(world, enter):
    line, tabs = enter("Ben"), [enter("Chidi") for _ in range(2)]
    at_table(line, "2 online")

    tabs[0].hang_up()
    until(lambda: tabs[0].task.done())

    assert here(world) == pks(world, "Ben", "Chidi")


def test_other_process_keeps_the_seat(world, processes, enter):
    """The tab in one process closes; nobody sees an empty place, not even until the next beat of the other one."""
    line, tabs = enter("Ben"), [enter("Chidi", where=processes()) for _ in range(2)]
    at_table(line, "2 online")

    tabs[0].hang_up()
    until(lambda: tabs[0].task.done())

    assert here(world) == pks(world, "Ben", "Chidi")
    for _ in range(2):
        line.next("hb")
    assert not [text for text in line.all if '"t":"here"' in text and "1 online" in text][1:]


def test_one_who_sat_in_the_room_has_seen_what_was_said_there(world, enter):
    line, _other = enter("Ben"), enter("Chidi")
    world.go_live()
    said = world.say("Ada", "Seen by all")
    line.tell({"t": "seen", "through": said.seq})
    line.tell({"t": "seen", "through": 2**62})

    line.hang_up()
    until(lambda: line.task.done())

    ben = world["Ben"].participant
    ben.refresh_from_db()
    ben.workshop.refresh_from_db()
    assert said.seq <= ben.last_here_seq <= ben.workshop.head_seq


def test_thread_is_no_table(world, enter):
    world.go_live()
    enter("Ben", dialogue=world.dialogue().pk)

    assert here(world) == set()


def test_removed_person_leaves_the_table(world, enter):
    line, _other = enter("Ben"), enter("Chidi")
    at_table(line, "2 online")

    participants.remove(person=world["Chidi"].participant, actor=world.ada)

    at_table(line, "1 online")


def test_one_who_was_not_heard_of_is_gone(world):
    presence.stay({world.session.pk: pks(world, "Ben")}, time.time() - seats.GONE_AFTER - 1, "a")
    presence.stay({world.session.pk: pks(world, "Chidi")}, time.time(), "a")

    assert here(world) == pks(world, "Chidi")


def test_table_without_redis_is_empty_and_harms_nobody(world, monkeypatch, settings):
    monkeypatch.setattr(hints, "_client", None)
    monkeypatch.setattr(hints, "_rest_until", 0.0)  # and whoever comes after us finds it so
    settings.REDIS_URL = "redis://127.0.0.1:1/0"

    assert presence.table(world.session.pk).count == 0


def test_same_table_is_not_sent_twice(world, enter):
    line = enter("Ben")
    at_table(line, "1 online")

    for _ in range(3):
        line.next("hb")

    assert sum('"t":"here"' in text for text in line.all) == 1
