"""The story's dates, moved to today: same weekday, same time by the clock, and words that tell the new day."""

from datetime import UTC, datetime, timedelta

import pytest

from sessions_app.sample.dates import LIVE_NOW, ZONE, Calendar, Stage

STAGES = list(Stage)
MEETING = datetime(2026, 10, 29, 14, 0, tzinfo=ZONE)
DAYS = [datetime(2027, 1, 1, 0, 5, tzinfo=UTC) + timedelta(days=17 * n, hours=5 * n, minutes=7 * n) for n in range(40)]


@pytest.mark.parametrize("stage", STAGES)
def test_weekday_and_hour_stay_whatever_the_season(stage):
    for now in DAYS:
        moved = Calendar(stage, now).moment(MEETING).astimezone(ZONE)
        assert (moved.weekday(), moved.hour, moved.minute) == (3, 14, 0), now


@pytest.mark.parametrize("stage", STAGES)
def test_what_was_told_has_happened_and_nothing_else(stage):
    for now in DAYS:
        calendar = Calendar(stage, now)
        assert calendar.moment(calendar.told_until) <= now
        assert calendar.told_until < calendar.told_until + timedelta(days=1)
        assert calendar.moment(calendar.told_until + timedelta(days=1)) > now - timedelta(days=7)


def test_live_meeting_is_on_at_any_time_of_the_day():
    for now in DAYS:
        calendar = Calendar(Stage.LIVE, now)
        begins = datetime(2026, 10, 8, 13, 30, tzinfo=ZONE)
        assert calendar.moment(LIVE_NOW) == now
        assert calendar.moment(begins) == now - (LIVE_NOW - begins)
        planned = calendar.planned(begins)
        assert planned.minute % 5 == planned.second == planned.microsecond == 0
        assert abs(planned - calendar.moment(begins)) <= timedelta(minutes=2, seconds=30)
        day_before = calendar.moment(datetime(2026, 10, 7, 20, 30, tzinfo=ZONE))
        assert day_before < calendar.moment(datetime(2026, 10, 8, 13, 15, tzinfo=ZONE))


def test_times_of_other_meetings_are_kept_to_the_minute():
    assert Calendar(Stage.LIVE, DAYS[3]).planned(MEETING).astimezone(ZONE).minute == 0


def test_words_tell_the_new_day():
    calendar = Calendar(
        Stage.BETWEEN, datetime(2027, 3, 3, 12, tzinfo=UTC)
    )  # a Wednesday: 135 days are whole weeks - 5
    said = datetime(2026, 9, 30, 12, tzinfo=ZONE)
    days = calendar.days
    october_8 = (datetime(2026, 10, 8, 14, tzinfo=ZONE) + timedelta(days=days)).date()

    assert calendar.words("Yusuf asked this on 8 October.", said) == f"Yusuf asked this on {october_8:%-d %B}."
    assert calendar.words("There is a chair for you on the 8th.", said).startswith("There is a chair for you on the ")
    assert calendar.words("on the 8th", said).removeprefix("on the ").rstrip("stndrh") == str(october_8.day)


@pytest.mark.parametrize(
    ("now", "told"),
    [
        (datetime(2026, 10, 20, 12, tzinfo=UTC), "the 8th"),
        (datetime(2026, 10, 27, 12, tzinfo=UTC), "the 15th"),
        (datetime(2026, 11, 3, 12, tzinfo=UTC), "the 22nd"),
        (datetime(2026, 11, 20, 12, tzinfo=UTC), "the 5th"),
        (datetime(2026, 11, 24, 12, tzinfo=UTC), "the 12th"),
        (datetime(2027, 9, 14, 12, tzinfo=UTC), "the 2nd"),
    ],
)
def test_numbers_of_days_have_their_endings(now, told):
    assert Calendar(Stage.BETWEEN, now).words("the 8th", datetime(2026, 9, 30, 12, tzinfo=ZONE)) == told


@pytest.mark.parametrize(
    "words", ["I said it in 2019.", "at 16:30", "table 3", "On my ward we ring on Thursdays anyway."]
)
def test_other_words_stay(words):
    assert Calendar(Stage.CLOSED, DAYS[5]).words(words, MEETING) == words
