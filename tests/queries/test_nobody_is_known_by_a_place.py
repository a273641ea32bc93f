"""The level “without names in the group”: neither a place nor a count tells who wrote."""

import pytest

from sessions_app.operations import activities, running
from sessions_app.queries.people import members_of
from sessions_app.queries.timeline import timeline
from tests.world import add

pytestmark = pytest.mark.django_db


@pytest.fixture
def elsa(world):
    """The only one on the phone, in a step without names."""
    activities.change_activity(activity=world.steps[2], actor=world.ada, identity="group")
    add(world, "Elsa", usual_place="phone")
    world.go_live(step=2)
    world.say("Elsa", "I can't see the screen.", 2)
    return world


def test_the_place_is_told_with_the_name_only(elsa):
    dialogue = elsa.dialogue(2)
    (for_the_group,) = timeline(dialogue, viewer=elsa["Ben"].participant)
    (for_the_host,) = timeline(dialogue, viewer=elsa.ada.participant, is_facilitator=True)

    assert (for_the_group.who, for_the_group.place, for_the_group.place_words) == ("Someone", "", "")
    assert (for_the_host.who, for_the_host.place) == ("Elsa", "phone")


def test_words_without_a_name_are_in_no_count_of_people(elsa):
    assert {person.name: person.words for person in members_of(elsa.workshop)}["Elsa"] == 0


def test_face_down_words_are_in_no_count_before_they_are_turned_over(world):
    world.go_live(step=1)
    world.say("Ben", "Face down.", 1)
    assert {person.name: person.words for person in members_of(world.workshop)}["Ben"] == 0

    running.reveal(session=world.session, actor=world.ada)

    assert {person.name: person.words for person in members_of(world.workshop)}["Ben"] == 1
