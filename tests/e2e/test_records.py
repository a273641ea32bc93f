"""From cards to something that is understood: a facilitator writes, a citizen answers on a phone, a scribe by phone."""

from playwright.sync_api import expect

from eaa.models import Check, Record, Status
from eaa.operations.checks import return_record
from eaa.operations.records import revise_record
from tests.e2e.cookies import cookies_of
from tests.e2e.keyboard import press, tab_to
from tests.e2e.person import DESK
from tests.eaa.making import a_week, interpret

STILL = {"java_script_enabled": False}


def talk(world) -> None:
    world.go_live()
    for words in ("The lift is narrow.", "We wait two hours."):
        world.say("Ben", words)
    world.say("Chidi", "Nobody rings back.")


def test_from_cards_to_an_understanding_at_360_px(come, arrive, world):
    talk(world)
    ada = arrive(cookies_of(world, "Ada"))
    ada.goes_to(f"/w/{world.workshop.slug}/").follows("What we wrote and understood")
    ada.follows("Say what you think it means")
    write(ada)
    ada.presses("Write it down").sees("It is written down.").sees("Nobody rings back.")
    expect(ada.page.locator("blockquote mark")).to_have_text("two hours")
    ada.follows("Return it to those it quotes").sees("2 people are asked whether it is what they meant.")
    ada.presses("Ask them").sees("They are asked until")

    ben = come("Ben")
    ben.goes_to(f"/w/{world.workshop.slug}/").follows("Is this what you meant?").sees("Your words in it")
    ben.page.get_by_role("radio", name="Almost").check()
    ben.page.get_by_label("In your own words").fill("And the chairs are hard.")
    ben.presses("Send the answer").sees("And the chairs are hard.")
    chidi = come("Chidi").goes_to(f"/w/{world.workshop.slug}/me/").follows("Is this what you meant?")
    chidi.page.get_by_role("radio", name="That is what I meant").check()
    chidi.presses("Send the answer")

    ada.page.reload()
    ada.follows("Settle it").page.get_by_label("The text").fill("People wait for hours, on hard chairs.")
    ada.presses("This we understand together").sees("What we understand together")
    for person in (ada, ben):
        assert person.page.evaluate("document.documentElement.scrollWidth") <= 360
    record = Record.objects.get(workshop=world.workshop)
    assert (record.status, record.head, record.versions.count()) == (Status.UNDERSTOOD, 2, 2)
    ben.goes_to(f"/w/{world.workshop.slug}/what-became/").sees("We wait two hours.").follows("People wait for hours")


def write(ada) -> None:
    """Choose a step, tick two cards, quote a part of one, and write. What was typed is kept all the while."""
    ada.page.get_by_label("What you think it means").fill("People wait for hours.")
    ada.page.get_by_label("Cards of").select_option(index=1)
    ada.presses("Show the cards").page.get_by_role("checkbox", name="We wait two hours.").check()
    ada.page.get_by_role("checkbox", name="Nobody rings back.").check()
    ada.presses("Choose the ticked ones").sees("2 cards chosen")
    ada.page.get_by_label("Only this part of it").first.fill("two hours")
    expect(ada.page.get_by_label("What you think it means")).to_have_value("People wait for hours.")


def test_without_script_what_was_ticked_is_kept_when_the_form_comes_back(arrive, world):
    talk(world)
    ada = arrive(cookies_of(world, "Ada"), **STILL).forgive("422")
    ada.goes_to(f"/w/{world.workshop.slug}/records/new/?mechanism=interpretation")
    ada.page.get_by_label("With the word").fill("hours")
    ada.presses("Show the cards").page.get_by_role("checkbox", name="We wait two hours.").check()
    ada.sees_no("The lift is narrow.").presses("Choose the ticked ones")
    ada.page.get_by_label("Only this part of it").fill("three hours")
    ada.page.get_by_label("What you think it means").fill("People wait.")

    ada.presses("Write it down").sees("A quote has to be in the words as they were written.")
    expect(ada.page.get_by_role("checkbox", name="We wait two hours.")).to_be_checked()
    ada.page.get_by_label("Only this part of it").fill("two hours")
    ada.presses("Write it down").sees("It is written down.")

    assert Record.objects.filter(workshop=world.workshop).count() == 1


def test_an_answer_to_a_text_that_was_replaced(come, world):
    record, _said = interpret(world)
    return_record(record=record, actor=world.ada, head=1, until=a_week())
    ben = come("Ben").forgive("409").goes_to(f"/records/{record.pk}/check/")
    ben.page.get_by_role("radio", name="That is not what I meant").check()
    ben.page.get_by_label("In your own words").fill("I never said so.")
    revise_record(record=record, actor=world.ada, head=1, text="People want coffee.")

    ben.presses("Send the answer").sees("Somebody changed the text meanwhile.")
    expect(ben.page.locator("#stale ins")).to_contain_text("coffee")
    expect(ben.page.get_by_label("In your own words")).to_have_value("I never said so.")
    expect(ben.page.get_by_role("radio", name="That is not what I meant")).to_be_checked()
    ben.presses("Send the answer")
    expect(ben.page).to_have_url(f"{ben.web.address}/records/{record.pk}/")
    ben.sees("I never said so.")

    assert Check.objects.get(version__record=record).version.number == 2


def test_the_scribe_answers_for_somebody_on_the_phone(come, world):
    record, _said = interpret(world)
    return_record(record=record, actor=world.ada, head=1, until=a_week())
    sam = come("Sam", viewport=DESK).goes_to(f"/records/{record.pk}/").follows("Answer for somebody on the phone")
    sam.follows("Ben").sees("You write for Ben.")
    sam.page.get_by_role("radio", name="That is what I meant").check()
    sam.presses("Send the answer").sees("Sam wrote this down.")


def test_by_keyboard_alone(come, world):
    record, _said = interpret(world)
    return_record(record=record, actor=world.ada, head=1, until=a_week())
    ben = come("Ben", viewport=DESK).goes_to(f"/records/{record.pk}/check/")
    tab_to(ben.page, ben.page.get_by_role("radio", name="That is what I meant"))
    ben.page.keyboard.press("Space")
    press(ben.page, "Send the answer")
    ben.sees("That is what I meant")


def test_who_brings_something_hides_it_and_takes_it_back(come, world):
    ben, chidi = come("Ben"), come("Chidi")
    address = f"/w/{world.workshop.slug}/assets/"
    ben.goes_to(address).page.get_by_label("In your words").fill("I bake bread.")
    ben.presses("Put it in my list").sees("It is in your list.")
    chidi.goes_to(address).sees("I bake bread.")
    ben.presses("Hide it").sees("Only you see it")
    chidi.goes_to(address).sees_no("I bake bread.")
    ben.follows("Take it back").presses("Take it back").sees("It is taken back.").sees_no("I bake bread.")


def test_a_host_tells_what_happened_to_cards(come, arrive, world):
    talk(world)
    sam = come("Sam").forgive("422").goes_to(f"/w/{world.workshop.slug}/outcomes/")
    sam.page.get_by_label("Cards of").select_option(index=1)
    sam.presses("Show the cards").page.get_by_role("checkbox", name="The lift is narrow.").check()
    sam.page.get_by_role("radio", name="Not used").check()
    sam.presses("Tell it").sees("Say why it was not used.")
    sam.page.get_by_label("Say it in words").fill("The house is listed.")
    sam.presses("Tell it").sees("Told about 1 card.")

    ben = come("Ben").goes_to(f"/w/{world.workshop.slug}/me/").follows("What happened to what I said")
    ben.sees("The lift is narrow.").sees("Not used").sees("The house is listed.")
