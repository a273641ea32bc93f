"""The screen on the wall of the hall: large, live, without a control, and with nothing on it that not all may see."""

import re

import pytest
from django.conf import settings
from playwright.sync_api import expect

from sessions_app.operations import activities, halls, participants, running, signals, turns
from tests.e2e.hall_scenes import give, keyed, with_hall, with_poll
from tests.e2e.person import PHONE
from tests.e2e.test_languages import SPILLS

WALL = {"width": 1920, "height": 1080}
LINES = [f"Said in the hall, number {number}." for number in range(1, 24)]


@pytest.fixture
def hall(world):
    return with_hall(world)


@pytest.fixture
def screen(arrive, hall):
    def opened(**options):
        return arrive(viewport=WALL, **options).goes_to(keyed(hall, "screen", "Ada")).is_connected()

    return opened


def size(person, selector: str) -> float:
    return person.page.locator(selector).first.evaluate("item => parseFloat(getComputedStyle(item).fontSize)")


def test_the_screen_can_be_read_from_six_metres_and_has_no_control(come, hall, screen):
    hall.go_live(step=2)
    ben = come("Ben").enters_room(hall.session)
    for line in LINES:
        hall.say("Lars", line, 2, via="tablet")
    wall = screen()

    assert size(wall, "h1") >= 64
    assert size(wall, ".hs__card p") >= 32
    shown = wall.page.locator(".hs__card:visible")
    count = shown.count()
    assert 3 <= count <= 9
    wall.sees(f"and {len(LINES) - count} more")
    expect(shown.last).to_contain_text(LINES[-1])
    assert wall.page.locator("a, button, input, select, textarea, summary, [tabindex]").count() == 0
    expect(wall.page.locator(".hs__people")).to_contain_text("Ben")
    assert "Lars" not in wall.page.locator(".hs__people").inner_text()  # he is in the hall
    box = wall.page.locator(".hs__qr svg").bounding_box()
    assert box["x"] > 1600
    assert box["y"] > 780
    assert wall.page.evaluate("document.documentElement.scrollHeight <= innerHeight")
    ben.page.close()
    expect(wall.page.locator("#screen-people")).to_contain_text("Nobody is with us online yet")


def test_the_screen_is_live(come, hall, screen):
    wall = screen().sees("Welcome. We begin soon.")
    running.start(session=hall.session, actor=hall.ada)
    wall.sees("What about check_in_round?")
    for name in ("Lars", "Ben"):
        turn = turns.ask_for_word(session=hall.session, actor=hall[name])
        if name == "Lars":
            turns.give_word(turn=turn, actor=hall.ada)
    wall.sees("Lars is speaking").sees("Next: Ben, online")
    ben = come("Ben").enters_room(hall.session)
    signals.raise_signal(session=hall.session, actor=hall["Ben"], kind="cant_follow")
    wall.sees("Pause, not everybody can follow")
    ben.says("By bus.")
    wall.sees("By bus.").sees("Ben, online")
    halls.set_screen(session=hall.session, actor=hall.ada, is_dark=True, has_captions=True, link="https://x.org/cc")
    wall.sees("https://x.org/cc")
    expect(wall.page.locator("html")).to_have_attribute("data-theme", "dark")


def test_nothing_that_lies_face_down_reaches_the_screen(hall, screen):
    """No word, no number of answers, no name of an anonymous step, no need: in no page and in no frame."""
    with_poll(hall)
    wall = screen().sees("They lie face down")
    for name in ("Lars", "Siv"):
        give(hall, name)
    running.next_step(session=hall.session, actor=hall.ada)
    activities.change_activity(activity=hall.steps[2], actor=hall.ada, identity="anonymous")
    running.next_step(session=hall.session, actor=hall.ada)
    hall.say("Lars", "Zebrafinch", 2)
    wall.sees("They lie face down")
    running.reveal(session=hall.session, actor=hall.ada)
    wall.sees("Zebrafinch")

    before, after = wall.was_told().split("Zebrafinch", 1)
    assert not re.search(r"\b[12] (answers?|cards?)", before)
    assert "Lars" not in before + after


def test_the_screen_outlives_its_server(arrive, start_web, hall):
    hall.go_live(step=2)
    web = start_web()
    wall = arrive(viewport=WALL, at=web).forgive("ERR_|WebSocket").goes_to(keyed(hall, "screen", "Ada")).is_connected()
    web.kill()
    expect(wall.page.locator("#line")).to_be_visible()
    hall.say("Ben", "While it was away.", 2)
    web.start()
    wall.is_connected().sees("While it was away.")


def test_the_screen_is_switched_off_with_the_rights_of_its_host(arrive, hall):
    hall.go_live()
    hall.say("Ben", "By bus.")
    wall = arrive(viewport=WALL).forgive("403").goes_to(keyed(hall, "screen", "Sam")).is_connected().sees("By bus.")
    participants.change_roles(person=hall["Sam"].participant, actor=hall.ada, roles=["participant"])
    wall.sees("This screen was switched off.").sees_no("By bus.")


@pytest.mark.parametrize("language", ["sv", "ar"])
@pytest.mark.parametrize("purpose", ["screen", "tablet"])
def test_in_other_languages(arrive, hall, language, purpose):
    hall.go_live(step=2)
    for line in LINES[:4]:
        hall.say("Lars", line, 2)
    cookies = {settings.LANGUAGE_COOKIE_NAME: language}
    visitor = arrive(cookies, viewport=WALL).goes_to(keyed(hall, purpose, "Ada"))

    expect(visitor.page.locator("html")).to_have_attribute("dir", "rtl" if language == "ar" else "ltr")
    for viewport in (WALL, PHONE):
        visitor.page.set_viewport_size(viewport)
        assert visitor.page.evaluate(SPILLS) == []
