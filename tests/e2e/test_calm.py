"""Nobody is disturbed: what others do never takes focus, words or caret, and few things are said aloud."""

from itertools import pairwise

import pytest
from playwright.sync_api import expect

from sessions_app.operations import contributions, running
from tests.e2e.person import DESK, PHONE
from tests.world import add

CROWD = [f"Person {letter}" for letter in "ABCDEF"]
SECOND = 1000

# Every change of what is read aloud, with its moment on the page's own clock.
LISTEN = """() => {
  window.heard = { announce: [], alarm: [] };
  for (const id of ["announce", "alarm"]) {
    const region = document.getElementById(id);
    new MutationObserver(() => {
      if (region.textContent) window.heard[id].push([performance.now(), region.textContent]);
    }).observe(region, { childList: true, characterData: true, subtree: true });
  }
}"""


@pytest.fixture
def crowd(world):
    for name in CROWD:
        add(world, name)
    world.go_live()
    return world


def cards_arrive(world, count: int, *, start: int = 0, step: int = 0) -> None:
    for number in range(start, start + count):
        world.say(CROWD[number % len(CROWD)], f"Card number {number}.", step)


def test_thirty_cards_and_a_new_step_leave_a_writer_alone(come, crowd):
    ben = come("Ben").enters_room(crowd.session)
    ben.field.click()
    ben.page.keyboard.type("I was just about to say")
    for _ in range(4):
        ben.page.keyboard.press("ArrowLeft")
    before = ben.field.evaluate("field => [field.value, field.selectionStart, field.selectionEnd]")

    cards_arrive(crowd, 30)
    expect(ben.page.locator("[data-said] > .say")).to_have_count(30)
    running.next_step(session=crowd.session, actor=crowd.ada)
    ben.sees("New step: Cards")
    running.next_step(session=crowd.session, actor=crowd.ada)
    ben.sees("New step: Open dialogue")

    assert ben.focused() == "composer-body"
    assert ben.field.evaluate("field => [field.value, field.selectionStart, field.selectionEnd]") == before
    ben.sees_question("What about check_in_round?")
    ben.presses("Go there").sees_question("What about open_dialogue?")


@pytest.mark.parametrize("viewport", [PHONE, DESK, {"width": 360, "height": 740}], ids=["phone", "desk", "tall phone"])
def test_the_page_stays_where_it_is_while_somebody_writes(come, crowd, viewport):
    cards_arrive(crowd, 30)
    ben = come("Ben", viewport=viewport).enters_room(crowd.session)
    box = ben.field.bounding_box()
    ben.page.mouse.click(box["x"] + 20, box["y"] + 10)
    before = ben.page.evaluate("scrollY")

    ben.page.keyboard.type("One longer sentence, letter by letter.")

    assert ben.focused() == "composer-body"
    assert ben.page.evaluate("scrollY") == before


def test_words_taken_back_leave_the_step_that_somebody_stays_with(come, crowd):
    said = crowd.say("Person A", "My doctor is called Berg.")
    ben = come("Ben").enters_room(crowd.session)
    ben.writes("In the middle of")
    running.next_step(session=crowd.session, actor=crowd.ada)
    ben.sees("New step: Cards").sees_card("My doctor is called Berg.")

    contributions.withdraw_contribution(contribution=said, actor=crowd.people["Person A"])

    expect(ben.page.get_by_text("Berg")).to_have_count(0)
    ben.sees_question("What about check_in_round?")
    expect(ben.field).to_have_value("In the middle of")


def test_a_new_step_that_is_taken_back_leaves_no_bar(come, crowd):
    ben = come("Ben").enters_room(crowd.session)
    ben.writes("In the middle of")

    running.next_step(session=crowd.session, actor=crowd.ada)
    ben.sees("New step: Cards")
    running.undo(session=crowd.session, actor=crowd.ada)

    expect(ben.page.locator("#newstep")).to_be_hidden()
    ben.sees_question("What about check_in_round?")
    expect(ben.field).to_have_value("In the middle of")


def test_who_reads_with_the_keyboard_is_not_carried_off_by_a_new_step(come, crowd):
    crowd.say("Person A", "Read me slowly.")
    ben = come("Ben").enters_room(crowd.session)
    ben.page.locator("#hold").focus()
    ben.page.keyboard.press("Tab")
    ben.page.keyboard.press("Shift+Tab")

    running.next_step(session=crowd.session, actor=crowd.ada)

    ben.sees("New step: Cards").sees_question("What about check_in_round?").sees_card("Read me slowly.")
    assert ben.focused() == "hold"


def reads_further_down(person) -> None:
    person.page.locator("[data-said] > .say").last.scroll_into_view_if_needed()
    expect(person.page.locator("#question")).not_to_be_in_viewport()


@pytest.mark.parametrize("viewport", [PHONE, DESK, {"width": 320, "height": 256}], ids=["phone", "desk", "zoomed"])
def test_who_reads_further_down_notices_a_new_step_and_keeps_the_place(come, crowd, viewport):
    cards_arrive(crowd, 30)
    ben = come("Ben", viewport=viewport).enters_room(crowd.session)
    reads_further_down(ben)
    card = ben.page.locator("[data-said] > .say").nth(-2)
    before = card.bounding_box()

    running.next_step(session=crowd.session, actor=crowd.ada)

    expect(ben.page.get_by_text("New step: Cards").locator("visible=true")).to_be_in_viewport(ratio=1)
    assert card.bounding_box() == before
    ben.presses("Go there").sees_question("What about cards?")
    assert ben.focused() == "question"
    expect(ben.page.locator("#question")).to_be_in_viewport()
    expect(ben.page.locator("#newstep")).to_be_hidden()


