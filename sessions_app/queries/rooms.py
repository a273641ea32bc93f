"""The live room: everything its templates show, read in a handful of queries whatever the room holds."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import BooleanField, Count, ExpressionWrapper, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse

from sessions_app import clock, moments
from sessions_app.headings import to_choose_from
from sessions_app.kinds import Kind, kind_of
from sessions_app.models import Activity, Dialogue, Identity, Participant, Session
from sessions_app.queries.circles import Circle, circles_in
from sessions_app.queries.lanes import awaits
from sessions_app.queries.outlines import Outline, outline_of
from sessions_app.queries.people import waiting_in
from sessions_app.queries.phases import Phases, phases_of
from sessions_app.queries.promises import promise_of, send_words
from sessions_app.queries.quotes import Card, cards_of
from sessions_app.queries.responses import Board, board_of
from sessions_app.queries.starting import Starting, starting
from sessions_app.queries.timeline import PAGE, Said, counts_of, timeline


def layout_of(kind: type[Kind]) -> str:
    """How one list of words is drawn in the room: below each other, or side by side."""
    return "says" if kind.layout == "says" else "wall"


@dataclass(frozen=True, slots=True)
class Step:
    """One mark of the agenda strip."""

    activity: Activity
    kind: type[Kind]
    is_current: bool
    is_past: bool

    @property
    def is_open_shape(self) -> bool:
        """Steps to come are drawn as a line only."""
        return not (self.is_past or self.is_current)

    @property
    def stage(self) -> str:
        return "break" if self.kind.rests or not self.activity.stages else self.activity.stages[0]


@dataclass(frozen=True, slots=True)
class RoomView:
    """A room as an audience sees it; `said` is what lies on the table, `mine` the viewer's own face-down words."""

    session: Session
    steps: tuple[Step, ...]
    is_facilitator: bool
    now: datetime
    dialogue: Dialogue | None = None
    said: tuple[Said, ...] = ()
    mine: tuple[Said, ...] = ()
    count: int = 0
    earlier: int = 0  # how many more lie before the ones that are shown
    brought: tuple[Said, ...] = field(default=())
    brought_more: int = 0  # how many more there are in the thread they come from
    brought_from: int | None = None
    outline: Outline | None = None  # what is said, by heading
    board: Board | None = None  # answers that people chose
    cards: tuple[Card, ...] = ()  # of the step before, where they are carried on
    circles: tuple[Circle, ...] = ()  # who works with whom
    dialogues: Mapping[int, int] = field(default_factory=dict)  # of each step
    waiting: int = 0  # people in the lobby; counted for facilitators only
    is_awaited: bool = False  # whether somebody has sent nothing yet to what lies face down; for facilitators only

    @property
    def activity(self) -> Activity | None:
        return self.dialogue.activity if self.dialogue else None

    @property
    def dialogue_id(self) -> int | None:
        return self.dialogue.pk if self.dialogue else None

    @property
    def kind(self) -> type[Kind] | None:
        return kind_of(self.activity.kind) if self.activity else None

    @property
    def phases(self) -> Phases | None:
        return phases_of(self.activity)

    @property
    def layout(self) -> str:
        """How a list of cards is drawn; in an outline each of its lists."""
        return layout_of(self.kind) if self.kind else "wall"

    @property
    def choices(self) -> list[tuple[int, str]]:
        """The headings that a writer chooses from."""
        return to_choose_from(self.activity) if self.activity else []

    @property
    def is_hidden(self) -> bool:
        return bool(self.activity and self.activity.is_hidden)

    @property
    def is_named(self) -> bool:
        return bool(self.activity and self.activity.identity == Identity.NAMED)

    @property
    def starting(self) -> Starting:
        return starting(self.session, has_steps=bool(self.steps), now=self.now)

    @property
    def counted(self) -> str:
        return self.kind.counted(self.count) if self.kind else ""

    @property
    def accepts(self) -> bool:
        return bool(self.activity and self.kind and self.kind.takes_words and self.activity.is_open(self.now))

    @property
    def is_open(self) -> bool:
        """Whether people are invited to write or to choose."""
        return bool(self.activity and self.activity.is_open(self.now))

    @property
    def number(self) -> int:
        """Which step is on, counted from 1; 0 when none is."""
        return next((place for place, step in enumerate(self.steps, start=1) if step.is_current), 0)

    @property
    def current_step(self) -> Step | None:
        return next((step for step in self.steps if step.is_current), None)

    @property
    def coming(self) -> tuple[Step, ...]:
        return self.steps[self.number :] if self.session.is_to_come else ()

    @property
    def is_last(self) -> bool:
        return self.number == len(self.steps)

    @property
    def seconds_left(self) -> int:
        """Until the timer of the step runs out; 0 when it has."""
        if self.activity is None or self.activity.ends_at is None:
            return 0
        return max(0, int((self.activity.ends_at - (self.activity.paused_at or self.now)).total_seconds()))

    @property
    def is_paused(self) -> bool:
        return self.activity is not None and self.activity.paused_at is not None

    @property
    def time_words(self) -> str:
        return moments.time_left_words(self.seconds_left, is_paused=self.is_paused)

    @property
    def revealed_on(self) -> str:
        if self.activity is None or self.activity.revealed_at is None:
            return ""
        return moments.when_words(self.activity.revealed_at, self.session.workshop.zone, self.now)

    @property
    def face_down(self) -> range:
        """A few backs of cards, so that one sees them grow."""
        return range(min(self.count, 6))

    @property
    def first_seq(self) -> int:
        return self.said[0].seq if self.said else 0

    @property
    def next_title(self) -> str:
        return self.coming[0].activity.title if self.coming else ""

    @property
    def post_url(self) -> str:
        """Where words are sent; empty when no step is on."""
        return reverse("post", args=[self.dialogue_id]) if self.dialogue_id else ""

    @property
    def answer_url(self) -> str:
        """Where one's own answer is drawn and sent; empty when nothing is chosen."""
        return reverse("answer", args=[self.dialogue_id]) if self.board else ""

    @property
    def note_from(self) -> str:
        """The dialogue of the step just before, when a private note may have been written there."""
        earlier = self.steps[self.number - 2] if self.number > 1 else None
        may = bool(self.kind and self.kind.carries and earlier and (earlier.kind.is_private or earlier.kind.carries))
        return str(self.dialogues.get(earlier.activity.pk, "")) if may and earlier else ""

    @property
    def send_words(self) -> str:
        return send_words(self.kind)

    @property
    def promise(self) -> str:
        return promise_of(self.activity) if self.activity else ""

    @property
    def total_seconds(self) -> int:
        if self.activity is None or self.activity.ends_at is None or self.activity.opened_at is None:
            return 0
        return max(1, int((self.activity.ends_at - self.activity.opened_at).total_seconds()))


