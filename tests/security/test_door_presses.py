"""The door under a shaking hand, and under somebody who guesses."""

import re
import time
from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from sessions_app import clock
from sessions_app.live import presence
from sessions_app.models import Participant
from sessions_app.operations import limits, participants, running

pytestmark = pytest.mark.django_db
HALL = "192.0.2.1"


@pytest.fixture(autouse=True)
def _within_one_window():
    """Counts begin anew every ten minutes; a test must not lie across that moment."""
    now = int(timezone.now().timestamp())
    with clock.at(datetime.fromtimestamp(now - now % limits.WINDOW + 5, UTC)):
        yield


def test_two_presses_of_one_door_are_one_person(world, browser_of):
    """A shaking hand: both requests are on their way before the browser has its cookie."""
    before = Participant.objects.count()
    first, second = browser_of(), browser_of()
    address = reverse("door", args=[world.session.code])
    visit = re.search(r'name="visit" value="([^"]+)"', first.get(address).content.decode())[1]

    for browser in (first, second):
        assert browser.post(address, {"visit": visit}).status_code == 302

    assert Participant.objects.count() == before + 1
    assert first.cookies[settings.DEVICE_COOKIE].value == second.cookies[settings.DEVICE_COOKIE].value
    assert first.cookies[settings.DEVICE_COOKIE].value != visit


def test_a_form_that_was_used_gives_nobody_the_seat_of_someone_who_left(world, browser_of):
    first, second = browser_of(), browser_of()
    address = reverse("door", args=[world.session.code])
    first.post(address, {"visit": "v" * 22})
    person = Participant.objects.latest("pk")
    participants.remove(person=person, actor=world.ada)

    second.post(address, {"visit": "v" * 22})

    assert Participant.objects.latest("pk") != person
    assert first.cookies[settings.DEVICE_COOKIE].value != second.cookies[settings.DEVICE_COOKIE].value


def test_after_many_wrong_codes_the_door_shows_nobody(world, browser_of):
    running.start(session=world.session, actor=world.ada)
    presence.stay({world.session.pk: {world["Chidi"].participant.pk}}, time.time(), "a")
    address = reverse("door", args=[world.session.code])

    def page(browser):
        return browser.get(address, REMOTE_ADDR=HALL).content.decode()

    assert "1 person is here" in page(browser_of())

    for number in range(limits.WRONG_CODES["address"]):
        browser_of().post(reverse("go"), {"code": f"WRNG{number:02}"}, REMOTE_ADDR=HALL)

    assert "person is here" not in page(browser_of())
    assert "1 person is here" in page(browser_of("Ben"))