def test_the_end_of_the_meeting_is_no_new_step(come, crowd):
    cards_arrive(crowd, 30)
    ben = come("Ben").enters_room(crowd.session)
    reads_further_down(ben)

    running.close_session(session=crowd.session, actor=crowd.ada)

    ben.sees("The meeting is over.").presses("Go there")
    ben.sees_question("This meeting is over. Thank you for being here.")


def test_a_host_who_presses_further_down_is_not_asked_to_go_there(come, crowd):
    cards_arrive(crowd, 30)
    ada = come("Ada").enters_room(crowd.session)
    ada.page.get_by_role("button", name="Next").evaluate("button => button.scrollIntoView({ block: 'start' })")
    expect(ada.page.locator("#question")).not_to_be_in_viewport()

    ada.presses("Next")

    ada.sees_question("What about cards?")
    expect(ada.page.locator("#newstep")).to_be_hidden()


def test_undo_leaves_the_page_where_it_is_and_says_what_was_undone(come, crowd):
    cards_arrive(crowd, 3)
    page = come("Ada").enters_room(crowd.session).page
    controls = page.locator("#room-controls")
    page.get_by_role("button", name="2 minutes more").click()
    undo = page.get_by_role("button", name="Undo")
    undo.scroll_into_view_if_needed()
    before, place = controls.bounding_box()["y"], undo.bounding_box()

    page.mouse.click(place["x"] + 8, place["y"] + 8)

    expect(page.get_by_text("Undone. The extra time is gone again.").first).to_be_in_viewport()
    assert controls.bounding_box()["y"] == before


def test_hold_still_keeps_new_cards_behind_a_count(come, crowd):
    cards_arrive(crowd, 2)
    ben = come("Ben").enters_room(crowd.session)
    ben.presses("Hold still")

    cards_arrive(crowd, 3, start=2)
    ben.sees("Show 3 new")
    assert len(ben.order()) == 2
    ben.presses("Show 3 new")
    expect(ben.page.locator("[data-said] > .say")).to_have_count(5)
    ben.presses("Go on again")
    cards_arrive(crowd, 1, start=5)

    expect(ben.page.locator("[data-said] > .say")).to_have_count(6)


def test_few_things_are_said_aloud_and_none_while_somebody_types(come, crowd):
    ben = come("Ben")
    ben.page.clock.install()
    ben.enters_room(crowd.session)
    ben.page.evaluate(LISTEN)
    ben.page.clock.pause_at(ben.page.evaluate("Date.now()") + SECOND)

    for batch in range(10):
        cards_arrive(crowd, 3, start=3 * batch)
        expect(ben.page.locator("[data-said] > .say")).to_have_count(3 * batch + 3)
        ben.page.clock.run_for(SECOND)
    ben.page.clock.run_for(10 * SECOND)
    spoken = ben.page.evaluate("window.heard.announce")
    assert 1 <= len(spoken) <= 3
    assert all(later[0] - earlier[0] >= 8 * SECOND for earlier, later in pairwise(spoken))

    ben.field.click()
    for number in range(30, 36):
        ben.page.keyboard.press("a")
        cards_arrive(crowd, 1, start=number)
        expect(ben.page.locator("[data-said] > .say")).to_have_count(number + 1)
        ben.page.clock.run_for(2 * SECOND)
    assert ben.page.evaluate("window.heard.announce") == spoken
    ben.page.clock.run_for(4 * SECOND)
    assert ben.page.evaluate("window.heard.announce")[-1][1] == "6 new cards."
    assert ben.page.evaluate("window.heard.alarm") == []


def test_a_new_step_and_own_words_are_told(come, crowd):
    ben = come("Ben")
    ben.page.clock.install()
    ben.enters_room(crowd.session)

    running.next_step(session=crowd.session, actor=crowd.ada)
    expect(ben.page.locator("#announce")).to_have_text("New step: Cards")
    ben.says("Less noise.").sees_card("Less noise.")
    ben.page.clock.run_for(9 * SECOND)

    expect(ben.page.locator("#announce")).to_have_text("It is on the table.")


def test_the_live_parts_are_no_live_regions(come, crowd):
    """A screen reader that reads every change would never fall silent: one status, one alert, nothing else."""
    ada = come("Ada", viewport=DESK).enters_room(crowd.session)

    live = ada.page.locator("[aria-live], [role=status], [role=alert], [role=log], output")

    assert live.evaluate_all("found => found.map((item) => item.id)") == ["announce", "alarm"]


ALL_OF_IT = "3 new cards. Person: Card number 0. Person: Card number 1. Person: Card number 2."


@pytest.mark.parametrize(("level", "heard"), [("quiet", ""), ("everything", ALL_OF_IT)])
def test_people_choose_how_much_they_hear(come, crowd, level, heard):
    ben = come("Ben")
    ben.context.add_cookies([{"name": "look", "value": f"auto.100.normal.{level}", "url": ben.web.address}])
    ben.page.clock.install()
    ben.enters_room(crowd.session)
    ben.page.evaluate(LISTEN)
    ben.page.clock.pause_at(ben.page.evaluate("Date.now()") + SECOND)

    cards_arrive(crowd, 3)
    expect(ben.page.locator("[data-said] > .say")).to_have_count(3)
    ben.page.clock.run_for(20 * SECOND)

    said = " ".join(text for _when, text in ben.page.evaluate("window.heard.announce"))
    assert said.endswith(heard)
    assert bool(said) is bool(heard)
