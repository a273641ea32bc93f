"""Days and hours that are none: said in words beside the field, with what was typed still in it."""

from datetime import UTC, datetime

import pytest
from django.db import transaction
from django.urls import reverse

from sessions_app.models import Activity, Session
from sessions_app.operations import workshops
from tests.policy.cast import things
from tests.policy.sending import forms
from tests.security.pages import read

pytestmark = pytest.mark.django_db
ZONES = ["Europe/Stockholm", "America/Los_Angeles", "Pacific/Apia", "Australia/Lord_Howe", "Asia/Kathmandu"]
NO_DAYS = [
    "2027-02-31",
    "2027-02-29",
    "2027-13-01",
    "0000-01-01",
    "0001-01-01",
    "9999-12-31",
    "10000-01-01",
    "1999-12-31",
]
NO_DAYS += ["", "tomorrow", "31/02/2027", "2027-1", "-2027-01-01", "2027-01-01T10:00", "2027-01-01\x00", "\u0661\u0662"]
NO_CLOCKS = ["", "24:00", "25:61", "-1:00", "noon", "12", "12:0x", "12:00 PM +0100", "12:00\x00", "99" * 500]


@pytest.fixture
def planned(cast):
    """Plans a meeting with the given times; gives the answer, and the meeting if there is a new one."""
    browser = cast.browser("faci")

    def plan(**given):
        sent = forms(cast.world)["new_meeting"] | given
        before = set(Session.objects.values_list("pk", flat=True))
        answer = browser.post(reverse("new_meeting", args=[cast.world.workshop.slug]), sent)
        return answer, Session.objects.exclude(pk__in=before).first()

    with transaction.atomic():
        yield plan
        transaction.set_rollback(True)


def refused(answer, field: str, typed: str) -> None:
    page = read(answer)
    assert answer.status_code == 422
    assert page.marked[field]
    assert f"id_{field}_error" in page.ids
    assert page.values[field] == typed


@pytest.mark.parametrize("zone", ZONES)
def test_days_that_are_none(cast, planned, zone):
    workshops.change_workshop(workshop=cast.world.workshop, actor=cast.world.ada, time_zone=zone)
    for day in NO_DAYS:
        for begins, ends in (("14:00", "15:00"), ("00:00", "00:01"), ("23:58", "23:59")):
            answer, meeting = planned(day=day, begins=begins, ends=ends)
            refused(answer, "day", day)
            assert meeting is None


@pytest.mark.parametrize("clock", NO_CLOCKS, ids=ascii)
def test_clocks_that_are_none(planned, clock):
    refused(planned(begins=clock)[0], "begins", clock)
    refused(planned(ends=clock)[0], "ends", clock)


@pytest.mark.parametrize(("begins", "ends"), [("15:00", "14:00"), ("14:00", "14:00"), ("09:00", "00:00")])
def test_a_meeting_that_ends_before_it_begins(planned, begins, ends):
    answer, meeting = planned(begins=begins, ends=ends)

    refused(answer, "ends", ends)
    assert "The meeting ends before it begins" in read(answer).text
    assert meeting is None


def test_an_hour_that_the_clocks_leave_out(planned):
    """Sunday 28 March 2027, Stockholm: after 01:59 comes 03:00."""
    answer, meeting = planned(day="2027-03-28", begins="02:30", ends="04:00")

    refused(answer, "begins", "02:30")
    assert "The clocks change that day" in read(answer).text
    assert meeting is None


def test_an_hour_that_comes_twice_is_the_first(planned):
    """Sunday 31 October 2027, Stockholm: 02:30 comes in summer time and then again in winter time."""
    _answer, meeting = planned(day="2027-10-31", begins="02:30", ends="04:00")

    assert meeting.starts_at == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)
    assert meeting.ends_at == datetime(2027, 10, 31, 3, 0, tzinfo=UTC)


def test_midnight_is_a_time(planned):
    _answer, meeting = planned(begins="00:00", ends="01:00")

    assert meeting is not None


@pytest.mark.parametrize(("day", "clock"), [("2027-02-31", "20:00"), ("9999-12-31", "23:59"), ("2001-01-01", "20:00")])
def test_a_thread_needs_a_day_that_is_to_come(cast, day, clock):
    sent = forms(cast.world)["new_thread"] | {"day": day, "clock": clock}
    answer = cast.browser("faci").post(reverse("new_thread", args=[cast.world.workshop.slug]), sent)

    refused(answer, "day", day)
    assert read(answer).values["prompt"] == "Why?"


@pytest.mark.parametrize(
    ("day", "clock", "field"),
    [
        *(("2027-02-31", "20:00", "day"), ("2001-01-01", "20:00", "day"), ("2099-01-01", "20:00", "day")),
        *(("2027-03-28", "02:30", "clock"), ("0001-01-01", "00:00", "day"), ("2027-01-01", "25:00", "clock")),
    ],
)
def test_a_window_needs_a_moment_that_is_to_come(cast, day, clock, field):
    (step,) = things(cast, cast.world)["window"][""]
    before = Activity.objects.get(pk=step).open_until
    answer = cast.browser("faci").post(reverse("window", args=[step]), {"day": day, "clock": clock})

    refused(answer, field, {"day": day, "clock": clock}[field])
    assert Activity.objects.get(pk=step).open_until == before
