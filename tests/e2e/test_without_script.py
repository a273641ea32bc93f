"""With script off everything that matters works by plain forms: door, room, thread, away, me, leaving."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from sessions_app import clock
from sessions_app.models import Consent, Contribution, Participant, Purpose
from sessions_app.operations import dialogues, running


@pytest.fixture
def ben(come):
    return come("Ben", java_script_enabled=False)


@pytest.fixture
def opened(world):
    """The check-in is over and stays open for three days; two people have answered it."""
    world.go_live()
    world.say("Chidi", "By train, and it was late.")
    world.say("Sam", "I walked.")
    running.next_step(session=world.session, actor=world.ada)
    dialogues.keep_open(activity=world.steps[0], actor=world.ada, until=clock.now() + timedelta(days=3))
    return world


def test_a_guest_comes_in_and_says_something(arrive, world):
    world.go_live()
    gerd = arrive(java_script_enabled=False).forgive("422")

    gerd.comes_through_the_door(world.session.code).sees_question("What about check_in_round?")
    gerd.writes("I have no script.").sends().sees("What should we call you?")
    expect(gerd.field).to_have_value("I have no script.")
    gerd.page.locator("#composer-name").fill("Gerd")
    gerd.sends().sees_card("I have no script.")

    assert Contribution.objects.get(body="I have no script.").author.name == "Gerd"


def test_the_room_shows_news_when_asked_and_takes_cards(ben, world):
    world.go_live()
    ben.goes_to(f"/meetings/{world.session.pk}/room/").says("From an old phone.").sees_card("From an old phone.")
    world.say("Chidi", "Hello, old phone.")

    ben.follows("Check for news").sees_card("Hello, old phone.")
    ben.presses("Pass", exact=True).sees_card("Pass.")
    running.next_step(session=world.session, actor=world.ada)
    ben.follows("Check for news").sees_question("What about cards?")
    ben.says("Face down.").sees("Yours, face down for the others").sees_card("Face down.")


def test_pressing_twice_is_one_card(ben, world):
    world.go_live()
    ben.goes_to(f"/meetings/{world.session.pk}/room/").writes("Once.")

    ben.page.locator("#composer button[type=submit]").first.dblclick()
    ben.sees_card("Once.").follows("Check for news").sees_card("Once.")

    assert Contribution.objects.filter(dialogue=world.dialogue(0)).count() == 1


def test_words_are_changed_and_taken_back(ben, world):
    world.go_live()
    ben.goes_to(f"/meetings/{world.session.pk}/room/").says("I come by buss.").sees_card("I come by buss.")

    ben.page.get_by_role("link", name="Change what you wrote").click()
    ben.page.get_by_label("Your words").fill("I come by bus.")
    ben.presses("Save").sees_card("I come by bus.").sees("Changed by the one who wrote it.")
    ben.page.get_by_role("link", name="Take back what you wrote").click()
    ben.presses("Take it back for good").sees("Taken back by the one who wrote it.")

    ben.sees_no("I come by bus.")


def test_a_thread_is_read_and_answered(ben, opened):
    ben.goes_to(f"/threads/{opened.dialogue(0).pk}/").sees_card("By train, and it was late.")
    ben.says("I was ill, and I read it now.").sees_card("I was ill, and I read it now.")
    opened.say("Chidi", "Get well.", 0, via="thread")

    ben.goes_to(f"/threads/{opened.dialogue(0).pk}/").sees("Since your last visit").sees_card("Get well.")


def test_the_away_page_takes_an_answer_without_a_detour(ben, opened):
    ben.goes_to(f"/w/{opened.workshop.slug}/away/").sees("Open, and we want your view")
    ben.page.get_by_label("Your answer").fill("I could not come.")
    ben.presses("Put it on the table").sees_card("I could not come.")

    ben.goes_to(f"/w/{opened.workshop.slug}/away/").sees("you have answered")


def test_name_place_needs_and_research_are_plain_forms(ben, world):
    ben.goes_to(f"/w/{world.workshop.slug}/me/")
    ben.page.get_by_label("What should we call you?").fill("Benjamin")
    ben.page.get_by_label("in the hall").check()
    ben.page.get_by_label("Something else that helps you").fill("Large print")
    ben.presses("Save").sees("Here you are Benjamin.")
    ben.presses("Say yes").sees("You said yes.").presses("Say no").sees("You said no.")

    person = Participant.objects.get(pk=world["Ben"].participant.pk)
    answers = Consent.objects.filter(participant=person, purpose=Purpose.RESEARCH).order_by("pk")
    assert (person.name, person.usual_place, person.access_needs) == ("Benjamin", "hall", "Large print")
    assert [answer.given_at is not None for answer in answers] == [True, False]


def test_text_and_colours_are_kept(ben, world):
    ben.goes_to("/appearance/").page.get_by_label("Twice as large").check()
    ben.page.get_by_label("Dark", exact=True).check()
    ben.presses("Use this")

    expect(ben.page.locator("html[data-size='200'][data-theme=dark]")).to_be_attached()


def test_leaving_the_device_and_leaving_the_workshop(arrive, world):
    world.go_live()
    gerd = arrive(java_script_enabled=False).forgive("404").comes_through_the_door(world.session.code)
    gerd.goes_to(f"/w/{world.workshop.slug}/me/leaving/").presses("Leave this device").sees("You have a code?")
    gerd.goes_to(f"/meetings/{world.session.pk}/room/").sees("Nothing lies here.")

    gerd.comes_through_the_door(world.session.code).sees_question("What about check_in_round?")
    gerd.goes_to(f"/w/{world.workshop.slug}/me/leaving/").presses("Leave the workshop").sees("You have a code?")

    guests = Participant.objects.filter(workshop=world.workshop, name="").exclude(pk=world["Gil"].participant.pk)
    assert sorted(guest.removed_at is not None for guest in guests) == [False, True]


def test_a_host_runs_a_meeting_by_plain_forms(come, world):
    ada = come("Ada", java_script_enabled=False).goes_to(f"/meetings/{world.session.pk}/room/")

    ada.presses("Open the doors").presses("Begin the meeting").sees_question("What about check_in_round?")
    ada.presses("Next: Cards").sees_question("What about cards?").presses("Turn the cards over")
    ada.presses("End the meeting").sees("After the meeting").presses("Keep it open: Check-in round")

    ada.sees("It stays open.")
