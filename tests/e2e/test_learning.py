"""Telling how it was to work this way: on a phone, by keyboard, without script; and the pictures of what was told."""

import pytest
from playwright.sync_api import expect

from eaa.models import LearningNote, MechanismAnswer
from sessions_app.operations import running
from tests.e2e.person import DESK, PHONE
from tests.e2e.scenes import scene

TEXTS = """() => [...document.querySelectorAll(".plot text")].map((item) => {
  const drawing = item.ownerSVGElement, size = parseFloat(getComputedStyle(item).fontSize);
  return size * drawing.getScreenCTM().a;
})"""
OUT = """() => [...document.querySelectorAll(".plot text")].filter((item) => {
  const box = item.getBoundingClientRect(), frame = item.ownerSVGElement.getBoundingClientRect();
  return box.left < frame.left - 1 || box.right > frame.right + 1;
}).map((item) => item.textContent)"""
FILL = "(item) => getComputedStyle(item).fill"
PLOTS = ["learned", "learned, host", "grid"]


@pytest.fixture
def over(world):
    running.start(session=world.session, actor=world.ada)
    running.close_session(session=world.session, actor=world.ada)
    return world


def visit(arrive, name, **options):
    made = scene("learned")
    who, path = made.pages[name]
    return arrive(made.cookies(who), **options).goes_to(path)


@pytest.mark.parametrize("script", [True, False])
def test_somebody_tells_on_a_phone_changes_it_and_takes_it_back(come, over, script):
    ben = come("Ben", java_script_enabled=script)
    ben.goes_to(f"/meetings/{over.session.pk}/room/").follows("How was it to work this way?")
    ben.page.get_by_role("group", name="Did you know why we were there?").get_by_text("4", exact=True).click()
    ben.page.get_by_text("They made something easier").click()
    ben.page.get_by_label("What was it?").fill("I dared to ask.")
    ben.presses("Keep it").sees("Thank you. It is kept, without your name.").sees("I dared to ask.")

    ben.follows("Change: I dared to ask.")
    ben.page.get_by_label("What was it?").fill("I dared to ask twice.")
    ben.presses("Save").sees("I dared to ask twice.")
    note = LearningNote.objects.get(participant=over["Ben"].participant)
    assert (note.text, note.effect) == ("I dared to ask twice.", "easier")
    assert MechanismAnswer.objects.get(participant=over["Ben"].participant).value == 4

    ben.follows("Take it back").presses("Take it back for good").sees("These words were taken back.")
    note.refresh_from_db()
    assert (note.text, note.withdrawn_at is None) == ("", False)


def test_it_can_be_told_by_keyboard_alone(come, over):
    ben = come("Ben").goes_to(f"/meetings/{over.session.pk}/learning/")
    keys = ben.page.keyboard
    ben.page.get_by_role("group", name="Did you know why we were there?").locator("input").first.focus()
    for _ in range(2):
        keys.press("ArrowDown")
    for _ in range(6):  # over the other five questions to what the tools did
        keys.press("Tab")
    keys.press("Space")
    keys.press("Tab")
    keys.type("Typed without a mouse.")
    ben.page.get_by_text("Say more about it, if you want").focus()
    keys.press("Enter")
    expect(ben.page.get_by_label("What is it about?")).to_be_visible()
    ben.page.get_by_role("button", name="Keep it").focus()
    keys.press("Enter")

    ben.sees("Thank you. It is kept, without your name.")
    note = LearningNote.objects.get(participant=over["Ben"].participant)
    assert (note.text, note.effect) == ("Typed without a mouse.", "easier")
    assert MechanismAnswer.objects.get(participant=over["Ben"].participant).value == 3


@pytest.mark.parametrize("name", PLOTS)
@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_text_in_pictures_can_be_read(arrive, name, viewport):
    page = visit(arrive, name, viewport=viewport).page

    sizes = page.evaluate(TEXTS)
    assert sizes
    assert min(sizes) >= 14
    assert page.evaluate(OUT) == []


@pytest.mark.parametrize("name", PLOTS)
def test_in_forced_colours_pictures_keep_their_shapes(arrive, name):
    page = visit(arrive, name, forced_colors="active").page
    ground = page.locator("body").evaluate("(item) => getComputedStyle(item).backgroundColor")

    assert page.locator(".plot text").first.evaluate(FILL) != ground
    assert page.locator(".gridplot__one").first.evaluate(FILL) != ground
    assert page.locator(".gridplot__other").first.evaluate("(item) => getComputedStyle(item).stroke") != ground


@pytest.mark.parametrize("name", PLOTS)
def test_tables_say_what_pictures_say(arrive, name):
    page = visit(arrive, name).page
    figure = page.locator("figure.plot").first
    drawn = figure.locator("svg text").all_text_contents()
    figure.locator("summary").click()

    told = figure.locator("table").inner_text()
    assert {number for number in drawn if number.isdecimal()} == {
        number for number in told.replace(",", " ").split() if number.isdecimal() and number != "0"
    }
