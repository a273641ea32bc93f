"""From events to pieces: the parts of a room or a thread that changed, drawn by the page's own templates."""

import uuid
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, Protocol, TypeVar

from django.template.loader import render_to_string
from django.utils import translation

from sessions_app import clock
from sessions_app.kinds import kind_of
from sessions_app.live.audience import Audience, Scope
from sessions_app.live.beside import BESIDE, beside, is_beside
from sessions_app.live.console import draw_console
from sessions_app.live.groups import GROUP_VERBS, concerns_group, draw_group, draw_seats, told_in_group
from sessions_app.live.screen import draw_screen
from sessions_app.live.tallies import answered, headed
from sessions_app.models import Dialogue, Session
from sessions_app.queries import timeline
from sessions_app.queries.dialogues import dialogue_on_the_table
from sessions_app.queries.lanes import is_awaited
from sessions_app.queries.outlines import Outline, fresh_outline, outline_of
from sessions_app.queries.responses import board_of
from sessions_app.queries.rooms import RoomView, layout_of, room_view
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
        Verb.ACTIVITY_TIMED,
        Verb.ACTIVITY_ENDED,
        Verb.ACTIVITY_BROUGHT,
        Verb.CIRCLES_NAMED,
        Verb.CONTRIBUTION_CARRIED,
        Verb.CONTRIBUTION_UNCARRIED,
        Verb.CONTROL_UNDONE,
        Verb.SESSION_STARTED,
        Verb.SESSION_CLOSED,
    }
)


ANSWER_VERBS = frozenset({Verb.ANSWER_GIVEN, Verb.ANSWER_TAKEN_BACK, Verb.ANSWER_TAKEN_IN, Verb.ANSWER_MARKED})
BOARD_VERBS = ANSWER_VERBS | {Verb.CONTRIBUTION_REVISED, Verb.CONTRIBUTION_WITHDRAWN}  # reasons of answers, too
CHANGED_WORDS = frozenset({Verb.CONTRIBUTION_REVISED, Verb.CONTRIBUTION_WITHDRAWN})
HEADING_VERBS = frozenset({Verb.HEADING_ADDED, Verb.HEADING_RENAMED, Verb.HEADING_REMOVED})
AWAITED_VERBS = ANSWER_VERBS | {
    *(Verb.CONTRIBUTION_POSTED, Verb.CONTRIBUTION_WITHDRAWN, Verb.PAPER_COUNTED),
    *(Verb.PARTICIPANT_ENTERED, Verb.PARTICIPANT_REMOVED, Verb.PARTICIPANT_ROLES_CHANGED),
}
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
            pieces = _room(audience, events, seen) + _earlier(audience, events, seen)
            seats = draw_seats(audience, events, lambda: _on_the_table(audience, seen), seen)
            return pieces + _reveal(audience, events, seen, pieces) + _beside(audience, events) + seats
        if audience.scope == Scope.CONSOLE:
            return draw_console(audience, happened)
        if audience.scope == Scope.SCREEN:
            return draw_screen(audience, happened)
        events, seen = list(happened), present or Present()
        if audience.scope == Scope.GROUP:
            told = told_in_group(audience, events, seen)
            events = [event for event in events if concerns_group(audience, event)]
            return [*told, *draw_group(audience, events, seen), *(_thread(audience, events, seen) if events else [])]
        return _thread(audience, events, seen)


def _beside(audience: Audience, happened: list[Touched]) -> list[Piece]:
    if not is_beside(audience.scope_id, happened):
        return []
    return beside(Session.objects.select_related("workshop").get(pk=audience.scope_id))


def _room(audience: Audience, happened: list[Touched], present: Present) -> list[Piece]:
    about = [event for event in happened if event.session_id == audience.scope_id and event.verb not in GROUP_VERBS]
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


