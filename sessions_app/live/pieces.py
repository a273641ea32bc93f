"""From events to pieces: the parts of a room or a thread that changed, drawn by the page's own templates."""

import uuid
from collections.abc import Callable, Iterable
from typing import Any, Protocol, TypeVar

from django.template.loader import render_to_string
from django.utils import translation

from sessions_app import clock
from sessions_app.kinds import kind_of
from sessions_app.live.audience import Audience, Scope
from sessions_app.live.beside import BESIDE, beside, is_beside
from sessions_app.live.console import draw_console
from sessions_app.models import Dialogue, Session
from sessions_app.queries import timeline
from sessions_app.queries.dialogues import dialogue_on_the_table
from sessions_app.queries.outlines import Outline, fresh_outline, outline_of
from sessions_app.queries.responses import board_of
from sessions_app.queries.rooms import RoomView, room_view
from sessions_app.queries.threads import thread_view
from sessions_app.verbs import Verb

Piece = dict[str, Any]
Result = TypeVar("Result")
WALL_VERBS = frozenset(
    {
        Verb.ACTIVITY_OPENED,
        Verb.ACTIVITY_REVEALED,
        Verb.ACTIVITY_ASKED_AGAIN,
        Verb.ACTIVITY_CLOSED,
        Verb.ACTIVITY_CHANGED,
        Verb.ACTIVITY_KEPT_OPEN,
        Verb.ACTIVITY_ENDED,
        Verb.ACTIVITY_BROUGHT,
        Verb.CONTROL_UNDONE,
        Verb.SESSION_STARTED,
        Verb.SESSION_CLOSED,
    }
)


ANSWER_VERBS = frozenset({Verb.ANSWER_GIVEN, Verb.ANSWER_TAKEN_BACK, Verb.ANSWER_TAKEN_IN})
BOARD_VERBS = ANSWER_VERBS | {Verb.CONTRIBUTION_REVISED, Verb.CONTRIBUTION_WITHDRAWN}  # reasons of answers, too
HEADING_VERBS = frozenset({Verb.HEADING_ADDED, Verb.HEADING_RENAMED, Verb.HEADING_REMOVED})
LOBBY_VERBS = frozenset({Verb.PARTICIPANT_JOINED, Verb.PARTICIPANT_ADMITTED, Verb.PARTICIPANT_REMOVED})


class Touched(Protocol):
    """What is read of an event here."""

    @property
    def verb(self) -> str: ...
    @property
    def session_id(self) -> int | None: ...
    @property
    def activity_id(self) -> int | None: ...
    @property
    def dialogue_id(self) -> int | None: ...
    @property
    def contribution_id(self) -> uuid.UUID | None: ...
    @property
    def participant_id(self) -> int | None: ...


class Present:
    """What drawing reads of the database, read once for all the audiences of one batch of news."""

    def __init__(self) -> None:
        self._read: dict[Any, Any] = {}

    def __call__(self, key: Any, read: Callable[[], Result]) -> Result:
        if key not in self._read:
            self._read[key] = read()
        return self._read[key]


def draw(audience: Audience, happened: Iterable[Touched], present: Present | None = None) -> list[Piece]:
    """The pieces of the audience's page that HAPPENED touches, in the language of the audience."""
    with translation.override(audience.language):
        if audience.scope == Scope.ROOM:
            seen, events = present or Present(), list(happened)
            return _room(audience, events, seen) + _beside(audience, events)
        if audience.scope == Scope.CONSOLE:
            return draw_console(audience, happened)
        return _thread(audience, list(happened), present or Present())


def _beside(audience: Audience, happened: list[Touched]) -> list[Piece]:
    if not is_beside(audience.scope_id, happened):
        return []
    return beside(Session.objects.select_related("workshop").get(pk=audience.scope_id))


