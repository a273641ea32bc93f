"""Questions that open and close by themselves, on the workshop's own clock, also where the clocks change."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from sessions_app import clock
from sessions_app.errors import BadText, Closed, NotAllowed, NotFound, Refused
from sessions_app.forms.meetings import ThreadForm
from sessions_app.models import Activity, Event, Workshop
from sessions_app.operations import cancelling, dialogues, running, windows, workshops
from sessions_app.policy import OUTSIDER
from sessions_app.tasks import close_due_windows, open_windows
from sessions_app.verification import verify
from tests.operations.test_dialogues import post, verbs
from tests.together import together
from tests.world import make_world

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def planned(world, opens=DAY, until=3 * DAY, **more):
    now = clock.now()
    asked = {"prompt": "What do you need?", "opens": now + opens, "until": now + until, **more}
    return dialogues.open_thread(workshop=world.workshop, actor=world.ada, **asked)


def after(time, call):
    with clock.at(clock.now() + time):
        return call()


def test_a_question_opens_and_closes_by_itself(world):
    thread = planned(world)

    assert open_windows() == 0
    with pytest.raises(Closed):
        post(world, thread)
    assert after(DAY, open_windows) == 1
    assert after(DAY, lambda: post(world, thread).late) is False
    assert after(3 * DAY, close_due_windows) == 1
    with pytest.raises(Closed):
        after(3 * DAY, lambda: post(world, thread))
    assert verbs(world, thread) == [
        "activity.planned",
        "activity.timed",
        "activity.opened",
        "contribution.posted",
        "activity.ended",
    ]
    opened = Event.objects.get(activity=thread, verb="activity.opened")
    assert (opened.actor, list(verify(world.workshop.slug))) == (None, [])


def test_a_late_answer_is_refused_even_before_the_poll_comes(world):
    thread = planned(world)
    after(DAY, open_windows)

    with pytest.raises(Closed):
        after(3 * DAY, lambda: post(world, thread))


def test_two_workers_and_many_polls_open_it_once(transactional_db):
    world = make_world()
    thread = planned(world)

    with time_machine.travel(clock.now() + DAY, tick=False):
        results = together(*[open_windows] * 4)
    after(DAY + HOUR, open_windows)

    assert sorted(results) == [0, 0, 0, 1]
    assert verbs(world, thread).count("activity.opened") == 1


def test_a_poll_that_comes_late_still_opens_and_one_that_comes_after_the_end_does_not(world):
    late, missed = planned(world), planned(world, until=DAY + HOUR)

    assert after(2 * DAY, open_windows) == 1
    after(3 * DAY, close_due_windows)

    late.refresh_from_db()
    missed.refresh_from_db()
    assert (late.was_opened, missed.was_opened, missed.ended_at) == (True, False, None)


@pytest.mark.parametrize(
    ("opens", "until", "field"), [(-HOUR, DAY, "opens"), (DAY, DAY, "until"), (DAY, HOUR, "until")]
)
def test_times_that_cannot_be_are_refused_and_nothing_is_made(world, opens, until, field):
    with pytest.raises(BadText) as refusal:
        planned(world, opens, until)

    assert refusal.value.field == field
    assert not Activity.objects.filter(session=None).exists()


def test_a_step_opens_before_its_meeting_and_goes_on_in_the_room(world):
    step, now = world.steps[1], clock.now()
    world.session.starts_at, world.session.ends_at = now + 2 * DAY, now + 2 * DAY + HOUR
    world.session.save()
    windows.plan_window(activity=step, actor=world.ada, opens=now + DAY, until=now + 4 * DAY)

    assert after(DAY, open_windows) == 1
    early = after(DAY, lambda: post(world, step))
    with clock.at(now + 2 * DAY):
        world.go_live(step=1)
        running.next_step(session=world.session, actor=world.ada)
    late = after(3 * DAY, lambda: post(world, step, words="Later words"))

    assert (early.late, late.late) == (False, True)
    assert list(verify(world.workshop.slug)) == []


def test_nothing_opens_for_a_meeting_that_is_off_or_in_a_workshop_that_is_over(world):
    step, now = world.steps[1], clock.now()
    windows.plan_window(activity=step, actor=world.ada, opens=now + DAY, until=now + 4 * DAY)
    planned(world)
    cancelling.cancel_session(session=world.session, actor=world.ada)

    assert after(DAY, open_windows) == 1
    planned(world)
    workshops.close_workshop(workshop=world.workshop, actor=world.ada)
    assert after(DAY, open_windows) == 0


def test_times_can_be_changed_and_taken_away_until_it_opens(world):
    thread, now = planned(world), clock.now()
    windows.plan_window(activity=thread, actor=world.ada, opens=now + 2 * DAY, until=now + 3 * DAY)
    assert after(DAY, open_windows) == 0

    windows.forget_window(activity=thread, actor=world.ada)
    assert after(2 * DAY, open_windows) == 0
    assert list(verify(world.workshop.slug)) == []

    windows.plan_window(activity=thread, actor=world.ada, opens=now + 2 * DAY, until=now + 3 * DAY)
    after(2 * DAY, open_windows)
    with pytest.raises(Refused):
        windows.plan_window(activity=thread, actor=world.ada, opens=now + 2 * DAY, until=now + 3 * DAY)
    with pytest.raises(Refused):
        windows.forget_window(activity=thread, actor=world.ada)


@pytest.mark.parametrize(("who", "refusal"), [("Sam", NotAllowed), ("Ben", NotAllowed), (None, NotFound)])
def test_only_facilitators_plan_windows(world, who, refusal):
    actor, now, step = world[who] if who else OUTSIDER, clock.now(), world.steps[1]

    with pytest.raises(refusal):
        windows.plan_window(activity=step, actor=actor, opens=now + DAY, until=now + 2 * DAY)
    with pytest.raises(refusal):
        windows.forget_window(activity=step, actor=actor)
    windows.plan_window(activity=step, actor=world.ada, opens=now + DAY, until=now + 2 * DAY)

    step.refresh_from_db()
    assert step.opens_at == now + DAY


CHANGES = [
    # zone, the day before the clocks change, and the two moments on the day after: 08:00 and 20:00 there
    ("Europe/London", "2026-10-24", "2026-10-25T08:00:00+00:00", "2026-10-25T20:00:00+00:00"),
    ("Europe/London", "2027-03-27", "2027-03-28T08:00:00+01:00", "2027-03-28T20:00:00+01:00"),
    ("America/New_York", "2026-10-31", "2026-11-01T08:00:00-05:00", "2026-11-01T20:00:00-05:00"),
    ("Australia/Lord_Howe", "2026-10-03", "2026-10-04T08:00:00+11:00", "2026-10-04T20:00:00+11:00"),
    ("Asia/Kathmandu", "2026-10-24", "2026-10-25T08:00:00+05:45", "2026-10-25T20:00:00+05:45"),
]


@pytest.mark.parametrize(("zone", "day", "opens", "closes"), CHANGES)
def test_windows_keep_to_the_clock_on_the_wall_when_the_clocks_change(world, zone, day, opens, closes):
    """Planned in the form on the day before, polled every fifteen seconds around both moments."""
    Workshop.objects.filter(pk=world.workshop.pk).update(time_zone=zone)
    opens, closes = datetime.fromisoformat(opens), datetime.fromisoformat(closes)
    with time_machine.travel(datetime.fromisoformat(f"{day}T12:00").replace(tzinfo=ZoneInfo(zone)), tick=False):
        local = opens.date().isoformat()
        typed = {"prompt": "Who comes?", "identity": "named"}
        typed |= {"opens_day": local, "opens_clock": "08:00", "day": local, "clock": "20:00"}
        form = ThreadForm(typed, zone=ZoneInfo(zone))
        assert form.is_valid(), form.errors
        given = {name: form.cleaned_data[name] for name in ("prompt", "opens", "until")}
        thread = dialogues.open_thread(workshop=world.workshop, actor=world.ada, **given)

    opened, ended = polled(opens, open_windows), polled(closes, close_due_windows)

    thread.refresh_from_db()
    assert (opened, ended) == ([opens], [closes])
    assert (thread.opened_at, thread.ended_at) == (opens, closes)


def polled(around, task):
    """When TASK found something to do, polled every 15 seconds from a minute before AROUND to a minute after."""
    moments = [around + timedelta(seconds=15 * number) for number in range(-4, 5)]
    found = []
    for moment in moments:
        with time_machine.travel(moment, tick=False):
            if task():
                found.append(moment)
    return found


def test_an_hour_that_the_clocks_leave_out_is_told_of(world):
    typed = {"prompt": "Who comes?", "identity": "named", "opens_day": "2027-03-28", "opens_clock": "01:30"}

    form = ThreadForm(typed | {"day": "2027-04-01", "clock": "20:00"}, zone=ZoneInfo("Europe/London"))

    assert list(form.errors) == ["opens_clock"]


def test_an_hour_that_comes_twice_is_the_first_one(world):
    typed = {"prompt": "Who comes?", "identity": "named", "opens_day": "2026-10-25", "opens_clock": "01:30"}

    form = ThreadForm(typed | {"day": "2026-11-01", "clock": "20:00"}, zone=ZoneInfo("Europe/London"))

    assert form.is_valid()
    assert form.cleaned_data["opens"].astimezone(UTC) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_another_time_zone_of_the_workshop_keeps_the_times_on_the_clock(world):
    with time_machine.travel(datetime(2027, 1, 4, 12, tzinfo=UTC), tick=False):
        workshops.change_workshop(workshop=world.workshop, actor=world.ada, time_zone="Europe/Stockholm")
        to_come, open_now = planned(world), planned(world, opens=HOUR)
        after(HOUR, open_windows)
        workshops.change_workshop(workshop=world.workshop, actor=world.ada, time_zone="America/New_York")

    to_come.refresh_from_db()
    open_now.refresh_from_db()
    assert to_come.opens_at == datetime(2027, 1, 5, 18, tzinfo=UTC)  # 13:00 on either clock
    assert [one.open_until for one in (to_come, open_now)] == [datetime(2027, 1, 7, 18, tzinfo=UTC)] * 2
    assert list(verify(world.workshop.slug)) == []
