"""Two people never look the same, and nobody looks like the facilitator."""

import pytest

from sessions_app.errors import BadText, NotFound, TooLong
from sessions_app.models import Event, Participant
from sessions_app.operations import participants
from sessions_app.operations.participants import NeedsName
from tests.text.nasty import FAMILY, LIGATURE, ZALGO
from tests.together import kinds, together
from tests.world import add, make_world


def rename(world, who, name):
    return participants.rename(person=world[who].participant, actor=world[who], name=name).name


def test_rename_is_kept_and_told_without_the_name(world):
    assert rename(world, "Ben", "Benedikt") == "Benedikt"

    event = Event.objects.filter(workshop=world.workshop).latest("seq")
    assert Participant.objects.get(pk=world["Ben"].participant.pk).name == "Benedikt"
    assert (event.verb, event.participant, event.data) == ("participant.renamed", world["Ben"].participant, {})


def test_same_name_again_records_nothing(world):
    before = Event.objects.count()

    rename(world, "Ben", " Ben ")

    assert Event.objects.count() == before


def test_nobody_renames_somebody_else(world):
    other = make_world("Other", host="Olga")

    for actor in (world["Chidi"], world.ada, other.ada, other["Ben"]):
        with pytest.raises(NotFound):
            participants.rename(person=world["Ben"].participant, actor=actor, name="Nobody")


def test_second_person_of_a_name_gets_a_number(world):
    assert [add(world, name).participant.name for name in ("Ana", "Ana", "ana")] == ["Ana", "Ana (2)", "ana (3)"]


def test_look_alikes_get_a_number(world):
    add(world, "Ana")

    assert add(world, "\u0410na").participant.name == "\u0410na (2)"
    assert add(world, "A\u200bna").participant.name == "Ana (3)"


def test_number_is_never_given_twice(world):
    names = [add(world, "Ana").participant.name for _ in range(12)]
    rename(world, "Ben", "Ana (11)")

    assert len(set(names)) == 12
    assert rename(world, "Chidi", "Ana") == "Ana (13)"
    assert Participant.objects.get(pk=world["Ben"].participant.pk).name == "Ana (11) (2)"


def test_name_of_somebody_who_left_is_free(world):
    add(world, "Ana")
    participants.remove(person=world["Ana"].participant, actor=world.ada)

    assert rename(world, "Ben", "Ana") == "Ana"


def test_names_are_free_in_another_workshop(world):
    add(world, "Ana")
    other = make_world("Other", host="Olga")

    assert add(other, "Ana").participant.name == "Ana"


@pytest.mark.parametrize("name", ["Ada", "ADA", "\u0410da", "A\u200bda", "\u202eAda"])
def test_name_of_the_facilitator_is_nobody_elses(world, name):
    with pytest.raises(BadText, match="facilitator here"):
        rename(world, "Ben", name)

    assert Participant.objects.get(pk=world["Ben"].participant.pk).name == "Ben"


def test_facilitators_may_share_a_name(world):
    assert add(world, "Ada", ["facilitator"]).participant.name == "Ada (2)"


@pytest.mark.parametrize("name", ["", "\u200b", "Facilitator", "h0st", "\U0001f600"])
def test_impossible_names_are_refused(world, name):
    with pytest.raises(BadText):
        rename(world, "Ben", name)


@pytest.mark.parametrize("name", [LIGATURE, ZALGO, f"{FAMILY} Ana", "x\u0302" * 40, "\u202eevil\u202c Bo", "n" * 40])
def test_extraordinary_names_fit_and_can_be_taken_twice(world, name):
    first, second = (add(world, name).participant for _ in range(2))

    first.refresh_from_db()
    second.refresh_from_db()
    assert second.name == f"{first.name} (2)"
    assert first.name_key != second.name_key


def test_endless_names_are_refused(world):
    with pytest.raises(TooLong):
        rename(world, "Ben", "n" * 41)


def test_guest_with_an_endless_name_is_asked_for_another_name(world):
    """Told that their words are too long, they would shorten the wrong thing."""
    world.go_live()

    with pytest.raises(NeedsName):
        world.say("Gil", "Hello", name="n" * 41)


def test_renaming_keeps_what_others_changed_meanwhile(world):
    stale = Participant.objects.select_related("workshop").get(pk=world["Ben"].participant.pk)
    participants.change_roles(person=world["Ben"].participant, actor=world.ada, roles=["scribe"])

    participants.rename(person=stale, actor=type(world.ada)(stale), name="Benedikt")

    assert Participant.objects.get(pk=stale.pk).roles == ["scribe"]


@pytest.mark.django_db(transaction=True)
def test_six_people_take_one_name_at_the_same_moment(world):
    guests = [participants.join(workshop=world.workshop).participant for _ in range(6)]
    actors = [type(world.ada)(Participant.objects.select_related("workshop").get(pk=guest.pk)) for guest in guests]

    results = together(
        *[
            lambda actor=actor: participants.rename(person=actor.participant, actor=actor, name="Maria")
            for actor in actors
        ]
    )

    assert kinds(results) == ["Participant"] * 6
    assert sorted(Participant.objects.filter(name_key__startswith="mar").values_list("name", flat=True)) == [
        "Maria",
        *(f"Maria ({number})" for number in range(2, 7)),
    ]
