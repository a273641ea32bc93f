"""What somebody meets who has never been here: rows that stay rows, few choices at once, a short way to the field."""

import pytest
from playwright.sync_api import expect

from sessions_app.operations import activities, running
from tests.e2e.person import DESK, PHONE

ROWS = """(places) => places.map((place) => new Set([...place.children].map((item) => {
  const box = item.getBoundingClientRect();
  return Math.round(box.top + box.height / 2);
})).size)"""
SIZES = [PHONE, DESK]


@pytest.fixture
def plan(world):
    """Plans a step in the meeting."""

    def planned(kind: str, prompt: str = "What now?"):
        return activities.plan_activity(
            workshop=world.workshop, actor=world.ada, session=world.session, kind=kind, prompt=prompt
        )

    return planned


def test_what_can_be_done_with_a_step_stands_in_one_row(come, world, plan):
    plan("small_groups")
    ada = come("Ada", viewport=DESK).goes_to(f"/meetings/{world.session.pk}/").sees("Take off")

    assert set(ada.page.locator(".pstep__tools").evaluate_all(ROWS)) == {1}


@pytest.mark.parametrize("size", SIZES)
def test_a_scale_of_five_stands_in_one_row(come, world, size):
    running.start(session=world.session, actor=world.ada)
    running.close_session(session=world.session, actor=world.ada)
    ben = come("Ben", viewport=size).goes_to(f"/meetings/{world.session.pk}/learning/")
    dots = ben.page.get_by_role("group", name="Did you know why we were there?").get_by_role("radio")

    tops = [dot.bounding_box()["y"] for dot in dots.all()]

    assert len(tops) == 6
    assert len(set(tops[:5])) == 1
    assert tops[5] > tops[0]


@pytest.mark.parametrize("size", SIZES)
def test_from_the_top_of_a_thread_it_is_one_press_to_the_field(come, world, size):
    world.go_live()
    for number in range(12):
        world.say("Chidi", f"Thought number {number}, which takes a line or two on a phone.")
    ben = come("Ben", viewport=size).enters_thread(world.dialogue(0))
    jump = ben.page.get_by_role("link", name="Write your answer")
    if size == DESK:
        return expect(jump).to_be_hidden()

    expect(ben.field).not_to_be_in_viewport()
    jump.click()

    expect(ben.field).to_be_in_viewport()


def test_what_can_be_said_back_is_shown_a_few_at_a_time(come, world, plan):
    first, second = plan("open_dialogue"), plan("say_it_back")
    while first.position > 1:
        first = activities.move_activity(activity=first, actor=world.ada, earlier=True)
    while second.position > 2:
        second = activities.move_activity(activity=second, actor=world.ada, earlier=True)
    world.go_live()
    for number in range(14):
        world.say("Chidi", f"Thought number {number}.")
    running.next_step(session=world.session, actor=world.ada)
    ben = come("Ben").enters_room(world.session)
    radios = ben.page.locator("[name=about]:visible")

    expect(radios).to_have_count(6)
    ben.page.get_by_text("Show 8 more").click()

    expect(radios).to_have_count(14)
