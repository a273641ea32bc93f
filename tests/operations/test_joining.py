"""Coming in: one press, no account; the same browser is the same person."""

import pytest

from sessions_app.errors import Closed
from sessions_app.identity import actor_by_device
from sessions_app.models import Consent, Device, Event, Participant, Seat
from sessions_app.operations import devices, participants, workshops
from tests.world import make_world


def test_guest_gets_a_seat_a_cookie_and_one_event(world):
    joined = participants.join(workshop=world.workshop, place="hall", language="sv")

    person = joined.participant
    event = Event.objects.filter(workshop=world.workshop).latest("seq")
    assert (person.name, person.roles, person.usual_place, person.language) == ("", ["participant"], "hall", "sv")
    assert actor_by_device(joined.token, pk=world.workshop.pk).participant == person
    assert (event.verb, event.participant, event.data) == (
        "participant.joined",
        person,
        {"roles": ["participant"], "place": "hall"},
    )
    assert Consent.objects.get(participant=person).purpose == "taking_part"


def test_only_the_hash_of_a_cookie_is_kept(world):
    token = participants.join(workshop=world.workshop).token

    kept = set(Device.objects.values_list("token_hash", flat=True))
    assert token not in kept
    assert {len(value) for value in kept} == {64}


def test_same_browser_twice_is_the_same_person(world):
    first = participants.join(workshop=world.workshop)
    before = Participant.objects.count()

    again = participants.join(workshop=world.workshop, cookie=first.token)

    assert again.participant == first.participant
    assert (again.token, Participant.objects.count()) == ("", before)


def test_cookie_changes_with_every_seat_and_the_old_one_is_worth_nothing(world):
    other = make_world("Other", host="Olga")
    first = participants.join(workshop=world.workshop)

    second = participants.join(workshop=other.workshop, cookie=first.token)

    assert second.token not in {"", first.token}
    assert actor_by_device(first.token, pk=world.workshop.pk).participant is None
    for joined in (first, second):
        found = actor_by_device(second.token, pk=joined.participant.workshop_id)
        assert found.participant == joined.participant


def test_unknown_cookie_makes_a_new_person(world):
    joined = participants.join(workshop=world.workshop, cookie="made up by somebody")

    assert joined.token != "made up by somebody"
    assert actor_by_device("made up by somebody", pk=world.workshop.pk).participant is None


def test_unknown_place_is_online(world):
    assert participants.join(workshop=world.workshop, place="moon").participant.usual_place == "remote"


@pytest.mark.parametrize("everybody_waits", [True, False])
def test_lobby_lets_nobody_see_anything(world, everybody_waits):
    workshops.change_workshop(workshop=world.workshop, actor=world.ada, lobby=everybody_waits)

    joined = participants.join(workshop=world.workshop, to_lobby=not everybody_waits)

    assert joined.participant.admitted_at is None
    assert actor_by_device(joined.token, pk=world.workshop.pk).roles == frozenset()


def test_admitted_person_has_their_role(world):
    joined = participants.join(workshop=world.workshop, to_lobby=True)

    participants.admit(person=joined.participant, actor=world["Hella"])

    assert actor_by_device(joined.token, pk=world.workshop.pk).roles == {"participant"}
    assert Event.objects.filter(workshop=world.workshop).latest("seq").verb == "participant.admitted"


def test_closed_workshop_lets_nobody_in(world):
    workshops.close_workshop(workshop=world.workshop, actor=world.ada)
    before = Participant.objects.count()

    with pytest.raises(Closed):
        participants.join(workshop=world.workshop)

    assert Participant.objects.count() == before


def test_device_that_left_is_a_stranger_and_the_person_stays(world):
    joined = participants.join(workshop=world.workshop)
    second = devices.seat("", joined.participant)
    actor = actor_by_device(joined.token, pk=world.workshop.pk)

    devices.leave_device(actor)

    assert actor_by_device(joined.token, pk=world.workshop.pk).participant is None
    assert actor_by_device(second, pk=world.workshop.pk).participant == joined.participant
    assert participants.join(workshop=world.workshop, cookie=joined.token).participant != joined.participant


def test_somebody_without_a_device_has_nothing_to_leave(world):
    before = Seat.objects.filter(left_at__isnull=True).count()

    devices.leave_device(world.ada)

    assert Seat.objects.filter(left_at__isnull=True).count() == before


def test_a_device_holds_a_seat_once(world):
    joined = participants.join(workshop=world.workshop)

    token = devices.seat(joined.token, joined.participant)

    assert Seat.objects.filter(participant=joined.participant).count() == 1
    assert actor_by_device(token, pk=world.workshop.pk).participant == joined.participant
