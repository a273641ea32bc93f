"""The buttons of a meeting: each press once, by a facilitator who saw the state as it is."""

from datetime import timedelta
from functools import partial

import pytest

from sessions_app import clock
from sessions_app.errors import NotAllowed, NotFound, Refused, Stale
from sessions_app.models import Activity, Event, Session
from sessions_app.operations import activities, running, sessions, workshops
from sessions_app.policy import Actor
from tests.together import kinds, together
from tests.world import add, make_world

PRESSES = {
    "doors": running.open_doors,
    "start": running.start,
    "next": running.next_step,
    "back": running.previous_step,
    "extend": running.extend,
    "pause": running.pause,
    "resume": running.resume,
    "reveal": running.reveal,
    "close": running.close_session,
    "undo": running.undo,
}


def press(world, name, actor=None, **more):
    PRESSES[name](session=world.session, actor=actor or world.ada, **more)


def now_on(world):
    """State, number of the step that is on (None: no step), and rev, as the database has them."""
    session = Session.objects.get(pk=world.session.pk)
    numbers = {step.pk: number for number, step in enumerate(world.steps)}
    return session.state, numbers.get(session.current_activity_id), session.rev


def verbs_after(world, seq):
    return list(
        Event.objects.filter(workshop=world.workshop, seq__gt=seq).order_by("seq").values_list("verb", flat=True)
    )


def head(world):
    return Event.objects.filter(workshop=world.workshop).latest("seq").seq


def test_a_meeting_from_doors_to_end(world):
    before = head(world)
    for name in ("doors", "start", "next", "next", "back", "next", "next", "extend", "close"):
        press(world, name)

    assert now_on(world) == ("closed", None, 9)
    assert verbs_after(world, before) == [
        "session.doors_opened",
        *("session.started", "activity.opened"),
        *("activity.closed", "activity.opened") * 5,
        "activity.extended",
        *("activity.closed", "session.closed"),
    ]


def test_start_opens_the_doors_too(world):
    press(world, "start")

    session = Session.objects.get(pk=world.session.pk)
    assert now_on(world) == ("live", 0, 1)
    assert session.doors_opened_at == session.started_at


def test_a_meeting_without_steps_starts_and_ends(world):
    start = clock.now()
    empty = sessions.plan_session(
        workshop=world.workshop, actor=world.ada, title="Empty", starts_at=start, ends_at=start + timedelta(hours=1)
    )
    running.start(session=empty, actor=world.ada)
    for move in (running.next_step, running.previous_step):
        with pytest.raises(Refused, match="step"):
            move(session=empty, actor=world.ada)
    running.close_session(session=empty, actor=world.ada)

    assert Session.objects.get(pk=empty.pk).state == "closed"


def test_opened_step_has_its_minutes(world):
    now = clock.now()
    with clock.at(now):
        press(world, "start")

    step = world.steps[0]
    assert (step.opened_at, step.ends_at, step.closed_at) == (now, now + timedelta(minutes=step.minutes), None)


def test_step_that_opens_again_keeps_when_it_first_opened(world):
    now = clock.now()
    with clock.at(now):
        press(world, "start")
        press(world, "next")
    with clock.at(now + timedelta(minutes=5)):
        press(world, "back")

    step = world.steps[0]
    assert (step.opened_at, step.closed_at) == (now, None)
    assert step.ends_at == now + timedelta(minutes=5 + step.minutes)  # all of its time was left


@pytest.mark.parametrize(
    ("before", "name"),
    [
        ((), "next"),
        ((), "back"),
        ((), "extend"),
        ((), "reveal"),
        ((), "undo"),
        (("doors",), "doors"),
        (("doors",), "next"),
        (("start",), "doors"),
        (("start",), "start"),
        (("start",), "back"),
        (("start",), "reveal"),
        (("start", "next", "reveal"), "reveal"),
        (("start", "next", "next", "next"), "next"),
        (("start", "close"), "start"),
        (("start", "close"), "next"),
        (("start", "close"), "extend"),
        ((), "pause"),
        (("start", "pause"), "pause"),
        (("start",), "resume"),
        (("start", "pause", "resume"), "resume"),
        (("start", "close"), "resume"),
        (("close",), "close"),
    ],
)
def test_presses_that_make_no_sense_change_nothing(world, before, name):
    for earlier in before:
        press(world, earlier)
    state, last = now_on(world), head(world)

    with pytest.raises(Refused) as refusal:
        press(world, name)

    assert refusal.type is Refused
    assert (now_on(world), head(world)) == (state, last)


