"""A meeting is taken off the plan before anything happened in it, or cancelled for all to see; and put back."""

from datetime import timedelta

import pytest
from django.urls import reverse

from sessions_app import clock
from sessions_app.errors import Closed, NotAllowed, NotFound, Refused
from sessions_app.models import Event, Participant, Session, Turn, Workshop
from sessions_app.operations import activities, cancelling, dialogues, running, sessions, turns, workshops
from sessions_app.policy import Actor
from sessions_app.queries.advice import advice
from sessions_app.queries.doors import door_by_code
from sessions_app.queries.plans import plan_view
from sessions_app.queries.threads import meetings_to_come
from sessions_app.queries.workshops import workshop_view, workshops_of
from sessions_app.verification import verify
from tests.world import make_user


@pytest.fixture
def coming(world):
    """A second meeting, tomorrow."""
    soon = clock.now() + timedelta(days=1)
    session = sessions.plan_session(
        workshop=world.workshop, actor=world.ada, title="Tomorrow", starts_at=soon, ends_at=soon + timedelta(hours=1)
    )
    activities.plan_activity(workshop=world.workshop, actor=world.ada, session=session, kind="cards")
    return session


def last_event(world) -> Event:
    return Event.objects.filter(workshop=world.workshop).latest("seq")


def shown(world) -> list[str]:
    return [meeting.session.title for meeting in workshop_view(world.workshop).meetings]


# --- taken off the plan ---------------------------------------------------------------------------
def test_a_meeting_is_taken_off_the_plan_and_put_back(world, coming):
    cancelling.remove_session(session=coming, actor=world.ada)

    assert (shown(world), last_event(world).verb) == (["Who are we?"], "session.removed")
    assert list(verify(world.workshop.slug)) == []

    cancelling.put_back_session(session=coming, actor=world.ada)

    assert (shown(world), last_event(world).verb) == (["Who are we?", "Tomorrow"], "session.planned")
    assert list(verify(world.workshop.slug)) == []


def test_twice_is_once(world, coming):
    for press in (cancelling.remove_session, cancelling.put_back_session, cancelling.cancel_session):
        press(session=coming, actor=world.ada)
        head = last_event(world).seq
        press(session=coming, actor=world.ada)
        assert last_event(world).seq == head


def happens_doors(world, coming):
    running.open_doors(session=coming, actor=world.ada)
    running.undo(session=coming, actor=world.ada)


def happens_note(world, coming):
    turns.ask_for_word(session=coming, actor=world["Ben"], note="Ask about the parking")


def happens_question(world, coming):
    dialogues.open_thread(
        workshop=world.workshop,
        actor=world.ada,
        session=coming,
        prompt="Why?",
        until=clock.now() + timedelta(days=1),
    )


@pytest.mark.parametrize("happens", [happens_doors, happens_note, happens_question])
def test_a_meeting_in_which_something_happened_stays(world, coming, happens):
    happens(world, coming)

    with pytest.raises(NotAllowed):
        cancelling.remove_session(session=coming, actor=world.ada)
    assert Session.objects.get(pk=coming.pk).removed_at is None


def test_what_is_off_the_plan_is_nowhere(world, coming, browser_of):
    cancelling.remove_session(session=coming, actor=world.ada)
    coming.refresh_from_db()
    ada = browser_of("Ada")

    assert ada.get(reverse("plan", args=[coming.pk])).status_code == 404
    assert browser_of("Ben").get(reverse("room", args=[coming.pk])).status_code == 404
    door = door_by_code(coming.code)
    assert (door.workshop, door.session) == (world.workshop, world.session)
    assert meetings_to_come(world.dialogue(0)) == [world.session]
    with pytest.raises(Refused):
        running.open_doors(session=coming, actor=world.ada)


def test_its_button_leads_to_the_way_back(world, coming, browser_of):
    ada, where = browser_of("Ada"), reverse("remove_meeting", args=[coming.pk])
    page = ada.post(where, follow=True).content.decode()

    assert f'action="{where}"' in page
    assert 'name="undo"' in page
    assert ada.post(where, {"undo": "1"}).url == reverse("plan", args=[coming.pk])
    assert ada.get(reverse("plan", args=[coming.pk])).status_code == 200


# --- cancelled ------------------------------------------------------------------------------------
def test_a_cancelled_meeting_can_not_be_run(world, coming):
    cancelling.cancel_session(session=coming, actor=world.ada)

    assert last_event(world).verb == "session.cancelled"
    for press in (running.open_doors, running.start, running.close_session, running.undo):
        with pytest.raises(Refused, match="cancelled"):
            press(session=coming, actor=world.ada)
    with pytest.raises(Closed):
        turns.ask_for_word(session=coming, actor=world["Ben"], note="Ask about the parking")
    assert not Turn.objects.exists()
    assert list(verify(world.workshop.slug)) == []


def test_it_can_be_put_on_again(world, coming):
    cancelling.cancel_session(session=coming, actor=world.ada)
    cancelling.put_on_again(session=coming, actor=world.ada)
    running.start(session=coming, actor=world.ada)

    assert Session.objects.get(pk=coming.pk).state == "live"
    assert Event.objects.filter(session=coming, verb="session.on_again").count() == 1
    assert list(verify(world.workshop.slug)) == []


