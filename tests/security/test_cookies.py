"""Cookies that we did not give out, or that came back broken: a page as for somebody new, never a fault."""

import pytest
from django.conf import settings
from django.urls import reverse

from sessions_app.appearance import COOKIE as LOOK
from sessions_app.models import Device, Seat
from sessions_app.operations import devices

pytestmark = pytest.mark.django_db
NAMES = [
    LOOK,
    settings.DEVICE_COOKIE,
    settings.SESSION_COOKIE_NAME,
    settings.CSRF_COOKIE_NAME,
    settings.LANGUAGE_COOKIE_NAME,
    "messages",
]
VALUES = [
    "",
    "x",
    '"\\000abcdefghijklmnop"',
    '"\\012Set-Cookie: x=y"',
    '"unfinished',
    "\u00e5\u00e4\u00f6\u00ff",
    "a" * 4096,
    "a-" * 2048,
    "a" * 501,
    "en" + "-x" * 400,
    "../../etc/passwd",
    "<script>alert(1)</script>",
    "{{7*7}}",
    "dark.125.wide.more.and.more",
    "dark",
    "....",
    "sv_SE@euro",
    "' OR 1=1 --",
    "gAAAAAB:1:x",
]


@pytest.mark.parametrize("value", VALUES, ids=ascii)
def test_a_broken_cookie_is_as_good_as_none(cast, value):
    browser = cast.browser("out")
    room, away = (reverse("room", args=[cast.world.session.pk]), reverse("away", args=[cast.world.workshop.slug]))
    for name in NAMES:
        header = {"HTTP_COOKIE": f"{name}={value}".encode().decode("latin-1")}
        answers = {path: browser.get(path, **header).status_code for path in (reverse("front"), room, away)}
        answers[reverse("workshops")] = browser.get(reverse("workshops"), **header).status_code
        assert list(answers.values()) == [200, 404, 404, 302], name


def test_a_broken_cookie_beside_a_good_one_does_no_harm(cast):
    browser = cast.browser("part")
    good = f"{settings.DEVICE_COOKIE}={cast.cookies['part']}"
    for name in NAMES:
        if name != settings.DEVICE_COOKIE:
            header = {"HTTP_COOKIE": f'{good}; {name}="\\000\\001abcdefghijklm"; =; ;;x'}
            assert browser.get(reverse("room", args=[cast.world.session.pk]), **header).status_code == 200


def test_the_look_is_never_taken_from_a_cookie_as_it_came(cast):
    browser = cast.browser("out")
    browser.cookies[LOOK] = 'dark" onload="alert(1).125.wide'

    page = browser.get(reverse("front")).content.decode()

    assert "onload" not in page
    assert 'data-theme="auto"' in page


def test_an_old_value_of_the_device_cookie_is_worth_nothing(cast):
    """Every new seat gives the browser a new value, so one that was seen over a shoulder dies."""
    old = cast.cookies["part"]
    new = devices.seat(old, cast.other["Chidi"].participant)
    browser = cast.browser("out")
    here, there = (reverse("away", args=[world.workshop.slug]) for world in (cast.world, cast.other))

    assert [browser.get(path, HTTP_COOKIE=f"device={old}").status_code for path in (here, there)] == [404, 404]
    assert [browser.get(path, HTTP_COOKIE=f"device={new}").status_code for path in (here, there)] == [200, 200]


def test_the_database_holds_no_cookie(cast):
    tokens = set(cast.cookies.values())

    assert not tokens & set(Device.objects.values_list("token_hash", flat=True))


def test_nobody_can_choose_their_cookie(cast):
    """A cookie that somebody planted in the browser before it came through the door is not kept."""
    browser = cast.browser("out")
    browser.cookies[settings.DEVICE_COOKIE] = "planted-planted-planted"

    browser.post(reverse("door", args=[cast.world.session.code]))

    token = browser.cookies[settings.DEVICE_COOKIE].value
    assert token != "planted-planted-planted"
    assert Seat.objects.order_by("-pk")[0].device.token_hash != devices.token_hash("planted-planted-planted")
    assert (
        browser.get(reverse("away", args=[cast.world.workshop.slug]), HTTP_COOKIE=f"device={token}").status_code == 200
    )
