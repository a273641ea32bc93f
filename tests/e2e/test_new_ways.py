"""The newer ways of working on three devices each: by keyboard alone, on a phone, and through the scribe."""

import pytest
from playwright.sync_api import expect

from sessions_app.models import Contribution, Response
from sessions_app.operations import activities, running
from tests.e2e.keyboard import press, tab_to, type_into
from tests.e2e.person import DESK
from tests.world import add


@pytest.fixture
def plan(world):
    """Makes STEPS the first ones of the run sheet: kind and options."""

    def _plan(*steps: tuple[str, dict]):
        for place, (kind, options) in enumerate(steps, start=1):
            step = activities.plan_activity(
                workshop=world.workshop,
                actor=world.ada,
                session=world.session,
                kind=kind,
                prompt=f"What about {kind}?",
                options=options,
            )
            while step.position > place:
                step = activities.move_activity(activity=step, actor=world.ada, earlier=True)
        add(world, "Lars", usual_place="hall")
        world.go_live()

    return _plan


def next_step(world) -> None:
    running.next_step(session=world.session, actor=world.ada)


def writes_for_lars(sam, world, words: str, heading: str = "") -> None:
    sam.goes_to(f"/meetings/{world.session.pk}/scribe/")
    sam.page.get_by_label("What was said").fill(words)
    sam.page.get_by_label("On behalf of").select_option("Lars")
    if heading:
        sam.page.get_by_label("Where does it belong?").select_option(heading)
    sam.presses("Put on the table").sees("1 card is on the table.")


def test_words_are_said_back_and_whoever_said_them_tells_whether_that_was_it(come, world, plan):
    plan(("open_dialogue", {}), ("say_it_back", {}))
    ben, chidi, sam = come("Ben"), come("Chidi", viewport=DESK), come("Sam", viewport=DESK)
    writes_for_lars(sam, world, "I sat there for two hours.")
    for person in (ben, chidi):
        person.enters_room(world.session).sees_card("I sat there for two hours.")
    ben.says("Nobody told me how long it takes.")
    chidi.sees_card("Nobody told me how long it takes.")

    next_step(world)
    ben.sees_question("What about say_it_back?")
    expect(ben.page.get_by_label("Nobody told me how long it takes.")).to_have_count(0)  # one's own words
    ben.page.get_by_label("I sat there for two hours.").check()
    ben.page.get_by_label("What did you hear? Say it in one sentence.").fill("Waiting hurts.")
    ben.presses("Send my answer").sees("Your answer is on the table.")
    chidi.sees("Waiting hurts.")
    says_back_by_keyboard(chidi)

    ben.sees("Somebody said your words back")
    ben.page.get_by_label("Almost").check()
    ben.page.get_by_label("What did you mean?").fill("Tell me, and I can wait.")
    ben.presses("Tell it").sees("It is told.")
    chidi.sees("Tell me, and I can wait.")
    for_lars(sam, world)

    for person in (ben, chidi):
        expect(person.page.locator("#room-board .bars__n")).to_have_text(["1", "1", "0", "0"])
    assert sorted(answer.value["meant"] for answer in Response.objects.filter(dialogue=world.dialogue(1))) == [
        "almost",
        "yes",
    ]


def says_back_by_keyboard(chidi) -> None:
    """Tab to the choices, an arrow to the second one, the sentence, Enter on the button."""
    chidi.sees_question("What about say_it_back?")
    tab_to(chidi.page, chidi.page.get_by_label("I sat there for two hours."))
    chidi.page.keyboard.press("ArrowDown")
    type_into(chidi.page, chidi.page.get_by_label("What did you hear? Say it in one sentence."), "Being told helps.")
    press(chidi.page, "Send my answer")
    chidi.sees("Your answer is on the table.")


def for_lars(sam, world) -> None:
    """The scribe asks Lars, who holds no screen."""
    sam.goes_to(f"/dialogues/{world.dialogue(1).pk}/meant/").sees("Waiting hurts.")
    form = sam.page.locator("form.meant", has_text="Waiting hurts.")
    form.get_by_label("Yes, that is it").check()
    form.get_by_role("button", name="Tell it").click()
    sam.sees("Is that what you meant?")


