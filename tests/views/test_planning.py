"""The forms of a meeting and of a workshop: midnight, what is over, another time zone, how long things are kept."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from sessions_app import clock, moments
from sessions_app.models import Event, Session, Workshop
from sessions_app.operations import cancelling, running, sessions, workshops
from tests.security.pages import read

STOCKHOLM, HELSINKI = ZoneInfo("Europe/Stockholm"), ZoneInfo("Europe/Helsinki")


@pytest.fixture
def ada(world, browser_of):
    return browser_of("Ada")


def at(day: int, hour: int, minute: int = 0, zone: ZoneInfo = STOCKHOLM) -> datetime:
    return datetime(2027, 3, day, hour, minute, tzinfo=zone)


def plan(world, starts_at, ends_at, title="Night") -> Session:
    return sessions.plan_session(
        workshop=world.workshop, actor=world.ada, title=title, starts_at=starts_at, ends_at=ends_at
    )


def resend(browser, session, **changes):
    """Send the form of a meeting as it is shown, but for CHANGES."""
    where = reverse("change_meeting", args=[session.pk])
    form = {"space": session.space, "time": session.time}
    values = read(browser.get(where)).values
    shown = {name: values[name] for name in ("title", "day", "begins", "ends", "last_day") if values.get(name)}
    return browser.post(where, form | shown | changes, follow=True)


# --- past midnight --------------------------------------------------------------------------------
def test_a_meeting_that_goes_past_midnight_can_be_changed(world, ada):
    night = plan(world, at(4, 22), at(5, 0, 30))
    page = resend(ada, night, title="Night talk")

    night.refresh_from_db()
    assert (page.status_code, night.title) == (200, "Night talk")
    assert (night.starts_at, night.ends_at) == (at(4, 22), at(5, 0, 30))


def test_it_moves_to_another_day_as_a_whole(world, ada):
    night = plan(world, at(4, 22), at(5, 0, 30))
    resend(ada, night, day="2027-03-11")

    night.refresh_from_db()
    assert (night.starts_at, night.ends_at) == (at(11, 22), at(12, 0, 30))


def test_a_new_meeting_may_go_past_midnight(world, ada):
    sent = {"title": "Night", "day": "2027-03-04", "begins": "23:00", "ends": "01:00", "space": "same", "time": "same"}
    ada.post(reverse("new_meeting", args=[world.workshop.slug]), sent)

    assert Session.objects.get(title="Night").ends_at == at(5, 1)


@pytest.mark.parametrize(("begins", "ends"), [("14:00", "13:00"), ("14:00", "14:00"), ("12:00", "23:00:00x")])
def test_times_the_wrong_way_round_are_told(world, ada, begins, ends):
    sent = {"title": "Day", "day": "2027-03-04", "begins": begins, "ends": ends, "space": "same", "time": "same"}
    answer = ada.post(reverse("new_meeting", args=[world.workshop.slug]), sent)

    assert answer.status_code == 422
    assert not Session.objects.filter(title="Day").exists()


def test_a_meeting_of_several_days_keeps_its_last_day(world, ada):
    weeks = plan(world, at(4, 9), at(18, 20))
    resend(ada, weeks, title="Two weeks")
    weeks.refresh_from_db()
    assert (weeks.title, weeks.ends_at) == ("Two weeks", at(18, 20))

    resend(ada, weeks, last_day="2027-03-20")
    weeks.refresh_from_db()
    assert weeks.ends_at == at(20, 20)

    assert resend(ada, weeks, last_day="2027-03-01").status_code == 422


def test_a_night_is_told_with_its_times(world):
    assert moments.meeting_words(at(4, 22), at(5, 0, 30)) == "Thursday 4 March, 22:00–00:30"
    assert moments.meeting_words(at(4, 9), at(18, 20)) == "Thursday 4 March until Thursday 18 March"


# --- what is over ---------------------------------------------------------------------------------
def test_the_times_of_a_meeting_that_is_over_are_shown_and_not_asked(world, ada):
    running.close_session(session=world.session, actor=world.ada)
    page = ada.get(reverse("change_meeting", args=[world.session.pk])).content.decode()

    assert "This meeting is over, so its day and its times stay as they are." in page
    for name in ("day", "begins", "ends"):
        assert "disabled" in page.split(f'name="{name}"')[1].split(">")[0]


def test_nobody_is_told_saved_of_a_day_that_stays(world, ada):
    """From a page that was drawn before the meeting ended."""
    running.close_session(session=world.session, actor=world.ada)
    page = resend(ada, world.session, title="As it was", day="2027-03-04").content.decode()

    kept = Session.objects.get(pk=world.session.pk)
    assert (kept.title, kept.starts_at) == ("As it was", world.session.starts_at)
    assert "Saved." not in page
    assert "The meeting is over, so its day and its times stay. The rest is saved." in page


def test_the_rest_of_it_is_saved(world, ada):
    running.close_session(session=world.session, actor=world.ada)
    where = reverse("change_meeting", args=[world.session.pk])
    page = ada.post(where, {"title": "As it was", "space": "same", "time": "same"}, follow=True).content.decode()

    kept = Session.objects.get(pk=world.session.pk)
    assert (kept.title, kept.starts_at, kept.ends_at) == (
        "As it was",
        world.session.starts_at,
        world.session.ends_at,
    )
    assert "Saved." in page


# --- another time zone ----------------------------------------------------------------------------
def move_to(world, zone: str) -> None:
    workshops.change_workshop(workshop=world.workshop, actor=world.ada, time_zone=zone)


def times(session: Session) -> tuple[datetime, datetime]:
    session.refresh_from_db()
    return session.starts_at, session.ends_at


def test_meetings_to_come_keep_their_times_on_the_clock(world):
    planned, called_off = plan(world, at(4, 14), at(4, 15)), plan(world, at(5, 14), at(5, 15))
    cancelling.cancel_session(session=called_off, actor=world.ada)
    move_to(world, "Europe/Helsinki")

    assert times(planned) == (at(4, 14, zone=HELSINKI), at(4, 15, zone=HELSINKI))
    assert times(called_off) == (at(5, 14, zone=HELSINKI), at(5, 15, zone=HELSINKI))
    told = Event.objects.filter(session=planned, verb="session.changed").get()
    assert told.data == {"fields": ["ends_at", "starts_at"]}


@pytest.mark.parametrize("press", [running.open_doors, running.start, running.close_session])
def test_those_that_are_on_or_were_held_keep_their_moment(world, press):
    press(session=world.session, actor=world.ada)
    before = times(world.session)
    move_to(world, "Europe/Helsinki")

    assert times(world.session) == before


def test_a_change_of_something_else_moves_nothing(world):
    planned = plan(world, at(4, 14), at(4, 15))
    before = times(planned)
    workshops.change_workshop(workshop=world.workshop, actor=world.ada, time_zone="Europe/Stockholm", title="New")

    assert times(planned) == before


def test_a_meeting_over_the_hour_that_comes_twice_still_ends_after_it_begins(world):
    """02:45 to 02:15 on the night when the clocks go back in Stockholm, and not in Tokyo."""
    night = plan(world, datetime(2027, 10, 31, 0, 45, tzinfo=UTC), datetime(2027, 10, 31, 1, 15, tzinfo=UTC))
    move_to(world, "Asia/Tokyo")

    starts, ends = times(night)
    assert starts == datetime(2027, 10, 31, 2, 45, tzinfo=ZoneInfo("Asia/Tokyo"))
    assert ends - starts == timedelta(minutes=30)


def test_the_form_says_what_happens_to_meetings(world, ada):
    page = ada.get(reverse("change_workshop", args=[world.workshop.slug])).content.decode()

    assert "Meetings to come keep their times on the clock." in page


# --- how long it is kept --------------------------------------------------------------------------
def change(browser, world, **changes):
    where = reverse("change_workshop", args=[world.workshop.slug])
    about = {"title": "Calm", "contact_name": "Karin", "languages": ["en", "sv"], "time_zone": "Europe/Stockholm"}
    return browser.post(where, about | changes)


def test_how_long_things_are_kept_is_asked_and_told(world, ada, browser_of):
    day = clock.now().date() + timedelta(days=300)
    assert change(ada, world, keep_until=day.isoformat()).status_code == 302

    assert Workshop.objects.get(pk=world.workshop.pk).keep_until == day
    me = browser_of("Ben").get(reverse("me", args=[world.workshop.slug])).content.decode()
    assert f"What is written here is kept until {day.day} " in me
    shown = read(ada.get(reverse("change_workshop", args=[world.workshop.slug]))).values
    assert shown["keep_until"] == day.isoformat()


def test_a_day_that_has_passed_is_refused_unless_it_stood_there(world, ada):
    assert change(ada, world, keep_until="2020-01-01").status_code == 422
    Workshop.objects.filter(pk=world.workshop.pk).update(keep_until=date(2020, 1, 1))
    assert change(ada, world, keep_until="2020-01-01").status_code == 302
    assert change(ada, world, keep_until="").status_code == 302
    assert Workshop.objects.get(pk=world.workshop.pk).keep_until is None


# --- warnings -------------------------------------------------------------------------------------
def test_a_new_meeting_in_the_past_is_told_at_once_and_on_its_run_sheet(world, ada):
    sent = {"title": "Past", "day": "2020-03-04", "begins": "14:00", "ends": "15:00", "space": "same", "time": "same"}
    page = ada.post(reverse("new_meeting", args=[world.workshop.slug]), sent, follow=True).content.decode()

    assert "This meeting begins in the past." in page
    assert "The day of this meeting has passed." in page


def test_meetings_at_the_same_time_are_told_on_both_run_sheets(world, ada):
    other = plan(world, world.session.starts_at, world.session.ends_at, title="Next door")
    for session, name in ((world.session, "Next door"), (other, "Who are we?")):
        page = ada.get(reverse("plan", args=[session.pk])).content.decode()
        assert f"“{name}” is at the same time." in page
