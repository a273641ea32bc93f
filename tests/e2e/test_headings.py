"""Cards under headings on three devices: by keyboard alone, on a phone, by the scribe; and without script."""

from playwright.sync_api import expect

from sessions_app.models import Contribution
from sessions_app.operations import activities, headings, running
from tests.e2e.keyboard import press, tab_to
from tests.e2e.person import DESK


def on_the_table(world, kind: str, **more):
    step = activities.plan_activity(
        workshop=world.workshop, actor=world.ada, session=world.session, kind=kind, prompt="What is it like?", **more
    )
    while step.position > 1:
        step = activities.move_activity(activity=step, actor=world.ada, earlier=True)
    world.go_live()
    return world.dialogue(0)


def lists(person) -> dict[str, list[str]]:
    """What lies under each heading on the person's page."""
    return person.page.locator(".outline > section").evaluate_all(
        """sections => Object.fromEntries(sections.map((section) => [section.querySelector("h2").textContent,
          [...section.querySelectorAll(".card__words")].map((words) => words.textContent)]))"""
    )


def see(people, expected: dict[str, list[str]]) -> None:
    for person in people:
        for title, words in expected.items():
            section = person.page.locator(".outline > section", has=person.page.get_by_role("heading", name=title))
            expect(section.locator(".card__words")).to_have_text(words)
        assert lists(person) == expected


def test_three_people_sort_cards_on_three_devices(come, world):
    dialogue = on_the_table(world, "clustering")
    for words in ("The lift is narrow.", "We wait two hours."):
        world.say("Chidi", words)
    ben, chidi, sam = come("Ben", viewport=DESK), come("Chidi"), come("Sam", viewport=DESK)
    for person in (ben, chidi, sam):
        person.enters_room(world.session).sees_card("We wait two hours.")

    by_keyboard(ben)
    everybody = (ben, chidi, sam)
    see(everybody, {"Waiting": ["We wait two hours."], "Not sorted yet": ["The lift is narrow."]})
    on_a_phone(chidi)
    see(everybody, {"Waiting": ["The lift is narrow.", "We wait two hours."], "Not sorted yet": []})
    by_the_scribe(sam, world)

    words = ["The lift is narrow.", "We wait two hours.", "Nobody rings back.", "It is loud."]
    see(everybody, {"The wait": words[:2], "Not sorted yet": words[2:]})
    assert Contribution.objects.filter(dialogue=dialogue, heading=0).count() == 2


def by_keyboard(ben) -> None:
    """Into the form, to the field for a new heading, Enter: the focus lies on the card, and one hears where."""
    move = ben.card("We wait two hours.").get_by_role("link", name="Move to …")
    tab_to(ben.page, move)
    ben.page.keyboard.press("Enter")
    expect(ben.page.get_by_label("New heading")).to_be_focused()  # there is none yet to choose from
    ben.page.keyboard.press("Escape")
    expect(move).to_be_focused()
    ben.page.keyboard.press("Enter")
    tab_to(ben.page, ben.page.get_by_label("New heading"))
    ben.page.keyboard.type("Waiting")
    ben.page.keyboard.press("Enter")
    expect(ben.card("We wait two hours.")).to_be_focused()
    expect(ben.page.locator("#announce")).to_contain_text("Moved to Waiting, 1 of 1.")


def on_a_phone(chidi) -> None:
    chidi.card("The lift is narrow.").get_by_role("link", name="Move to …").click()
    chidi.page.get_by_role("radio", name="Waiting").check()
    chidi.presses("Move it")
    expect(chidi.card("The lift is narrow.")).to_be_focused()


def by_the_scribe(sam, world) -> None:
    """Lines from the hall become cards; then the heading is written in other words."""
    sam.goes_to(f"/meetings/{world.session.pk}/scribe/").page.get_by_label("What was said").fill(
        "Nobody rings back.\nIt is loud."
    )
    sam.presses("Put on the table").sees("2 cards are on the table.")
    sam.goes_to(f"/meetings/{world.session.pk}/room/").is_connected().follows("New heading")
    sam.page.get_by_label("Heading 1").fill("The wait")
    sam.presses("Save: Waiting").follows("Back to the cards")
    sam.is_connected()


