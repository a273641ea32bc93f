"""Practices: which are on, and whether somebody is practising a meeting."""

from sessions_app.models import Event, Session, State
from sessions_app.verbs import Verb

ON = (State.DOORS_OPEN, State.LIVE)


def practices_on() -> list[int]:
    """Ids of the practised meetings that are on now."""
    on = Session.objects.filter(workshop__practice_of__isnull=False, workshop__closed_at=None, state__in=ON)
    return list(on.values_list("pk", flat=True))


def practice_meeting(pk: int) -> Session | None:
    """The practised meeting with this number, if it is on; no other meeting is ever found here."""
    found = Session.objects.select_related("workshop", "current_activity")
    return found.filter(pk=pk, workshop__practice_of__isnull=False, workshop__closed_at=None, state__in=ON).first()


def practice_of(session: Session, user_id: int | None) -> Session | None:
    """The practice of SESSION that belongs to the user with this number."""
    if user_id is None:
        return None
    mine = Session.objects.filter(workshop__practice_of=session, workshop__closed_at=None)
    return mine.filter(workshop__participants__user=user_id).first()


def came_in(session: Session) -> set[int]:
    """The pretend people who have come into the room of a practice."""
    entered = Event.objects.filter(session=session, verb=Verb.PARTICIPANT_ENTERED, participant__user=None)
    return {pk for pk in entered.values_list("participant_id", flat=True) if pk is not None}
