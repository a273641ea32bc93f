"""A device that several people use one after the other, and one that holds seats in several workshops."""

import json

import pytest
import redis
from django.conf import settings
from django.urls import reverse

from sessions_app.identifiers import token_hash
from sessions_app.models import Device, Participant, Seat
from sessions_app.operations import devices
from tests.security.pages import read
from tests.world import make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def kicks():
    """What the hubs are told about seats and logins that have ended."""
    with redis.Redis.from_url(settings.REDIS_URL) as client, client.pubsub() as pubsub:
        pubsub.subscribe("kick")
        assert pubsub.get_message(timeout=5)["type"] == "subscribe"

        def heard() -> list[dict]:
            found = []
            while (message := pubsub.get_message(timeout=0.3)) is not None:
                found.append(json.loads(message["data"]))
            return found

        yield heard


def go_in(browser, world) -> Participant:
    browser.post(reverse("door", args=[world.session.code]))
    return devices.seated(browser.cookies[settings.DEVICE_COOKIE].value, world.workshop)


def leave(browser, world, what: str = "device"):
    return browser.post(reverse("leave", args=[world.workshop.slug]), {what: "1"})


def test_the_next_person_on_a_shared_tablet_is_somebody_new(world, browser_of):
    tablet = browser_of()
    first = go_in(tablet, world)
    old = tablet.cookies[settings.DEVICE_COOKIE].value
    answer = leave(tablet, world)
    assert answer["Clear-Site-Data"] == '"storage"'
    assert tablet.cookies[settings.DEVICE_COOKIE].value == ""

    page = read(tablet.get(reverse("door", args=[world.session.code])))
    second = go_in(tablet, world)

    assert "You already have a seat" not in page.text
    assert second != first
    assert tablet.cookies[settings.DEVICE_COOKIE].value != old
    assert Participant.objects.get(pk=first.pk).removed_at is None


def test_a_cookie_that_was_kept_opens_nothing_after_leaving(world, browser_of):
    tablet = browser_of()
    go_in(tablet, world)
    old = tablet.cookies[settings.DEVICE_COOKIE].value
    leave(tablet, world)
    thief = browser_of()
    thief.cookies[settings.DEVICE_COOKIE] = old

    assert thief.get(reverse("away", args=[world.workshop.slug])).status_code == 404
    assert thief.get(reverse("room", args=[world.session.pk])).status_code == 404


def test_pressing_go_in_again_is_the_same_person(world, browser_of):
    tablet = browser_of()

    assert go_in(tablet, world) == go_in(tablet, world)
    assert Seat.objects.filter(device__token_hash=token_hash(tablet.cookies[settings.DEVICE_COOKIE].value)).count() == 1


def test_leaving_closes_the_open_rooms_of_this_device_only(world, browser_of, kicks):
    tablet = browser_of()
    person = go_in(tablet, world)
    seat = person.seats.get(left_at=None)
    devices.seat("", person)  # their phone
    leave(tablet, world)

    assert kicks() == [{"seat": seat.pk}]
    assert person.seats.filter(left_at=None).count() == 1


def test_one_device_holds_seats_in_two_workshops(world, browser_of):
    other, phone = make_world("Another one", host="Olga"), browser_of()
    here, there = go_in(phone, world), go_in(phone, other)

    assert here != there
    assert {seat.participant for seat in Device.objects.get(seats__participant=here).seats.all()} == {here, there}
    for place in (world, other):
        assert phone.get(reverse("away", args=[place.workshop.slug])).status_code == 200


def test_leaving_one_workshop_keeps_the_seat_in_the_other(world, browser_of):
    other, phone = make_world("Another one", host="Olga"), browser_of()
    go_in(phone, world)
    go_in(phone, other)
    answer = leave(phone, world, "workshop")

    assert not answer.has_header("Clear-Site-Data")  # words that wait for the other workshop stay
    assert phone.get(reverse("away", args=[world.workshop.slug])).status_code == 404
    assert phone.get(reverse("away", args=[other.workshop.slug])).status_code == 200


def test_staff_who_leave_a_device_are_signed_out_of_it(world, browser_of, kicks):
    tablet = browser_of("Ada")
    login = token_hash(tablet.cookies[settings.SESSION_COOKIE_NAME].value)
    answer = leave(tablet, world)

    assert answer["Clear-Site-Data"] == '"storage"'
    assert {"login": login} in kicks()
    assert tablet.get(reverse("workshop", args=[world.workshop.slug])).status_code == 404
    assert tablet.get(reverse("workshops")).status_code == 302


def test_a_login_goes_before_a_seat(world, browser_of):
    """Ada, signed in on Ben's phone, is Ada; and the door gives her no second seat."""
    phone = browser_of("Ben")
    phone.force_login(world.ada.participant.user)
    before = Participant.objects.count()

    phone.post(reverse("door", args=[world.session.code]))

    assert phone.get(reverse("plan", args=[world.session.pk])).status_code == 200
    assert Participant.objects.count() == before


def test_a_login_is_nobody_in_another_workshop_but_the_seat_counts_there(world, browser_of):
    other, phone = make_world("Another one", host="Olga"), browser_of()
    go_in(phone, other)
    phone.force_login(world.ada.participant.user)

    assert phone.get(reverse("away", args=[other.workshop.slug])).status_code == 200
    assert phone.get(reverse("people", args=[other.workshop.slug])).status_code == 404
