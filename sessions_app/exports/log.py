"""The log as a table: what happened, when, by whom. Lines of people who are not in the export are left out."""

from typing import Any

from sessions_app.exports.registry import OF_THE_WORKSHOP, Column, Table, ident, whose
from sessions_app.exports.scope import Scope
from sessions_app.exports.tables import ACTIVITY, SESSION, Rows
from sessions_app.exports.words import CARD, CHUNK, DIALOGUE
from sessions_app.models import Event, Place, Via
from sessions_app.verbs import CODEBOOK

OF_EXPORTS = "export."  # left out, or no export could be made a second time with the same bytes


def lines(scope: Scope) -> Any:
    """The events that exports tell of, in order."""
    return Event.objects.filter(workshop=scope.workshop).exclude(verb__startswith=OF_EXPORTS).order_by("seq")


def events(scope: Scope) -> Rows:
    for event in lines(scope).iterator(chunk_size=CHUNK):
        who = _who(scope, event)
        if who is None:
            continue
        actor, participant = map(scope.person, who)
        road = event.data if actor or participant else {}  # by road and place one could tell who it was
        yield (
            f"E-{event.seq}",
            event.seq,
            event.at,
            event.verb,
            actor,
            participant,
            scope.session(event.session_id),
            scope.activity(event.activity_id),
            scope.ids.thing("D", event.dialogue_id) if event.activity_id in scope.activities else "",
            scope.card(event.contribution_id),
            _known(road.get("via"), Via.values),
            _known(road.get("place"), Place.values),
        )


def _who(scope: Scope, event: Event) -> tuple[int | None, int | None] | None:
    """Whom the line names as (actor, participant); None when the line is left out."""
    nobody = (None, None)
    named = (event.actor_id, event.participant_id)
    if event.contribution_id is not None:
        if event.contribution_id in scope.standing:
            return nobody if scope.hides_who(event.activity_id) else named
        return nobody if event.contribution_id in scope.gaps else None
    if event.verb.startswith(tuple(OF_THE_WORKSHOP)):
        return named
    subject = event.actor_id if event.participant_id is None else event.participant_id
    if not scope.is_in("events", subject):
        return None
    answer = event.verb.startswith("answer.")
    is_secret = CODEBOOK[event.verb].discreet or (answer and scope.hides_who(event.activity_id, answer=True))
    return nobody if is_secret else named


def _known(value: Any, allowed: list[str]) -> str:
    return value if value in allowed else ""


EVENTS = Table(
    "events",
    "What happened, line by line. The numbers have gaps where lines are left out.",
    ("event_id",),
    (
        ident("event_id", "The line."),
        Column("seq", "Its number in the log of the workshop.", "integer", required=True),
        Column("time", "When.", "datetime", required=True),
        Column(
            "verb", "What happened; codebook.csv says it in a sentence.", required=True, refers_to=("codebook", "verb")
        ),
        whose("actor_id", "Who did it; empty for a clock, and for people who are not in the export."),
        whose("participant_id", "Whom it is about."),
        SESSION,
        ACTIVITY,
        DIALOGUE,
        CARD,
        Column("via", "By which road; empty where nobody is named.", enum=tuple(Via.values)),
        Column("place", "Where the person was; empty where nobody is named.", enum=tuple(Place.values)),
    ),
    events,
)
