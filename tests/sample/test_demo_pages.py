"""The demo's ready links: one press, and a browser is somebody."""

import pytest
from django.conf import settings as project
from django.urls import reverse

from sessions_app.models import Seat, Workshop

pytestmark = pytest.mark.urls("tests.sample.demo_urls")


def link(role: str) -> str:
    return reverse("demo", args=[role])


@pytest.mark.parametrize(
    ("role", "name"), [("facilitator", "Karin Lindh"), ("citizen", "Aino Virtanen"), ("researcher", "Marit Solberg")]
)
def test_page_says_who_one_will_be(live, browser, role, name):
    page = browser.get(link(role)).content.decode()

    assert name in page
    assert page.count('type="submit"') == 1
    assert 'method="post"' in page


def test_facilitator_lands_in_the_live_room(live, browser):
    room = reverse("room", args=[live.sessions.get(state="live").pk])

    assert browser.post(link("facilitator")).url == room

    assert browser.get(room).status_code == 200


def test_citizen_gets_a_seat_and_lands_in_the_live_room(live, browser):
    room = reverse("room", args=[live.sessions.get(state="live").pk])

    answer = browser.post(link("citizen"))

    assert answer.url == room
    cookie = answer.cookies[project.DEVICE_COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", 180 * 24 * 3600)
    assert Seat.objects.get().participant.name == "Aino Virtanen"
    assert browser.get(room).status_code == 200


def test_researcher_lands_at_the_record(live, browser):
    assert browser.post(link("researcher")).url == reverse("record", args=[live.slug])


def test_one_browser_is_one_person_at_a_time(live, browser):
    browser.post(link("facilitator"))
    browser.post(link("citizen"))

    assert "_auth_user_id" not in browser.session
    meeting = live.sessions.get(state="live")
    ends_at = meeting.current_activity.ends_at
    press = {"press": "extend", "rev": meeting.rev}
    browser.post(reverse("controls", args=[meeting.pk]), press)
    assert live.sessions.get(state="live").current_activity.ends_at == ends_at

    browser.post(link("facilitator"))
    browser.post(reverse("controls", args=[meeting.pk]), press)
    assert live.sessions.get(state="live").current_activity.ends_at > ends_at


def test_nothing_of_it_outside_a_demo(live, browser, settings):
    settings.DEMO = False

    for role in ("facilitator", "citizen", "researcher"):
        assert browser.get(link(role)).status_code == 404
        assert browser.post(link(role)).status_code == 404


def test_unknown_roles_are_not_found(live, browser):
    assert browser.get(link("admin")).status_code == 404


def test_without_the_sample_there_is_a_sentence(live, browser):
    Workshop.objects.update(slug="something-else")

    missing = browser.get(link("citizen"))

    assert missing.status_code == 422
    assert "manage.py demo_workshop" in missing.content.decode()
