"""Without a mouse: every control can be reached and seen, nothing traps, and every act of a meeting can be done."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from sessions_app import clock
from sessions_app.operations import activities, dialogues, running
from tests.e2e.hall_scenes import keyed
from tests.e2e.keyboard import never_reached, press, tab_to, type_into, walk
from tests.e2e.person import DESK, PHONE


def pages(world):
    """Pages with something to press, and who stands before them."""
    slug, session, step = world.workshop.slug, world.session.pk, world.steps[1].pk
    return {
        "door": ("Ben", f"/d/{world.session.code}/"),
        "room": ("Ben", f"/meetings/{session}/room/"),
        "room of the host": ("Ada", f"/meetings/{session}/room/"),
        "thread": ("Ben", f"/threads/{world.dialogue(0).pk}/"),
        "thread of the host": ("Ada", f"/threads/{world.dialogue(0).pk}/"),
        "away": ("Chidi", f"/w/{slug}/away/"),
        "workshop": ("Ada", f"/w/{slug}/"),
        "me": ("Ben", f"/w/{slug}/me/"),
        "people": ("Ada", f"/w/{slug}/people/"),
        "run sheet": ("Ada", f"/meetings/{session}/"),
        "step": ("Ada", f"/steps/{step}/change/"),
        "meeting": ("Ada", f"/meetings/{session}/change/"),
        "replay": ("Ada", f"/meetings/{session}/replay/"),
        "after": ("Ada", f"/meetings/{session}/after/"),
        "share": ("Ada", f"/meetings/{session}/share/"),
        "scribe": ("Sam", f"/meetings/{session}/scribe/"),
        "slips": ("Sam", f"/meetings/{session}/slips/"),
        "pack": ("Ada", f"/meetings/{session}/pack/"),
        "tablet": ("Ben", keyed(world, "tablet", "Ada")),
        "slip": ("Ben", "/said/"),
        "templates": ("Ada", "/workshops/new/"),
        "new workshop": ("Ada", "/workshops/new/?template=first_meeting"),
        "before": ("Ben", f"/w/{slug}/before/"),
        "needs": ("Ben", f"/w/{slug}/me/needs/"),
        "appearance": ("Ben", "/appearance/"),
        "front": ("Ben", "/"),
        "help": ("Ben", "/help/"),
        "guide": ("Ben", "/help/citizen/"),
        "statement": ("Ben", "/accessibility/"),
    }


NAMES = [
    *("door", "room", "room of the host", "thread", "thread of the host", "away", "workshop", "me", "people"),
    *("run sheet", "step", "meeting", "replay", "after", "appearance", "front"),
    *("share", "scribe", "templates", "new workshop", "before", "needs"),
    *("help", "guide", "statement"),
    *("slips", "pack", "tablet", "slip"),
]


@pytest.fixture
def busy(world):
    """A meeting in its third step, with words on the table and a question kept open."""
    running.start(session=world.session, actor=world.ada)
    world.say("Ben", "By bus.")
    world.say("Chidi", "On foot.")
    running.next_step(session=world.session, actor=world.ada)
    dialogues.keep_open(activity=world.steps[0], actor=world.ada, until=clock.now() + timedelta(days=3))
    world.say("Chidi", "Me again, a little later.", 0, via="thread")
    return world


@pytest.mark.parametrize("name", NAMES)
def test_every_control_has_a_stop_and_every_stop_is_seen(come, busy, name):
    who, path = pages(busy)[name]
    person = come(who, viewport=DESK if who == "Ada" else PHONE).goes_to(path)
    if "room" in name or "thread" in name:
        person.is_connected()

    stops = walk(person.page)

    assert len(stops) >= 3
    assert never_reached(person.page) == []
    assert [stop["name"] for stop in stops if not stop["ring"]] == []
    assert [stop["name"] for stop in stops if not stop["seen"]] == []


def test_a_citizen_takes_part_without_a_mouse(arrive, come, world):
    world.go_live()
    ada = come("Ada", viewport=DESK).enters_room(world.session)
    elsa = arrive().goes_to(f"/d/{world.session.code}/")
    page = elsa.page

    press(page, "Go in")
    elsa.is_connected()
    tab_to(page, elsa.field)
    page.keyboard.type("By bus, with my sister.")
    page.keyboard.press("Shift+Tab")
    page.keyboard.type("Elsa")
    press(page, "Send")
    ada.sees_card("By bus, with my sister.")
    assert elsa.focused() == "composer-body"
    press(page, "Pass", key="Space")
    ada.sees_card("Pass.")
    press(page, "Change what you wrote")
    type_into(page, page.get_by_label("Your words"), "By bus, with my brother.")
    press(page, "Save")
    elsa.is_connected().sees_card("By bus, with my brother.")
    ada.sees_card("By bus, with my brother.")
    press(page, "Take back what you wrote")
    press(page, "Take it back for good")
    elsa.is_connected()
    expect(ada.page.locator(".say--gone")).to_have_count(1)


def test_a_citizen_answers_and_holds_still_without_a_mouse(come, world):
    world.go_live(step=2)
    world.say("Chidi", "Who brings the map?", 2)
    ben = come("Ben").enters_room(world.session)
    page = ben.page

    press(page, "Answer Chidi")
    assert ben.focused() == "composer-body"
    page.keyboard.type("I do.")
    page.keyboard.press("Control+Enter")
    ben.sees_card("I do.")
    expect(ben.card("I do.").get_by_text("to Chidi")).to_be_visible()
    press(page, "Hold still", key="Space")
    world.say("Chidi", "Good.", 2)
    press(page, "Show 1 new")
    ben.sees_card("Good.")
    assert ben.focused() == ben.card("Good.").get_attribute("id")


def test_a_host_runs_a_meeting_without_a_mouse(come, world):
    ben = come("Ben").enters_room(world.session)
    ada = come("Ada", viewport=DESK).enters_room(world.session)
    page = ada.page

    press(page, "Open the doors")
    ben.sees_question("Welcome. We begin soon.")
    press(page, "Begin the meeting")
    ben.sees_question("What about check_in_round?").says("By bus.")
    ada.sees_card("By bus.")
    press(page, "2 minutes more", key="Space")
    ben.sees("11 min left")
    press(page, "Next: Cards")
    ben.sees_question("What about cards?").says("Slowly.")
    press(page, "Turn the cards over")
    ada.sees_card("Slowly.")
    press(page, "Undo")
    expect(ada.page.locator(".wall--blind li")).to_have_count(1)
    press(page, "Step back")
    ben.sees_question("What about check_in_round?")
    press(page, "End the meeting")
    ada.sees("After the meeting")
    tab_to(page, page.get_by_label("Keep open until").first)
    for key in ("ArrowUp", "ArrowDown"):  # one alone would turn December into a January that has been
        page.keyboard.press(key)
    press(page, "Keep it open: Check-in round")
    ada.sees("It stays open.")


@pytest.mark.parametrize(("name", "step"), [("Next: Cards", 1), ("2 minutes more", 0)])
def test_after_a_press_the_keyboard_goes_on_from_where_it_was(come, world, name, step):
    world.go_live()
    ada = come("Ada", viewport=DESK).enters_room(world.session)

    press(ada.page, name)
    expect(ada.page.locator("[data-undo]")).to_be_visible()
    world.say("Ben", "News that comes right after.", step)
    expect(ada.page.locator("#room-count")).to_contain_text("1 card")

    place = ada.page.evaluate("document.activeElement.closest('#room-controls')?.id")
    assert place == "room-controls"
    press(ada.page, "Undo")
    ada.sees_question("What about check_in_round?")


def test_a_second_press_by_a_shaking_hand_changes_nothing(come, world):
    world.go_live()
    ada = come("Ada", viewport=DESK).enters_room(world.session)

    ada.page.get_by_role("button", name="Next: Cards").dblclick()
    ada.sees_question("What about cards?")
    expect(ada.page.locator("[data-undo]")).to_be_visible()

    ada.page.reload()
    ada.is_connected().sees_question("What about cards?")


def test_a_run_sheet_is_made_without_a_mouse(come, world):
    ada = come("Ada", viewport=DESK).goes_to(f"/meetings/{world.session.pk}/")
    page = ada.page
    steps = page.locator(".pstep h3")

    press(page, "Add a step")
    press(page, "Take this: Break")
    type_into(page, page.get_by_label("What is the step called?"), "Coffee")
    press(page, "Put it on the run sheet")
    expect(steps).to_have_text(["Check-in round", "Cards", "Open dialogue", "Check-out", "Coffee"])
    press(page, "Earlier: Coffee")
    expect(steps).to_have_text(["Check-in round", "Cards", "Open dialogue", "Coffee", "Check-out"])
    press(page, "Coffee: 1 minute more", key="Space")
    expect(page.locator(".pstep--kettle .val")).to_have_text("11")
    press(page, "Take off: Cards")
    expect(steps).to_have_text(["Check-in round", "Open dialogue", "Coffee", "Check-out"])
    press(page, "Put it back")
    expect(steps).to_have_count(5)


def test_words_brought_by_others_never_take_the_place_of_a_reader(come, world):
    """The list is drawn anew while somebody stands on one of its links: they stay on it."""
    world.go_live(step=2)
    world.say("Ben", "I can explain it.", 2)
    ben = come("Ben").enters_room(world.session)

    tab_to(ben.page, ben.page.get_by_role("link", name="Change what you wrote"))
    world.say("Chidi", "Please do.", 2)
    ben.sees("Show 1 new")
    activities.change_activity(activity=world.steps[2], actor=world.ada, title="Talking")

    expect(ben.card("Please do.")).to_be_visible()
    assert ben.page.evaluate("document.activeElement.innerText").startswith("Change")
