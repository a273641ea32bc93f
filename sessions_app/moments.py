"""Moments in words, on a workshop's own clock and in the reader's language."""

import zoneinfo
from datetime import UTC, date, datetime, timedelta

from django.utils.dateformat import format as date_format
from django.utils.translation import gettext as _

NIGHT = timedelta(hours=12)


def same_clock(local: datetime, zone: zoneinfo.ZoneInfo) -> datetime:
    """The moment at which the clock of ZONE shows what LOCAL shows. An hour left out counts as the one after it."""
    return local.replace(tzinfo=zone).astimezone(UTC)


def when_words(moment: datetime, zone: zoneinfo.ZoneInfo, now: datetime) -> str:
    """The time of day for today, else the day and the month; the year only when it is another one."""
    local, today = moment.astimezone(zone), now.astimezone(zone)
    if local.date() == today.date():
        return clock_words(local)
    return date_format(local, "j F" if local.year == today.year else "j F Y")


def clock_words(local: datetime) -> str:
    """E.g. 14:05, in every language of ours."""
    return date_format(local, "H:i")


def day_words(local: datetime) -> str:
    """E.g. Thursday 8 October."""
    return date_format(local, "l j F")


def date_words(local: datetime, *, with_year: bool = False) -> str:
    """E.g. 8 October, or 8 October 2026."""
    return date_format(local, "j F Y" if with_year else "j F")


def local_day_words(day: date, today: date) -> str:
    """A day without a clock, e.g. Thursday 12 November; with the year when it is another one than TODAY's."""
    return date_format(day, "l j F" if day.year == today.year else "l j F Y")


def meeting_words(starts: datetime, ends: datetime) -> str:
    """E.g. Thursday 8 October, 13:30–15:00; both days when a meeting lasts longer than a night. Local times."""
    if starts.date() == ends.date() or ends - starts < NIGHT:
        given = {"day": day_words(starts), "first": clock_words(starts), "last": clock_words(ends)}
        return _("%(day)s, %(first)s–%(last)s") % given
    return _("%(first)s until %(last)s") % {"first": day_words(starts), "last": day_words(ends)}


def time_left_words(seconds: int, *, is_paused: bool = False) -> str:
    """What is left of a step, whose clock may stand still."""
    if is_paused:
        return _("Pause. %(left)s") % {"left": time_left_words(seconds)}
    if seconds <= 0:
        return _("Time is up. Finish your thought.")
    if seconds < 60:
        return _("Less than a minute left")
    if seconds < 120:
        return _("1 min left")
    return _("%(n)d min left") % {"n": seconds // 60}
