"""The hall: slips, a line about the room, paper that is counted, words that are read aloud, and a pack to print."""

import re

import pytest
from django.conf import settings
from playwright.sync_api import expect

from sessions_app.models import Contribution, Slip
from sessions_app.operations import workshops
from tests.e2e.hall_scenes import with_hall, with_poll
from tests.e2e.keyboard import press, tab_to
from tests.e2e.person import DESK


@pytest.fixture
def hall(world):
    return with_hall(world)


def scribing(come, world):
    return come("Sam", viewport=DESK).goes_to(f"/meetings/{world.session.pk}/scribe/")


# --- slips --------------------------------------------------------------------------------------------


def test_a_speaker_checks_at_home_what_was_typed(come, arrive, hall):
    """Said aloud, typed, read out; at home without a seat: yes, and the card says so quietly."""
    hall.go_live()
    ben, sam = come("Ben").enters_room(hall.session), scribing(come, hall)
    sam.page.get_by_label("What was said").fill("By bus.")
    sam.page.get_by_label("On behalf of").select_option("Lars")
    sam.presses("Put on the table").sees("1 slip to hand out")
    code = Slip.objects.get(session=hall.session).shown_code
    sam.sees(code)

    lars = arrive().goes_to("/")
    lars.page.get_by_label("Your code").fill(code.lower())
    lars.presses("Go to the door").sees("Said by Lars, typed by Sam.").presses("That is what I said")
    lars.sees("these are your words")
    ben.sees("Sam wrote this down. Confirmed by the speaker.")
    assert settings.DEVICE_COOKIE not in {cookie["name"] for cookie in lars.context.cookies()}


def test_a_speaker_says_it_differently_and_takes_it_back_by_the_keyboard_alone(come, arrive, hall):
    hall.go_live()
    ben, sam = come("Ben").enters_room(hall.session), scribing(come, hall)
    sam.page.get_by_label("What was said").fill("By buss.")
    sam.presses("Put on the table").sees("1 slip")
    lars = arrive().goes_to(f"/said/{Slip.objects.get(session=hall.session).code}/")

    press(lars.page, "I said it differently")
    tab_to(lars.page, lars.page.get_by_label("What you said"))
    lars.page.keyboard.press("ControlOrMeta+a")
    lars.page.keyboard.type("By bus, always.")
    press(lars.page, "Save")
    ben.sees_card("By bus, always.")
    press(lars.page, "Take it back")
    press(lars.page, "Take it back for good")
    expect(ben.page.locator(".say--gone")).to_have_count(1)
    lars.sees("These words are taken back.")


def test_cards_of_paper_are_typed_with_their_codes(come, arrive, hall):
    hall.go_live()
    ada = come("Ada", viewport=DESK).goes_to(f"/meetings/{hall.session.pk}/pack/")
    ada.page.get_by_label("More blank cards").fill("3")
    ada.presses("Make them")
    expect(ada.page.locator(".blank")).to_have_count(3)
    code = ada.page.locator(".blank__code").first.inner_text()
    sam = scribing(come, hall)
    sam.page.get_by_label("What was said").fill(f"{code} On foot.\nXYZ-XYZ-XYZ Lost.")
    sam.forgive("422").presses("Put on the table").sees("1 card is on the table.").sees("No blank card of this meeting")

    expect(sam.page.get_by_label("What was said")).to_have_value("XYZ-XYZ-XYZ Lost.")
    arrive().goes_to(f"/said/{code.replace('-', '')}/").sees("On foot.")


def test_ten_thousand_lines_are_told_of_before_they_are_sent(come, hall):
    """More than a megabyte: the server would take none of it, so the page says it first, and nothing is lost."""
    hall.go_live()
    sam, make = scribing(come, hall), "Array.from({ length: 10000 }, (_, n) => `${n} ${'x'.repeat(110)}`).join('\\n')"
    field = sam.page.get_by_label("What was said")
    field.evaluate(f"field => {{ field.value = {make}; }}")
    sam.presses("Put on the table").sees("That is more than 200 lines.")

    assert field.evaluate(f"field => field.value === {make}")
    assert not Contribution.objects.filter(dialogue=hall.dialogue(0)).exists()


# --- now in the room, read aloud, paper ------------------------------------------------------------------


def test_the_scribe_is_the_eyes_of_those_online_and_their_voice(come, hall):
    hall.go_live()
    ben, sam = come("Ben").enters_room(hall.session), scribing(come, hall)
    sam.is_connected()
    sam.page.get_by_label("Now in the room").fill("They laugh.")
    sam.presses("Tell them").is_connected()
    expect(ben.page.locator("#room-notices")).to_contain_text("They laugh.")

    ben.says("From home.")
    expect(sam.page.locator("#hall-aloud")).to_contain_text("From home.")
    press(sam.page, "Read aloud")
    expect(sam.page.locator("#hall-aloud")).to_contain_text("Nothing waits to be read aloud.")
    assert Contribution.objects.get(dialogue=hall.dialogue(0)).read_aloud_at is not None


def test_paper_that_is_not_typed_holds_the_turning_over(come, hall):
    hall.go_live(step=1)
    ada, sam = come("Ada", viewport=DESK).enters_room(hall.session), scribing(come, hall).is_connected()
    expect(ada.page.get_by_role("button", name="Turn the cards over")).to_have_text(re.compile("over$"))
    sam.page.get_by_label("How many lie there").fill("1")
    sam.presses("Keep it").sees("Paper notes 1 · typed 0")
    expect(ada.page.get_by_role("button", name="Turn the cards over anyway")).to_be_visible()
    sam.page.get_by_label("What was said").fill("On foot.")
    sam.presses("Put on the table").sees("Paper notes 1 · typed 1")
    expect(ada.page.get_by_role("button", name="Turn the cards over anyway")).to_have_count(0)


# --- the pack ------------------------------------------------------------------------------------


def test_the_pack_is_a_few_sheets_of_a4(come, hall):
    with_poll(hall)
    ada = come("Ada", viewport=DESK).goes_to(f"/meetings/{hall.session.pk}/pack/?ballots=4")
    expect(ada.page.locator(".paperballot")).to_have_count(4)
    ada.page.emulate_media(media="print")
    expect(ada.page.get_by_role("button", name="Print")).to_be_hidden()
    expect(ada.page.locator("#agenda-h")).to_be_visible()
    sheets = len(re.findall(rb"/Type\s*/Page\b", ada.page.pdf(format="A4")))
    assert sheets == 4  # agenda, (no cards yet), ballots, poster: each begins on a page of its own


def test_a_poster_fills_one_sheet_and_no_more(come, world):
    workshops.change_workshop(
        workshop=world.workshop,
        actor=world.ada,
        lead="Help us make visits calmer for everybody who comes and everybody who works here.",
        contact_name="Karin Lindh",
        contact_phone="010 555 01 02",
    )
    page = come("Ben", viewport=DESK).goes_to(f"/d/{world.session.code}/poster/").page

    sheets = len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4")))
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 658, "height": 986})  # what the margins leave of A4
    end = page.locator(".poster__in > p:not(.noprint)").last.evaluate("item => item.getBoundingClientRect().bottom")

    assert sheets == 1
    assert 2 / 3 * 986 < end <= 986
