"""Whoever loses the right to see is cut off at once, in every process, and sees nothing that came after."""

import json

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from sessions_app import hints
from sessions_app.identity import actor_by_device
from sessions_app.live import hub as hub_module
from sessions_app.live import socket
from sessions_app.models import Workshop
from sessions_app.operations import devices, participants, workshops
from tests.live.lines import until
from tests.world import add, make_world

REMOVED, SIGNED_OUT = 4403, 4401


def head(world):
    return Workshop.objects.get(pk=world.workshop.pk).head_seq


def last_news(line):
    """The number up to which LINE was told anything."""
    return max((json.loads(text).get("through", 0) for text in line.all), default=0)


def ended(lines):
    return [line.next("closed")["code"] for line in lines]


@pytest.fixture(autouse=True)
def _only_what_is_told_counts(monkeypatch):
    """No beacon and no second look at rights: what is not done at once would not be done at all."""
    for name in ("BEACON", "HEARTBEAT", "RECHECK"):
        monkeypatch.setattr(hub_module, name, 600.0)


@pytest.fixture
def two(processes):
    return processes(), processes()


def test_removed_person_is_cut_off_everywhere(world, two, enter):
    world.go_live()
    lines = [enter("Ben", where=place) for place in two] + [enter("Ben", dialogue=world.dialogue().pk, where=two[0])]
    other = enter("Chidi", where=two[0])

    participants.remove(person=world["Ben"].participant, actor=world.ada)
    removal = head(world)
    said = world.say("Sam", "Now that Ben has gone")

    assert ended(lines) == [REMOVED] * 3
    assert all(last_news(line) < removal for line in lines)
    assert "Now that Ben has gone" not in str([line.all for line in lines])
    until(lambda: last_news(other) == said.seq)


def test_person_who_leaves_is_cut_off(world, enter):
    line = enter("Ben")

    participants.remove(person=world["Ben"].participant, actor=world["Ben"])

    assert ended([line]) == [REMOVED]


def test_changed_roles_need_a_new_line(world, two, enter):
    """What may be seen has changed, so the page has to be drawn anew."""
    add(world, "Bea", ["facilitator"])
    lines = [enter("Bea", where=place) for place in two]

    participants.change_roles(person=world["Bea"].participant, actor=world.ada, roles=["participant"])

    assert ended(lines) == [REMOVED] * 2


def test_closed_workshop_cuts_everybody_off(world, two, enter):
    lines = [enter("Ben", where=two[0]), enter("Ada", where=two[1])]

    workshops.close_workshop(workshop=world.workshop, actor=world.ada)

    assert ended(lines) == [REMOVED] * 2


def test_device_that_leaves_is_cut_off_and_the_persons_other_device_is_not(world, two, enter):
    first, second = enter("Ben", where=two[0]), enter("Ben", where=two[1])
    world.cookies["Ben"] = devices.seat("", world["Ben"].participant)
    tablet = enter("Ben", where=two[0])

    devices.leave_device(world["Ben"])

    assert ended([first, second]) == [SIGNED_OUT] * 2
    world.go_live()
    until(lambda: last_news(tablet) == head(world))


def test_device_that_leaves_is_cut_off_in_its_other_workshops_too(world, process, browser_of):
    """One browser, two workshops: leaving from a page of the first one ends the open tab of the second one."""
    other = make_world("Other", host="Olga")
    cookie = devices.seat(world.cookies["Ben"], other["Ben"].participant)
    room = f"/live/room/{other.session.pk}/"
    line = process.line(room, f"{settings.DEVICE_COOKIE}={cookie}")
    line.next("hello")
    browser = Client()
    browser.cookies[settings.DEVICE_COOKIE] = cookie

    assert browser.post(reverse("leave", args=[world.workshop.slug])).status_code == 302

    assert ended([line]) == [SIGNED_OUT]
    for workshop in (world.workshop, other.workshop):
        assert actor_by_device(cookie, pk=workshop.pk).participant is None
    assert process.line(room, f"{settings.DEVICE_COOKIE}={cookie}").next("closed")["code"] == 403


