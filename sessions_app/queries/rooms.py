"""The live room: everything its templates show, read in a handful of queries whatever the room holds."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _

from sessions_app import clock, moments
from sessions_app.headings import to_choose_from
from sessions_app.kinds import Kind, kind_of
from sessions_app.models import Activity, Dialogue, Identity, Participant, Session
from sessions_app.queries.outlines import Outline, outline_of
from sessions_app.queries.people import waiting_in
from sessions_app.queries.responses import Board, board_of
from sessions_app.queries.timeline import PAGE, Said, counts_of, timeline


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
    waiting: int = 0  # people in the lobby; counted for facilitators only

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
    def layout(self) -> str:
        """How a list of cards is drawn; in an outline each of its lists."""
        return "says" if self.kind and self.kind.layout == "says" else "wall"

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
        return max(0, int((self.activity.ends_at - self.now).total_seconds()))

    @property
    def time_words(self) -> str:
        return moments.minutes_left_words(self.seconds_left)

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
    tables, waiting = _tables(session, counts_waiting=is_facilitator and before is None)
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
    words = (
        timeline(dialogue, viewer=viewer, is_facilitator=is_facilitator, before=before, limit=PAGE)
        if kind_of(current.kind).shows_words()
        else []
    )
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
        board=board_of(dialogue),
        **brought_along(current),
    )


def _tables(session: Session, *, counts_waiting: bool) -> tuple[dict[int, Dialogue], int]:
    """The dialogue of each step of the run sheet, in order, with the step at hand; and how many wait in the lobby.

    One query: the database counts those who wait once, beside the steps. Without steps it takes a second one.
    """
    found = Dialogue.objects.filter(activity__session=session, activity__removed_at__isnull=True)
    found = found.select_related("activity").order_by("activity__position", "activity_id")
    lobby = waiting_in(session.workshop_id)
    if counts_waiting:
        count = lobby.order_by().values("workshop").annotate(count=Count("pk")).values("count")
        found = found.annotate(waiting=Coalesce(Subquery(count), 0))
    rows: list[Any] = list(found)
    waiting = (rows[0].waiting if rows else lobby.count()) if counts_waiting else 0
    return {dialogue.activity_id: dialogue for dialogue in rows}, waiting


def brought_along(activity: Activity) -> dict[str, Any]:
    """What was written in the thread that ACTIVITY was made from, without names: the newest, and how many more."""
    if activity.comes_from_id is None:
        return {}
    source = Dialogue.objects.select_related("activity__workshop").get(activity=activity.comes_from_id)
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


def promise_of(activity: Activity) -> str:
    """Who will see what somebody writes, said before they write."""
    who = {
        Identity.NAMED: _("It shows your name."),
        Identity.GROUP: _("The group does not see your name. The facilitators do."),
        Identity.ANONYMOUS: _("Nobody can know that it was you."),
    }[Identity(activity.identity)]
    kind = kind_of(activity.kind)
    if kind.takes_answers and not kind.shows_who and activity.identity != Identity.ANONYMOUS:
        who = _("The group sees how many chose what, not who.")
    face_down = _("It lies face down until all are turned over.")
    return f"{who} {face_down}" if activity.is_hidden else who
