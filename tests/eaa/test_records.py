"""Records: who may write what, versions that keep what was, evidence that is carried on, mistakes that are undone."""

import uuid

import pytest

from eaa.models import Check, Mechanism, Record, Status
from eaa.operations.checks import return_record, tell_check
from eaa.operations.evidence import Rests
from eaa.operations.records import make_record, put_back_record, remove_record, revise_record
from sessions_app.errors import BadText, NotAllowed, NotFound, Refused, Stale, TooLong
from sessions_app.operations import contributions, workshops
from sessions_app.operations.participants import NeedsName
from sessions_app.policy import OUTSIDER
from tests.eaa.making import a_week, interpret, words_quoted
from tests.world import make_world


@pytest.fixture
def said(world):
    world.go_live()
    return world.say("Ben", "I want calm visits and coffee.")


def make(world, who: str, mechanism: str = Mechanism.INTERPRETATION, **more) -> Record:
    given = {"text": "People want calm.", **more}
    return make_record(workshop=world.workshop, actor=world.people[who], mechanism=mechanism, **given)


@pytest.mark.parametrize("who", ["Ada", "Sam", "Hella", "Ben"])
def test_whoever_takes_part_writes_down_what_they_think(world, who):
    record = make(world, who)

    assert (record.head, record.status, record.created_by) == (1, Status.DRAFT, world.people[who].participant)


@pytest.mark.parametrize(("who", "trouble"), [("Rana", NotAllowed), ("Gil", NeedsName)])
def test_researchers_and_people_without_a_name_write_none(world, who, trouble):
    with pytest.raises(trouble):
        make(world, who)
    assert not Record.objects.exists()


@pytest.mark.parametrize("elsewhere", [True, False])
def test_outsiders_write_none(world, elsewhere):
    stranger = make_world("Another one", host="Olga").ada if elsewhere else OUTSIDER
    with pytest.raises(NotFound):
        make_record(workshop=world.workshop, actor=stranger, mechanism="documentation", text="x")


def test_only_those_who_write_for_the_group_write_its_intention(world):
    with pytest.raises(NotAllowed):
        make(world, "Ben", Mechanism.INTENTION)
    make(world, "Sam", Mechanism.INTENTION)
    with pytest.raises(Refused):
        make(world, "Ada", Mechanism.INTENTION)
    assert Record.objects.count() == 1


def test_two_presses_make_one_record(world, said):
    form = {"client_id": uuid.uuid4(), "rests": [Rests(said.pk)]}

    first, second = make(world, "Ben", **form), make(world, "Ben", **form)

    assert first == second
    assert (Record.objects.count(), first.versions.count(), words_quoted(first)) == (1, 1, [said.body])


@pytest.mark.parametrize(
    ("sent", "trouble", "field"),
    [
        ({"text": "   "}, BadText, "text"),
        ({"text": "x" * 50_000}, TooLong, "text"),
        ({"title": "x" * 500}, TooLong, "title"),
        ({"kind": "poem"}, BadText, "kind"),
        ({"mechanism": "dialogue"}, BadText, "mechanism"),
        ({"rests": [Rests(uuid.uuid4())]}, BadText, "evidence"),
    ],
)
def test_wrong_input_gets_a_sentence_and_a_place(world, sent, trouble, field):
    with pytest.raises(trouble) as told:
        make(world, "Ben", **sent)
    assert told.value.field == field
    assert not Record.objects.exists()


def test_things_of_another_workshop_can_not_be_named(world):
    other = make_world("Another one", host="Olga")
    for about in ({"session": other.session}, {"activity": other.steps[0]}, {"made_by": [other["Ben"].participant]}):
        with pytest.raises(NotFound):
            make(world, "Ben", **about)


def test_a_new_version_keeps_the_old_text_and_what_it_rests_on(world, said):
    record = make(world, "Ben", rests=[Rests(said.pk, "calm visits")])
    contributions.revise_contribution(contribution=said, actor=world["Ben"], body="I want quiet.")

    revise_record(record=record, actor=world["Sam"], head=1, text="People want quiet.", because="Ben said so")

    first, second = record.versions.all()
    assert [first.text, second.text, second.because] == ["People want calm.", "People want quiet.", "Ben said so"]
    assert words_quoted(record) == ["calm visits"]  # as they stood when they were chosen