def test_login_that_leaves_the_device_ends_the_seats_of_the_device(world, browser_of):
    """Staff of one workshop may hold a seat in another one by the same browser."""
    other = make_world("Other", host="Olga")
    cookie = devices.seat("", other["Ben"].participant)
    browser = browser_of("Ada")
    browser.cookies[settings.DEVICE_COOKIE] = cookie

    browser.post(reverse("leave", args=[world.workshop.slug]))

    assert actor_by_device(cookie, pk=other.workshop.pk).participant is None


def test_signing_out_cuts_off_that_login_only(world, two, enter, cookies_of, browser_of, monkeypatch):
    room = f"/live/room/{world.session.pk}/"
    browsers = [browser_of("Ada"), browser_of("Ada")]
    cookies = ["; ".join(f"{key}={value.value}" for key, value in browser.cookies.items()) for browser in browsers]
    lines = [place.line(room, cookie) for place, cookie in zip(two, cookies, strict=True)]
    for line in lines:
        line.next("hello")

    browsers[0].post(reverse("account_logout"))

    assert ended(lines[:1]) == [SIGNED_OUT]
    assert lines[1].code is None
    assert two[0].line(room, cookies[0]).next("closed")["code"] == 403


def test_changed_password_cuts_off_the_other_logins(world, two, enter, browser_of):
    """A stolen session is worth nothing any more: neither its open lines nor its cookie."""
    room = f"/live/room/{world.session.pk}/"
    thief = browser_of("Ada")
    cookie = "; ".join(f"{key}={value.value}" for key, value in thief.cookies.items())
    lines = [place.line(room, cookie) for place in two]
    for line in lines:
        line.next("hello")
    browser = browser_of("Ada")
    secret = "another long and quiet password"

    answer = browser.post(
        reverse("account_change_password"),
        {"oldpassword": "a long and quiet password", "password1": secret, "password2": secret},
    )

    assert answer.status_code == 302
    assert ended(lines) == [SIGNED_OUT] * 2
    assert two[0].line(room, cookie).next("closed")["code"] == 403


@pytest.mark.parametrize("kick", ["device", "login", "removal"])
def test_lost_kick_is_made_up_for(world, quick, enter, browser_of, monkeypatch, kick):
    """Redis lost the hint: the second look at rights finds it."""
    line = enter("Ada" if kick == "login" else "Ben")
    monkeypatch.setattr(hints, "publish", lambda channel, message: None)

    if kick == "device":
        devices.leave_device(world["Ben"])
    elif kick == "login":
        world.ada.participant.user.is_active = False
        world.ada.participant.user.save()
    else:
        participants.remove(person=world["Ben"].participant, actor=world.ada)

    assert line.next("closed")["code"] in {REMOVED, SIGNED_OUT}


def test_somebody_removed_while_the_line_opens_is_cut_off(world, process, cookies_of, enter):
    """The rights were read before the removal and the hub had heard of it before the line was there."""
    enter("Chidi")  # the hub follows this workshop already
    for _ in range(5):
        person = add(world, "Nils")
        cookie = cookies_of("Nils")
        line = process.line(f"/live/room/{world.session.pk}/", cookie)
        participants.remove(person=person.participant, actor=world.ada)

        assert line.next("closed")["code"] in {403, REMOVED}


def test_somebody_removed_after_their_rights_were_read_is_cut_off(world, process, cookies_of, enter, monkeypatch):
    """Once the hub has told everybody of the removal nobody would tell the line that is only now let in."""
    enter("Chidi")
    feed, read = process.hub.feeds[world.workshop.pk], socket._authorise

    def read_and_dawdle(*asked):
        found = read(*asked)
        participants.remove(person=world["Ben"].participant, actor=world.ada)
        until(lambda: feed.cursor == head(world))
        return found

    monkeypatch.setattr(socket, "_authorise", read_and_dawdle)
    line = process.line(f"/live/room/{world.session.pk}/", cookies_of("Ben"))

    assert line.next("closed")["code"] == REMOVED
