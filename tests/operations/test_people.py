"""Roles, places, consent, leaving and being taken out."""

import pytest

from sessions_app.errors import BadText, NotAllowed, NotFound, Refused
from sessions_app.identity import actor_by_device
from sessions_app.models import Consent, Event, Participant, Seat
from sessions_app.operations import participants, workshops
from sessions_app.policy import Actor
from tests.together import kinds, together
from tests.world import add, make_world


def last_event(world):
    return Event.objects.filter(workshop=world.workshop).latest("seq")


def fresh(actor):
    return Actor(Participant.objects.select_related("workshop").get(pk=actor.participant.pk))


def test_move_is_recorded_once(world):
    ben = world["Ben"]
    for _ in range(2):
        participants.move(person=ben.participant, actor=ben, place="hall")

    moves = Event.objects.filter(workshop=world.workshop, verb="participant.moved")
    assert [(event.participant, event.data) for event in moves] == [(ben.participant, {"place": "hall"})]


def test_move_to_nowhere_is_refused(world):
    with pytest.raises(BadText):
        participants.move(person=world["Ben"].participant, actor=world["Ben"], place="moon")


def test_nobody_moves_somebody_else(world):
    for actor in (world["Chidi"], world.ada):
        with pytest.raises(NotFound):
            participants.move(person=world["Ben"].participant, actor=actor, place="hall")


def test_needs_are_kept_and_never_told_to_the_log(world):
    before = Event.objects.count()

    participants.change_me(
        person=world["Ben"].participant, actor=world["Ben"], language="sv", access_needs=" Large print\x00 "
    )

    ben = Participant.objects.get(pk=world["Ben"].participant.pk)
    assert (ben.language, ben.access_needs) == ("sv", "Large print")
    assert Event.objects.count() == before


def test_longest_needs_fit_their_column(world):
    ben = world["Ben"].participant

    participants.change_me(person=ben, actor=world["Ben"], language="en", access_needs="q\u0302" * 500)

    assert len(Participant.objects.get(pk=ben.pk).access_needs) == 1000


def test_unknown_language_is_refused(world):
    with pytest.raises(BadText):
        participants.change_me(person=world["Ben"].participant, actor=world["Ben"], language="x" * 30, access_needs="")


@pytest.mark.parametrize(("yes", "verb"), [(True, "consent.given"), (False, "consent.withdrawn")])
def test_consent_is_a_new_row_and_an_event(world, yes, verb):
    ben = world["Ben"]

    answer = participants.answer_consent(person=ben.participant, actor=ben, purpose="research", yes=yes, version=2)

    assert (answer.given_at is None, answer.withdrawn_at is None) == (not yes, yes)
    assert (last_event(world).verb, last_event(world).data) == (verb, {"purpose": "research", "version": 2})
    assert Consent.objects.filter(participant=ben.participant).count() == 2


def test_nobody_consents_for_somebody_else(world):
    with pytest.raises(NotFound):
        participants.answer_consent(person=world["Ben"].participant, actor=world.ada, purpose="research", yes=True)


def test_consent_to_something_unknown_is_refused(world):
    with pytest.raises(BadText):
        participants.answer_consent(person=world["Ben"].participant, actor=world["Ben"], purpose="x" * 40, yes=True)


@pytest.mark.parametrize("who", ["Ada", "Sam", "Hella"])
def test_hosts_admit(world, who):
    waiting = participants.join(workshop=world.workshop, to_lobby=True).participant

    assert participants.admit(person=waiting, actor=world[who]).admitted_at is not None
    assert (last_event(world).verb, last_event(world).participant) == ("participant.admitted", waiting)


def test_admitting_twice_is_one_event(world):
    waiting = participants.join(workshop=world.workshop, to_lobby=True).participant
    for _ in range(2):
        participants.admit(person=waiting, actor=world.ada)

    assert Event.objects.filter(verb="participant.admitted").count() == 1


@pytest.mark.parametrize("who", ["Ben", "Rana", "Gil"])
def test_others_admit_nobody(world, who):
    waiting = participants.join(workshop=world.workshop, to_lobby=True).participant

    with pytest.raises(NotFound):
        participants.admit(person=waiting, actor=world[who])


