"""What stands behind a code: a meeting's door (six letters) or a workshop's (eight)."""

from dataclasses import dataclass
from datetime import timedelta

from sessions_app import clock
from sessions_app.models import Dialogue, Session, Space, State, Workshop
from sessions_app.models.participant import initials_of

OPEN_AFTER = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Door:
    """A way into a workshop. `session` is the meeting it leads to, if any."""

    code: str
    workshop: Workshop
    session: Session | None
    has_questions: bool = False  # a workshop's door only: whether people can answer something before they meet

    @property
    def is_over(self) -> bool:
        return self.workshop.closed_at is not None

    @property
    def leads_to_room(self) -> bool:
        return self.session is not None and self.session.is_on

    @property
    def leads_to_questions(self) -> bool:
        """Whether there is something to answer now, and no room to be in yet."""
        return self.has_questions and not self.leads_to_room

    @property
    def is_cancelled(self) -> bool:
        return self.session is not None and self.session.is_cancelled

    @property
    def is_early(self) -> bool:
        return self.session is not None and self.session.state == State.PLANNED

    @property
    def is_past(self) -> bool:
        """Whether its meeting ended a while ago: who comes now for the first time is let in by a host."""
        closed = self.session.closed_at if self.session is not None else None
        return closed is not None and clock.now() > closed + OPEN_AFTER

    @property
    def host_initials(self) -> str:
        return initials_of(self.workshop.contact_name)

    @property
    def has_hall(self) -> bool:
        """Whether some may be in a hall, so that who goes in can say so."""
        return self.session is not None and self.session.space == Space.BLENDED

    @property
    def is_hall_only(self) -> bool:
        return self.session is not None and self.session.space == Space.SAME


def door_by_code(code: str) -> Door | None:
    """The door with this normalised code. A workshop's door leads to the meeting that is on, if one is.

    So does the code of a meeting that was taken off the plan: whoever has it is welcome in the workshop.
    """
    real = {"practice_of": None, "removed_at": None}
    there = {f"workshop__{name}": value for name, value in real.items()}
    session = Session.objects.select_related("workshop").filter(code=code, **there).first()
    if session is not None and session.removed_at is None:
        return Door(code, session.workshop, session)
    workshop = session.workshop if session else Workshop.objects.filter(code=code, **real).first()
    if workshop is None:
        return None
    on = meeting_on(workshop)
    if on is None:
        planned = Session.objects.standing().filter(workshop=workshop, state=State.PLANNED)
        on = planned.filter(ends_at__gt=clock.now()).first()
    return Door(code, workshop, on, has_questions=_has_questions(workshop))


def _has_questions(workshop: Workshop) -> bool:
    """Whether a question is open to everybody between the meetings."""
    asked = Dialogue.objects.filter(group=None, activity__workshop=workshop, activity__removed_at=None)
    opened = asked.filter(activity__opened_at__isnull=False, activity__ended_at=None)
    return opened.filter(activity__open_until__gt=clock.now(), activity__session__removed_at=None).exists()


def meeting_on(workshop: Workshop) -> Session | None:
    """The meeting whose doors are open, or that has begun."""
    on = Session.objects.filter(workshop=workshop, state__in=[State.DOORS_OPEN, State.LIVE])
    return on.order_by("starts_at").first()
