"""How voices were shared out: only what was said under a name counts, and the group's mirror shows nobody alone."""

import pytest

from sessions_app.operations import activities, running, sessions, turns
from sessions_app.queries.balance import balance_of
from tests.world import add

pytestmark = pytest.mark.django_db


def come(world, place, number):
    for count in range(number):
        name = f"{place} {count}"
        add(world, name, usual_place=place)
        sessions.enter_room(session=world.session, person=world[name].participant)


def numbers(balance):
    return {str(measure.label): {part.place: part.number for part in measure.parts} for measure in balance.measures}


def test_cards_turns_and_answers_are_counted_by_place(world):
    world.go_live()
    come(world, "hall", 2)
    come(world, "phone", 1)
    first = world.say("hall 0", "By bus.")
    world.say("hall 1", "On foot.")
    world.say("phone 0", "Me too.", reply_to=first.pk)
    turn = turns.ask_for_word(session=world.session, actor=world["phone 0"])
    turns.give_word(turn=turn, actor=world.ada)
    turns.end_turn(turn=turn, actor=world.ada)

    assert numbers(balance_of(world.session)) == {
        "Cards": {"hall": 2, "phone": 1},
        "Spoken turns": {"phone": 1},
        "Minutes spoken": {},
        "Answers received": {"hall": 1},
    }
    assert balance_of(world.session).finding == "Outside the hall: 33% of the cards and 100% of the spoken turns."


def test_words_without_a_name_and_face_down_are_not_counted(world):
    activities.change_activity(activity=world.steps[2], actor=world.ada, identity="anonymous")
    world.go_live(step=1)
    world.say("Ben", "Face down.", 1)
    running.next_step(session=world.session, actor=world.ada)
    world.say("Ben", "Nobody knows.", 2)

    assert balance_of(world.session).is_empty


def test_the_mirror_puts_few_together_and_shows_nobody_alone(world):
    world.go_live()
    come(world, "hall", 3)
    come(world, "phone", 1)
    world.say("hall 0", "By bus.")
    world.say("phone 0", "By taxi.")
    assert balance_of(world.session, for_group=True).is_empty
    come(world, "remote", 2)

    mirror = balance_of(world.session, for_group=True)
    assert numbers(mirror)["Cards"] == {"hall": 1, "remote": 1}
    assert "outside the hall 1" in mirror.measures[0].words
