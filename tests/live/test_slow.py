"""A member whose network takes nothing waits alone: the others go on, and the slow one catches up or is let go."""

import json

import pytest

from sessions_app.live import member as member_module
from sessions_app.models import Workshop
from tests.live.conftest import wait_until_whole
from tests.live.lines import until


def last_news(line):
    return max((json.loads(text).get("through", 0) for text in line.all), default=0)


@pytest.fixture
def live_world(world):
    world.go_live()
    return world


def member_of(process, name, world):
    person = world[name].participant
    return next(member for member in process.hub.members if member.actor.participant == person)


def test_one_who_takes_nothing_holds_nobody_up(live_world, process, enter):
    slow, quick = enter("Ben"), enter("Chidi")
    slow.stall()

    for number in range(5):
        said = live_world.say("Sam", f"Thought {number}")
        until(lambda seq=said.seq: last_news(quick) == seq)

    assert "Thought" not in str(slow.all)
    until(lambda: member_of(process, "Ben", live_world).lags_since is not None)
    assert slow.code is None


def test_slow_one_catches_up_with_everything(live_world, process, enter):
    slow = enter("Ben")
    cursor = Workshop.objects.get(pk=live_world.workshop.pk).head_seq
    slow.stall()
    said = [live_world.say("Sam", f"Thought {number}") for number in range(5)]
    until(lambda: member_of(process, "Ben", live_world).lags_since is not None)

    slow.go_on()
    frame = slow.next("news")
    assert frame["after"] == cursor
    slow.tell({"t": "seen", "through": frame["through"]})

    seen = [piece["id"] for piece in frame["pieces"]]
    while frame["through"] < said[-1].seq:
        after = frame["through"]
        frame = slow.next("news")
        assert frame["after"] == after
        seen += [piece["id"] for piece in frame["pieces"]]
    assert [name for name in dict.fromkeys(seen) if name.startswith("said-")] == [f"said-{row.pk}" for row in said]
    assert live_world.say("Sam", "And on").seq == slow.next("news")["through"]


def test_one_who_never_says_what_arrived_is_not_fed_for_ever(live_world, process, enter, monkeypatch):
    monkeypatch.setattr(member_module, "UNSEEN_LIMIT", 4000)
    mute, polite = enter("Ben"), enter("Chidi")

    for number in range(12):
        said = live_world.say("Sam", f"Thought {number} {'x' * 300}")
        until(lambda seq=said.seq: last_news(polite) == seq)
        polite.tell({"t": "seen", "through": said.seq})
        wait_until_whole(polite) if number % 8 == 7 else None

    assert sum(len(text) for text in mute.all) < 12_000
    assert last_news(mute) < said.seq
    mute.tell({"t": "seen", "through": last_news(mute)})
    until(lambda: last_news(mute) == said.seq)


def test_one_who_stays_slow_is_let_go(live_world, process, enter, quick, monkeypatch):
    monkeypatch.setattr(member_module, "SLOW_AFTER", 0.2)
    slow, other = enter("Ben"), enter("Chidi")
    member = member_of(process, "Ben", live_world)
    slow.stall()
    live_world.say("Sam", "One")
    until(lambda: last_news(other))
    live_world.say("Sam", "Two")

    until(lambda: member.is_closed)

    slow.go_on()
    assert slow.next("closed")["code"] == 4408
    said = live_world.say("Sam", "Three")
    until(lambda: last_news(other) == said.seq)


def test_line_that_breaks_while_it_is_written_to_is_forgotten(live_world, process, enter):
    broken, other = enter("Ben"), enter("Chidi")

    async def fail(message):
        raise OSError("connection lost")

    member_of(process, "Ben", live_world).send = fail
    said = live_world.say("Sam", "Onwards")

    until(lambda: last_news(other) == said.seq)
    assert member_of(process, "Ben", live_world).is_closed
    broken.hang_up()
    until(lambda: len(process.hub.members) == 1)