def test_what_is_chosen_again_stands_as_it_was_quoted(world, said):
    other = world.say("Chidi", "Coffee.")
    record = make(world, "Ben", rests=[Rests(said.pk, "calm visits"), Rests(other.pk)])
    contributions.revise_contribution(contribution=said, actor=world["Ben"], body="I want quiet.")
    contributions.withdraw_contribution(contribution=other, actor=world["Chidi"])
    third = world.say("Sam", "Bread.")

    rests = [Rests(said.pk, "calm visits"), Rests(other.pk), Rests(third.pk)]
    revise_record(record=record, actor=world["Ben"], head=1, text="Other words.", rests=rests)

    assert words_quoted(record) == ["calm visits", "", "Bread."]


def test_the_whole_can_be_quoted_instead_of_a_part(world, said):
    record = make(world, "Ben", rests=[Rests(said.pk, "calm visits")])

    revise_record(record=record, actor=world["Ben"], head=1, text="People want calm.", rests=[Rests(said.pk)])

    assert words_quoted(record) == [said.body]


@pytest.mark.parametrize(("who", "trouble"), [("Chidi", NotAllowed), ("Hella", NotAllowed), ("Rana", NotFound)])
def test_others_change_nothing(world, who, trouble):
    record = make(world, "Ben")
    with pytest.raises(trouble):
        revise_record(record=record, actor=world.people[who], head=1, text="Mine")
    assert record.versions.count() == 1


def test_those_who_made_it_together_change_it(world):
    record = make(world, "Ben", made_by=[world["Chidi"].participant])

    revise_record(record=record, actor=world["Chidi"], head=1, text="Ours")

    assert set(record.made_by.all()) == {world["Ben"].participant, world["Chidi"].participant}


def test_two_people_who_change_one_text(world):
    record = make(world, "Ben")
    revise_record(record=record, actor=world["Sam"], head=1, text="First")

    with pytest.raises(Stale):
        revise_record(record=record, actor=world["Ben"], head=1, text="Second")
    assert [version.text for version in record.versions.all()] == ["People want calm.", "First"]


def test_saving_the_same_text_makes_no_version(world):
    record = make(world, "Ben")

    revise_record(record=record, actor=world["Ben"], head=1, text="People want calm.")

    assert record.versions.count() == 1


def test_a_mistake_is_thrown_away_and_put_back(world):
    record = make(world, "Ben")
    remove_record(record=record, actor=world["Ben"])
    assert not Record.objects.standing().exists()

    put_back_record(record=record, actor=world["Ben"])

    assert list(Record.objects.standing()) == [record]


def test_what_people_answered_to_stays(world):
    record, _said = interpret(world)
    return_record(record=record, actor=world.ada, head=1, until=a_week())
    tell_check(record=record, actor=world["Ben"], head=1, answer="that_is")

    with pytest.raises(Refused):
        remove_record(record=record, actor=world.ada)
    assert Check.objects.count() == 1


def test_what_something_rests_on_stays(world):
    notes = make(world, "Ben", Mechanism.DOCUMENTATION)
    make(world, "Ben", rests=[Rests(record=notes.pk)])

    with pytest.raises(Refused):
        remove_record(record=notes, actor=world["Ben"])


def test_an_intention_is_not_put_back_beside_a_new_one(world):
    first = make(world, "Ada", Mechanism.INTENTION)
    remove_record(record=first, actor=world.ada)
    make(world, "Ada", Mechanism.INTENTION)

    with pytest.raises(Refused):
        put_back_record(record=first, actor=world.ada)


def test_nothing_is_written_once_the_workshop_is_over(world):
    record = make(world, "Ben")
    workshops.close_workshop(workshop=world.workshop, actor=world.ada)
    for name in ("Ada", "Ben"):
        with pytest.raises(NotAllowed):
            revise_record(record=record, actor=world.refresh(name), head=1, text="Late")


def test_what_somebody_brings_can_not_be_quoted_by_others(world):
    asset = make_record(
        workshop=world.workshop,
        actor=world["Ben"],
        mechanism=Mechanism.ASSETS,
        kind="skill",
        text="Bread",
        owner=world["Ben"].participant,
    )
    with pytest.raises(BadText):
        make(world, "Chidi", rests=[Rests(record=asset.pk)])
