"""Who left, and what ended, while a form was on its way: rights are read again under the lock, and nothing is kept."""

import uuid

import pytest

from eaa.models import Agreement, LearningNote, Mechanism, Outcome, Position, Record, Suggestion
from eaa.operations import agreements, learning, outcomes, positions, records, suggestions
from eaa.operations.assets import keep_asset
from eaa.operations.learning import Told
from sessions_app.errors import NotAllowed, NotFound, Refused
from sessions_app.models import Participant, Workshop
from sessions_app.operations import participants, running, workshops
from sessions_app.policy import Actor
from tests.eaa.agreed import opened

TABLES = (Record, Agreement, Outcome, LearningNote, Position, Suggestion)


@pytest.fixture
def going(world):
    """A meeting that was held, words in it, and an agreement that is open."""
    world.go_live()
    world.said = world.say("Chidi", "Calm.")
    running.close_session(session=world.session, actor=world.ada)
    world.agreement = opened(world)
    return world


def as_they_were(world, name: str) -> Actor:
    """Who acts, as a request has read them before the lock."""
    return Actor(Participant.objects.select_related("workshop").get(pk=world[name].participant.pk))


def writes(world, actor: Actor, *, stage: str):
    """What people send; each in the name of ACTOR."""
    workshop = Workshop.objects.get(pk=world.workshop.pk)
    here = {"workshop": workshop, "actor": actor}
    told = {"about": world.session, "actor": actor, "told": Told("easier", "Hello."), "language": "en"}
    of_agreement = {"agreement": Agreement.objects.get(pk=world.agreement.pk), "actor": actor, "version": 1}
    return {
        "record": lambda: records.make_record(**here, mechanism=Mechanism.DOCUMENTATION, text="Notes"),
        "asset": lambda: keep_asset(**here, kind="skill", text="Bread"),
        "outcome": lambda: outcomes.tell_outcomes(
            **here, contributions=[world.said.pk], kind="parked", words="For spring."
        ),
        "note": lambda: learning.tell(**told, client_id=uuid.uuid4()),
        "answer": lambda: learning.answer(session=world.session, actor=actor, answers={"intention": 3}),
        "agreement": lambda: agreements.create_agreement(**here, title="Late"),
        "position": lambda: positions.take_position(**of_agreement, choice="agree"),
        "suggestion": lambda: suggestions.suggest(**of_agreement, text="Eight days."),
    }[stage]


ACTS = ("record", "asset", "outcome", "note", "answer", "agreement", "position", "suggestion")


@pytest.mark.parametrize("stage", ACTS)
def test_nothing_is_written_once_the_workshop_has_ended_meanwhile(going, stage):
    write = writes(going, as_they_were(going, "Sam"), stage=stage)
    before = [table.objects.count() for table in TABLES]
    workshops.close_workshop(workshop=going.workshop, actor=going.ada)

    with pytest.raises(NotAllowed):
        write()

    assert [table.objects.count() for table in TABLES] == before


@pytest.mark.parametrize("stage", ACTS)
def test_nothing_is_written_by_who_was_taken_out_meanwhile(going, stage):
    write = writes(going, as_they_were(going, "Sam"), stage=stage)
    before = [table.objects.count() for table in TABLES]
    participants.remove(person=going["Sam"].participant, actor=going.ada)

    with pytest.raises((NotAllowed, NotFound)):
        write()

    assert [table.objects.count() for table in TABLES] == before


def test_nothing_is_written_down_for_who_has_left_meanwhile(going):
    ben = Participant.objects.get(pk=going["Ben"].participant.pk)
    told = {"about": going.session, "told": Told("harder", "No."), "language": "en", "client_id": uuid.uuid4()}
    about = {"agreement": Agreement.objects.get(pk=going.agreement.pk), "version": 1, "choice": "agree"}
    participants.remove(person=going["Ben"].participant, actor=going["Ben"])

    with pytest.raises(Refused):
        learning.tell(**told, actor=going["Sam"], person=ben)
    with pytest.raises(Refused):
        positions.take_position(**about, actor=going["Sam"], person=ben)

    assert (LearningNote.objects.count(), Position.objects.count()) == (0, 0)


def test_a_place_that_was_thrown_away_meanwhile_is_not_named(going):
    place = records.make_record(
        workshop=going.workshop, actor=going.ada, mechanism=Mechanism.DOCUMENTATION, text="Notes"
    )
    records.remove_record(record=Record.objects.get(pk=place.pk), actor=going.ada)

    with pytest.raises(NotFound):
        outcomes.tell_outcomes(
            workshop=going.workshop, actor=going.ada, contributions=[going.said.pk], kind="used", place=place
        )
