"""When the story happens: its autumn of 2026 moved so that today falls where the stage wants it."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/Stockholm")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_DAY = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(MONTHS)})\b")
_ORDINAL = re.compile(r"\bthe (\d{1,2})(?:st|nd|rd|th)\b")


class Stage(StrEnum):
    """How far the story has come when somebody looks at it."""

    PLANNED = "planned"
    LIVE = "live"
    BETWEEN = "between"
    CLOSED = "closed"


# The first of the seven days of the story that can be today: whole weeks are added, so that a Thursday stays one.
FIRST_TODAY = {
    Stage.PLANNED: date(2026, 9, 17),
    Stage.LIVE: date(2026, 10, 8),
    Stage.BETWEEN: date(2026, 10, 17),
    Stage.CLOSED: date(2026, 11, 13),
}
# The meeting that is on in stage LIVE is moved to the minute: seventeen cards lie open, six minutes are left.
LIVE_NOW = datetime(2026, 10, 8, 14, 5, 50, tzinfo=ZONE)
LIVE_FROM, LIVE_TO = LIVE_NOW.replace(hour=12, minute=0), LIVE_NOW.replace(hour=16, minute=0)


@dataclass(frozen=True, slots=True)
class Calendar:
    """One stage seen at one moment. `told_until` is the last moment of the story that has happened by now."""

    stage: Stage
    now: datetime

    @property
    def days(self) -> int:
        """How many days the story is moved: always whole weeks."""
        return (self.now.astimezone(ZONE).date() - FIRST_TODAY[self.stage]).days // 7 * 7

    @property
    def told_until(self) -> datetime:
        if self.stage == Stage.LIVE:
            return LIVE_NOW
        return _moved(self.now, -self.days)

    def moment(self, told: datetime) -> datetime:
        """When what the story tells at TOLD happens: on the same weekday, at the same time by the clock."""
        if self.stage == Stage.LIVE and LIVE_FROM <= told <= LIVE_TO:
            return self.now - (LIVE_NOW - told)
        return _moved(told, self.days)

    def planned(self, told: datetime) -> datetime:
        """The same for a time that people agreed on: five minutes are the smallest step."""
        moment = self.moment(told)
        spare = timedelta(minutes=moment.minute % 5, seconds=moment.second, microseconds=moment.microsecond)
        return moment - spare + (timedelta(minutes=5) if spare >= timedelta(minutes=2, seconds=30) else timedelta())

    def day(self, told: date) -> date:
        """The day of TOLD, where TOLD is a day of the story."""
        return self.moment(datetime(told.year, told.month, told.day, 14, tzinfo=ZONE)).astimezone(ZONE).date()

    def words(self, text: str, told: datetime) -> str:
        """TEXT, said at TOLD, with its dates moved: "29 October", or "the 8th" for the next 8th after TOLD."""

        def day_month(found: re.Match[str]) -> str:
            month = MONTHS.index(found[2]) + 1
            day = self.day(date(2027 if month < 9 else 2026, month, int(found[1])))
            return f"{day.day} {MONTHS[day.month - 1]}"

        def the_nth(found: re.Match[str]) -> str:
            number = self.day(_next(int(found[1]), told)).day
            ending = "th" if 11 <= number <= 13 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
            return f"the {number}{ending}"

        return _ORDINAL.sub(the_nth, _DAY.sub(day_month, text))


def _moved(moment: datetime, days: int) -> datetime:
    by_the_clock = moment.astimezone(ZONE).replace(tzinfo=None) + timedelta(days=days)
    return by_the_clock.replace(tzinfo=ZONE)


def _next(day: int, told: datetime) -> date:
    found = told.astimezone(ZONE).date()
    while found.day != day:
        found += timedelta(days=1)
    return found
