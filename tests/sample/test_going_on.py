"""Whoever comes into the sample's meeting sees people write, wait and answer; nobody does so in an empty room."""

import time
from datetime import timedelta
from itertools import pairwise

import pytest

from sessions_app import clock, hints
from sessions_app.live import presence
from sessions_app.models import Contribution, Participant, Response, Session, Turn
from sessions_app.operations import running
from sessions_app.policy import Actor
from sessions_app.sample.going_on import PAUSE, go_on, let_it_go_on
from sessions_app.verification import verify

MOST = 60  # things that happen in one step, and then some


@pytest.fixture
def meeting(live, monkeypatch) -> Session:
    monkeypatch.setattr(hints, "_rest_until", 0.0)
    session = Session.objects.select_related("workshop").get(workshop=live, state="live")
    hints.attempt(lambda client: client.delete(f"here:{session.pk}"), None)
    return session


def watches(meeting: Session, name: str = "Aino Virtanen") -> None:
    person = Participant.objects.get(workshop=meeting.workshop, name=name)
    presence.stay({meeting.pk: {person.pk}}, time.time(), "a browser")


def watched(meeting: Session, *, until_quiet: int = 3) -> int:
    """Look on, a pause at a time, until nothing has happened for some of them. How much has."""
    happened, quiet, now = 0, 0, clock.now()
    while quiet < until_quiet:
        now += PAUSE + timedelta(seconds=1)
        with clock.at(now):
            came = go_on(Session.objects.select_related("workshop").get(pk=meeting.pk))
        happened, quiet = (happened + 1, 0) if came else (happened, quiet + 1)
        assert happened < MOST, "it never stops"
    return happened


def test_in_an_empty_room_nothing_happens(meeting):
    before = meeting.workshop.head_seq

    assert watched(meeting) == 0
    meeting.workshop.refresh_from_db()
    assert meeting.workshop.head_seq == before


def test_while_somebody_watches_people_write_and_wait_and_it_stops_by_itself(meeting):
    watches(meeting)
    before = set(Contribution.objects.values_list("pk", flat=True))

    happened = watched(meeting)

    new = Contribution.objects.exclude(pk__in=before).order_by("said_at")
    assert happened == new.count() + 1  # and one stands in the line
    assert new.count() >= 6
    assert Turn.objects.filter(session=meeting).get().participant.name.startswith("Hodan")
    visitors = {"Aino Virtanen", "Karin Lindh", "Marit Solberg"}
    assert not visitors & set(new.values_list("author__name", flat=True))
    moments = list(new.values_list("said_at", flat=True))
    assert all(later - earlier > PAUSE for earlier, later in pairwise(moments))
    assert len(presence.people_here(meeting.pk)) > 5
    assert watched(meeting) == 0
    assert list(verify(meeting.workshop.slug)) == []


def test_two_things_never_happen_at_once(meeting):
    watches(meeting)
    with clock.at(clock.now() + PAUSE * 2):
        assert go_on(meeting) is True
        assert go_on(meeting) is False


def test_when_the_host_goes_on_they_answer_the_next_question(meeting):
    watches(meeting, "Karin Lindh")
    karin = Actor(Participant.objects.select_related("workshop").get(workshop=meeting.workshop, name="Karin Lindh"))
    for _ in range(3):
        running.next_step(session=meeting, actor=karin)
    assert meeting.current_activity.kind == "gradients"

    watched(meeting)

    given = Response.objects.filter(dialogue__activity=meeting.current_activity)
    assert given.count() > 10
    assert given.exclude(reason=None).count() >= 4
    assert not given.filter(participant=karin.participant).exists()


def test_whoever_is_said_back_tells_whether_that_was_it(meeting):
    watches(meeting, "Karin Lindh")
    karin = Actor(Participant.objects.select_related("workshop").get(workshop=meeting.workshop, name="Karin Lindh"))
    for _ in range(2):
        running.next_step(session=meeting, actor=karin)
    assert meeting.current_activity.kind == "say_it_back"

    watched(meeting)

    given = Response.objects.filter(dialogue__activity=meeting.current_activity)
    assert given.count() == 7  # Aino is whoever watches
    marks = [value.get("meant", "") for value in given.order_by("given_at").values_list("value", flat=True)]
    assert marks == ["yes", "almost", "yes", "no", "yes", "", "yes"]
    assert list(verify(meeting.workshop.slug)) == []


def test_only_a_demo_goes_on_by_itself(meeting, settings):
    watches(meeting)
    with clock.at(clock.now() + PAUSE * 2):
        settings.DEMO = False
        assert let_it_go_on() is False
        settings.DEMO = True
        assert let_it_go_on() is True
