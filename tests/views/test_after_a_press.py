"""What the host can still take back, and who is told that somebody waits."""

from datetime import timedelta

import pytest
from django.urls import reverse

from sessions_app import clock
from sessions_app.live.audience import Audience, Scope
from sessions_app.live.reading import happened_since, pieces_for
from sessions_app.models import Event, State, Workshop
from sessions_app.operations import participants, running, workshops
from sessions_app.operations.sessions import enter_all, enter_room
from sessions_app.verbs import Verb

pytestmark = pytest.mark.django_db


def test_the_end_of_a_meeting_can_be_taken_back_for_a_moment(world, browser_of):
    world.go_live()
    ada, room = browser_of("Ada"), reverse("controls", args=[world.session.pk])
    world.session.refresh_from_db()
    answer = ada.post(room, {"press": "close", "rev": world.session.rev}, follow=True)
    assert "The meeting is over for everybody." in answer.content.decode()

    world.session.refresh_from_db()
    ada.post(room, {"press": "undo", "rev": world.session.rev})

    world.session.refresh_from_db()
    assert (world.session.state, world.session.closed_at) == (State.LIVE, None)


SAID = {
    "doors": ("Undone. The doors are closed again.", 0),
    "start": ("Undone. The meeting has not begun yet.", 0),
    "next": ("Undone. “Check-in round” is on again.", 1),
    "extend": ("Undone. The extra time is gone again.", 1),
    "pause": ("Undone. The clock goes on.", 1),
    "close": ("Undone. The meeting goes on.", 1),
}


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
@pytest.mark.parametrize("press", SAID)
def test_undo_says_what_it_is_like_now(world, browser_of, press, script):
    sentence, is_live = SAID[press]
    if is_live:
        world.go_live()
    ada, room = browser_of("Ada"), reverse("controls", args=[world.session.pk])
    more = {"HTTP_HX_REQUEST": "true"} if script else {}
    for button in (press, "undo"):
        world.session.refresh_from_db()
        answer = ada.post(room, {"press": button, "rev": world.session.rev}, follow=not script, **more)

    page = answer.content.decode()
    assert sentence in page
    assert page.count('value="undo"') == 0


def test_a_new_round_of_a_step_is_told_as_the_step(world):
    """A step that begins with a round of its own leaves two events; undoing it is still about the step."""
    world.go_live(step=1)
    running.next_step(session=world.session, actor=world.ada)

    assert running.undo(session=world.session, actor=world.ada) == "Undone. “Cards” is on again."


def test_later_nobody_is_offered_what_is_too_late(world, browser_of):
    world.go_live()
    with clock.at(clock.now() - running.UNDO_WITHIN - timedelta(seconds=1)):
        running.close_session(session=world.session, actor=world.ada)

    page = browser_of("Ada").get(reverse("after", args=[world.session.pk])).content.decode()

    assert "The meeting is over for everybody." not in page


def entered(world) -> list[str]:
    found = Event.objects.filter(session=world.session, verb=Verb.PARTICIPANT_ENTERED)
    return sorted(found.values_list("participant__name", flat=True))


def test_who_sat_there_before_the_doors_opened_has_come_in_too(world):
    ben, chidi = world["Ben"].participant, world["Chidi"].participant
    assert enter_room(session=world.session, person=ben) is False
    running.open_doors(session=world.session, actor=world.ada)
    enter_all(session=world.session, people=[ben.pk, chidi.pk])
    running.start(session=world.session, actor=world.ada)

    enter_all(session=world.session, people=[ben.pk, chidi.pk])
    enter_room(session=world.session, person=ben)

    assert entered(world) == ["Ben", "Chidi"]


def test_nobody_of_another_workshop_comes_in_with_them(world):
    running.open_doors(session=world.session, actor=world.ada)
    elsewhere = workshops.create_workshop(user=None, host_name="Dora", title="Elsewhere")
    stranger = participants.join(workshop=elsewhere).participant

    enter_all(session=world.session, people=[stranger.pk])

    assert entered(world) == []


@pytest.mark.parametrize(("is_facilitator", "is_told"), [(True, True), (False, False)])
def test_only_who_leads_is_told_at_once_that_somebody_waits(world, is_facilitator, is_told):
    Workshop.objects.filter(pk=world.workshop.pk).update(lobby=True)
    world.workshop.refresh_from_db()
    world.go_live()
    head = Workshop.objects.get(pk=world.workshop.pk).head_seq
    participants.join(workshop=world.workshop)
    audience = Audience(world.workshop.pk, Scope.ROOM, world.session.pk, is_facilitator, "en")

    html = "".join(piece["html"] for piece in pieces_for(audience, happened_since(world.workshop.pk, head)))

    assert ("1 person waits at the door" in html) is is_told


def test_who_is_let_in_comes_to_the_meeting_they_came_for(world, browser_of):
    Workshop.objects.filter(pk=world.workshop.pk).update(lobby=True)
    world.go_live()
    guest = browser_of()
    guest.post(reverse("door", args=[world.session.code]))
    person = world.workshop.participants.latest("pk")

    participants.admit(person=person, actor=world.ada)

    lobby = guest.get(reverse("lobby", args=[world.workshop.slug]))
    assert lobby.url == reverse("room", args=[world.session.pk])
