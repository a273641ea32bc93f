"""A scribe writes down what somebody else says: it is theirs, and it is told who typed it."""

import pytest

from sessions_app.errors import NotAllowed, Refused
from sessions_app.models import Contribution, Event
from sessions_app.operations import contributions, participants
from sessions_app.operations.participants import NeedsName
from tests.world import make_world


def test_scribe_writes_down_for_somebody_else(world):
    world.go_live()

    said = world.say("Sam", "I am deaf in one ear", via="scribe", author=world["Ben"].participant)

    event = Event.objects.get(workshop=world.workshop, seq=said.seq)
    assert (said.author, said.recorded_by) == (world["Ben"].participant, world["Sam"].participant)
    assert event.actor == world["Sam"].participant


@pytest.mark.parametrize("who", ["Ben", "Hella"])
def test_only_facilitator_and_scribe_write_down_for_others(world, who):
    world.go_live()

    with pytest.raises(NotAllowed):
        world.say(who, "Chidi said so", author=world["Chidi"].participant)


@pytest.mark.parametrize("via", ["scribe", "paper"])
def test_nobody_passes_as_a_scribe(world, via):
    world.go_live()

    with pytest.raises(NotAllowed):
        world.say("Ben", "Written down for myself", via=via)

    assert Contribution.objects.count() == 0


def test_words_are_written_down_only_for_people_of_the_workshop(world):
    other = make_world("Other", host="Olga")
    gone = participants.remove(person=world["Chidi"].participant, actor=world.ada)
    world.go_live()

    for person in (other["Ben"].participant, gone):
        with pytest.raises(Refused, match="not in this workshop"):
            world.say("Sam", "On behalf", via="scribe", author=person)

    assert Contribution.objects.count() == 0


def test_scribe_is_not_slowed_down(world, settings):
    settings.POSTS_AT_ONCE, settings.POSTS_PER_SECOND = 1, 0.0
    world.go_live()

    for number in range(3):
        world.say("Sam", f"Card {number}", via="paper", author=world["Ben"].participant)

    assert Contribution.objects.count() == 3


def test_words_of_a_guest_on_paper_need_a_name(world):
    world.go_live()
    gil = world["Gil"].participant

    with pytest.raises(NeedsName):
        world.say("Sam", "On paper", via="paper", author=gil)
    said = world.say("Sam", "On paper", via="paper", author=gil, name="Gil")

    assert (said.author.name, said.recorded_by) == ("Gil", world["Sam"].participant)


def test_words_that_were_written_down_belong_to_who_said_them(world):
    world.go_live()
    said = world.say("Sam", "I am death in one ear", via="scribe", author=world["Ben"].participant)

    with pytest.raises(NotAllowed):
        contributions.revise_contribution(contribution=said, actor=world["Sam"], body="Mine now")
    contributions.revise_contribution(contribution=said, actor=world["Ben"], body="I am deaf in one ear")

    assert Contribution.objects.get().body == "I am deaf in one ear"


def test_ones_own_words_have_no_recorder(world):
    world.go_live()

    said = world.say("Sam", "My own", via="scribe", author=world["Sam"].participant)

    assert (said.author, said.recorded_by) == (world["Sam"].participant, None)
