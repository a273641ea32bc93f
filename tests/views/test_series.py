"""A series of meetings made in one form: the same time on the clock, each a meeting of its own afterwards."""

import uuid
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
from django.urls import reverse

from sessions_app.calendars import calendar_of
from sessions_app.forms.meetings import SeriesForm
from sessions_app.models import Event, Session, Workshop
from sessions_app.operations import cancelling, sessions
from sessions_app.series import MOST, days_of
from sessions_app.verification import verify

TYPED = {"title": "Every Tuesday", "begins": "14:00", "ends": "15:30", "space": "blended", "time": "same"}


@pytest.mark.parametrize(
    ("every", "first", "days"),
    [
        ("weekly", date(2027, 2, 23), [date(2027, 2, 23), date(2027, 3, 2), date(2027, 3, 9)]),
        ("fortnightly", date(2027, 12, 21), [date(2027, 12, 21), date(2028, 1, 4), date(2028, 1, 18)]),
        ("monthly", date(2026, 11, 10), [date(2026, 11, 10), date(2026, 12, 8), date(2027, 1, 12)]),  # second Tuesdays
        ("monthly", date(2027, 1, 29), [date(2027, 1, 29), date(2027, 2, 26), date(2027, 3, 26)]),  # the fifth, or last
    ],
)
def test_days_of_a_series(every, first, days):
    assert days_of(first, every, times=3) == days
    assert days_of(first, every, until=days[-1]) == days
    assert days_of(first, every, until=days[-1] - timedelta(days=1)) == days[:-1]
    assert len(days_of(first, every, until=date(2100, 1, 1))) == MOST + 1


CHANGES = [
    ("Europe/London", date(2026, 10, 20)),
    ("Europe/London", date(2027, 3, 23)),
    ("America/New_York", date(2026, 10, 27)),
    ("Australia/Lord_Howe", date(2026, 9, 29)),
    ("Asia/Kathmandu", date(2026, 10, 20)),
]


@pytest.mark.parametrize(("zone", "first"), CHANGES)
def test_meetings_keep_to_the_clock_on_the_wall(zone, first):
    form = SeriesForm(TYPED | {"day": first, "repeat": "weekly", "times": 3}, zone=ZoneInfo(zone))

    assert form.is_valid(), form.errors
    local = [tuple(one.astimezone(ZoneInfo(zone)) for one in pair) for pair in form.cleaned_data["moments"]]
    assert [(begins.date(), begins.time(), over.time()) for begins, over in local] == [
        (first + timedelta(days=7 * number), time(14), time(15, 30)) for number in range(3)
    ]
    assert form.moved == []


def test_an_hour_that_the_clocks_leave_out_is_the_one_after_it_and_told_of():
    typed = TYPED | {"begins": "01:30", "ends": "02:30", "day": date(2027, 3, 21), "repeat": "weekly", "times": 2}
    form = SeriesForm(typed, zone=ZoneInfo("Europe/London"))

    assert form.is_valid(), form.errors
    begins, over = form.cleaned_data["moments"][1]
    assert begins.astimezone(ZoneInfo("Europe/London")) == datetime(
        2027, 3, 28, 2, 30, tzinfo=ZoneInfo("Europe/London")
    )
    assert over > begins
    assert form.moved == [date(2027, 3, 28)]


def planned(world, browser, **more):
    client_id = more.pop("client_id", uuid.uuid4())
    sent = TYPED | {"client_id": client_id, "day": "2027-03-23", "repeat": "weekly", "times": "3"} | more
    return browser.post(reverse("new_meeting", args=[world.workshop.slug]), sent, follow=True)


def series_of(world):
    return list(Session.objects.filter(workshop=world.workshop, series__isnull=False).order_by("starts_at"))


@pytest.mark.django_db
def test_one_form_makes_them_all_once_and_each_is_its_own(world, browser_of):
    ada, same = browser_of("Ada"), uuid.uuid4()

    page = planned(world, ada, client_id=same).content.decode()
    planned(world, ada, client_id=same)

    first, second, third = series_of(world)
    assert "3 meetings are planned." in page
    assert len({one.code for one in (first, second, third)}) == 3
    assert Event.objects.filter(session__in=[first, second, third], verb="session.planned").count() == 3
    cancelling.cancel_session(session=second, actor=world.ada)
    sessions.change_session(session=third, actor=world.ada, starts_at=third.starts_at - timedelta(hours=1))
    first.refresh_from_db()
    assert first.state == "planned"
    sheet = ada.get(reverse("plan", args=[first.pk])).content.decode()
    assert reverse("plan", args=[second.pk]) in sheet
    assert "Cancelled" in sheet
    assert list(verify(world.workshop.slug)) == []


@pytest.mark.django_db
def test_calendars_get_one_entry_each_and_a_single_exception(world, browser_of):
    Workshop.objects.filter(pk=world.workshop.pk).update(time_zone="Europe/London")
    planned(world, browser_of("Ada"))
    _first, second, _third = series_of(world)
    cancelling.cancel_session(session=second, actor=world.ada)

    world["Ben"].participant.workshop.refresh_from_db()
    feed = icalendar.Calendar.from_ical(calendar_of(world["Ben"].participant))

    found = {str(one["uid"]): one for one in feed.walk("VEVENT") if "Every Tuesday" in one["summary"]}
    assert len(found) == 3
    assert not any("rrule" in one for one in found.values())
    assert sorted((str(one["status"]), one["dtstart"].dt.hour, one["sequence"]) for one in found.values()) == [
        ("CANCELLED", 14, 1),
        ("CONFIRMED", 14, 0),
        ("CONFIRMED", 14, 0),
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"times": "", "until": ""}, "Say how many, or until which day."),
        ({"times": "1"}, "A series has between 2 and 60 meetings."),
        ({"times": "61"}, "A series has between 2 and 60 meetings."),
        ({"times": "²"}, "Write a number, such as 10."),
        ({"times": "", "until": "2099-01-01"}, "A series has between 2 and 60 meetings."),
        ({"times": "", "until": "2027-03-24"}, "A series has between 2 and 60 meetings."),
        ({"repeat": "daily"}, "Choose one of the answers in the list."),
    ],
)
def test_a_series_that_cannot_be_is_refused_and_what_was_typed_stays(world, browser_of, typed, words):
    answer = planned(world, browser_of("Ada"), **typed)

    page = answer.content.decode()
    assert (answer.status_code, series_of(world)) == (422, [])
    assert words in page
    assert "Every Tuesday" in page


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["Ben", "Sam", "Rana"])
def test_only_facilitators_plan_a_series(world, browser_of, who):
    assert planned(world, browser_of(who)).status_code == 403
    assert series_of(world) == []
