"""A web process that ends sends its sockets away first: spread over time, whole, and without clearing the table."""

import asyncio
import time

import pytest

from sessions_app.live import hub as hub_module
from sessions_app.live import presence
from sessions_app.models import Workshop
from tests.live.lines import until

RESTART = 4012


@pytest.fixture
def send_away(process):
    """`send_away(seconds)` begins it; the future is done when everybody has gone."""

    def _send_away(spread, place=process):
        return asyncio.run_coroutine_threadsafe(place.hub.send_away(spread), place.loop)

    return _send_away


def test_every_socket_is_told_to_move_at_a_moment_of_its_own(world, enter, send_away):
    lines = [enter(name) for name in ("Ada", "Ben", "Chidi", "Sam", "Hella") for _ in range(4)]

    done = send_away(8.0)

    waits = [line.next("move")["in"] for line in lines]
    assert all(0 <= wait <= 8000 for wait in waits)
    assert len(set(waits)) > 10
    assert max(waits) - min(waits) > 2000
    assert [line.code for line in lines] == [None] * 20
    for line in lines:
        line.hang_up()
    done.result(5)


def test_news_comes_until_the_socket_moves_and_goes_on_where_it_ended(world, processes, enter, send_away):
    world.go_live()
    first, second = processes(), processes()
    line = enter("Ben", where=first)
    done = send_away(60.0, first)
    line.next("move")

    heard = world.say("Sam", "While you are still here")
    until(lambda: line.next("news")["through"] == heard.seq)
    line.hang_up()
    missed = world.say("Sam", "While you are on your way")
    again = enter("Ben", where=second, after=heard.seq)

    assert f'"after":{heard.seq},"through":{missed.seq}' in again.all[1]
    done.result(5)


def test_who_does_not_go_is_closed_soon_after(world, enter, send_away, monkeypatch):
    monkeypatch.setattr(hub_module, "OVERDUE", 0.2)
    lines = [enter("Ben"), enter("Ada")]

    began = time.monotonic()
    done = send_away(0.0)

    assert [line.next("closed")["code"] for line in lines] == [RESTART] * 2
    assert time.monotonic() - began >= 0.2
    done.result(5)


def test_who_comes_in_meanwhile_is_sent_on(world, enter, send_away, process, cookies_of):
    first = enter("Ben")
    done = send_away(60.0)
    first.next("move")

    late = process.line(f"/live/room/{world.session.pk}/", cookies_of("Chidi"))

    late.next("hello")
    late.next("move")
    late.hang_up()
    first.hang_up()
    done.result(5)


def test_with_nobody_there_it_is_over_at_once(world, process, send_away):
    send_away(60.0).result(1)


def test_whoever_moves_keeps_the_place_at_the_table(world, processes, enter, send_away):
    """They sit down at the new process before or after they rise at the old one; nobody sees an empty chair."""
    first, second = processes(), processes()
    line = enter("Ben", where=first)
    ben = world["Ben"].participant.pk
    until(lambda: ben in presence.people_here(world.session.pk))
    done = send_away(60.0, first)
    line.next("move")

    enter("Ben", where=second)
    line.hang_up()
    done.result(5)

    assert ben in presence.people_here(world.session.pk)


def test_other_processes_do_not_notice(world, processes, enter, send_away):
    first, second = processes(), processes()
    gone, stays = enter("Ben", where=first), enter("Chidi", where=second)
    done = send_away(0.0, first)
    gone.next("move")
    gone.hang_up()
    done.result(5)

    world.go_live()

    until(lambda: stays.next("news")["through"] == Workshop.objects.get(pk=world.workshop.pk).head_seq)
    assert stays.code is None