def test_a_note_stays_with_its_writer_and_cards_go_from_pairs_to_all(come, world, plan):
    plan(("quiet_minute", {}), ("together", {"size": "2", "who": "mixed"}), ("together", {"size": "all"}))
    ada, ben, chidi = come("Ada", viewport=DESK), come("Ben"), come("Chidi", viewport=DESK)
    for person in (ada, ben, chidi):
        person.enters_room(world.session).sees_question("What about quiet_minute?")
    ben.writes("Something that is only mine")
    chidi.writes("A bench at every second door").presses("Share it as a card")
    chidi.sees_card("A bench at every second door")
    press_next(ada.sees_card("A bench at every second door"))
    ada.sees("Who works together")

    chidi.sees_question("What about together?").sees("Who works together")
    expect(chidi.page.locator(".circles li")).to_have_count(1)  # three people: nobody is left alone
    for name in ("Ben", "Chidi", "Lars"):
        expect(chidi.page.locator(".circles li")).to_contain_text(name)
    ben.presses("Go there").sees("Who works together")
    expect(ben.field).to_have_value("Something that is only mine")
    carries_by_keyboard(chidi)
    ben.sees_card("A bench, please").sees("Carried on from 1 card.")
    sam = come("Sam", viewport=DESK)
    writes_for_lars(sam, world, "Light in the corridor")

    ben.writes("").page.evaluate("document.activeElement.blur()")
    press_next(ada)
    ben.sees_question("What about together?").sees("Light in the corridor").sees_no("Who works together")
    for person in (ada, chidi, sam):
        assert "Something that is only mine" not in person.was_told()
    assert not Contribution.objects.filter(body__contains="only mine").exists()


def press_next(ada) -> None:
    ada.page.locator("#room-controls button[value=next]").click()


def carries_by_keyboard(chidi) -> None:
    press(chidi.page, "Carry cards on")
    tab_to(chidi.page, chidi.page.get_by_label("A bench at every second door"))
    chidi.page.keyboard.press("Space")
    type_into(chidi.page, chidi.page.get_by_label("What they say together"), "A bench, please")
    press(chidi.page, "Put it on the table")
    chidi.is_connected().sees_card("A bench, please")


def test_a_round_begins_online_goes_by_turns_and_passes(come, world, plan):
    plan(("check_in_round", {}))
    ada, ben, chidi = come("Ada", viewport=DESK), come("Ben"), come("Chidi", viewport=DESK)
    for person in (ada, ben, chidi):
        person.enters_room(world.session)
    expect(ada.page.locator("#room-seats [role=img]")).to_have_attribute(
        "aria-label", "At the table: 1 in the hall, 2 online."
    )

    ada.presses("Begin the round")

    order = ada.page.locator("#room-queue li b")
    expect(order).to_have_text(["Ben", "Lars", "Chidi"])
    expect(ben.page.locator("#alarm")).to_have_text("Your turn to speak.")
    expect(chidi.page.locator("#alarm")).to_have_text("")
    chidi.sees("You are number 2 in the line.").sees("The round")
    ben.says("I slept well.")
    expect(order).to_have_text(["Lars", "Chidi"])
    chidi.sees("You are next.")
    sam = come("Sam", viewport=DESK)
    writes_for_lars(sam, world, "I came by bus.")
    expect(order).to_have_text(["Chidi"])
    expect(chidi.page.locator("#alarm")).to_have_text("Your turn to speak.")
    press(chidi.page, "Pass")

    expect(order).to_have_count(0)
    for person in (ada, ben, chidi):
        person.sees_card("I slept well.").sees_card("I came by bus.").sees_card("Pass.")


