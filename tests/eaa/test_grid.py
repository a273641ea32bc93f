"""The grid: everything in its cell, counted by hand; what came afterwards; small numbers; the text for a report."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse

from eaa.models import Agreement, Record
from eaa.queries.grid import grid_view
from sessions_app import clock
from sessions_app.models import Activity, Session
from sessions_app.operations import contributions, dialogues, running
from sessions_app.queries.grid import cell_of, grid_of
from sessions_app.queries.records import record_view
from tests.eaa.seeing import as_researcher

LATER = timedelta(days=1)
APART = ("different", "distributed")


def held(world, time="same", space="same", live=6, late=6):
    """A meeting with LIVE words in its first step and LATE ones that came afterwards, while it was kept open."""
    Session.objects.filter(pk=world.session.pk).update(time=time, space=space)
    world.session.refresh_from_db()
    running.start(session=world.session, actor=world.ada)
    for number in range(live):
        world.say("Ben", f"Live {number}")
    dialogues.keep_open(activity=world.steps[0], actor=world.ada, until=clock.now() + 3 * LATER)
    running.close_session(session=world.session, actor=world.ada)
    with clock.at(clock.now() + LATER):
        for number in range(late):
            world.say("Chidi", f"Late {number}", via="thread")


def numbers(world) -> dict:
    """Cell -> (contributions, of them late, meetings, made)."""
    found = grid_view(world.workshop)
    return {
        (one.cell.time.value, one.cell.space.value): (one.cell.said, one.cell.late, len(one.cell.meetings), one.made)
        for one in found.placed
        if not one.is_empty
    }


def thread(world, *words) -> Activity:
    made = dialogues.open_thread(
        workshop=world.workshop, actor=world.ada, prompt="And now?", until=clock.now() + 3 * LATER
    )
    dialogue = made.dialogues.get()
    dialogue.activity, made.workshop = made, world.workshop
    for body in words:
        contributions.post_contribution(
            dialogue=dialogue, actor=world["Ben"], body=body, via="thread", client_id=uuid.uuid4()
        )
    return made


def record(world, **more) -> Record:
    given = {"mechanism": "documentation", "title": "Notes", "created_at": clock.now() + 2 * LATER, **more}
    return Record.objects.create(workshop=world.workshop, created_by=world.ada.participant, **given)


def agreement(world, **more) -> Agreement:
    now = clock.now()
    given = {"state": "open", "opened_at": now, "open_until": now + LATER, "silence_means": "Nothing.", **more}
    return Agreement.objects.create(
        workshop=world.workshop,
        title="A quiet hour",
        created_by=world.ada.participant,
        **{"created_at": now + 2 * LATER, **given},
    )


def test_what_came_after_a_meeting_for_everybody_at_once_lies_apart(world):
    held(world)

    assert numbers(world) == {("same", "same"): (6, 0, 1, 0), APART: (6, 6, 0, 0)}


def test_a_meeting_for_some_now_and_some_later_holds_both(world):
    held(world, "blended", "blended")

    assert numbers(world) == {("blended", "blended"): (12, 6, 1, 0)}


def test_a_meeting_in_everybodys_own_time_is_one_cell(world):
    held(world, "different", "same")

    assert numbers(world) == {("different", "same"): (12, 6, 1, 0)}


def test_threads_lie_apart(world):
    held(world, late=0)
    thread(world, "One", "Two")

    assert numbers(world) == {("same", "same"): (6, 0, 1, 0), APART: (2, 0, 0, 0)}


def test_a_meeting_that_was_not_held_is_no_meeting(world):
    assert numbers(world) == {}
    assert grid_view(world.workshop).finding == "Nothing has been said yet."


def test_words_taken_back_are_not_counted(world):
    held(world, late=0)
    said = world.steps[0].dialogues.get().contributions.select_related("dialogue__activity__workshop").first()
    contributions.withdraw_contribution(contribution=said, actor=world["Ben"])

    assert numbers(world) == {("same", "same"): (5, 0, 1, 0)}


def test_words_taken_back_leave_a_place_in_the_picture_and_in_the_report(world):
    held(world, late=0)
    assert "taken back and" not in grid_view(world.workshop).report
    words = world.steps[0].dialogues.get().contributions.select_related("dialogue__activity__workshop")
    for said in words[:2]:
        contributions.withdraw_contribution(contribution=said, actor=world["Ben"])

    found = grid_view(world.workshop)

    assert (found.gone, found.said) == (2, 4)
    assert found.gap == "2 contributions were taken back and are in no cell."
    assert found.gap in found.report


def test_records_lie_with_what_they_are_about_or_where_they_were_made(world):
    held(world, "blended", "same", late=0)
    about = thread(world)
    record(world, session=world.session)
    record(world, activity=world.steps[0])
    record(world, activity=about)
    record(world, created_at=world.session.started_at)
    record(world)
    agreement(world, created_at=world.session.started_at)
    agreement(world)

    assert numbers(world) == {("blended", "same"): (6, 0, 1, 4), APART: (0, 0, 0, 3)}


def test_what_not_everybody_may_see_is_not_counted(world):
    ben = world["Ben"].participant
    record(world, mechanism="assets", owner=ben, shown="hidden")
    record(world, mechanism="assets", owner=ben, shown="withdrawn")
    record(world, removed_at=clock.now())
    agreement(world, state="draft")
    shown = record(world, mechanism="assets", owner=ben)

    assert [one.records for one in grid_view(world.workshop).placed if one.made] == [(shown,)]


def test_the_record_in_numbers_counts_the_same(world):
    held(world)
    thread(world, "One")

    assert record_view(world.workshop).grid.cells == grid_of(world.workshop).cells
    assert sum(cell.said for cell in grid_of(world.workshop).cells) == 13


def test_every_part_of_a_cell_adds_up(world):
    held(world, "blended", "blended", live=6, late=2)
    (one,) = [one for one in grid_view(world.workshop).placed if not one.is_empty]

    assert [label for label, _number in one.timing] == ["while the step was on, or afterwards"]
    assert sum(int(number) for _label, number in one.steps) == sum(int(number) for _label, number in one.timing) == 8


def test_steps_with_few_words_are_told_of_together(world):
    for number in (0, 1):
        thread(world, *(f"{n}" for n in range(6 - number * 4)))
    (one,) = [one for one in grid_view(world.workshop).placed if not one.is_empty]

    assert one.steps == (("And now?, or And now?", "8"),)


def test_the_text_for_a_report_says_how_it_was_held(world):
    held(world)
    record(world, session=world.session)

    told = grid_view(world.workshop).report.splitlines()

    assert told[:4] == [
        "How the dialogue in “Calmer visits” was held.",
        "Meetings held: 1. Contributions: 12. Records and agreements: 1.",
        "- Same place, same time: 1 meeting, 6 contributions, 1 record or agreement.",
        "- Each from where they are, own time: 0 meetings, 6 contributions, 0 records and agreements.",
    ]


def test_picture_and_table_say_the_same(world):
    held(world, live=8, late=2)
    view = grid_view(world.workshop)

    drawn = [(box.circle.number, box.square.number) for box in view.plot.boxes]
    assert drawn == [(one.cell.said, one.made) for _space, cells in view.rows for one in cells]
    big, small = sorted((float(box.circle.r) for box in view.plot.boxes if box.circle.number), reverse=True)
    assert (small / big) ** 2 == pytest.approx(2 / 8, rel=0.01)


def test_from_right_to_left_the_columns_turn_round(world):
    from django.utils.translation import override

    held(world, late=0)
    here = grid_view(world.workshop).plot.boxes[0].circle.x
    with override("ar"):
        assert float(grid_view(world.workshop).plot.boxes[0].circle.x) == 300 - float(here)


@pytest.mark.parametrize("who", ["Ada", "Rana"])
def test_only_who_may_read_records_is_shown_their_titles(world, browser_of, who):
    held(world)
    record(world, title="Somebody’s words as a title", session=world.session)
    browser = as_researcher(world) if who == "Rana" else browser_of(who)

    page = browser.get(reverse("eaa:grid", args=[world.workshop.slug])).content.decode()

    assert "What we wrote down: 1" in page
    assert ("Somebody’s words as a title" in page) == (who == "Ada")


def test_a_late_word_has_no_other_space_than_its_meeting_unless_it_was_for_all_at_once():
    for time in ("blended", "different"):
        assert cell_of(Session(time=time, space="same"), late=True) == (time, "same")
    assert cell_of(Session(time="same", space="same"), late=True) == cell_of(None) == APART
