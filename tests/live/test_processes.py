"""Several web processes on one Redis: all tell the same, and what Redis loses the database heals."""

import json

import pytest
import redis
from django.conf import settings
from django.db import connection

from sessions_app import hints
from sessions_app.live import hub as hub_module
from sessions_app.models import Dialogue, Workshop
from sessions_app.operations import running, workshops
from tests.live.conftest import wait_until_whole
from tests.live.lines import until
from tests.together import together
from tests.world import make_world


def head(world):
    return Workshop.objects.get(pk=world.workshop.pk).head_seq


@pytest.fixture
def deaf(monkeypatch):
    """Announcements are lost: they go nowhere."""
    monkeypatch.setattr(hints, "publish", lambda channel, message: None)


def told(line, seq):
    """All frames up to the one that reaches SEQ, checked to chain."""
    frames, cursor = [], None
    while cursor is None or cursor < seq:
        frame = line.next("news")
        assert cursor is None or frame["after"] == cursor
        cursor = frame["through"]
        frames.append(frame)
    return frames


def words_in(frames):
    return [piece["id"] for frame in frames for piece in frame["pieces"] if piece["id"].startswith("said-")]


def test_two_processes_tell_the_same(world, processes, enter):
    world.go_live()
    lines = [enter("Ben", where=processes()), enter("Chidi", where=processes())]

    said = [world.say("Sam", f"Thought {number}") for number in range(6)]

    expected = [f"said-{row.pk}" for row in said]
    assert [words_in(told(line, said[-1].seq)) for line in lines] == [expected, expected]


def test_writers_at_the_same_moment_reach_every_process_in_one_order(world, processes, enter):
    """Announcements of several writers overtake each other; the numbers do not."""
    world.go_live()
    lines = [enter("Gil", where=processes()), enter("Hella", where=processes())]

    def write(name):
        return [world.say(name, f"{name} {number}") for number in range(5)]

    groups = together(*[lambda name=name: write(name) for name in ("Ben", "Chidi", "Sam", "Ada")])

    said = sorted((row for group in groups for row in group), key=lambda row: row.seq)
    expected = [f"said-{row.pk}" for row in said]
    for line in lines:
        frames = told(line, said[-1].seq)
        assert list(dict.fromkeys(words_in(frames))) == expected
        assert [frame["through"] for frame in frames] == sorted({frame["through"] for frame in frames})


def test_beacon_is_as_quick_as_promised():
    assert hub_module.BEACON <= 3.0
    assert hub_module.HEARTBEAT <= 10.0


def test_lost_announcement_is_healed_by_the_beacon(world, quick, deaf, enter):
    line = enter("Ben")

    world.go_live()

    assert told(line, head(world))[-1]["through"] == head(world)


def test_heartbeat_tells_the_head(world, quick, enter):
    line = enter("Ben")
    world.go_live()

    until(lambda: line.next("hb")["head"] == head(world))


def test_one_whom_nothing_concerns_is_taken_along(world, quick, enter):
    """Somebody reads a thread while the room is busy: they must not fall so far behind that they need a fresh page."""
    world.go_live(1)
    reader = enter("Chidi", dialogue=world.dialogue(0).pk)
    cursor = head(world)
    said = [world.say("Ben", f"In the room {number}", 1) for number in range(3)]

    frames = told(reader, said[-1].seq)

    assert frames[0]["after"] == cursor
    assert [frame["pieces"] for frame in frames] == [[]] * len(frames)


def test_doubled_late_and_made_up_announcements_do_no_harm(world, enter):
    line = enter("Ben")
    client = redis.Redis.from_url(settings.REDIS_URL)
    channel = f"workshop:{world.workshop.pk}"
    for message in ({"head": 1}, {"head": 10**12}, {"head": 1}):
        client.publish(channel, json.dumps(message))

    world.go_live()

    frames = told(line, head(world))
    assert frames[-1]["through"] == head(world)
    assert line.code is None


@pytest.mark.parametrize("hint", ["not json", "[]", "{}", '{"head": "x"}', '{"head": null}', "1"])
def test_nonsense_on_redis_does_not_make_a_hub_deaf(world, quick, enter, hint):
    line = enter("Ben")
    client = redis.Redis.from_url(settings.REDIS_URL)
    for channel in (f"workshop:{world.workshop.pk}", "workshop:x", "here:x", "kick"):
        client.publish(channel, hint)

    world.go_live()

    assert told(line, head(world))[-1]["through"] == head(world)


def test_page_that_is_newer_than_the_hub_needs_no_fresh_page(world, deaf, processes, enter):
    """The page was drawn by another process; this one has not heard of the news yet."""
    process = processes()
    enter("Chidi", where=process)
    world.go_live()

    line = enter("Ben", where=process, after=head(world))
    running.next_step(session=world.session, actor=world.ada)
    line.since(head(world), Workshop.objects.get(pk=world.workshop.pk).epoch)
    wait_until_whole(line)

    assert not any('"resync"' in text for text in line.all)


def test_restored_database_makes_everybody_fetch_a_fresh_page(world, quick, enter):
    """A restore gives the workshop another epoch: old cursors mean nothing, but nobody has lost their seat."""
    line = enter("Ben")

    with connection.cursor() as cursor:
        cursor.execute("UPDATE sessions_app_workshop SET epoch = gen_random_uuid(), head_seq = head_seq - 3")

    assert line.next("resync", "closed")["t"] == "resync"
    fresh = enter("Ben")
    assert not any('"resync"' in text for text in fresh.all)


def test_thread_that_cannot_be_drawn_harms_no_room(world, enter):
    """Its row has gone: those who look at it fetch a fresh page, everybody else goes on."""
    world.go_live()
    lost = Dialogue.objects.get(activity=world.steps[3])
    reader, room = enter("Chidi", dialogue=world.dialogue(0).pk), enter("Ben")
    broken = enter("Ada", dialogue=lost.pk)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM sessions_app_dialogue WHERE id = %s", [lost.pk])

    for number in range(3):
        said = world.say("Sam", f"Thought {number}")
        for line in (room, reader):
            assert told(line, said.seq)[-1]["through"] == said.seq

    assert broken.next("resync", "news")["t"] == "resync"
    assert not any('"resync"' in text for line in (room, reader) for text in line.all)


def test_hub_forgets_workshops_that_nobody_looks_at(world, process, enter):
    lines = [enter(name) for name in ("Ben", "Chidi")]
    hub = process.hub
    assert list(hub.feeds) == [world.workshop.pk]

    for line in lines:
        line.hang_up()

    until(lambda: not hub.feeds and not hub.members)


def test_one_who_reads_on_after_the_hub_forgot(world, process, enter):
    first = enter("Ben")
    first.hang_up()
    until(lambda: not process.hub.feeds)
    world.go_live()

    second = enter("Ben")
    running.next_step(session=world.session, actor=world.ada)

    assert told(second, head(world))[-1]["through"] == head(world)


def test_two_workshops_share_a_hub_and_no_word(world, process, enter, cookies_of):
    other = make_world("Other", host="Olga")
    line = enter("Ben")
    before = len(line.all)

    other.go_live()
    other.say("Ben", "Not for you")
    workshops.change_workshop(workshop=world.workshop, actor=world.ada, title="For you")

    assert told(line, head(world))[-1]["through"] == head(world)
    assert not any("Not for you" in text for text in line.all[before:])
