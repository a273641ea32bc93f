"""What was said and chosen as tables: contributions, where cards were sorted to, and answers by choosing."""

from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from sessions_app.exports.registry import Column, Table, ident, whose
from sessions_app.exports.scope import FACE_DOWN, TAKEN_BACK, Scope, words_in
from sessions_app.exports.tables import ACTIVITY, SESSION, SPACES, TIMES, Rows
from sessions_app.headings import title_of
from sessions_app.models import Contribution, Event, Identity, Place, Response, Role, Via
from sessions_app.queries.exports import ANSWERS
from sessions_app.queries.grid import cell_of
from sessions_app.verbs import Verb

CHUNK = 2000


def contributions(scope: Scope) -> Rows:
    builds_on = _carried_on(scope)
    found = words_in(scope.workshop).select_related("dialogue")
    for one in found.iterator(chunk_size=CHUNK):
        if one.pk in scope.standing:
            yield _standing(scope, one, builds_on.get(one.pk, []))
        elif one.pk in scope.gaps:
            yield _gap(scope, one)


def _standing(scope: Scope, one: Contribution, builds_on: list[str]) -> tuple[Any, ...]:
    target, step = scope.card(one.pk), scope.activities[one.dialogue.activity_id]
    session = scope.sessions.get(step.session_id or 0)
    text = scope.text(target, one.body)
    words = len(text.split())
    hides = scope.hides_who(step.pk)
    who = None if hides else one.author_id
    if who is not None and one.from_group_id is None:
        scope.said[who] += 1
        scope.words[who] += words
    time, space = cell_of(session, late=one.late)
    return (
        *_place(scope, one),
        scope.person(who),
        "active",
        one.said_at,
        _seconds(one.said_at, session.started_at if session else None),
        str(time),
        str(space),
        "" if hides else one.place,
        "" if hides else one.via,
        "" if hides else scope.person(one.recorded_by_id),
        one.late,
        step.identity,
        one.language,
        scope.card(one.reply_to_id),
        builds_on,
        scope.card(one.carried_from_id),
        one.revised_at is not None,
        one.confirmed_at is not None,
        len(text),
        words,
        text,
    )


def _gap(scope: Scope, one: Contribution) -> tuple[Any, ...]:
    """A place that was kept: words were taken back, or the yes of their author, or a copy was taken off the table."""
    return (*_place(scope, one), "", "withdrawn" if one.uncarried_at is None else "undone", *[None] * 18)


def _place(scope: Scope, one: Contribution) -> tuple[Any, ...]:
    step = scope.activities[one.dialogue.activity_id]
    return (
        scope.card(one.pk),
        one.seq,
        scope.ids.thing("D", one.dialogue_id),
        scope.activity(step.pk),
        scope.session(step.session_id),
    )


def _seconds(moment: datetime, start: datetime | None) -> float | None:
    return (moment - start).total_seconds() if start is not None else None


def _carried_on(scope: Scope) -> dict[UUID, list[str]]:
    """Which cards each card carries on, of those that are here."""
    through = Contribution.builds_on.through.objects
    pairs = through.filter(from_contribution__dialogue__activity__workshop=scope.workshop)
    found: dict[UUID, list[str]] = {}
    for one, other in pairs.values_list("from_contribution_id", "to_contribution_id").iterator(chunk_size=CHUNK):
        if one in scope.standing and (card := scope.card(other)):
            found.setdefault(one, []).append(card)
    return {one: sorted(cards) for one, cards in found.items()}


def placements(scope: Scope) -> Rows:
    hidden = _headings_of_others(scope)
    found = words_in(scope.workshop).filter(heading__isnull=False, withdrawn_at=None).select_related("dialogue")
    for one in found.iterator(chunk_size=CHUNK):
        if one.pk not in scope.standing:
            continue
        step = scope.activities[one.dialogue.activity_id]
        target = scope.activity(step.pk)
        title = "" if (step.pk, one.heading) in hidden else title_of(step, one.heading)
        yield scope.card(one.pk), target, one.heading, scope.text(target, title, "heading")


def _headings_of_others(scope: Scope) -> set[tuple[int, int]]:
    """Headings whose words are of somebody who is not in the export. What facilitators wrote belongs to the step."""
    events = Event.objects.filter(workshop=scope.workshop, verb__in=[Verb.HEADING_ADDED, Verb.HEADING_RENAMED])
    hidden = set()
    for activity, actor, data in events.order_by("seq").values_list("activity_id", "actor_id", "data"):
        person = scope.people.all.get(actor or 0)
        leads = person is not None and Role.FACILITATOR in person.roles
        if leads or scope.people.shown(actor) is not None:
            hidden.discard((activity, data["heading"]))  # who wrote it last, in their words
        else:
            hidden.add((activity, data["heading"]))
    return hidden


