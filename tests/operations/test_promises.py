"""What people were promised about names and about face down is kept, whatever facilitators press afterwards."""

import pytest

from sessions_app.errors import NotAllowed
from sessions_app.operations import activities, running


def change(world, number=0, **fields):
    return activities.change_activity(activity=world.steps[number], actor=world.ada, **fields)


@pytest.mark.parametrize(
    ("promised", "wished"),
    [
        ("anonymous", "group"),
        ("anonymous", "named"),
        ("group", "named"),
        ("named", "anonymous"),
        ("group", "anonymous"),
    ],
)
def test_a_promise_about_names_is_never_loosened(world, promised, wished):
    change(world, identity=promised)
    world.go_live()

    with pytest.raises(NotAllowed):
        change(world, identity=wished)

    assert world.steps[0].identity == promised


def test_names_can_be_hidden_from_the_group_afterwards(world):
    world.go_live()

    assert change(world, identity="group").identity == "group"


@pytest.mark.parametrize("number", [0, 1])
def test_face_down_or_open_stays_once_the_step_was_on(world, number):
    world.go_live(number)

    with pytest.raises(NotAllowed):
        change(world, number, blind=not world.steps[number].blind)


def test_a_promise_outlives_an_undo(world):
    """The step is closed as if it had never been open, but somebody has written under the promise."""
    change(world, identity="group")
    world.go_live()
    world.say("Ben", "Under a promise")
    running.undo(session=world.session, actor=world.ada)

    with pytest.raises(NotAllowed):
        change(world, identity="named")
    with pytest.raises(NotAllowed):
        activities.remove_activity(activity=world.steps[0], actor=world.ada)

    assert world.steps[0].identity == "group"


def test_what_a_page_has_promised_outlives_an_undo(world):
    """Nobody has written yet, but words may wait on a device: under the promise that its page showed."""
    change(world, identity="anonymous", blind=True)
    world.go_live()
    running.undo(session=world.session, actor=world.ada)

    for fields in ({"identity": "named"}, {"identity": "group"}, {"blind": False}):
        with pytest.raises(NotAllowed):
            change(world, **fields)


def test_after_an_undo_a_promise_can_be_made_stronger_and_the_step_taken_away(world):
    world.go_live()
    running.undo(session=world.session, actor=world.ada)

    change(world, identity="anonymous", blind=True)
    step = world.steps[0]
    activities.remove_activity(activity=step, actor=world.ada)

    assert (step.identity, step.blind, step in world.steps) == ("anonymous", True, False)
