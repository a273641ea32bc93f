"""Whoever loses the right to be in a room is out of it at once, in every web process, and sees nothing more."""

import pytest
from django.urls import reverse

from sessions_app.models import Event, Role
from sessions_app.operations import participants, workshops
from sessions_app.verbs import Verb

SIGNED_OUT, REMOVED = 4401, 4403


def is_removed(meeting, name, line):
    participants.remove(person=meeting.world[name].participant, actor=meeting.world.ada)


def gets_other_roles(meeting, name, line):
    person = meeting.world[name].participant
    participants.change_roles(person=person, actor=meeting.world.ada, roles=[Role.HELPER])


def leaves_the_device(meeting, name, line):
    send(meeting, line, reverse("leave", args=[meeting.world.workshop.slug]))


def signs_out(meeting, name, line):
    send(meeting, line, reverse("account_logout"))


def closes_the_workshop(meeting, name, line):
    workshops.close_workshop(workshop=meeting.world.workshop, actor=meeting.world.ada)


def send(meeting, line, address):
    """An empty form, as that person's browser sends it."""
    response = meeting.crowd.run(line.fetch("POST", address, data={"csrfmiddlewaretoken": line.page.csrf}))
    assert response.status_code == 302


@pytest.fixture
def talk(meeting, crowd):
    """Four people who say something several times a second."""
    people = meeting.come(4)
    crowd.call(lambda: [person.outbox.talk(0.3, meeting.post) for person in people])
    return people


def both_lines(meeting, webs, name):
    """The same person at both web processes."""
    cookies = meeting.cookies_of(name)
    lines = [meeting.enter(name, web, cookies) for web in webs]
    meeting.crowd.until(lambda: all(line.chain for line in lines), within=20)
    return lines


@pytest.mark.parametrize(
    ("happens", "name", "code", "verb"),
    [
        (is_removed, "Ben", REMOVED, Verb.PARTICIPANT_REMOVED),
        (gets_other_roles, "Ben", REMOVED, Verb.PARTICIPANT_ROLES_CHANGED),
        (closes_the_workshop, "Ben", REMOVED, Verb.WORKSHOP_CLOSED),
        (leaves_the_device, "Ben", SIGNED_OUT, None),
        (signs_out, "Ada", SIGNED_OUT, None),
    ],
)
def test_the_lines_end_within_two_seconds(meeting, talk, webs, crowd, happens, name, code, verb):
    lines = both_lines(meeting, webs, name)

    happens(meeting, name, lines[0])

    crowd.until(lambda: all(line.closes for line in lines), within=2, otherwise=lambda: [line.closes for line in lines])
    assert [line.closes for line in lines] == [[code], [code]]
    if verb is not None:
        event = Event.objects.get(workshop=meeting.world.workshop, verb=verb)
        assert all(line.cursor_at_end < event.seq for line in lines)


def test_the_lines_end_without_valkey_too(meeting, talk, webs, crowd, faults):
    removed, left, signed_out = (both_lines(meeting, webs, name) for name in ("Ben", "Chidi", "Ada"))
    faults.valkey.stop(kill=True)

    is_removed(meeting, "Ben", removed[0])
    leaves_the_device(meeting, "Chidi", left[0])
    signs_out(meeting, "Ada", signed_out[0])

    crowd.until(lambda: all(line.closes for line in removed), within=8)
    crowd.until(lambda: all(line.closes for line in [*left, *signed_out]), within=35)
    assert [line.closes[0] for line in [*removed, *left, *signed_out]] == [REMOVED] * 2 + [SIGNED_OUT] * 4


def test_somebody_removed_while_catching_up_hears_nothing_of_later(meeting, talk, webs, crowd):
    """Lines that have opened but asked for nothing yet are closed like all others."""
    lines = both_lines(meeting, webs, "Ben")
    for line in lines:
        line.asks = False
        crowd.call(line.socket.close)
    crowd.until(lambda: all(line.hellos == 2 for line in lines), within=10)

    is_removed(meeting, "Ben", lines[0])

    crowd.until(lambda: all(line.closes[-1] == REMOVED for line in lines), within=3)
