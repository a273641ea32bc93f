"""Reminders come at the right time on the workshop's own clock, also when the clocks change in the night between."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from sessions_app.models import Workshop
from sessions_app.reasons.base import after_the_night, day_before


@pytest.mark.parametrize(
    ("zone", "local", "before"),
    [
        ("Europe/London", (2026, 10, 25, 14, 0), "2026-10-24T14:00:00+01:00"),  # the clocks go back at night
        ("Europe/London", (2026, 3, 29, 14, 0), "2026-03-28T14:00:00+00:00"),  # they go forward
        ("America/New_York", (2026, 11, 1, 9, 30), "2026-10-31T09:30:00-04:00"),
        ("Australia/Lord_Howe", (2026, 10, 4, 10, 0), "2026-10-03T10:00:00+10:30"),  # by half an hour
        ("Asia/Kathmandu", (2026, 5, 2, 18, 15), "2026-05-01T18:15:00+05:45"),
        ("Europe/Stockholm", (2026, 3, 30, 2, 30), "2026-03-29T02:30:00+01:00"),  # an hour that does not exist
    ],
)
def test_the_day_before_at_the_same_time_on_the_clock(zone, local, before):
    starts = datetime(*local, tzinfo=ZoneInfo(zone)).astimezone(UTC)

    assert day_before(starts, Workshop(time_zone=zone)) == datetime.fromisoformat(before)


@pytest.mark.parametrize(
    ("zone", "at", "sent"),
    [
        ("Europe/London", "2026-10-25T00:30:00+01:00", "2026-10-25T07:00:00+00:00"),
        ("Europe/London", "2026-10-24T22:00:00+01:00", "2026-10-25T07:00:00+00:00"),
        ("Asia/Kathmandu", "2026-05-01T21:00:00+05:45", "2026-05-02T07:00:00+05:45"),
        ("Asia/Kathmandu", "2026-05-01T20:59:00+05:45", "2026-05-01T20:59:00+05:45"),
        ("Australia/Lord_Howe", "2026-10-04T01:00:00+10:30", "2026-10-04T07:00:00+11:00"),
    ],
)
def test_nights_are_quiet_where_the_workshop_is(zone, at, sent):
    assert after_the_night(datetime.fromisoformat(at), Workshop(time_zone=zone)) == datetime.fromisoformat(sent)