def test_who_moves_a_card_keeps_the_form_while_others_sort(come, world):
    dialogue = on_the_table(world, "clustering")
    world.say("Chidi", "The lift is narrow.")
    gone = headings.add_heading(dialogue=dialogue, actor=world.ada, title="Waiting")
    ben = come("Ben", viewport=DESK).enters_room(world.session)
    ben.card("The lift is narrow.").get_by_role("link", name="Move to …").click()
    ben.page.get_by_label("New heading").fill("Houses")
    ben.page.get_by_role("radio", name="Waiting").check()

    headings.remove_heading(dialogue=dialogue, actor=world.ada, heading=gone)
    headings.add_heading(dialogue=dialogue, actor=world.ada, title="Phone")
    expect(ben.page.get_by_role("heading", name="Phone")).to_be_visible()
    expect(ben.page.get_by_label("New heading")).to_have_value("Houses")

    ben.page.get_by_label("New heading").fill("")
    ben.presses("Move it").sees("That heading is not there any more.")
    ben.page.get_by_role("radio", name="Phone").check()
    ben.presses("Move it")
    expect(ben.card("The lift is narrow.")).to_be_focused()
    see([ben], {"Phone": ["The lift is narrow."], "Not sorted yet": []})


def test_cards_are_sorted_once_they_are_turned_over(come, world):
    world.go_live(step=1)
    world.say("Chidi", "The lift is narrow.", 1)
    ben = come("Ben").enters_room(world.session)
    expect(ben.page.get_by_role("link", name="Move to …")).to_have_count(0)

    running.reveal(session=world.session, actor=world.ada)
    ben.card("The lift is narrow.").get_by_role("link", name="Move to …").click()
    ben.page.get_by_label("New heading").fill("Houses")
    ben.presses("Move it")

    expect(ben.card("The lift is narrow.")).to_be_focused()
    see([ben], {"Houses": ["The lift is narrow."], "Not sorted yet": []})


def test_who_writes_chooses_a_list_and_a_new_step_brings_its_own(come, world):
    on_the_table(world, "what_i_bring")
    ben, chidi = come("Ben", viewport=DESK).forgive("422"), come("Chidi").enters_room(world.session)
    ben.enters_room(world.session).says("A car.").sees("Choose first where it belongs.")
    assert ben.field.input_value() == "A car."
    ben.page.get_by_label("Where does it belong?").select_option("What I bring")
    ben.sends().sees_card("A car.")

    tab_to(chidi.page, chidi.field)
    chidi.page.keyboard.type("Minutes.")
    tab_to(chidi.page, chidi.page.get_by_role("button", name="Send", exact=True))
    chidi.page.get_by_label("Where does it belong?").select_option("What I hope")
    press(chidi.page, "Send")
    see([ben, chidi], {"What I bring": ["A car."], "What I hope": ["Minutes."]})

    running.next_step(session=world.session, actor=world.ada)
    ben.sees_question("What about check_in_round?")
    expect(ben.page.get_by_label("Where does it belong?")).to_have_count(0)
    running.previous_step(session=world.session, actor=world.ada)
    ben.sees_question("What is it like?")
    ben.page.get_by_label("Where does it belong?").select_option("What I hope")


def test_without_script_a_card_moves_and_one_comes_back_to_it(come, world):
    dialogue = on_the_table(world, "clustering")
    card = world.say("Chidi", "The lift is narrow.")
    ben = come("Ben", java_script_enabled=False)
    for page in (f"/meetings/{world.session.pk}/room/", f"/threads/{dialogue.pk}/"):
        ben.goes_to(page).follows("Move to …")
        ben.page.get_by_label("New heading").fill(f"From {page.split('/')[1]}")
        ben.presses("Move it")
        assert ben.page.url.endswith(f"{page}#said-{card.pk}")
    assert lists(ben) == {"From meetings": [], "From threads": ["The lift is narrow."], "Not sorted yet": []}


def test_cards_that_are_alike_are_put_together_on_a_phone_and_by_keyboard(come, world):
    on_the_table(world, "clustering")
    for words in ("A bench", "A chair", "A lamp"):
        world.say("Chidi", words)
    ben, chidi = come("Ben", viewport=DESK).enters_room(world.session), come("Chidi").enters_room(world.session)

    chidi.card("A bench").get_by_role("link", name="Move to …").click()
    chidi.page.get_by_label("Similar to").select_option("A chair")
    chidi.presses("Move it")
    expect(chidi.card("A bench")).to_be_focused()
    see((ben, chidi), {"Alike 1": ["A bench", "A chair"], "Not sorted yet": ["A lamp"]})

    tab_to(ben.page, ben.card("A lamp").get_by_role("link", name="Move to …"))
    ben.page.keyboard.press("Enter")
    tab_to(ben.page, ben.page.get_by_label("Similar to"))
    ben.page.keyboard.type("A bench")
    press(ben.page, "Move it")
    see((ben, chidi), {"Alike 1": ["A bench", "A chair", "A lamp"], "Not sorted yet": []})
