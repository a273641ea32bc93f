"""Phases of a step: a facilitator leads the group from one to the next, and everybody sees where it is."""

import re

import pytest
from django.urls import reverse

from sessions_app.errors import NotAllowed, NotFound, Refused, Stale
from sessions_app.kinds.consent_round import ConsentRound
from sessions_app.models import Activity, Event, Session
from sessions_app.operations import running
from sessions_app.policy import OUTSIDER
from sessions_app.queries.phases import phases_of
from sessions_app.verification import verify
from tests.kinds.choosing import give, with_step

pytestmark = pytest.mark.django_db
NAMES = [str(phase.name) for phase in ConsentRound.phases]
PROPOSAL = {"proposal": ["We ask those at home first."]}


@pytest.fixture
def step(world):
    return with_step(world, "consent_round", options=PROPOSAL).activity


def fresh(world) -> Session:
    return Session.objects.select_related("workshop").get(pk=world.session.pk)


def phase_in(world) -> str:
    return str(phases_of(Activity.objects.get(pk=fresh(world).current_activity_id)).current.name)


def lead(world, times: int = 1) -> None:
    for _ in range(times):
        running.next_phase(session=fresh(world), actor=world.ada)


def test_a_consent_round_goes_from_the_proposal_to_mending_it(world, step):
    gone_through = [phase_in(world)]
    for _ in NAMES[1:]:
        lead(world)
        gone_through.append(phase_in(world))

    assert gone_through == NAMES
    with pytest.raises(Refused, match="last phase"):
        lead(world)
    told = Event.objects.filter(verb="activity.phase_reached", activity=step).values_list("data__phase", flat=True)
    assert list(told) == [1, 2, 3, 4]
    assert list(verify(world.workshop.slug)) == []


def test_one_phase_back_and_no_further_than_the_first(world, step):
    lead(world, 2)

    running.previous_phase(session=fresh(world), actor=world.ada)
    assert phase_in(world) == NAMES[1]
    running.previous_phase(session=fresh(world), actor=world.ada)
    with pytest.raises(Refused, match="first phase"):
        running.previous_phase(session=fresh(world), actor=world.ada)


def test_the_press_can_be_undone_and_asking_again_begins_with_the_first_phase(world, step):
    lead(world, 3)
    running.undo(session=fresh(world), actor=world.ada)
    assert phase_in(world) == NAMES[2]
    assert list(verify(world.workshop.slug)) == []

    running.ask_again(session=fresh(world), actor=world.ada)
    assert phase_in(world) == NAMES[0]
    running.undo(session=fresh(world), actor=world.ada)
    assert phase_in(world) == NAMES[2]
    assert list(verify(world.workshop.slug)) == []


def test_a_step_without_phases_has_none_to_go_to(world):
    world.go_live()

    with pytest.raises(Refused, match="no phases"):
        lead(world)
    assert phases_of(world.steps[0]) is None


@pytest.mark.parametrize("name", ["next_phase", "previous_phase"])
def test_only_facilitators_lead(world, step, name):
    lead(world)
    for who in ("Sam", "Hella", "Ben", "Gil"):
        with pytest.raises(NotAllowed):
            getattr(running, name)(session=fresh(world), actor=world[who])
    with pytest.raises(NotFound):
        getattr(running, name)(session=fresh(world), actor=OUTSIDER)
    assert phase_in(world) == NAMES[1]


def test_of_two_who_press_at_once_one_is_told(world, step):
    rev = fresh(world).rev
    running.next_phase(session=fresh(world), actor=world.ada, rev=rev)

    with pytest.raises(Stale):
        running.next_phase(session=fresh(world), actor=world.ada, rev=rev)

    assert phase_in(world) == NAMES[1]


def test_who_has_to_leave_answers_in_any_phase(world, step):
    give(world, "Ben", "objects=no")
    lead(world, 3)
    give(world, "Chidi", "objects=yes&reason=Too slow.", reason="Too slow.")

    assert step.dialogues.get().responses.count() == 2


def test_everybody_sees_the_phase_and_only_hosts_the_buttons(world, step, browser_of):
    ada, room = browser_of("Ada"), reverse("room", args=[world.session.pk])
    pressed = {"press": "phase", "rev": fresh(world).rev}
    ada.post(reverse("controls", args=[world.session.pk]), pressed)

    host, guest = (browser_of(who).get(room).content.decode() for who in ("Ada", "Ben"))
    for page in (host, guest):
        assert re.findall(r'aria-current="step"><span><b>([^<]+)</b>', page) == [NAMES[1]]
        assert 'data-phase="Ask what it means"' in page
    assert ("On to: Say how it strikes you" in host, "Back to: The proposal" in host) == (True, True)
    assert ('value="phase"' in guest, 'value="phase_back"' in guest) == (False, False)
    ada.post(reverse("controls", args=[world.session.pk]), {"press": "phase_back", "rev": fresh(world).rev})
    assert phase_in(world) == NAMES[0]
