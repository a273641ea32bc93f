"""The screen of the hall: what everybody may see, and nothing else."""

from dataclasses import dataclass

from sessions_app.models import Participant, Place, Screen, Session
from sessions_app.policy import TAKES_PART
from sessions_app.queries.pulse import pulse_of
from sessions_app.queries.rooms import RoomView, room_view
from sessions_app.queries.timeline import Said
from sessions_app.queries.turns import QueueView, queue_view

MOST = 9  # cards at once; more of them nobody reads from the last row


@dataclass(frozen=True, slots=True)
class ScreenView:
    """`cards` are the newest that stand, oldest first. `pauses`: so many online cannot follow that all are told."""

    room: RoomView
    queue: QueueView
    cards: tuple[Said, ...]
    pauses: bool
    are_several: bool  # whether the pause may say that it is for people online
    look: Screen

    @property
    def more(self) -> int:
        return max(0, self.room.count - len(self.cards))


def screen_view(session: Session) -> ScreenView:
    """The screen of SESSION, the same for all who look at it. Seven queries at most."""
    room = room_view(session)
    standing = [said for said in room.said if not said.contribution.is_withdrawn]
    shown = tuple(standing[-MOST:]) if room.board is None else ()
    pulse = pulse_of(session)
    return ScreenView(room, queue_view(session), shown, pulse.pauses, pulse.are_several, look_of(session))


def look_of(session: Session) -> Screen:
    """How the screen of SESSION looks; the usual look when nobody has picked one."""
    return Screen.objects.filter(session=session).first() or Screen(session=session)


def online_among(ids: list[int]) -> list[Participant]:
    """Those of these people who take part from outside the hall, also when they are silent. One query."""
    found = Participant.objects.filter(pk__in=ids, removed_at=None, admitted_at__isnull=False)
    people = found.exclude(usual_place=Place.HALL).order_by("joined_at", "pk")
    return [person for person in people if TAKES_PART.intersection(person.roles)]
