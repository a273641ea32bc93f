"""The replay: a meeting's log with the words that its events point at, in order."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sessions_app import events
from sessions_app.models import Activity, Contribution, Dialogue, Event, Session
from sessions_app.queries.timeline import WITH, Said, shown
from sessions_app.verbs import CODEBOOK, Verb

APART = "\u2068%s\u2069"  # first strong isolate: what <bdi> is in HTML
LONGEST = 2000  # lines on one page
# What happens most, told of this person and this step; everything else is told by the codebook's sentence.
TOLD = {
    Verb.PARTICIPANT_ENTERED: _("%(name)s came in."),
    Verb.ACTIVITY_PLANNED: _("“%(title)s” was put on the run sheet."),
    Verb.ACTIVITY_CHANGED: _("“%(title)s” was changed or moved."),
    Verb.ACTIVITY_EXTENDED: _("“%(title)s” got more time."),
    Verb.ACTIVITY_REVEALED: _("The answers to “%(title)s” were turned over."),
    Verb.ACTIVITY_CLOSED: _("“%(title)s” ended."),
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
    session: Session
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


def replay_view(session: Session, position: int | None) -> ReplayView:
    """The first POSITION lines of SESSION's log; all of them when POSITION is None or too large."""
    steps = {step.pk: step for step in Activity.objects.filter(session=session)}
    found = list(_events(session, list(steps)))
    is_cut = len(found) > LONGEST
    found = found[:LONGEST]
    words = _words(session, found)
    lines = tuple(
        Line(
            number=number,
            event=event,
            at=event.at,
            sentence=_told(event, steps.get(event.activity_id or 0)),
            activity=steps.get(event.activity_id or 0),
            said=words.get(str(event.contribution_id)) if event.verb == Verb.CONTRIBUTION_POSTED else None,
        )
        for number, event in enumerate(found, start=1)
    )
    here = len(lines) if position is None else max(0, min(position, len(lines)))
    return ReplayView(session, lines, here, is_cut)


def _told(event: Event, step: Activity | None) -> str:
    """EVENT in a sentence or less. Names stand apart from the words around them, whichever way either is written."""
    verb = Verb(event.verb)
    person = event.participant
    if verb not in TOLD:
        sentence = str(CODEBOOK[verb].sentence)
        return f"{sentence} {APART % person.name}" if person is not None and person.name else sentence
    name = person.name if person is not None and person.name else gettext("A guest")
    return str(TOLD[verb]) % {"name": APART % name, "title": APART % (step.title if step is not None else "")}


def _events(session: Session, step_ids: list[int]) -> QuerySet[Event]:
    everything = events.since(session.workshop_id, 0).select_related("participant")
    return (everything.filter(session=session) | everything.filter(activity_id__in=step_ids)).distinct()[: LONGEST + 1]


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
