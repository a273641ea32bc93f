"""A room in which nobody says anything for more than a minute: lines stay, and whoever is gone leaves the table."""

import signal

from sessions_app.live import presence
from tests.slow.visitor import Visitor

MINUTE = 70


def test_lines_stay_open_and_a_device_that_stands_still_leaves_the_table(meeting, crowd, webs):
    people = meeting.come(4)
    with Visitor(meeting, webs[0], "Ben") as visitor:
        ben = meeting.world["Ben"].participant.pk
        crowd.until(lambda: all(": 5 online." in person.table for person in people), within=15)
        visitor.process.send_signal(signal.SIGSTOP)

        crowd.lets_pass(MINUTE)

        assert ben not in presence.people_here(meeting.world.session.pk)
        assert all(": 4 online." in person.table for person in people)
    only_heartbeats_came(people)
    meeting.world.say("Chidi", "Is anybody there?", 2)
    meeting.all_are_whole(within=5)


def test_lines_stay_open_while_valkey_stands_still(meeting, crowd, faults):
    people = meeting.come(4)
    crowd.until(lambda: all(person.frames["hb"] for person in people), within=15)
    faults.stall_valkey()

    crowd.lets_pass(MINUTE)

    only_heartbeats_came(people)
    meeting.world.say("Chidi", "Is anybody there?", 2)
    meeting.all_are_whole(within=8)


def only_heartbeats_came(people):
    for person in people:
        assert (person.hellos, person.closes) == (1, []), person.name
        assert person.frames["hb"] >= MINUTE / 10 - 1, person.frames
        assert set(person.frames) <= {"hello", "hb", "here", "news"}, person.frames
