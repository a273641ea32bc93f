"""Undo takes back one's own last press, for a moment, and puts back exactly what was there."""

from datetime import timedelta

import pytest

from sessions_app import clock
from sessions_app.errors import Refused
from sessions_app.models import Activity, Event, Session
from sessions_app.operations import activities, dialogues, presses, running
from sessions_app.verification import verify
from tests.operations.test_running import PRESSES, press
from tests.world import add

WAYS = {
    "doors": (),
    "start": ("doors",),
    "next": ("start",),
    "back": ("start", "next"),
    "extend": ("start",),
    "pause": ("start",),
    "resume": ("start", "pause"),
    "reveal": ("start", "next"),
    "close": ("start", "next", "extend"),
}


def everything(world):
    """The meeting and its steps as rows; the count of presses left out."""
    session = Session.objects.filter(pk=world.session.pk).values().get()
    return {**session, "rev": None}, list(Activity.objects.filter(session=world.session).order_by("pk").values())


@pytest.mark.parametrize("name", WAYS)
def test_undo_restores_exactly(world, name):
    for earlier in WAYS[name]:
        press(world, earlier)
    before = everything(world)
    press(world, name)
    assert everything(world) != before

    press(world, "undo")

    assert everything(world) == before
    assert list(verify(world.workshop.slug)) == []


@pytest.mark.parametrize("name", WAYS)
def test_undo_leaves_the_callers_session_as_the_database_has_it(world, name):
    for earlier in (*WAYS[name], name, "undo"):
        press(world, earlier)

    kept = Session.objects.get(pk=world.session.pk)
    assert {field: getattr(world.session, field) for field in (*presses.SESSION_FIELDS, "rev")} == {
        field: getattr(kept, field) for field in (*presses.SESSION_FIELDS, "rev")
    }


def test_undo_tells_which_press(world):
    press(world, "start")
    started = Event.objects.get(verb="session.started", workshop=world.workshop)

    press(world, "undo")

    assert Event.objects.filter(workshop=world.workshop).latest("seq").data == {"undid": started.seq}


def test_undo_works_once(world):
    press(world, "start")
    press(world, "next")
    press(world, "undo")

    with pytest.raises(Refused, match="nothing of yours"):
        press(world, "undo")

    assert Session.objects.get(pk=world.session.pk).current_activity == world.steps[0]


def test_nobody_undoes_the_press_of_somebody_else(world):
    add(world, "Bea", ["facilitator"])
    press(world, "start")

    with pytest.raises(Refused, match="nothing of yours"):
        press(world, "undo", world["Bea"])


def test_a_press_in_between_is_what_would_be_undone(world):
    add(world, "Bea", ["facilitator"])
    press(world, "start")
    press(world, "extend", world["Bea"])

    with pytest.raises(Refused, match="nothing of yours"):
        press(world, "undo")


def test_undo_is_for_a_moment(world):
    now = clock.now()
    with clock.at(now):
        press(world, "start")

    with clock.at(now + running.UNDO_WITHIN + timedelta(milliseconds=1)), pytest.raises(Refused, match="too late"):
        press(world, "undo")
    with clock.at(now + running.UNDO_WITHIN):
        press(world, "undo")

    assert Session.objects.get(pk=world.session.pk).state == "planned"


def test_undo_touches_no_other_step(world):
    """What happened to another step in the same seconds was nobody's press, and stays."""
    now = clock.now()
    with clock.at(now):
        for name in ("start", "next"):
            press(world, name)
        cards = world.steps[1]
        press(world, "next")
        dialogues.keep_open(activity=cards, actor=world.ada, until=now + timedelta(seconds=20))
    with clock.at(now + timedelta(seconds=18)):
        press(world, "next")
    with clock.at(now + timedelta(seconds=21)):
        assert dialogues.end_due_windows() == 1
        press(world, "undo")

    cards.refresh_from_db()
    assert (cards.revealed_at, cards.ended_at) == (now + timedelta(seconds=21),) * 2
    assert Session.objects.get(pk=world.session.pk).current_activity == world.steps[2]
    assert list(verify(world.workshop.slug)) == []


def test_undo_keeps_a_window_that_was_opened_meanwhile(world):
    press(world, "start")
    press(world, "next")
    until = clock.now() + timedelta(days=3)
    dialogues.keep_open(activity=world.steps[0], actor=world.ada, until=until)

    press(world, "undo")

    assert (world.steps[0].open_until, world.steps[0].closed_at) == (until, None)


def test_undo_keeps_steps_that_were_planned_or_removed_meanwhile(world):
    press(world, "start")
    new = activities.plan_activity(workshop=world.workshop, actor=world.ada, session=world.session, kind="cards")
    gone = activities.remove_activity(activity=world.steps[2], actor=world.ada)

    press(world, "undo")

    assert new in world.steps
    assert gone not in world.steps
    assert Session.objects.get(pk=world.session.pk).state == "planned"


def test_words_said_before_an_undo_are_kept(world):
    press(world, "start")
    said = world.say("Ben", "I was quick")
    press(world, "undo")

    said.refresh_from_db()
    assert said.body == "I was quick"
    press(world, "start")
    assert world.say("Ben", "And again").seq > said.seq


def test_undo_is_itself_a_press(world):
    press(world, "start")
    rev = world.session.rev

    press(world, "undo", rev=rev)

    assert world.session.rev == rev + 1
    assert set(WAYS) | {"undo"} == set(PRESSES)