@pytest.mark.parametrize("name", PRESSES)
@pytest.mark.parametrize(("who", "refusal"), [("Sam", NotAllowed), ("Ben", NotAllowed), ("Rana", NotFound)])
def test_only_facilitators_press(world, name, who, refusal):
    with pytest.raises(refusal):
        press(world, name, world[who])

    assert now_on(world) == ("planned", None, 0)


@pytest.mark.parametrize("name", PRESSES)
def test_nobody_of_another_workshop_presses(world, name):
    with pytest.raises(NotFound):
        press(world, name, make_world("Other", host="Olga").ada)

    assert now_on(world) == ("planned", None, 0)


def test_closed_workshop_runs_no_meeting(world):
    workshops.close_workshop(workshop=world.workshop, actor=world.ada)

    with pytest.raises(NotAllowed):
        press(world, "start", Actor(type(world.ada.participant).objects.get(pk=world.ada.participant.pk)))


def test_press_on_an_old_page_is_stale(world):
    press(world, "start", rev=0)

    with pytest.raises(Stale):
        press(world, "next", rev=0)

    assert now_on(world) == ("live", 0, 1)


def test_extend_counts_from_now_when_time_is_up(world):
    now = clock.now()
    with clock.at(now):
        press(world, "start")
        press(world, "extend", minutes=3)
    running_out = now + timedelta(minutes=world.steps[0].minutes + 3)
    assert world.steps[0].ends_at == running_out

    with clock.at(running_out + timedelta(minutes=5)):
        press(world, "extend")

    assert world.steps[0].ends_at == running_out + timedelta(minutes=7)


def test_a_pause_costs_nobody_time(world):
    now = clock.now()
    with clock.at(now):
        press(world, "start")
    with clock.at(now + timedelta(minutes=2)):
        press(world, "pause")
        assert world.say("Ben", "I can still write.").seq
    with clock.at(now + timedelta(minutes=9)):
        press(world, "extend", minutes=3)
        press(world, "resume")

    step = world.steps[0]
    assert step.paused_at is None
    assert step.ends_at == now + timedelta(minutes=step.minutes + 7 + 3)


@pytest.mark.parametrize("name", ["next", "close", "back"])
def test_a_pause_ends_with_its_step(world, name):
    for earlier in ("start", "next", "pause", name):
        press(world, earlier)

    assert not any(step.paused_at for step in world.steps)


@pytest.mark.parametrize("minutes", [0, -1, 601])
def test_extend_by_nonsense_is_refused(world, minutes):
    press(world, "start")

    with pytest.raises(Refused, match="between 1 and 600"):
        press(world, "extend", minutes=minutes)


def test_next_after_the_step_that_is_on_was_moved(world):
    """The run sheet may change while the meeting runs: next is the one that follows now."""
    press(world, "start")
    activities.move_activity(activity=world.steps[0], actor=world.ada, earlier=False)

    press(world, "next")

    assert now_on(world) == ("live", 2, 2)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("other", ["next", "extend"])
def test_two_facilitators_at_once_advance_once(world, other):
    add(world, "Bea", ["facilitator"])
    press(world, "start")
    sheets = [Session.objects.get(pk=world.session.pk) for _ in range(2)]

    for _ in range(3):
        rev, last = now_on(world)[2], head(world)
        results = together(
            partial(running.next_step, session=sheets[0], actor=world.ada, rev=rev),
            partial(PRESSES[other], session=sheets[1], actor=world["Bea"], rev=rev),
        )

        assert kinds(results) == ["NoneType", "Stale"]
        assert now_on(world)[2] == rev + 1
        assert verbs_after(world, last) in (["activity.closed", "activity.opened"], ["activity.extended"])


@pytest.mark.django_db(transaction=True)
def test_thirty_presses_without_a_page_are_all_counted(world):
    press(world, "start")

    results = together(
        *[lambda: running.extend(session=Session.objects.get(pk=world.session.pk), actor=world.ada)] * 30
    )

    assert kinds(results) == ["NoneType"] * 30
    assert now_on(world) == ("live", 0, 31)
    assert Activity.objects.get(pk=world.steps[0].pk).ends_at == world.steps[0].opened_at + timedelta(
        minutes=world.steps[0].minutes + 60
    )