def _reveal(audience: Audience, happened: list[Touched], present: Present, drawn: list[Piece]) -> list[Piece]:
    """The button that turns everything over: it says whether somebody is still awaited. Facilitators alone have it."""
    if not audience.is_facilitator or not any(event.verb in AWAITED_VERBS for event in happened):
        return []
    if any(piece["id"] == "room-controls" for piece in drawn):
        return []
    dialogue = _on_the_table(audience, present)
    if dialogue is None or not dialogue.activity.is_hidden or dialogue.activity.session is None:
        return []
    waits = present(("awaited", dialogue.pk), lambda: is_awaited(dialogue))
    room = RoomView(dialogue.activity.session, (), True, clock.now(), dialogue=dialogue, is_awaited=waits)
    return [_piece("controls-reveal", "rooms/reveal.html", room)]


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
    if not kind_of(dialogue.activity.kind).shows_words():
        return []  # words beside answers lie in the board
    counts = present(("counts", dialogue.pk), lambda: timeline.counts_of(dialogue))
    session = dialogue.activity.session
    assert session is not None  # noqa: S101  -- it was found by its session
    room = RoomView(session, (), audience.is_facilitator, clock.now(), dialogue=dialogue, count=counts.standing)
    count_piece = _piece("room-count", "rooms/count.html", room)
    if room.is_hidden:
        return [count_piece, _piece("room-backs", "rooms/backs.html", room)]
    return [*_words(dialogue, ids, audience, room.layout, happened, present), count_piece]


def _earlier(audience: Audience, happened: list[Touched], present: Present) -> list[Piece]:
    """Changed words of an earlier step, which somebody may still look at; a group's words were never in the room."""
    about = [event for event in happened if event.verb in CHANGED_WORDS]
    current = _on_the_table(audience, present) if about else None
    pieces = []
    for pk in sorted({event.dialogue_id for event in about if event.dialogue_id}):
        if current is not None and pk == current.pk:
            continue
        dialogue = present(("dialogue", pk), partial(_dialogue, pk))
        if dialogue.activity.session_id == audience.scope_id and dialogue.group_id is None:
            ids = present(("ids", pk), partial(_touched_ids, dialogue, about))
            pieces += _words(dialogue, ids, audience, layout_of(kind_of(dialogue.activity.kind)), about, present)
    return pieces


def _thread(audience: Audience, happened: list[Touched], present: Present) -> list[Piece]:
    dialogue = present(("dialogue", audience.scope_id), lambda: _dialogue(audience.scope_id))
    ids = present(("ids", dialogue.pk), lambda: _touched_ids(dialogue, happened))
    board = _board("thread-board", dialogue, happened, present)
    if not any(_redraws(dialogue, event) for event in happened):
        if not (ids or _sorts(dialogue, happened)):
            return [*board, answered(dialogue, present)] if board else []
        if dialogue.activity.is_hidden:
            return [*board, answered(dialogue, present)]
        if present(("others", dialogue.pk), lambda: timeline.holds_more_than(dialogue, ids)):
            words = _words(dialogue, ids, audience, "says", happened, present)
            return [*board, *words, answered(dialogue, present)]
        # The first words of all: the sentence that nobody has answered has to go.
    view = thread_view(dialogue, is_facilitator=audience.is_facilitator)
    state = [{"id": "thread-state", "html": render_to_string("threads/state.html", {"thread": view})}]
    if view.board:
        state.append({"id": "thread-board", "html": render_to_string("answers/board.html", {"board": view.board})})
    count = {"id": "thread-count", "html": view.answers_words}
    if view.is_hidden and not any(event.verb == Verb.CONTROL_UNDONE for event in happened):
        # The list holds only the reader's own face-down words, which a piece for everybody lacks.
        return [*state, count]
    return [*state, {"id": "thread-says", "html": render_to_string("threads/says.html", {"thread": view})}, count]


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
    return [*(_said(item, layout) for item in said), *headed(outline_of(dialogue, (), counts))]


def _outline(outline: Outline, layout: str) -> Piece:
    context = {"outline": outline, "layout": layout}
    return {"id": outline.element_id, "html": render_to_string("headings/sections.html", context)}


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
