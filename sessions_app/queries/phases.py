"""The phases of a step through which a facilitator leads the group: which are past, which is now, which come."""

from dataclasses import dataclass

from sessions_app.kinds import kind_of
from sessions_app.kinds.base import Phase
from sessions_app.models import Activity


@dataclass(frozen=True, slots=True)
class Phases:
    """`now` counts from 0."""

    every: tuple[Phase, ...]
    now: int

    @property
    def shown(self) -> list[tuple[Phase, str]]:
        """Each with "past", "now" or "later"."""
        return [
            (phase, "past" if number < self.now else "later" if number > self.now else "now")
            for number, phase in enumerate(self.every)
        ]

    @property
    def before(self) -> Phase | None:
        return self.every[self.now - 1] if self.now else None

    @property
    def current(self) -> Phase:
        return self.every[self.now]

    @property
    def after(self) -> Phase | None:
        return self.every[self.now + 1] if self.now + 1 < len(self.every) else None


def phases_of(activity: Activity | None) -> Phases | None:
    """Those of ACTIVITY, if its way of working has any."""
    every = kind_of(activity.kind).phases if activity else ()
    return Phases(every, min(activity.phase, len(every) - 1)) if activity and every else None
