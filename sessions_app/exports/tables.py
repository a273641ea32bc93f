"""The workshop itself as tables: its meetings, steps and dialogues, and the people who are in the export."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.db.models import Count

from sessions_app.exports.registry import Column, Table, ident, whose
from sessions_app.exports.scope import Scope
from sessions_app.models import (
    Consent,
    Dialogue,
    Event,
    Identity,
    Place,
    Purpose,
    Role,
    Space,
    State,
    Time,
)
from sessions_app.verbs import CODEBOOK, Verb

Rows = Iterator[tuple[Any, ...]]
TIMES, SPACES = tuple(Time.values), tuple(Space.values)
ROLES = (Role.FACILITATOR, Role.SCRIBE, Role.HELPER, Role.RESEARCHER, Role.PARTICIPANT)


def sessions(scope: Scope) -> Rows:
    entered = Event.objects.filter(workshop=scope.workshop, verb=Verb.PARTICIPANT_ENTERED)
    present = dict(entered.values_list("session").annotate(n=Count("participant", distinct=True)))
    for pk, session in scope.sessions.items():
        target = scope.session(pk)
        ended, started = session.closed_at, session.started_at
        yield (
            target,
            scope.session_number[pk],
            session.time,
            session.space,
            session.state,
            session.starts_at,
            started,
            ended,
            (ended - started).total_seconds() if ended and started else None,
            present.get(pk, 0),
            scope.text(target, session.title, "title"),
        )


def activities(scope: Scope) -> Rows:
    for pk, step in scope.activities.items():
        target = scope.activity(pk)
        yield (
            target,
            scope.session(step.session_id),
            step.position,
            step.kind,
            step.stages,
            step.mechanisms,
            step.identity,
            step.blind,
            step.minutes,
            step.opened_at,
            step.revealed_at,
            step.closed_at,
            step.open_until,
            step.ended_at,
            scope.activity(step.comes_from_id),
            scope.text(target, step.title, "title"),
            scope.text(target, step.prompt, "prompt"),
            scope.json({name: value for name, value in step.options.items() if name != "headings"}),
        )


def dialogues(scope: Scope) -> Rows:
    order = ("activity__session__starts_at", "activity__session", "activity__position", "activity", "group__number")
    found = Dialogue.objects.filter(activity__in=scope.activities).select_related("group").order_by(*order)
    for dialogue in found:
        step = scope.activities[dialogue.activity_id]
        yield (
            scope.ids.thing("D", dialogue.pk),
            scope.activity(step.pk),
            scope.session(step.session_id),
            "group" if dialogue.group is not None else "thread" if step.is_thread else "plenary",
            dialogue.group.number if dialogue.group is not None else None,
        )


def people(scope: Scope) -> Rows:
    came = Event.objects.filter(workshop=scope.workshop, verb=Verb.PARTICIPANT_ENTERED)
    meetings = dict(came.values_list("participant").annotate(n=Count("session", distinct=True)))
    for pk in sorted(scope.people.included, key=scope.person):
        person = scope.people.all[pk]
        yield (
            scope.person(pk),
            next((role for role in ROLES if role in person.roles), ""),
            person.usual_place,
            meetings.get(pk, 0),
            scope.said[pk],
            scope.words[pk],
            scope.said[pk] > 0,
            pk in scope.people.quoted,
        )
    for pk in scope.people.all.keys() - scope.people.included:
        scope.is_in("people", pk)


def consents(scope: Scope) -> Rows:
    found = Consent.objects.filter(participant__in=scope.people.included).order_by("pk")
    number: Counter[int] = Counter()
    for answer in sorted(found, key=lambda one: (scope.person(one.participant_id), one.pk)):
        number[answer.participant_id] += 1
        yield (
            scope.person(answer.participant_id),
            number[answer.participant_id],
            answer.purpose,
            answer.withdrawn_at is None,
            answer.version,
            answer.language,
            answer.given_at if answer.withdrawn_at is None else answer.withdrawn_at,
        )


def codebook(scope: Scope) -> Rows:
    yield from sorted((str(verb), str(entry.sentence)) for verb, entry in CODEBOOK.items())


SESSION = Column("session_id", "The meeting; empty between the meetings.", refers_to=("sessions", "session_id"))
ACTIVITY = Column("activity_id", "The step or the thread.", refers_to=("activities", "activity_id"))
SESSIONS = Table(
    "sessions",
    "Every meeting, in order, with its cell in the time × space grid.",
    ("session_id",),
    (
        ident("session_id", "The meeting."),
        Column("session_no", "Its place in the order of meetings.", "integer", required=True),
        Column("time", "Column of the 3 × 3 grid.", enum=TIMES, required=True),
        Column("space", "Row of the 3 × 3 grid.", enum=SPACES, required=True),
        Column("state", "How far it has come.", enum=tuple(State.values), required=True),
        Column("planned_at", "When it was to begin.", "datetime"),
        Column("opened_at", "When it began.", "datetime"),
        Column("closed_at", "When it ended.", "datetime"),
        Column("duration_s", "From beginning to end, in seconds.", "number"),
        Column("n_present", "How many people came in, also those who are not in the export.", "integer"),
        Column("title", "What it was called."),
    ),
    sessions,
)
ACTIVITIES = Table(
    "activities",
    "Every step of a meeting and every thread between the meetings.",
    ("activity_id",),
    (
        ident("activity_id", "The step or thread."),
        SESSION,
        Column("position", "Its place in the run sheet.", "integer"),
        Column("kind", "The way of working.", required=True),
        Column("stages", "Stages of the framework, with spaces between."),
        Column("mechanisms", "Mechanisms of the framework, with spaces between."),
        Column("identity", "What people were told about names.", enum=tuple(Identity.values), required=True),
        Column("blind", "Whether answers lay face down at first.", "boolean"),
        Column("minutes", "How long it was planned to be.", "integer"),
        Column("opened_at", "When it opened.", "datetime"),
        Column("revealed_at", "When face-down answers were turned over.", "datetime"),
        Column("closed_at", "When it ended in the room.", "datetime"),
        Column("open_until", "Until when it was open between the meetings.", "datetime"),
        Column("ended_at", "When that moment had passed.", "datetime"),
        Column("comes_from", "The step that it was made from.", refers_to=("", "activity_id")),
        Column("title", "What it was called."),
        Column("prompt", "What people were asked."),
        Column("options", "What was set for it, as JSON; choices have their number in this order."),
    ),
    activities,
)
DIALOGUES = Table(
    "dialogues",
    "Where words were put: one for everybody, and one for each small group.",
    ("dialogue_id",),
    (
        ident("dialogue_id", "The dialogue."),
        ACTIVITY,
        SESSION,
        Column(
            "kind", "For everybody in a meeting, between meetings, or a group.", enum=("plenary", "thread", "group")
        ),
        Column("group_no", "The number of the small group.", "integer"),
    ),
    dialogues,
)
PEOPLE = Table(
    "people",
    "Everybody who says yes to research now. Nobody else has a row anywhere.",
    ("participant_id",),
    (
        ident("participant_id", "The person, by a keyed pseudonym."),
        Column("role", "The role in the workshop.", enum=tuple(Role.values)),
        Column("place", "Where they usually take part.", enum=tuple(Place.values)),
        Column("n_sessions", "How many meetings they came to.", "integer"),
        Column(
            "n_contributions", "How many rows of contributions.csv bear their id; copies are not counted.", "integer"
        ),
        Column("n_words", "Words in those, parted by spaces.", "integer"),
        Column("ever_spoke", "Whether there is any.", "boolean"),
        Column("consent_quote", "Whether their words may be quoted in print. If not, do not quote them.", "boolean"),
    ),
    people,
)
CONSENTS = Table(
    "consents",
    "Every answer about a purpose of those who are in the export. The last one counts.",
    ("participant_id", "answer_no"),
    (
        whose("participant_id", "Whose answer."),
        Column("answer_no", "Their first answer, their second, and so on.", "integer", required=True),
        Column("purpose", "What for.", enum=tuple(Purpose.values), required=True),
        Column("yes", "Yes, or no.", "boolean", required=True),
        Column("version", "Which version of the question.", "integer"),
        Column("language", "In which language it was read."),
        Column("at", "When.", "datetime", required=True),
    ),
    consents,
)
CODES = Table(
    "codebook",
    "What each verb of events.csv says: the words of the log, not the codes of those who study it.",
    ("verb",),
    (ident("verb", "The verb."), Column("sentence", "What happened.", required=True)),
    codebook,
)
