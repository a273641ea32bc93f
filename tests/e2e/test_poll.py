"""A poll on three devices: with the keyboard alone, on a phone with a bad line, by the scribe; and without script."""

import pytest
from django.http import QueryDict
from playwright.sync_api import expect

from sessions_app.models import Response
from sessions_app.operations import activities, responses, running
from tests.e2e.person import DESK

CHOICES = ["Mondays after lunch", "Thursday evenings", "Whenever there is cake"]


@pytest.fixture
def poll(world):
    step = activities.plan_activity(
        workshop=world.workshop,
        actor=world.ada,
        session=world.session,
        kind="poll",
        prompt="When shall we meet?",
        options={"choices": CHOICES},
    )
    while step.position > 1:
        step = activities.move_activity(activity=step, actor=world.ada, earlier=True)
    world.go_live()
    return world.dialogue(0)


def test_three_people_choose_on_three_devices(come, world, poll):
    ada, ben, chidi = come("Ada", viewport=DESK), come("Ben"), come("Chidi", viewport=DESK)
    for person in (ada, ben, chidi):
        person.enters_room(world.session).sees_question("When shall we meet?")
    by_keyboard(chidi)
    ben.page.get_by_label("Thursday evenings").check()
    ben.presses("Send my answer").sees("Your answer is on the table.")
    by_the_scribe(world, poll)
    for person in (ada, ben, chidi):
        person.sees("4 answers")
        assert "bars__n" not in person.was_told()

    ada.presses("Show the answers")

    for person in (ada, ben, chidi):
        expect(person.page.locator("#room-board .bars__n")).to_have_text(["0", "3", "1"])
    ben.page.get_by_label("Whenever there is cake").check()
    ben.presses("Change my answer")
    for person in (ada, ben, chidi):
        expect(person.page.locator("#room-board .bars__n")).to_have_text(["0", "2", "2"])


def by_keyboard(chidi) -> None:
    """Tab to the choices, an arrow to the second one, Enter sends."""
    chidi.page.locator("#question").focus()
    for _ in range(60):
        chidi.page.keyboard.press("Tab")
        if chidi.page.evaluate("document.activeElement.name") == "choice":
            break
    chidi.page.keyboard.press("ArrowDown")
    chidi.page.keyboard.press("Enter")
    chidi.sees("Your answer is on the table.")


def by_the_scribe(world, poll) -> None:
    hella = world["Hella"].participant
    give = {"dialogue": poll, "actor": world["Sam"], "via": "paper"}
    responses.give_answer(sent=QueryDict("choice=2"), person=hella, **give)
    responses.give_answer(sent=QueryDict("choice=3"), ballot="B7", **give)


def test_a_choice_made_without_a_line_is_sent_when_it_is_back(come, world, poll):
    ben = come("Ben").forgive("ERR_INTERNET_DISCONNECTED|WebSocket|ERR_NETWORK|htmx:")
    ben.has_a_clock().enters_room(world.session)
    ben.context.set_offline(True)
    ben.page.get_by_label("Thursday evenings").check()
    for seconds in (30, 30):
        ben.presses("Send my answer").waits(seconds).sees("Not sent yet: there is no connection.")
    ben.context.set_offline(False)

    ben.sees("Your answer is on the table.")
    assert [answer.value for answer in Response.objects.filter(dialogue=poll)] == [[2]]


def test_a_new_step_brings_its_own_choices_and_an_old_one_shows_what_was_chosen(come, world, poll):
    ben = come("Ben").enters_room(world.session)
    ben.page.get_by_label("Thursday evenings").check()
    ben.presses("Send my answer").sees("Your answer is on the table.")
    running.next_step(session=world.session, actor=world.ada)
    ben.sees_question("What about check_in_round?")
    expect(ben.page.locator("#room-answer")).to_be_hidden()
    running.previous_step(session=world.session, actor=world.ada)
    ben.sees_question("When shall we meet?")
    expect(ben.page.get_by_label("Thursday evenings")).to_be_checked()


def test_without_script_one_chooses_in_the_room_and_in_the_thread(come, world, poll):
    ben = come("Ben", java_script_enabled=False)
    ben.goes_to(f"/meetings/{world.session.pk}/room/").page.get_by_label("Mondays after lunch").check()
    ben.presses("Send my answer").sees("Your answer is on the table.")
    ben.goes_to(f"/threads/{poll.pk}/").page.get_by_label("Thursday evenings").check()
    ben.presses("Change my answer").sees("1 answer")
    ben.presses("Take it back").sees("0 answers")
