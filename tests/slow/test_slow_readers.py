"""Devices that do not keep up cost little, are let go, and nobody else notices."""

import socket
import time

import pytest

from bench.cpu import resident_bytes
from sessions_app.operations import activities

SLOW = 4408
CARD = "We wait, and nobody says for how long. " * 60
MB = 1024 * 1024
MUTE = 5
SECONDS = 50


@pytest.fixture
def big_wall(meeting):
    """`big_wall()` sends everybody a quarter of a megabyte: the whole table, drawn anew."""
    for number in range(60):
        meeting.world.say(("Sam", "Ben", "Chidi", "Hella")[number % 4], f"{number}. {CARD}", 2)
    numbers = iter(range(10_000))

    def redraw() -> None:
        step = meeting.world.steps[2]
        activities.change_activity(activity=step, actor=meeting.world.ada, title=f"Waiting {next(numbers)}")

    return redraw


def narrow(web):
    """A connection that takes in next to nothing before somebody reads."""
    made = socket.socket()
    made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    made.connect(("127.0.0.1", web.port))
    made.setblocking(False)
    return made


def test_slow_readers_cost_two_megabytes_at_most_and_are_let_go(meeting, big_wall, crowd, webs):
    people = meeting.come(4)
    for _ in range(15):  # the server has met such frames before anything is measured
        big_wall()
        meeting.all_are_at_the_head(within=10)
    before = resident_bytes([webs[0].process.pid])
    mute = [meeting.enter("Ben", webs[0], narrow=narrow(webs[0])) for _ in range(MUTE)]
    deaf = meeting.enter("Chidi", webs[0])
    crowd.until(lambda: all(person.hellos for person in [*mute, deaf]), within=10)
    for person in [*mute, deaf]:
        person.tells, person.late_after = False, 600
    crowd.call(lambda: [person.socket.transport.pause_reading() for person in mute])

    most, deadline = before, time.monotonic() + SECONDS
    while not deaf.closes and time.monotonic() < deadline:
        big_wall()
        meeting.all_are_at_the_head(within=10, people=people)
        crowd.lets_pass(0.8)
        most = max(most, resident_bytes([webs[0].process.pid]))

    assert deaf.closes[:1] == [SLOW]
    crowd.call(lambda: [person.socket.transport.resume_reading() for person in mute])
    crowd.until(lambda: all(person.closes for person in mute), within=5)
    assert (most - before) / MB <= 2 * (MUTE + 1)
    assert [person.hellos for person in people] == [1] * 4
    meeting.all_are_whole(within=15, people=people)