def _room(audience: Audience, happened: list[Touched], present: Present) -> list[Piece]:
    about = [event for event in happened if event.session_id == audience.scope_id]
    everything = any(event.verb == Verb.WORKSHOP_CHANGED for event in happened)
    now = everything or any(event.verb not in BESIDE for event in about)
    wall = everything or any(event.verb in WALL_VERBS for event in about) or _brings(audience, happened, present)
    door = audience.is_facilitator and any(event.verb in LOBBY_VERBS for event in happened)
    if not (now or wall or door):
        return [*_room_board(audience, happened, present), *_room_words(audience, happened, present)]
    session = Session.objects.select_related("workshop", "current_activity").get(pk=audience.scope_id)
    room = room_view(session, is_facilitator=audience.is_facilitator)
    pieces = [_piece("room-now", "rooms/now.html", room), _piece("room-side", "rooms/side.html", room)] if now else []
    if now and audience.is_facilitator:
        pieces.append(_piece("room-controls", "rooms/controls.html", room))
    if door:
        pieces.append(_piece("room-lobby", "rooms/lobby.html", room))
    if wall:
        return [*pieces, _piece("room-wall", "rooms/wall.html", room)]
    return [*pieces, *_room_board(audience, happened, present), *_room_words(audience, happened, present)]


def _brings(audience: Audience, happened: list[Touched], present: Present) -> bool:
    """Whether something happened in the thread whose words the step that is on has brought along."""
    if not any(event.activity_id and event.session_id != audience.scope_id for event in happened):
        return False
    dialogue = _on_the_table(audience, present)
    source = dialogue.activity.comes_from_id if dialogue else None
    return source is not None and any(event.activity_id == source for event in happened)


def _on_the_table(audience: Audience, present: Present) -> Dialogue | None:
    return present(("current", audience.scope_id), lambda: dialogue_on_the_table(audience.scope_id))


def _room_board(audience: Audience, happened: list[Touched], present: Present) -> list[Piece]:
    """The answers to the step that is on, added up anew. Two queries for all audiences together."""
    dialogue = _on_the_table(audience, present) if any(event.verb in BOARD_VERBS for event in happened) else None
    return _board("room-board", dialogue, happened, present) if dialogue else []


def _board(element_id: str, dialogue: Dialogue, happened: list[Touched], present: Present) -> list[Piece]:
    verbs = BOARD_VERBS if kind_of(dialogue.activity.kind).takes_reasons else ANSWER_VERBS
    if not any(event.verb in verbs and event.dialogue_id == dialogue.pk for event in happened):
        return []
    board = present(("board", dialogue.pk), lambda: board_of(dialogue))
    return [{"id": element_id, "html": render_to_string("answers/board.html", {"board": board})}]


def _room_words(audience: Audience, happened: list[Touched], present: Present) -> list[Piece]:
    """Contributions to the step that is on, and how many there are. Three queries for all audiences together."""
    verbs = HEADING_VERBS | {Verb.PARTICIPANT_RENAMED}
    if not any(event.contribution_id or event.verb in verbs for event in happened):
        return []
    dialogue = _on_the_table(audience, present)
    ids = present(("ids", dialogue.pk), lambda: _touched_ids(dialogue, happened)) if dialogue else set()
    if dialogue is None or not (ids or _sorts(dialogue, happened)):
        return []
    counts = present(("counts", dialogue.pk), lambda: timeline.counts_of(dialogue))
    session = dialogue.activity.session
    assert session is not None  # noqa: S101  -- it was found by its session
    room = RoomView(session, (), audience.is_facilitator, clock.now(), dialogue=dialogue, count=counts.standing)
    count_piece = _piece("room-count", "rooms/count.html", room)
    if room.is_hidden:
        return [count_piece, _piece("room-backs", "rooms/backs.html", room)]
    return [*_words(dialogue, ids, audience, room.layout, happened, present), count_piece]


