"""The feed of meetings: read by two programs that know nothing of each other, and by a strict one of ours."""

import io
import re
from datetime import UTC, datetime, timedelta

import pytest
from dateutil.tz import tzical
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from sessions_app import clock
from sessions_app.calendars import calendar_of
from sessions_app.mail_links import calendar_path, open_key, stop_key
from sessions_app.models import Participant, Workshop
from sessions_app.operations import cancelling, sessions, workshops
from sessions_app.operations.mail_choices import forget_address
from tests.mails.conftest import NOON
from tests.world import make_user

HOUR = timedelta(hours=1)
ZONES = {
    "Europe/London": (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2027, 3, 28, 12, tzinfo=UTC)),
    "America/New_York": (datetime(2026, 11, 1, 14, 30, tzinfo=UTC), datetime(2027, 3, 14, 14, 30, tzinfo=UTC)),
    "Australia/Lord_Howe": (datetime(2026, 10, 3, 15, 0, tzinfo=UTC), datetime(2027, 4, 4, 3, tzinfo=UTC)),
    "Asia/Kathmandu": (datetime(2026, 5, 2, 12, 30, tzinfo=UTC),),
}


def feed(world, name: str = "Ben") -> bytes:
    person = Participant.objects.select_related("workshop").get(pk=world[name].participant.pk)
    answer = Client().get(calendar_path(person))
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    return answer.content


def lines(ics: bytes) -> list[str]:
    """The unfolded lines of a feed that keeps every rule of RFC 5545 about lines."""
    assert ics.endswith(b"\r\n")
    raw = ics.removesuffix(b"\r\n").split(b"\r\n")
    assert [line for line in raw if len(line) > 75 or not line or re.search(rb"[\x00-\x08\x0a-\x1f\x7f]", line)] == []
    assert "\x85" not in ics.decode()
    return ics.decode().replace("\r\n ", "").removesuffix("\r\n").split("\r\n")


def meeting_of(ics: bytes, title: str):
    lines(ics)
    (found,) = [event for event in Calendar.from_ical(ics).walk("VEVENT") if str(event["SUMMARY"]).startswith(title)]
    return found


def test_moved_cancelled_and_on_again_keep_one_uid_and_rise(meeting, mailed):
    seen = [meeting_of(feed(mailed), "Second meeting")]
    starts = meeting.starts_at + 26 * HOUR
    sessions.change_session(session=meeting, actor=mailed.ada, starts_at=starts, ends_at=starts + HOUR, place="Hall; B")
    seen.append(meeting_of(feed(mailed), "Second meeting"))
    cancelling.cancel_session(session=meeting, actor=mailed.ada)
    seen.append(meeting_of(feed(mailed), "Second meeting"))
    cancelling.put_on_again(session=meeting, actor=mailed.ada)
    seen.append(meeting_of(feed(mailed), "Second meeting"))
    cancelling.remove_session(session=meeting, actor=mailed.ada)
    seen.append(meeting_of(feed(mailed), "Second meeting"))

    assert len({str(event["UID"]) for event in seen}) == 1
    assert [int(event["SEQUENCE"]) for event in seen] == [0, 1, 2, 3, 4]
    assert [str(event["STATUS"]) for event in seen] == ["CONFIRMED", "CONFIRMED", "CANCELLED", "CONFIRMED", "CANCELLED"]
    assert [event["DTSTART"].dt for event in seen] == [starts - 26 * HOUR, *[starts] * 4]
    assert str(seen[1]["LOCATION"]) == "Hall; B"


@pytest.mark.parametrize("zone", ZONES)
def test_the_clocks_of_the_zone_are_told_right(mailed, zone):
    """dateutil reads the VTIMEZONE alone, and comes to the same moments as the tables of the zones."""
    Workshop.objects.filter(pk=mailed.workshop.pk).update(time_zone=zone)
    for number, starts in enumerate(ZONES[zone]):
        with clock.at(NOON):
            mailed.workshop.refresh_from_db()
            sessions.plan_session(
                workshop=mailed.workshop,
                actor=mailed.ada,
                title=f"At {number}",
                starts_at=starts,
                ends_at=starts + HOUR,
            )
    ics = feed(mailed)
    read = tzical(io.StringIO(ics.decode().replace("\r\n ", ""))).get(zone)
    for number, starts in enumerate(ZONES[zone]):
        event = meeting_of(ics, f"At {number}")
        naive = event["DTSTART"].dt.replace(tzinfo=None)
        assert event["DTSTART"].params["TZID"] == zone
        assert naive.replace(tzinfo=read).astimezone(UTC) == starts
        assert event["DTSTART"].dt.astimezone(UTC) == starts


def test_words_that_look_like_rules_are_words(mailed):
    nasty = 'A, B; C\\n "D": BEGIN:VEVENT ' + "å" * 60
    with clock.at(NOON):
        sessions.plan_session(
            workshop=mailed.workshop,
            actor=mailed.ada,
            title=nasty,
            starts_at=NOON + HOUR,
            ends_at=NOON + 2 * HOUR,
            place="x\u0085y",
        )
    event = meeting_of(feed(mailed), "A, B")

    assert str(event["SUMMARY"]) == f"{nasty} – Calmer visits"
    assert str(event["LOCATION"]) == "xy"


def test_the_key_of_a_feed_opens_nothing_else_and_others_not_the_feed(world):
    ben = world["Ben"].participant
    key = calendar_path(ben).rpartition("/")[2].removesuffix(".ics")
    for page in ("open_mail", "stop_mails", "confirm_address"):
        assert Client().get(reverse(page, args=[key])).status_code == 404
        assert Client().post(reverse(page, args=[key])).status_code == 404
    for other in (open_key(ben), stop_key(ben, "meetings"), "x", key[:-1]):
        assert Client().get(reverse("calendar", args=[world.workshop.slug, other])).status_code == 404
    assert Client().get(reverse("calendar", args=["another", key])).status_code == 404
    assert Client().post(reverse("calendar", args=[world.workshop.slug, key])).status_code == 405


def test_it_holds_no_people_and_is_void_with_the_epoch(meeting, mailed):
    ics = feed(mailed).decode()
    assert [name for name in ("Ben", "Chidi", "example.org", "ATTENDEE", "ORGANIZER") if name in ics] == []
    path = calendar_path(mailed["Ben"].participant)
    forget_address(person=mailed["Ben"].participant, actor=mailed["Ben"])

    assert Client().get(path).status_code == 404


def test_a_mail_about_a_meeting_leads_to_the_feed(meeting, mailed, mailoutbox):
    from sessions_app.operations import notices

    notices.make_due()
    assert {notices.deliver(pk) for pk in notices.claim()} == {"sent"}

    link = next(line for line in mailoutbox[0].body.splitlines() if line.endswith(".ics"))
    assert b"BEGIN:VCALENDAR" in Client().get(link).content


@pytest.mark.django_db
def test_an_empty_workshop_has_an_empty_calendar():
    workshop = workshops.create_workshop(user=make_user("eva"), host_name="Eva", title="Empty", languages=["en"])

    assert Calendar.from_ical(calendar_of(workshop.participants.get())).walk("VEVENT") == []
