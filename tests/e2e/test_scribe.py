"""A scribe pastes what was said; everybody has the cards. With the mouse, with the keyboard alone, without script."""

from playwright.sync_api import expect

from sessions_app.models import Contribution
from tests.e2e.person import DESK

LINES = [f"Said in the hall, number {number}." for number in range(1, 13)]


def pasted(sam, world):
    sam.goes_to(f"/meetings/{world.session.pk}/scribe/")
    expect(sam.page.get_by_label("What was said")).to_be_focused()
    sam.page.keyboard.insert_text("\n".join(LINES))
    return sam


def test_twelve_lines_are_twelve_cards_in_two_interactions(come, world):
    world.go_live()
    ben, sam = come("Ben").enters_room(world.session).is_connected(), come("Sam", viewport=DESK)

    pasted(sam, world).presses("Put on the table")

    sam.sees("12 cards are on the table.")
    expect(sam.page.get_by_label("What was said")).to_have_value("")
    expect(sam.page.get_by_label("What was said")).to_be_focused()
    for words in LINES:
        ben.sees_card(words)
    expect(ben.card(LINES[0]).get_by_text("From the room")).to_be_visible()


def test_by_the_keyboard_alone_on_behalf_of_a_person(come, world):
    world.go_live()
    sam = pasted(come("Sam"), world)

    for key in ("Tab", "B", "Tab", "Enter"):
        sam.page.keyboard.press(key)

    sam.sees("12 cards are on the table.")
    found = Contribution.objects.filter(dialogue=world.dialogue(0))
    assert set(found.values_list("author__name", flat=True)) == {"Ben"}


def test_without_script_a_line_too_long_stays_in_the_field(come, world):
    world.go_live()
    sam = come("Sam", java_script_enabled=False).forgive("422").goes_to(f"/meetings/{world.session.pk}/scribe/")

    sam.page.get_by_label("What was said").fill(f"One\n{'x' * 4001}\nThree")
    sam.presses("Put on the table")

    sam.sees("2 cards are on the table.").sees("Line 2, ")
    expect(sam.page.get_by_label("What was said")).to_have_value("x" * 4001)
