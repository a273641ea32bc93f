"""Anonymous words: nobody can know whose they are, and their author can change them until the step closes."""

from datetime import timedelta

import pytest
from django.core import serializers

from sessions_app import anonymity, clock
from sessions_app.errors import Closed, NotAllowed
from sessions_app.models import AnonymityKey, Contribution, Event
from sessions_app.operations import activities, running, workshops
from sessions_app.operations.contributions import is_own, revise_contribution, withdraw_contribution
from sessions_app.tasks import close_due_windows

LATER = timedelta(seconds=16)  # the step has closed, and the press that closed it can no more be undone


@pytest.fixture
def secret(world):
    activities.change_activity(activity=world.steps[0], actor=world.ada, identity="anonymous")
    world.go_live()
    return world.say("Ben", "Nobody knows")


def test_no_author_is_stored_anywhere(world, secret):
    event = Event.objects.get(workshop=world.workshop, seq=secret.seq)
    kept = Contribution.objects.get()

    assert (kept.author, kept.recorded_by, event.actor, event.participant) == (None,) * 4
    for row in (kept, event):
        fields = serializers.serialize("python", [row])[0]["fields"]
        assert world["Ben"].participant.pk not in [
            fields[name] for name in ("author", "recorded_by", "actor") if name in fields
        ]
        assert str(world["Ben"].participant.name) not in str(fields)


def test_words_that_a_scribe_wrote_down_have_no_recorder_either(world, secret):
    said = world.say("Sam", "He said it to me", via="scribe", author=world["Chidi"].participant)

    event = Event.objects.get(workshop=world.workshop, seq=said.seq)
    assert (said.author, said.recorded_by, event.actor) == (None, None, None)


def test_guest_needs_no_name(world, secret):
    assert world.say("Gil", "Who am I").anonymous_token
    assert not Event.objects.filter(verb="participant.renamed").exists()


def test_token_is_one_per_person_and_step(world, secret):
    again, other = world.say("Ben", "And more"), world.say("Chidi", "Me too")
    activities.change_activity(activity=world.steps[2], actor=world.ada, identity="anonymous")
    running.next_step(session=world.session, actor=world.ada)
    running.next_step(session=world.session, actor=world.ada)
    elsewhere = world.say("Ben", "Elsewhere", 2)

    assert again.anonymous_token == secret.anonymous_token
    assert len({secret.anonymous_token, other.anonymous_token, elsewhere.anonymous_token}) == 3


def test_author_changes_and_takes_back(world, secret):
    revise_contribution(contribution=secret, actor=world["Ben"], body="Still nobody knows")
    assert Contribution.objects.get().body == "Still nobody knows"

    withdraw_contribution(contribution=secret, actor=world["Ben"])

    assert Contribution.objects.get().body == ""
    about = Event.objects.filter(contribution=secret)
    assert {(event.actor, event.participant) for event in about} == {(None, None)}


@pytest.mark.parametrize("who", ["Ada", "Sam", "Chidi", "Gil"])
def test_nobody_else_changes_them(world, secret, who):
    for act in (
        lambda: revise_contribution(contribution=secret, actor=world[who], body="Mine"),
        lambda: withdraw_contribution(contribution=secret, actor=world[who]),
    ):
        with pytest.raises(NotAllowed):
            act()

    assert Contribution.objects.get().body == "Nobody knows"


def test_key_lives_while_words_are_taken_and_then_nobody_can_know(world, secret):
    assert anonymity.destroy_old_keys() == 0
    running.next_step(session=world.session, actor=world.ada)
    assert anonymity.destroy_old_keys() == 0  # words on their way still count

    with clock.at(clock.now() + LATER):
        close_due_windows()

        assert AnonymityKey.objects.count() == 0
        assert is_own(secret, world["Ben"].participant) is False
        with pytest.raises(NotAllowed):
            withdraw_contribution(contribution=secret, actor=world["Ben"])
        with pytest.raises(NotAllowed):
            revise_contribution(contribution=secret, actor=world["Ben"], body="I have changed my mind")


def test_closed_step_has_no_author_to_change_even_before_the_key_is_gone(world, secret):
    running.next_step(session=world.session, actor=world.ada)

    with clock.at(clock.now() + LATER), pytest.raises(Closed):
        revise_contribution(contribution=secret, actor=world["Ben"], body="Too late")


def test_step_that_opens_again_begins_with_a_new_key(world, secret):
    running.next_step(session=world.session, actor=world.ada)
    with clock.at(clock.now() + LATER):
        close_due_windows()
        running.previous_step(session=world.session, actor=world.ada)

        again = world.say("Ben", "Here I am again")

    assert again.anonymous_token != secret.anonymous_token
    assert is_own(again, world["Ben"].participant)
    assert not is_own(secret, world["Ben"].participant)


@pytest.mark.parametrize("end", ["meeting", "workshop"])
def test_key_of_a_step_whose_opening_was_undone_goes_with_the_end(world, end):
    activities.change_activity(activity=world.steps[1], actor=world.ada, identity="anonymous")
    world.go_live(1)
    secret = world.say("Ben", "Nobody knows", 1)
    running.undo(session=world.session, actor=world.ada)
    assert anonymity.destroy_old_keys() == 0  # the step may open again

    if end == "meeting":
        running.close_session(session=world.session, actor=world.ada)
    else:
        workshops.close_workshop(workshop=world.workshop, actor=world.ada)
    assert anonymity.destroy_old_keys() == 0
    with clock.at(clock.now() + LATER):
        assert anonymity.destroy_old_keys() == 1

    assert is_own(secret, world["Ben"].participant) is False


def test_looking_at_words_makes_no_key(world):
    activities.change_activity(activity=world.steps[0], actor=world.ada, identity="anonymous")

    assert anonymity.known_token(world.steps[0], world["Ben"].participant) == ""
    assert AnonymityKey.objects.count() == 0


def test_group_level_stores_the_author_for_the_facilitators(world):
    activities.change_activity(activity=world.steps[0], actor=world.ada, identity="group")
    world.go_live()

    said = world.say("Ben", "Known to a few")

    assert (said.author, said.anonymous_token) == (world["Ben"].participant, "")