def test_a_meeting_whose_doors_are_open_is_ended_in_the_room(world, coming):
    running.open_doors(session=coming, actor=world.ada)

    with pytest.raises(Refused, match="doors"):
        cancelling.cancel_session(session=coming, actor=world.ada)


@pytest.mark.parametrize("name", ["workshop", "away", "before"])
def test_everybody_sees_it_where_the_meeting_stood(world, coming, browser_of, name):
    ben, where = browser_of("Ben"), reverse(name, args=[world.workshop.slug])
    assert "Cancelled" not in ben.get(where).content.decode()
    cancelling.cancel_session(session=coming, actor=world.ada)
    page = ben.get(where).content.decode()

    assert "Cancelled" in page
    assert "Tomorrow" in page
    assert reverse("room", args=[coming.pk]) not in page


@pytest.mark.parametrize("name", ["door", "poster"])
def test_its_door_says_so(world, coming, client, name):
    cancelling.cancel_session(session=coming, actor=world.ada)

    assert "Cancelled" in client.get(reverse(name, args=[coming.code])).content.decode()


def test_who_goes_in_by_its_door_comes_to_what_is_open(world, coming, browser_of):
    cancelling.cancel_session(session=coming, actor=world.ada)

    assert browser_of("Ben").post(reverse("door", args=[coming.code])).url == reverse(
        "away", args=[world.workshop.slug]
    )


def test_its_room_says_so(world, coming, browser_of):
    cancelling.cancel_session(session=coming, actor=world.ada)
    page = browser_of("Ben").get(reverse("room", args=[coming.pk])).content.decode()

    assert "This meeting is cancelled." in page


def test_those_who_wait_in_its_room_are_told_at_once(world, coming, browser_of):
    workshop = Workshop.objects.get(pk=world.workshop.pk)
    since = f"?after={workshop.head_seq}&epoch={workshop.epoch}"
    cancelling.cancel_session(session=coming, actor=world.ada)
    news = browser_of("Ben").get(reverse("room_news", args=[coming.pk]) + since).content.decode()

    assert "This meeting is cancelled." in news


def test_the_page_to_share_it_says_so(world, coming, browser_of):
    cancelling.cancel_session(session=coming, actor=world.ada)

    assert "This meeting is cancelled." in browser_of("Ada").get(reverse("share", args=[coming.pk])).content.decode()


def test_it_is_not_the_next_one_and_stands_in_nobodys_way(world, coming):
    cancelling.cancel_session(session=world.session, actor=world.ada)
    world.session.refresh_from_db()

    assert workshop_view(world.workshop).next_meeting == coming
    assert meetings_to_come(world.dialogue(0)) == [coming]
    assert door_by_code(world.workshop.code).session == coming
    sessions.change_session(
        session=coming, actor=world.ada, starts_at=world.session.starts_at, ends_at=world.session.ends_at
    )
    assert not [thought for thought in advice(plan_view(coming)) if "same time" in thought.text]
    with pytest.raises(Refused):
        dialogues.bring_to_meeting(dialogue=world.dialogue(0), session=world.session, actor=world.ada)


@pytest.mark.parametrize(
    "press",
    [
        cancelling.remove_session,
        cancelling.put_back_session,
        cancelling.cancel_session,
        cancelling.put_on_again,
    ],
)
def test_only_facilitators_may(world, coming, press):
    for who, trouble in (("Ben", NotAllowed), ("Sam", NotAllowed), ("Rana", NotFound)):
        with pytest.raises(trouble):
            press(session=coming, actor=world[who])


# --- an empty workshop ----------------------------------------------------------------------------
@pytest.fixture
def bea(db):
    user = make_user("bea")
    workshop = workshops.create_workshop(user=user, host_name="Bea", title="By mistake", languages=["en"])
    return Actor(Participant.objects.select_related("workshop").get(workshop=workshop, user=user))


def test_an_empty_workshop_is_thrown_away_and_put_back(bea, client):
    workshop, user = bea.participant.workshop, bea.participant.user
    client.force_login(user)
    where = reverse("remove_workshop", args=[workshop.slug])
    assert f'action="{where}"' in client.get(reverse("workshop", args=[workshop.slug])).content.decode()
    home = client.post(where, follow=True)

    assert "By mistake" in home.content.decode()
    assert workshops_of(user) == []
    assert client.get(reverse("workshop", args=[workshop.slug])).status_code == 404
    assert client.get(reverse("door", args=[workshop.code])).status_code == 404
    client.post(where, {"undo": "1"})
    assert workshops_of(user) == [workshop]
    assert client.get(reverse("door", args=[workshop.code])).status_code == 200


def test_a_workshop_with_people_in_it_stays(world, browser_of):
    page = browser_of("Ada").get(reverse("workshop", args=[world.workshop.slug])).content.decode()

    assert reverse("remove_workshop", args=[world.workshop.slug]) not in page
    with pytest.raises(NotAllowed):
        workshops.remove_workshop(workshop=world.workshop, actor=world.ada)
    assert Workshop.objects.get(pk=world.workshop.pk).removed_at is None