def test_nobody_is_admitted_by_another_workshop(world):
    waiting = participants.join(workshop=world.workshop, to_lobby=True).participant

    with pytest.raises(NotFound):
        participants.admit(person=waiting, actor=make_world("Other", host="Olga").ada)


def test_facilitator_changes_roles(world):
    participants.change_roles(
        person=world["Ben"].participant, actor=world.ada, roles=["scribe", "participant", "scribe"]
    )

    assert fresh(world["Ben"]).roles == {"participant", "scribe"}
    assert (last_event(world).verb, last_event(world).data) == (
        "participant.roles_changed",
        {"roles": ["participant", "scribe"]},
    )


@pytest.mark.parametrize("roles", [[], ["king"], ["scribe", ""], [False], [0], [[]], [None]])
def test_forged_roles_are_refused(world, roles):
    with pytest.raises(BadText):
        participants.change_roles(person=world["Ben"].participant, actor=world.ada, roles=roles)

    assert fresh(world["Ben"]).roles == {"participant"}


@pytest.mark.parametrize(("who", "refusal"), [("Sam", NotAllowed), ("Hella", NotAllowed), ("Ben", NotFound)])
def test_others_change_no_roles(world, who, refusal):
    with pytest.raises(refusal):
        participants.change_roles(person=world["Chidi"].participant, actor=world[who], roles=["facilitator"])


def test_last_facilitator_stays(world):
    for step in (
        lambda: participants.change_roles(person=world.ada.participant, actor=world.ada, roles=["scribe"]),
        lambda: participants.remove(person=world.ada.participant, actor=world.ada),
    ):
        with pytest.raises(Refused, match="needs a facilitator"):
            step()

    assert fresh(world.ada).is_facilitator


def test_facilitator_leaves_when_there_is_another(world):
    add(world, "Bea", ["facilitator"])

    participants.remove(person=world.ada.participant, actor=world.ada)

    assert fresh(world.ada).roles == frozenset()


def test_removed_person_loses_every_device(world):
    participants.remove(person=world["Ben"].participant, actor=world.ada)

    assert actor_by_device(world.cookies["Ben"], pk=world.workshop.pk).participant is None
    assert not Seat.objects.filter(participant=world["Ben"].participant, left_at__isnull=True).exists()
    assert (last_event(world).verb, last_event(world).participant) == (
        "participant.removed",
        world["Ben"].participant,
    )


def test_removing_twice_is_one_event(world):
    for _ in range(2):
        participants.remove(person=world["Ben"].participant, actor=world.ada)

    assert Event.objects.filter(verb="participant.removed").count() == 1


def test_everybody_may_leave(world):
    for who in ("Ben", "Gil", "Rana"):
        participants.remove(person=world[who].participant, actor=world[who])

        assert fresh(world[who]).roles == frozenset()


@pytest.mark.parametrize(("who", "refusal"), [("Sam", NotAllowed), ("Chidi", NotFound)])
def test_others_remove_nobody(world, who, refusal):
    with pytest.raises(refusal):
        participants.remove(person=world["Ben"].participant, actor=world[who])


def test_closed_workshop_changes_no_roles(world):
    workshops.close_workshop(workshop=world.workshop, actor=world.ada)

    with pytest.raises(NotAllowed):
        participants.change_roles(person=world["Ben"].participant, actor=fresh(world.ada), roles=["scribe"])


@pytest.mark.django_db(transaction=True)
def test_two_facilitators_who_remove_each_other_leave_one(world):
    add(world, "Bea", ["facilitator"])
    ada, bea = fresh(world.ada), fresh(world["Bea"])

    results = together(
        lambda: participants.remove(person=bea.participant, actor=ada),
        lambda: participants.remove(person=ada.participant, actor=bea),
    )

    assert kinds(results) == ["Participant", "Refused"]
    assert Participant.objects.filter(removed_at__isnull=True, roles__contains=["facilitator"]).count() == 1