def test_a_host_leads_a_consent_round_through_its_phases_by_keyboard(come, world, plan):
    plan(("consent_round", {"proposal": ["We ask those at home first."]}))
    ada, ben = come("Ada", viewport=DESK).enters_room(world.session), come("Ben").enters_room(world.session)
    wall = come("Ada", viewport={"width": 1920, "height": 1080}).goes_to(f"/meetings/{world.session.pk}/screen/")
    ben.sees("We ask those at home first.").page.get_by_label("In your own words").fill("Half a reason")

    for phase in ("Ask what it means", "Say how it strikes you", "Do you object?"):
        press(ada.page, f"On to: {phase}")
        for person in (ada, ben, wall):
            expect(person.page.locator(".phases [aria-current=step]").first).to_contain_text(phase)
    expect(ben.page.get_by_label("In your own words")).to_have_value("Half a reason")
    press(ada.page, "Undo")
    expect(ben.page.locator(".phases [aria-current=step]")).to_contain_text("Say how it strikes you")
    expect(ben.page.locator(".phases__past")).to_have_count(2)

    ben.page.get_by_label("I object, because…").check()
    ben.presses("Send my answer").sees("1 of 1 objects.")
    for person in (ada, ben, wall):
        assert person.unforgiven() == []


def test_looking_back_is_nobodys_and_stands_in_the_wrap_up(come, world, plan):
    plan(("reflection", {}))
    ben, chidi = come("Ben").enters_room(world.session), come("Chidi", viewport=DESK).enters_room(world.session)
    ben.sees("Nobody can know that it was you.")
    ben.writes("The long pause").page.get_by_label("Where does it belong?").select_option("Keep this")
    ben.sends().sees_card("The long pause")
    tab_to(chidi.page, chidi.page.get_by_label("Where does it belong?"))
    chidi.page.keyboard.press("ArrowDown")
    chidi.page.keyboard.press("ArrowDown")
    type_into(chidi.page, chidi.page.get_by_label("What do you think of our work?"), "More daylight")
    press(chidi.page, "Send")
    chidi.sees_card("More daylight")
    sam = come("Sam", viewport=DESK)
    sam.goes_to(f"/meetings/{world.session.pk}/scribe/").page.get_by_label("What was said").fill("Tired")
    sam.page.get_by_label("Where does it belong?").select_option("How I feel")
    sam.presses("Put on the table").sees("1 card is on the table.")
    ben.sees_card("Tired")
    running.close_session(session=world.session, actor=world.ada)

    ada = come("Ada", viewport=DESK).goes_to(f"/meetings/{world.session.pk}/after/")
    for words in ("The long pause", "More daylight", "Tired"):
        ada.sees(words)
    assert set(Contribution.objects.filter(dialogue=world.dialogue(0)).values_list("author", flat=True)) == {None}


def test_a_ready_plan_is_put_into_the_run_sheet_and_taken_off(come, world):
    ada = come("Ada", viewport=DESK).goes_to(f"/meetings/{world.session.pk}/").follows("Ready plans")
    card = ada.page.locator("#method-one_two_four_all")
    card.get_by_text("Steps and advice").click()
    expect(card).to_contain_text("In the hall")
    card.get_by_role("button", name="Use this plan").click()

    ada.sees("4 steps are in the run sheet.").sees("In fours")
    ada.presses("Undo").sees_no("In fours")


def test_things_are_ranked_with_buttons(come, world, plan):
    plan(("ranking", {"things": ["Chairs", "Light", "Time"]}))
    ben = come("Ben").enters_room(world.session)
    ben.presses("Move Time up")
    things = ben.page.locator("#room-answer .dots__thing")
    expect(things).to_have_text(["Chairs", "Time", "Light"])
    assert ben.page.evaluate("document.activeElement.value") == "3-up"
    expect(ben.page.locator("#room-answer .htmx-added, #room-answer.htmx-settling")).to_have_count(0)
    ben.page.keyboard.press("Enter")
    expect(things).to_have_text(["Time", "Chairs", "Light"])
    ben.presses("Send my answer").sees("Your answer is on the table.")

    assert Response.objects.get(dialogue=world.dialogue(0)).value == [2, 3, 1]
    plain = come("Chidi", java_script_enabled=False).goes_to(f"/meetings/{world.session.pk}/room/")
    plain.presses("Move Time up")
    expect(plain.page.locator(".dots__thing")).to_have_text(["Chairs", "Time", "Light"])