def room_view(
    session: Session, *, viewer: Participant | None = None, is_facilitator: bool = False, before: int | None = None
) -> RoomView:
    """The room of SESSION (with its workshop and current activity at hand). Four queries at most."""
    tables, waiting = _tables(session, for_facilitator=is_facilitator and before is None)
    activities = [table.activity for table in tables.values()]
    current = next((a for a in activities if a.pk == session.current_activity_id), None)
    steps = tuple(
        Step(a, kind_of(a.kind), is_current=a is current, is_past=a.closed_at is not None and a is not current)
        for a in activities
    )
    now = clock.now()
    if current is None:
        return RoomView(session, steps, is_facilitator, now, waiting=waiting)
    dialogue = tables[current.pk]
    current.session, current.workshop = session, session.workshop
    dialogue.activity = current
    own_first = current.is_hidden
    seen: dict[str, Any] = {"viewer": viewer, "is_facilitator": is_facilitator, "before": before}
    words = timeline(dialogue, **seen, limit=PAGE) if kind_of(current.kind).shows_words() else []
    counts = counts_of(dialogue, words[0].seq if words and not own_first else 0)
    return RoomView(
        session,
        steps,
        is_facilitator,
        now,
        earlier=counts.earlier,
        dialogue=dialogue,
        said=() if own_first else tuple(words),
        mine=tuple(words) if own_first else (),
        count=counts.standing,
        outline=outline_of(dialogue, words, counts),
        waiting=waiting,
        is_awaited=own_first and getattr(dialogue, "awaits", False),
        board=board_of(dialogue),
        **(brought_along(current) | _carried(dialogue, tables)),
    )


def _carried(dialogue: Dialogue, tables: Mapping[int, Dialogue]) -> dict[str, Any]:
    """Who works with whom, and what they can carry on. At most three queries, none for other kinds."""
    if not kind_of(dialogue.activity.kind).carries:
        return {}
    dialogues = {step: table.pk for step, table in tables.items()}
    return {"cards": tuple(cards_of(dialogue)), "circles": circles_in(dialogue.activity), "dialogues": dialogues}


def _tables(session: Session, *, for_facilitator: bool) -> tuple[dict[int, Dialogue], int]:
    """The dialogue of each step of the run sheet, in order, with the step at hand; and how many wait in the lobby.

    One query: for a facilitator the database counts those who wait once, beside the steps, and says which step awaits
    somebody's words (`awaits`). Without steps it takes a second one.
    """
    found = Dialogue.objects.plenary().filter(activity__session=session, activity__removed_at__isnull=True)
    found = found.select_related("activity").order_by("activity__position", "activity_id")
    lobby = waiting_in(session.workshop_id)
    if for_facilitator:
        count = lobby.order_by().values("workshop").annotate(count=Count("pk")).values("count")
        now = Q(activity=session.current_activity_id, activity__blind=True, activity__revealed_at=None) & awaits()
        found = found.annotate(
            waiting=Coalesce(Subquery(count), 0), awaits=ExpressionWrapper(now, output_field=BooleanField())
        )
    rows: list[Any] = list(found)
    waiting = (rows[0].waiting if rows else lobby.count()) if for_facilitator else 0
    return {dialogue.activity_id: dialogue for dialogue in rows}, waiting


def brought_along(activity: Activity) -> dict[str, Any]:
    """What was written in the thread that ACTIVITY was made from, without names: the newest, and how many more."""
    if activity.comes_from_id is None:
        return {}
    source = Dialogue.objects.select_related("activity__workshop").get(activity=activity.comes_from_id, group=None)
    said = timeline(source)
    brought = tuple(
        Said(
            contribution=one.contribution,
            dialogue_id=one.dialogue_id,
            is_mine=False,
            can_change=False,
            shows_author=False,
            unnamed=True,
            heading=one.heading,
        )
        for one in said
        if not one.contribution.is_withdrawn
    )
    more = counts_of(source, said[0].seq if said else 0).earlier
    return {"brought": brought, "brought_more": more, "brought_from": source.pk}
