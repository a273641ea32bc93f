"""A tablet that is passed on: one person, one action, and nothing of it for the next one."""

import uuid

import pytest
from playwright.sync_api import expect

from sessions_app.models import Contribution, Response
from tests.e2e.hall_scenes import give, keyed, with_hall, with_poll
from tests.e2e.keyboard import press, tab_to
from tests.e2e.person import PHONE
from tests.e2e.test_axe import judge

TABLET = {"width": 800, "height": 1100}


@pytest.fixture
def hall(world):
    return with_hall(world)


@pytest.fixture
def tablet(arrive, hall):
    def opened(**options):
        return arrive(viewport=TABLET, **options).goes_to(keyed(hall, "tablet", "Sam"))

    return opened


def test_a_tablet_goes_round_and_keeps_nobody(hall, tablet):
    hall.go_live()
    device = tablet()
    length = device.page.evaluate("history.length")
    for name, words in (("Lars", "By bus."), ("Siv", "On foot.")):
        device.presses(name).sees(f"You are {name}.")
        assert device.page.locator("textarea").input_value() == ""
        device.page.locator("textarea").fill(words)
        device.presses("Send").sees("Thank you. Pass the tablet on.").sees_no(words).sees_no(name)
        device.follows("I am the next one").sees("Who are you?")

    said = Contribution.objects.filter(dialogue=hall.dialogue(0))
    assert {(one.author.name, one.body, one.via) for one in said} == {
        ("Lars", "By bus.", "tablet"),
        ("Siv", "On foot.", "tablet"),
    }
    assert device.page.evaluate("history.length") == length  # Back leads out, not to somebody’s answer
    assert device.page.evaluate("localStorage.length + sessionStorage.length") == 0
    device.page.go_back()
    assert "By bus." not in device.page.content()


def test_a_tablet_that_has_no_line_keeps_the_words_until_they_are_sent(hall, tablet):
    hall.go_live()
    device = tablet().forgive("ERR_").presses("Lars").sees("You are Lars.")
    device.page.locator("textarea").fill("By bus.")
    device.context.set_offline(True)
    device.presses("Send").sees("Not sent yet")
    expect(device.page.locator("textarea")).to_have_value("By bus.")
    device.context.set_offline(False)
    device.presses("Send").sees("Thank you.")

    assert Contribution.objects.get(dialogue=hall.dialogue(0)).body == "By bus."


def test_who_has_answered_on_a_phone_is_asked_first(come, hall, tablet):
    with_poll(hall)
    give(hall, "Lars")
    device = tablet().forgive("422").presses("Lars").sees("You are Lars.")
    device.page.get_by_text("Green").click()
    device.presses("Send").sees("It counts once").presses("Replace the answer").sees("Thank you.")

    assert [answer.value for answer in Response.objects.filter(dialogue=hall.dialogue(0))] == [[2]]


@pytest.mark.parametrize("script", [True, False])
def test_somebody_new_without_a_mouse(hall, tablet, script):
    hall.go_live()
    name = f"Maj {uuid.uuid4().hex[:3]}"
    device = tablet(java_script_enabled=script)
    if script:
        tab_to(device.page, device.page.get_by_label("Not in the list?"))
        device.page.keyboard.type(name)
        press(device.page, "Go on")
        tab_to(device.page, device.page.locator("textarea"))
        device.page.keyboard.type("By bus.")
        press(device.page, "Send")
    else:
        device.page.get_by_label("Not in the list?").fill(name)
        device.presses("Go on").page.locator("textarea").fill("By bus.")
        device.presses("Send")
    device.sees("Thank you.")
    assert Contribution.objects.get(dialogue=hall.dialogue(0)).author.name == name


SMALL = """() => [...document.querySelectorAll("button, a, input:not([type=hidden]), textarea, label.pick, select")]
  .filter((item) => item.checkVisibility() && !item.matches(".skip, label.pick input"))
  .filter((item) => Math.round(item.getBoundingClientRect().height) < 56).map((item) => item.outerHTML.slice(0, 90))"""


def test_everything_on_a_tablet_is_large(hall, tablet):
    with_poll(hall)
    device = tablet()
    assert device.page.evaluate(SMALL) == []
    device.presses("Lars").sees("You are Lars.")
    assert device.page.evaluate(SMALL) == []
    assert judge(device.page, [(TABLET, "light"), (PHONE, "dark")]) == []
    device.page.get_by_text("Green").click()
    device.presses("Send").sees("Thank you.")
    assert device.page.evaluate(SMALL) == []
    assert judge(device.page, [(TABLET, "light"), (PHONE, "dark")]) == []


def test_a_tablet_is_no_way_into_the_pages_of_its_host(come, hall):
    hall.go_live()
    sam = come("Sam", viewport=TABLET).goes_to(f"/meetings/{hall.session.pk}/tablet/")
    sam.presses("Make this device the tablet").sees("Who are you?").forgive("404")
    sam.goes_to(f"/meetings/{hall.session.pk}/console/").sees("Nothing lies here.")
