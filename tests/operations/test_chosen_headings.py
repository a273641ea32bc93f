"""Headings that are chosen by who writes; and what the planner and the templates do with those that people made."""

import uuid

import pytest

from sessions_app.errors import BadText, NotAllowed
from sessions_app.models import Activity, Contribution, Event
from sessions_app.operations import activities, headings, running, saved_plans, scribing
from sessions_app.verification import verify
from tests.headed import lists, reread, say, thread

pytestmark = pytest.mark.django_db


def test_who_writes_says_where_it_belongs(world):
    dialogue = thread(world, "what_i_bring")

    said = say(world, dialogue, "Forty people", heading=0)
    say(world, dialogue, "Minutes", heading=1, who="Chidi")

    assert lists(dialogue) == {"What I bring": ["Forty people"], "What I hope": ["Minutes"]}
    assert Event.objects.get(contribution=said).data["heading"] == 0
    assert list(verify(world.workshop.slug)) == []


@pytest.mark.parametrize("heading", [None, 2, -1, 10**6])
def test_words_without_a_list_of_their_own_are_refused_and_kept(world, heading):
    with pytest.raises(BadText) as refusal:
        say(world, thread(world, "what_i_bring"), heading=heading)

    assert refusal.value.field == "heading"
    assert Contribution.objects.count() == 0


def test_elsewhere_a_list_counts_for_nothing(world):
    assert say(world, thread(world, "clustering"), heading=1).heading is None


def test_a_scribe_chooses_a_list_for_all_lines(world):
    activities.plan_activity(workshop=world.workshop, actor=world.ada, session=world.session, kind="four_lists")
    world.go_live(step=4)
    dialogue = world.dialogue(4)
    given = {"session": world.session, "actor": world["Sam"], "dialogue_id": dialogue.pk, "form_id": uuid.uuid4()}

    with pytest.raises(BadText):
        scribing.write_lines(text="It is loud\nIt is far", **given)
    written = scribing.write_lines(text="It is loud\nIt is far", heading=1, **given)

    assert written.count == 2
    assert lists(dialogue)["Questions and worries"] == ["It is loud", "It is far"]


def test_planned_headings_change_until_somebody_has_written(world):
    dialogue = thread(world, "four_lists")
    four = ["A", "B", "C", "D"]
    activities.change_activity(activity=dialogue.activity, actor=world.ada, options={"headings": four})
    say(world, reread(dialogue), heading=3)

    with pytest.raises(NotAllowed):
        activities.change_activity(activity=dialogue.activity, actor=world.ada, options={"headings": four[::-1]})
    assert list(lists(dialogue)) == four


def test_the_planner_keeps_what_people_sorted_and_no_template_takes_it_along(world):
    world.go_live(step=1)
    running.reveal(session=world.session, actor=world.ada)
    headings.add_heading(dialogue=world.dialogue(1), actor=world["Ben"], title="Waiting")

    step = world.steps[1]
    activities.change_activity(activity=step, actor=world.ada, title="Sorted", options={})
    kept = saved_plans.save_plan(
        workshop=world.workshop, actor=world.ada, user=world.ada.participant.user, session=world.session
    )

    assert Activity.objects.get(pk=step.pk).options == {"headings": ["Waiting"]}
    assert "Waiting" not in str(kept.meetings)
