"""One line to speak in: the hall by the scribe, online, and without a mouse; and signals without names."""

from playwright.sync_api import expect

from sessions_app.models import Signal, Turn
from sessions_app.operations import messages, running
from tests.e2e.keyboard import press
from tests.e2e.person import DESK
from tests.world import add


def line(person):
    return person.page.locator("#room-queue li b")


def test_hall_online_and_keyboard_stand_in_one_line(come, world):
    add(world, "Lars", usual_place="hall")
    world.go_live()
    ada = come("Ada", viewport=DESK).goes_to(f"/meetings/{world.session.pk}/console/").is_connected()
    sam = come("Sam", viewport=DESK).goes_to(f"/meetings/{world.session.pk}/console/").is_connected()
    ben, chidi = come("Ben").enters_room(world.session), come("Chidi", viewport=DESK).enters_room(world.session)

    sam.page.get_by_label("Somebody in the hall or on the phone").select_option("Lars")
    sam.presses("Put in the line")
    expect(line(ben)).to_have_text(["Lars"])
    ben.presses("I want to speak").sees("You are number 2 in the line.")
    press(chidi.page, "I want to answer")
    expect(line(ben)).to_have_text(["Lars", "Ben", "Chidi"])
    chidi.sees("You are number 3 in the line.")

    ada.presses("Give Ben the word")
    expect(ben.page.locator("#alarm")).to_have_text("Your turn to speak.")
    expect(chidi.page.locator("#alarm")).to_have_text("")
    chidi.sees("You are number 2 in the line.")
    with ben.page.expect_response("**/turns/*/"):
        ben.presses("I need more time")
    expect(ben.page.locator("[data-turn-ends]")).to_contain_text("1")
    expect(ben.page.locator(".htmx-request")).to_have_count(0)
    ben.presses("I am done").sees("I want to speak")
    expect(line(chidi)).to_have_text(["Lars", "Chidi"])
    press(chidi.page, "Take it back")
    expect(line(ben)).to_have_text(["Lars"])
    assert Turn.objects.get(session=world.session, participant=world["Ben"].participant).seconds == 150


def test_a_note_in_the_making_survives_news_for_oneself(come, world):
    world.go_live()
    ben = come("Ben").enters_room(world.session)
    ben.page.get_by_text("Please raise this for me").click()
    note = ben.page.get_by_label("Somebody says it for you")
    note.fill("The lift is too small.")

    messages.send_message(session=world.session, actor=world.ada, text="Hello Ben", to=world["Ben"].participant)
    ben.sees("Hello Ben")
    expect(note).to_have_value("The lift is too small.")


def test_news_for_oneself_that_overtakes_the_answer_to_a_press_harms_nothing(come, world):
    """What only oneself sees is fetched before the press has its answer: nothing of the page is missing then."""
    world.go_live()
    ben = come("Ben").enters_room(world.session)

    held = []
    ben.page.route("**/turns/", lambda route: held.append((route, route.fetch())))
    with ben.page.expect_response("**/own/") as own:
        ben.presses("I want to speak")
    own.value.finished()
    ben.page.evaluate("new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))")
    route, answer = held.pop()
    route.fulfill(response=answer)

    ben.sees("You are next.")
    expect(ben.page.locator(".htmx-request")).to_have_count(0)
    ben.presses("Take it back").sees("I want to speak")


def test_a_signal_is_seen_at_once_answered_and_nobodys(come, world):
    world.go_live()
    ada = come("Ada", viewport=DESK).goes_to(f"/meetings/{world.session.pk}/console/").is_connected()
    ben, chidi = come("Ben").enters_room(world.session), come("Chidi").enters_room(world.session)
    follow = ben.page.get_by_role("button", name="I can’t follow")

    follow.click()
    expect(follow).to_have_attribute("aria-pressed", "true")
    expect(ada.page.locator(".pulse--on .pulse__n")).to_have_text("1", timeout=2000)
    chidi.sees("Pause: not everybody can follow.")
    follow.click()
    expect(ada.page.locator(".pulse--on")).to_have_count(0)
    follow.click()
    ada.presses("Said again")
    expect(ada.page.locator(".pulse--on")).to_have_count(0)
    expect(chidi.page.locator("#room-notices [data-pause]")).to_have_count(0)

    number = world["Ben"].participant.pk
    assert not any(f'data-person=\\"{number}\\"' in frame for frame in chidi.frames)
    assert Signal.objects.filter(session=world.session, lowered_at=None).count() == 0


def test_the_second_press_of_two_hosts_is_told_who_was_first_and_keeps_the_words(come, world):
    eva = add(world, "Eva", ["facilitator"])
    world.go_live()
    ada = come("Ada", viewport=DESK).forgive("409").goes_to(f"/meetings/{world.session.pk}/console/").is_connected()
    ada.page.get_by_label("Only for you").fill("Come back to Ben.")
    ada.sees("Kept.")
    ada.page.get_by_text("Message everybody").click()
    ada.page.get_by_label("Everybody in the room sees it").fill("We break soon.")
    running.extend(session=world.session, actor=eva)
    expect(ada.page.locator("#room-controls form")).to_have_attribute("data-rev", str(world.session.rev))
    ada.page.evaluate("document.querySelector('#room-controls [name=rev]').value = '0'")
    ada.presses("2 minutes more")

    ada.sees("Eva was faster: the step got more time.")
    expect(ada.page.get_by_label("Everybody in the room sees it")).to_have_value("We break soon.")


def test_everything_works_without_script(come, world):
    world.go_live()
    ben = come("Ben", java_script_enabled=False).goes_to(f"/meetings/{world.session.pk}/room/")

    ben.presses("I want to speak").sees("You are next.")
    ben.presses("Take it back").sees("I want to speak")
    ben.presses("A break, please")
    expect(ben.page.get_by_role("button", name="A break, please")).to_have_attribute("aria-pressed", "true")
    ada = come("Ada", java_script_enabled=False).goes_to(f"/meetings/{world.session.pk}/console/")
    ada.page.get_by_role("navigation", name="Parts of the console").get_by_role("link", name="Pulse").click()
    ada.presses("Done").sees("Pulse")
    expect(ada.page.locator(".pulse--zero", has_text="A break, please")).to_be_attached()


def test_who_came_early_and_named_themselves_late_has_what_everybody_has(come, world):
    """Nothing of the person's own part of the room waits for a reload."""
    gil = come("Gil").enters_room(world.session)
    gil.sees_no("Tell the host, without your name")

    running.start(session=world.session, actor=world.ada)
    gil.sees("Tell the host, without your name")
    gil.says("Hello, all.", name="Gilbert")
    expect(gil.page.locator("#speak-name")).to_have_count(0)
    expect(gil.page.get_by_role("button", name="I want to speak")).to_be_visible()

    running.close_session(session=world.session, actor=world.ada)
    gil.sees_no("Tell the host, without your name")
