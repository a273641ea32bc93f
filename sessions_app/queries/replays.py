"""The replay: a meeting's log with the words that its events point at, in order."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sessions_app import events
from sessions_app.models import Activity, Contribution, Dialogue, Event, Message, Session
from sessions_app.queries.timeline import WITH, Said, shown
from sessions_app.verbs import CODEBOOK, Verb

APART = "\u2068%s\u2069"  # first strong isolate: what <bdi> is in HTML
LONGEST = 2000  # lines on one page
FIRST = {Verb.DOORS_OPENED, Verb.SESSION_STARTED}  # with one of these a meeting comes after its planning
# What happens most, told of this person and this step; everything else is told by the codebook's sentence.
TOLD: dict[str, Promise] = {
    Verb.PARTICIPANT_ENTERED: _("%(name)s came in."),
    Verb.ACTIVITY_PLANNED: _("“%(title)s” was put on the run sheet."),
    Verb.ACTIVITY_CHANGED: _("“%(title)s” was changed or moved."),
    Verb.ACTIVITY_PAUSED: _("“%(title)s” paused. The clock stood still."),
    Verb.ACTIVITY_RESUMED: _("“%(title)s” went on."),
    Verb.ACTIVITY_EXTENDED: _("“%(title)s” got more time."),
    Verb.ACTIVITY_REVEALED: _("The answers to “%(title)s” were turned over."),
    Verb.ACTIVITY_PHASE_REACHED: _("“%(title)s” came to another phase."),
    Verb.ACTIVITY_CLOSED: _("“%(title)s” ended."),
    Verb.ACTIVITY_TIMED: _("“%(title)s” got a time at which it opens by itself, or lost it."),
    Verb.ACTIVITY_KEPT_OPEN: _("“%(title)s” stays open between the meetings."),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One event: when, its sentence, and the words it put on the table (as they stand now)."""

    number: int
    event: Event
    at: datetime
    sentence: str
    activity: Activity | None
    said: Said | None


@dataclass(frozen=True, slots=True)
class ReplayView:
    """`before` is what was planned until the doors opened; POSITION counts the lines from then on."""

    session: Session
    before: tuple[Line, ...]
    lines: tuple[Line, ...]
    position: int
    is_cut: bool = False  # whether the log has more lines than fit on one page

    @property
    def shown(self) -> tuple[Line, ...]:
        return self.lines[: self.position]

    @property
    def total(self) -> int:
        return len(self.lines)

    @property
    def back(self) -> int:
        return max(0, self.position - 1)

    @property
    def forward(self) -> int:
        return min(self.total, self.position + 1)


def replay_view(session: Session, position: int | None, *, through: int | None = None) -> ReplayView:
    """SESSION's log: what was planned, then the first POSITION lines of the meeting, or those up to the event THROUGH.

    All of them when POSITION is too large; those until the first step opened when neither says how many.
    """
    steps = {step.pk: step for step in Activity.objects.filter(session=session)}
    found = list(_events(session, list(steps)))
    is_cut = len(found) > LONGEST
    found = found[:LONGEST]
    words, told = _words(session, found), _lines_of_room(found)
    doors = next((at for at, event in enumerate(found) if event.verb in FIRST), len(found))
    lines = [
        Line(
            number=number,
            event=event,
            at=event.at,
            sentence=told.get(event.pk) or _told(event, steps.get(event.activity_id or 0)),
            activity=steps.get(event.activity_id or 0),
            said=words.get(str(event.contribution_id)) if event.verb == Verb.CONTRIBUTION_POSTED else None,
        )
        for number, event in enumerate(found, start=1 - doors)
    ]
    before, held = tuple(lines[:doors]), tuple(lines[doors:])
    if position is None and through is not None:
        position = sum(line.event.seq <= through for line in held)
    here = _beginning(held) if position is None else max(0, min(position, len(held)))
    return ReplayView(session, before, held, here, is_cut)


def _beginning(held: tuple[Line, ...]) -> int:
    """How many lines of the meeting there are until its first step, or until it began, or in all."""
    for verb in (Verb.ACTIVITY_OPENED, Verb.SESSION_STARTED):
        for line in held:
            if line.event.verb == verb:
                return line.number
    return len(held)


def _told(event: Event, step: Activity | None) -> str:
    """EVENT in a sentence or less. Names stand apart from the words around them, whichever way either is written."""
    verb = event.verb
    person = event.participant
    if verb not in TOLD:
        entry = CODEBOOK[verb]
        is_told_of = person is not None and person.name and not entry.discreet
        return f"{entry.sentence} {APART % person.name}" if is_told_of else str(entry.sentence)  # type: ignore[union-attr]
    name = person.name if person is not None and person.name else gettext("A guest")
    return str(TOLD[verb]) % {"name": APART % name, "title": APART % (step.title if step is not None else "")}


def _events(session: Session, step_ids: list[int]) -> QuerySet[Event]:
    everything = events.since(session.workshop_id, 0).select_related("participant")
    return (everything.filter(session=session) | everything.filter(activity_id__in=step_ids)).distinct()[: LONGEST + 1]


def _lines_of_room(found: list[Event]) -> dict[int, str]:
    """Event id -> what a scribe told of the room then, unless it was taken back."""
    about = {event.data["message"]: event.pk for event in found if "message" in event.data}
    rows = Message.objects.filter(pk__in=about, withdrawn_at=None).values_list("pk", "body") if about else []
    return {about[pk]: gettext("Now in the room: “%(words)s”") % {"words": APART % body} for pk, body in rows}


def _words(session: Session, found: list[Event]) -> dict[str, Said]:
    """Contribution id -> how it is shown. Words that lie face down, or were taken back, stay so here too."""
    ids = {event.contribution_id for event in found if event.contribution_id}
    by_dialogue: dict[Dialogue, list[Contribution]] = {}
    rows = Contribution.objects.filter(pk__in=ids).select_related(*WITH, "dialogue__activity__workshop").order_by("seq")
    for row in rows:
        by_dialogue.setdefault(row.dialogue, []).append(row)
    return {
        str(said.contribution.pk): said
        for dialogue, words in by_dialogue.items()
        if not dialogue.activity.is_hidden
        for said in shown(dialogue, words, is_facilitator=True)
    }