def _thread(audience: Audience, happened: list[Touched], present: Present) -> list[Piece]:
    dialogue = present(("dialogue", audience.scope_id), lambda: _dialogue(audience.scope_id))
    ids = present(("ids", dialogue.pk), lambda: _touched_ids(dialogue, happened))
    board = _board("thread-board", dialogue, happened, present)
    if not any(_redraws(dialogue, event) for event in happened):
        if not (ids or _sorts(dialogue, happened)) or dialogue.activity.is_hidden:
            return board
        if present(("others", dialogue.pk), lambda: timeline.holds_more_than(dialogue, ids)):
            return [*board, *_words(dialogue, ids, audience, "says", happened, present)]
        # The first words of all: the sentence that nobody has answered has to go.
    view = thread_view(dialogue, is_facilitator=audience.is_facilitator)
    state = [{"id": "thread-state", "html": render_to_string("threads/state.html", {"thread": view})}]
    if view.board:
        state.append({"id": "thread-board", "html": render_to_string("answers/board.html", {"board": view.board})})
    if view.is_hidden and not any(event.verb == Verb.CONTROL_UNDONE for event in happened):
        return state  # the list holds only the reader's own face-down words, which a piece for everybody lacks
    return [*state, {"id": "thread-says", "html": render_to_string("threads/says.html", {"thread": view})}]


def _redraws(dialogue: Dialogue, event: Touched) -> bool:
    """Whether EVENT can have changed more of a thread than single contributions."""
    if event.verb == Verb.WORKSHOP_CHANGED:
        return True
    if event.verb == Verb.CONTROL_UNDONE:
        return event.session_id == dialogue.activity.session_id
    return event.verb in WALL_VERBS and event.activity_id == dialogue.activity_id


def _sorts(dialogue: Dialogue, happened: list[Touched]) -> bool:
    """Whether the headings of DIALOGUE are others now."""
    return any(event.verb in HEADING_VERBS and event.dialogue_id == dialogue.pk for event in happened)


def _words(
    dialogue: Dialogue,
    ids: set[uuid.UUID],
    audience: Audience,
    layout: str,
    happened: list[Touched],
    present: Present,
) -> list[Piece]:
    if dialogue.activity.is_hidden or not kind_of(dialogue.activity.kind).shows_words():
        return []
    if _sorts(dialogue, happened):
        outline = fresh_outline(dialogue, is_facilitator=audience.is_facilitator)
        return [_outline(outline, layout)] if outline else []
    rows = present(("rows", dialogue.pk), lambda: timeline.rows_by_ids(dialogue, ids))
    said = timeline.shown(dialogue, rows, is_facilitator=audience.is_facilitator)
    counts = present(("counts", dialogue.pk), lambda: timeline.counts_of(dialogue))
    return [*(_said(item, layout) for item in said), *_counts(outline_of(dialogue, (), counts))]


def _outline(outline: Outline, layout: str) -> Piece:
    context = {"outline": outline, "layout": layout}
    return {"id": outline.element_id, "html": render_to_string("headings/sections.html", context)}


def _counts(outline: Outline | None) -> list[Piece]:
    """How many cards lie under each heading, in the list of them and at each."""
    if outline is None or not outline.is_headed:
        return []
    table = {"id": outline.counts_id, "html": render_to_string("headings/counts.html", {"outline": outline})}
    return [table, *({"id": section.count_id, "html": section.counted} for section in outline.sections)]


def _dialogue(pk: int) -> Dialogue:
    return Dialogue.objects.select_related("activity__workshop", "activity__session").get(pk=pk)


def _touched_ids(dialogue: Dialogue, happened: list[Touched]) -> set[uuid.UUID]:
    """The contributions of DIALOGUE that look different now: also those that name somebody who was renamed,
    and answers to words that were taken back."""
    ids = {event.contribution_id for event in happened if event.contribution_id and event.dialogue_id == dialogue.pk}
    renamed = {event.participant_id for event in happened if event.verb == Verb.PARTICIPANT_RENAMED}
    gone = {event.contribution_id for event in happened if event.verb == Verb.CONTRIBUTION_WITHDRAWN}
    return ids | (timeline.ids_that_mention(dialogue, renamed, gone) if renamed or gone else set())


def _said(item: timeline.Said, layout: str) -> Piece:
    context = {"said": item, "layout": layout, "outlined": True}
    html = render_to_string("contributions/contribution.html", context)
    return {"id": item.element_id, "in": item.list_id, "order": item.seq, "html": html}


def _piece(element_id: str, template: str, room: RoomView) -> Piece:
    return {"id": element_id, "html": render_to_string(template, {"room": room})}