def responses(scope: Scope) -> Rows:
    """In each round in the order of keyed ids: that in which they came tells who gave them, held beside the log."""
    found = Response.objects.filter(dialogue__activity__workshop=scope.workshop).select_related("dialogue")
    order = ("dialogue__activity__session__starts_at", "dialogue__activity__session", "dialogue__activity__position")
    in_order = found.order_by(*order, "dialogue__activity", "dialogue", "round", "pk").iterator(chunk_size=CHUNK)
    for _round, given in groupby(in_order, key=lambda one: (one.dialogue_id, one.round)):
        yield from sorted(_response(scope, one) for one in given if _is_there(scope, one))


def _is_there(scope: Scope, one: Response) -> bool:
    """Whether the answer ONE is in the export; if not, it is counted."""
    step = scope.activities.get(one.dialogue.activity_id)
    if step is None or step.is_hidden:
        scope.leave_out(FACE_DOWN, "responses", one.participant_id)
        return False
    if one.withdrawn_at is not None:
        scope.leave_out(TAKEN_BACK, "responses", one.participant_id)
        return False
    return scope.is_in("responses", one.participant_id)


def _response(scope: Scope, one: Response) -> tuple[Any, ...]:
    step = scope.activities[one.dialogue.activity_id]
    target = scope.ids.thing(ANSWERS.prefix, one.pk)
    hides = scope.hides_who(step.pk, answer=True)
    return (
        target,
        scope.ids.thing("D", one.dialogue_id),
        scope.activity(step.pk),
        scope.session(step.session_id),
        "" if hides else scope.person(one.participant_id),
        step.kind,
        one.round,
        None if hides else one.given_at,
        None if hides else one.via,
        None if hides else one.place,
        one.late,
        scope.ids.thing("C", one.reason_id) if one.reason_id in scope.standing else "",
        scope.json(one.value),
    )


CARD = Column("contribution_id", "The words.", refers_to=("contributions", "contribution_id"))
DIALOGUE = Column("dialogue_id", "Where they were put.", refers_to=("dialogues", "dialogue_id"))
CONTRIBUTIONS = Table(
    "contributions",
    "Everything that people said, in order; a gap where words were taken back.",
    ("contribution_id",),
    (
        ident("contribution_id", "The words."),
        Column("seq", "Its number in the log: the order in which everybody saw it.", "integer", required=True),
        DIALOGUE,
        ACTIVITY,
        SESSION,
        whose("participant_id", "Whose words; empty where people were told that they are not named, and for gaps."),
        Column(
            "status",
            "Here; or a gap: taken back, or a copy that a host took off everybody's table again.",
            enum=("active", "withdrawn", "undone"),
            required=True,
        ),
        Column("posted_at", "When it was said.", "datetime"),
        Column("t_s", "Seconds since the meeting began.", "number"),
        Column("time", "Column of the 3 × 3 grid.", enum=TIMES),
        Column("space", "Row of the 3 × 3 grid.", enum=SPACES),
        Column("place", "Where the person was; empty where people are not named.", enum=tuple(Place.values)),
        Column("via", "By which road it came; empty where people are not named.", enum=tuple(Via.values)),
        whose("recorded_by", "Who typed it for somebody; empty where people are not named."),
        Column("late", "Whether it came after the step had ended in the room.", "boolean"),
        Column("identity", "What people were told there about names.", enum=tuple(Identity.values)),
        Column("language", "BCP 47."),
        Column("reply_to", "What it answers.", refers_to=("", "contribution_id")),
        Column("builds_on", "Cards that it carries on, with spaces between."),
        Column("carried_from", "The card of a small group that it is a copy of.", refers_to=("", "contribution_id")),
        Column("revised", "Whether its author changed it since.", "boolean"),
        Column("confirmed", "Whether its author checked what was typed for them.", "boolean"),
        Column("n_chars", "Unicode code points of the text.", "integer"),
        Column("n_words", "Words of the text, parted by spaces.", "integer"),
        Column("text", "The words, apart from redaction as they were typed."),
    ),
    contributions,
)
PLACEMENTS = Table(
    "placements",
    "Under which heading a card lies.",
    ("contribution_id",),
    (
        CARD,
        ACTIVITY,
        Column("heading_no", "The number of the heading in its step.", "integer", required=True),
        Column(
            "heading",
            "Its words. Those of facilitators stand; empty when another wrote them who is not in the export.",
        ),
    ),
    placements,
)
RESPONSES = Table(
    "responses",
    "Answers by choosing: dots, marks, positions. Those that still lie face down are left out.",
    ("response_id",),
    (
        ident("response_id", "The answer."),
        DIALOGUE,
        ACTIVITY,
        SESSION,
        whose("participant_id", "Who answered; empty where the result is shown without names."),
        Column("kind", "The way of choosing."),
        Column("round", "Which time the question was put.", "integer"),
        Column("given_at", "When; empty where nobody is named.", "datetime"),
        Column("via", "By which road; empty where nobody is named.", enum=tuple(Via.values)),
        Column("place", "Where they were; empty where nobody is named.", enum=tuple(Place.values)),
        Column("late", "Whether it came after the step had ended in the room.", "boolean"),
        Column("reason_id", "The words beside it.", refers_to=("contributions", "contribution_id")),
        Column("value", "What was chosen, as JSON; numbers count from 0 in the options of the step."),
    ),
    responses,
)
