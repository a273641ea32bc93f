"""The thread: the same dialogue as a page between the meetings."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import ngettext

from sessions_app import clock, moments
from sessions_app.headings import to_choose_from
from sessions_app.kinds import Kind, kind_of
from sessions_app.models import Activity, Contribution, Dialogue, Identity, Participant, Session, State
from sessions_app.neighbours import became_of, led_to_something
from sessions_app.queries.outlines import Outline, outline_of
from sessions_app.queries.people import Table, table_of
from sessions_app.queries.promises import promise_of
from sessions_app.queries.responses import Board, beside_answers, board_of
from sessions_app.queries.timeline import PAGE, Said, counts_of, timeline


@dataclass(frozen=True, slots=True)
class ThreadView:
    """A thread as somebody sees it. `said` is oldest first; `earlier` lie before it."""

    dialogue: Dialogue
    said: tuple[Said, ...]
    earlier: int
    count: int
    now: datetime
    is_facilitator: bool
    board: Board | None = None
    outline: Outline | None = None  # what is said, by heading
    is_old_page: bool = False  # one that lies before the newest words

    @property
    def first_seq(self) -> int | None:
        return self.said[0].seq if self.said else None

    @property
    def activity(self) -> Activity:
        return self.dialogue.activity

    @property
    def kind(self) -> type[Kind]:
        return kind_of(self.activity.kind)

    @property
    def layout(self) -> str:
        return "says"

    @property
    def choices(self) -> list[tuple[int, str]]:
        """The headings that a writer chooses from."""
        return to_choose_from(self.activity)

    @property
    def accepts(self) -> bool:
        return self.kind.takes_words and self.activity.is_open(self.now)

    @property
    def is_open(self) -> bool:
        """Whether people are invited to write or to choose."""
        return self.activity.is_open(self.now)

    @property
    def answer_url(self) -> str:
        """Where one's own answer is drawn and sent; empty when nothing is chosen."""
        return reverse("answer", args=[self.dialogue.pk]) if self.board else ""

    @property
    def is_hidden(self) -> bool:
        return self.activity.is_hidden

    @property
    def is_named(self) -> bool:
        return self.activity.identity == Identity.NAMED

    @property
    def is_live_now(self) -> bool:
        """Whether the same dialogue is the step that is on in a meeting at this moment."""
        session = self.activity.session
        return session is not None and session.state == State.LIVE and session.current_activity_id == self.activity.pk

    @property
    def until_words(self) -> str:
        """E.g. Sunday 25 October, 20:00."""
        return self._words(self.activity.open_until)

    @property
    def opens_words(self) -> str:
        """When it opens by itself; empty for what does not."""
        return self._words(self.activity.opens_at) if self.activity.opens_later(self.now) else ""

    @property
    def is_missed(self) -> bool:
        """Whether it was to open by itself, and its whole time went by without anybody at work."""
        return not self.activity.was_opened and self.activity.opens_at is not None and not self.opens_words

    def _words(self, moment: datetime | None) -> str:
        if moment is None:
            return ""
        local = self.activity.workshop.local(moment)
        return f"{moments.day_words(local)}, {moments.clock_words(local)}"

    @property
    def post_url(self) -> str:
        """Where words are sent; empty when no step is on."""
        return reverse("post", args=[self.dialogue.pk]) if self.dialogue.pk else ""

    @property
    def promise(self) -> str:
        return promise_of(self.activity)

    @property
    def answers_words(self) -> str:
        count = self.board.count if self.board else self.count
        return answers_words(count)

    @property
    def leads_to(self) -> list[Activity]:
        """Steps of meetings that were made from this question."""
        return list(self.activity.leads_to.filter(removed_at__isnull=True).select_related("session"))

    @property
    def first_new(self) -> Said | None:
        return next((said for said in self.said if said.is_new), None)


def answers_words(count: int) -> str:
    """E.g. 16 answers so far."""
    return ngettext("%(n)d answer so far", "%(n)d answers so far", count) % {"n": count}


def thread_view(
    dialogue: Dialogue,
    *,
    viewer: Participant | None = None,
    is_facilitator: bool = False,
    before: int | None = None,
    seen_through: int | None = None,
    tells_led: bool = False,
) -> ThreadView:
    """DIALOGUE (with its activity, session and workshop at hand). Two to four queries."""
    in_result = not kind_of(dialogue.activity.kind).shows_words()
    said = timeline(
        dialogue,
        viewer=viewer,
        is_facilitator=is_facilitator,
        before=before,
        seen_through=seen_through,
        limit=PAGE,
        among=beside_answers(dialogue) if in_result else Q(),
    )
    if tells_led:
        led = led_to_something((one.contribution.pk for one in said), dialogue.activity.workshop)
        told = became_of(one.contribution.pk for one in said if one.is_mine and one.contribution.pk in led)
        pairs = [(one, one.contribution.pk) for one in said]
        said = [replace(one, has_led=pk in led, became=told.get(pk)) for one, pk in pairs]
    counts = counts_of(dialogue, said[0].seq if said and not dialogue.activity.is_hidden else 0)
    return ThreadView(
        dialogue,
        tuple(said),
        0 if in_result else counts.earlier,
        counts.standing,
        clock.now(),
        is_facilitator,
        board_of(dialogue),
        outline_of(dialogue, said, counts),
        is_old_page=before is not None,
    )


def writers(dialogue: Dialogue) -> Table:
    """Who has written here under their name."""
    if dialogue.activity.identity != Identity.NAMED or dialogue.activity.is_hidden:
        return table_of(())
    wrote = Contribution.objects.filter(dialogue=dialogue, withdrawn_at__isnull=True, author__isnull=False)
    return table_of(Participant.objects.filter(pk__in=wrote.values("author")).order_by("joined_at", "pk"))


def meetings_to_come(dialogue: Dialogue) -> list[Session]:
    """Meetings that a thread can still be brought to."""
    sessions = Session.objects.to_come().filter(workshop=dialogue.activity.workshop_id)
    return list(sessions.order_by("starts_at"))
