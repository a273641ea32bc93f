"""The days of a series of meetings: every week, every other week, or every month on the same weekday."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count

MOST = 60  # meetings in one series
WEEK = timedelta(days=7)


def days_of(first: date, every: str, *, times: int | None = None, until: date | None = None) -> list[date]:
    """FIRST and the days after it: as many as TIMES says, none after UNTIL, and one more than MOST at the most."""
    found: list[date] = []
    for day in _days(first, every):
        if len(found) == (times or MOST + 1) or len(found) > MOST or (until is not None and day > until):
            break
        found.append(day)
    return found


def _days(first: date, every: str) -> Iterator[date]:
    if every == "monthly":
        yield from (_same_weekday(first, months) for months in count())
    else:
        yield from (first + number * WEEK * (2 if every == "fortnightly" else 1) for number in count())


def _same_weekday(first: date, months: int) -> date:
    """E.g. the second Tuesday, MONTHS later. The fifth one is the last one where a month has only four."""
    month = date(first.year + (first.month - 1 + months) // 12, (first.month - 1 + months) % 12 + 1, 1)
    day = month + timedelta(days=(first.weekday() - month.weekday()) % 7) + (first.day - 1) // 7 * WEEK
    return day if day.month == month.month else day - WEEK
