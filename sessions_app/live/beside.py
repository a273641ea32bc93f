"""Beside the question: the line of those who want to speak, and notices to everybody. Drawn once for all."""

from collections.abc import Iterable
from typing import Any

from django.template.loader import render_to_string

from sessions_app.models import Session
from sessions_app.queries.pulse import notices_of, pulse_of
from sessions_app.queries.turns import queue_view
from sessions_app.verbs import Verb

# Events of a meeting that change nothing of its question, its steps and its buttons.
BESIDE = frozenset(
    {
        *(Verb.TURN_ASKED, Verb.TURN_WITHDRAWN, Verb.TURN_GIVEN, Verb.TURN_PUT_BACK, Verb.TURN_PROLONGED),
        *(Verb.TURN_ENDED, Verb.SIGNAL_RAISED, Verb.SIGNAL_TAKEN_BACK, Verb.SIGNAL_ANSWERED),
        *(Verb.MESSAGE_SENT, Verb.MESSAGE_WITHDRAWN, Verb.SESSION_HANDED_OVER),
        *(Verb.MIRROR_SHOWN, Verb.MIRROR_HIDDEN, Verb.PARTICIPANT_ENTERED, Verb.SCREEN_SET),
    }
)
# What somebody has to fetch for themselves, because nobody else may see it: events that name them.
PERSONAL = frozenset(verb for verb in BESIDE if verb.startswith("turn.")) | {Verb.MESSAGE_SENT, Verb.MESSAGE_WITHDRAWN}
# What changes the notices, and is told in small groups too.
NOTICED = frozenset(
    {Verb.MESSAGE_SENT, Verb.MESSAGE_WITHDRAWN, Verb.SIGNAL_RAISED, Verb.SIGNAL_TAKEN_BACK, Verb.SIGNAL_ANSWERED}
)
_STATES = frozenset(
    {
        *(Verb.SESSION_STARTED, Verb.SESSION_CLOSED, Verb.DOORS_OPENED, Verb.CONTROL_UNDONE),
        *(Verb.SESSION_CANCELLED, Verb.SESSION_ON_AGAIN),
    }
)
_PEOPLE = frozenset({Verb.PARTICIPANT_RENAMED, Verb.PARTICIPANT_REMOVED, Verb.PARTICIPANT_MOVED})


def is_beside(session_id: int, happened: Iterable[Any]) -> bool:
    """Whether HAPPENED can have changed the line or the notices of this meeting."""
    verbs = BESIDE | _STATES
    return any(
        event.verb in _PEOPLE
        or event.verb == Verb.WORKSHOP_CHANGED
        or (event.session_id == session_id and event.verb in verbs)
        for event in happened
    )


def beside(session: Session) -> list[dict[str, Any]]:
    """The two regions, from the present. Four queries."""
    return [
        {"id": "room-queue", "html": render_to_string("rooms/queue.html", {"queue": queue_view(session)})},
        notices(session),
    ]


def notices(session: Session) -> dict[str, Any]:
    """What everybody is told, in the room and in its small groups. Two queries, or three."""
    context = {"pulse": pulse_of(session), "told": notices_of(session)}
    return {"id": "room-notices", "html": render_to_string("rooms/notices.html", context)}
