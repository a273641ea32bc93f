"""Moments in words, on a workshop's own clock and in the reader's language."""

import zoneinfo
from datetime import datetime, timedelta

from django.utils.dateformat import format as date_format
from django.utils.translation import gettext as _

NIGHT = timedelta(hours=12)


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


def meeting_words(starts: datetime, ends: datetime) -> str:
    """E.g. Thursday 8 October, 13:30–15:00; both days when a meeting lasts longer than a night. Local times."""
    if starts.date() == ends.date() or ends - starts < NIGHT:
        given = {"day": day_words(starts), "first": clock_words(starts), "last": clock_words(ends)}
        return _("%(day)s, %(first)s–%(last)s") % given
    return _("%(first)s until %(last)s") % {"first": day_words(starts), "last": day_words(ends)}


def minutes_left_words(seconds: int) -> str:
    """What is left of a step."""
    if seconds <= 0:
        return _("Time is up. Finish your thought.")
    if seconds < 60:
        return _("Less than a minute left")
    if seconds < 120:
        return _("1 min left")
    return _("%(n)d min left") % {"n": seconds // 60}
