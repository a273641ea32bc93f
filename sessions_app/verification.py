"""Check a workshop's log: gapless, every reference its own, no words in it, and the tables say the same."""

from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q

from sessions_app import neighbours
from sessions_app.ledger import Ledger, Line, Meeting, Person, Step
from sessions_app.models import (
    Activity,
    Consent,
    Contribution,
    Dialogue,
    Event,
    Identity,
    Participant,
    Session,
    Workshop,
)
from sessions_app.shapes import SHAPES
from sessions_app.snapshots import snapshot
from sessions_app.verbs import CODEBOOK, Verb

CHUNK = 2000
PUT = frozenset({Verb.CONTRIBUTION_POSTED, Verb.CONTRIBUTION_CARRIED})  # what puts words into a dialogue
TAKEN = frozenset({Verb.CONTRIBUTION_WITHDRAWN, Verb.CONTRIBUTION_UNCARRIED})
NEAR = timedelta(minutes=1)  # a table's moment and its event's are taken one after the other
_LINE = (
    *("seq", "verb", "at", "data", "actor_id", "participant_id", "session_id", "activity_id", "dialogue_id"),
    *("contribution_id", "contribution__seq", "contribution__dialogue_id", "contribution__via"),
    *("contribution__place", "contribution__late", "contribution__anonymous_token"),
    *("contribution__said_at", "contribution__author_id", "contribution__recorded_by_id"),
)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is wrong. `check` names the rule; `text` says where and what, without anybody's words."""

    check: str
    text: str

    def __str__(self) -> str:
        return f"{self.check}: {self.text}"


def verify(slug: str) -> Iterator[Finding]:
    """Everything that is wrong with the workshop's log, in the order of the log, then of the tables.

    Reads one view of the database, event by event: what is written meanwhile must not look like a contradiction.
    Raises Workshop.DoesNotExist.
    """
    with snapshot():
        workshop = Workshop.objects.get(slug=slug)
        reader = _Reader(workshop)
        yield from reader.log()
        yield from _compared("workshop", workshop, reader.ledger, ("closed_at",))
        yield from _meetings(workshop, reader.ledger)
        yield from _steps(workshop, reader.ledger)
        yield from _people(workshop, reader.ledger)
        yield from _contributions(workshop)
        yield from (Finding(*told) for told in reader.ledger.room.contradictions(workshop))
        yield from (Finding(*told) for told in reader.ledger.headings.contradictions(workshop))
        yield from (Finding(*told) for told in reader.ledger.groups.contradictions(workshop))
        yield from (Finding(*told) for check in neighbours.CONTRADICTIONS for told in check(workshop))


@dataclass
class _Reader:
    """Reads the log once. What a workshop has few of is held in memory; contributions come with their events."""

    workshop: Workshop
    ledger: Ledger = field(default_factory=Ledger)
    people: set[int] = field(init=False)
    sessions: set[int] = field(init=False)
    session_of: dict[int, int | None] = field(init=False)
    activity_of: dict[int, int] = field(init=False)
    known: dict[str, Container[int]] = field(init=False)

    def __post_init__(self) -> None:
        self.people = set(Participant.objects.filter(workshop=self.workshop).values_list("pk", flat=True))
        self.sessions = set(Session.objects.filter(workshop=self.workshop).values_list("pk", flat=True))
        self.session_of = dict(Activity.objects.filter(workshop=self.workshop).values_list("pk", "session_id"))
        dialogues = Dialogue.objects.filter(activity__workshop=self.workshop)
        self.activity_of = dict(dialogues.values_list("pk", "activity_id"))
        self.known = {"actor": self.people, "participant": self.people, "session": self.sessions}
        self.known |= {"activity": self.session_of, "dialogue": self.activity_of}

    def log(self) -> Iterator[Finding]:
        expected = 1
        rows = Event.objects.filter(workshop=self.workshop).order_by("seq").values_list(*_LINE)
        for row in rows.iterator(chunk_size=CHUNK):
            line = Line(*row)
            if line.seq != expected:
                yield Finding("sequence", f"after {expected - 1} comes {line.seq}")
            expected = line.seq + 1
            yield from self._line(line)
        if expected - 1 != self.workshop.head_seq:
            yield Finding("sequence", f"the log ends at {expected - 1}, the workshop says {self.workshop.head_seq}")

    def _line(self, line: Line) -> Iterator[Finding]:
        if line.verb not in CODEBOOK:
            yield Finding("verb", f"{line.seq} has the verb {line.verb!r}, which is not in the codebook")
            return
        unfit = list(_data(line))
        wrong = [*self._references(line), *unfit]
        if line.said_token and line.actor is not None:
            wrong.append(("anonymity", "names an actor of anonymous words"))
        if line.verb in PUT and (line.said_seq, line.said_dialogue) != (line.seq, line.dialogue):
            wrong.append(("contribution", "is not the number and dialogue that the contribution itself has"))
        if line.verb == Verb.CONTRIBUTION_POSTED and line.said_at is not None:
            if line.actor != (line.typed_by or line.said_by):
                wrong.append(("contribution", "tells of somebody else than the contribution itself"))
            if abs(line.at - line.said_at) > NEAR:
                wrong.append(("contribution", "tells another moment than the contribution itself"))
        if not unfit and (contradiction := self.ledger.read(line)):
            wrong.append(("heading" if "heading" in line.data else "undo", contradiction))
        for check, text in wrong:
            yield Finding(check, f"{line.seq} {line.verb} {text}")

    def _references(self, line: Line) -> Iterator[tuple[str, str]]:
        """References that lead nowhere, to another workshop, or to things that do not belong together."""
        for name, ids in self.known.items():
            if getattr(line, name) is not None and getattr(line, name) not in ids:
                yield "reference", f"has something else than a thing of this workshop as its {name}"
        if line.contribution is not None and (line.said_dialogue is None or line.said_dialogue != line.dialogue):
            yield "reference", "has a contribution that its dialogue does not have"
        if line.dialogue in self.activity_of and self.activity_of[line.dialogue] != line.activity:
            yield "reference", "has a dialogue of another step"
        if line.activity in self.session_of and line.session not in {None, self.session_of[line.activity]}:
            yield "reference", "has a step of another meeting"
        entry = CODEBOOK[line.verb]
        for name in entry.refers_to:
            if name not in entry.sometimes and getattr(line, name) is None:
                yield "reference", f"has no {name}"


def _data(line: Line) -> Iterator[tuple[str, str]]:
    """Data that the codebook does not know, or that could be somebody's words."""
    if not isinstance(line.data, dict):
        yield "data", "carries data without names"
        return
    for name, value in line.data.items():
        if name not in CODEBOOK[line.verb].data:
            yield "data", "carries data that the codebook does not name"
        elif not SHAPES[name](value):
            yield "data", f"carries something else than {name}"
    if line.verb == Verb.CONTRIBUTION_POSTED and line.said_seq is not None:
        told = tuple(line.data.get(name) for name in ("via", "place", "late"))
        if told != (line.said_via, line.said_place, line.said_late):
            yield "contribution", "tells another road or place than the contribution itself"


def _meetings(workshop: Workshop, ledger: Ledger) -> Iterator[Finding]:
    names = ("state", "current_activity_id", "doors_opened_at", "started_at", "closed_at", "removed_at")
    for session in Session.objects.filter(workshop=workshop).iterator(chunk_size=CHUNK):
        told = ledger.meetings.get(session.pk)
        if told is None:
            yield Finding("session", f"{session.pk} is in no event")
            told = Meeting()
        yield from _compared("session", session, told, names)


def _steps(workshop: Workshop, ledger: Ledger) -> Iterator[Finding]:
    names = ("opens_at", "opened_at", "revealed_at", "closed_at", "open_until", "ended_at", "removed_at")
    for activity in Activity.objects.filter(workshop=workshop).iterator(chunk_size=CHUNK):
        told = ledger.steps.get(activity.pk)
        if told is None:
            yield Finding("activity", f"{activity.pk} is in no event")
            told = Step()
        yield from _compared("activity", activity, told, (*names, "round", "phase"))


def _people(workshop: Workshop, ledger: Ledger) -> Iterator[Finding]:
    for person in Participant.objects.filter(workshop=workshop).iterator(chunk_size=CHUNK):
        told = ledger.people.get(person.pk, Person())
        if told.joined != 1:
            yield Finding("participant", f"{person.pk} joined {told.joined} times")
        elif sorted(told.roles) != sorted(person.roles):
            yield Finding("participant", f"{person.pk} has other roles than the log says")
        yield from _compared("participant", person, told, ("removed_at", "usual_place"))
        if told.was_let_in and person.admitted_at is None:
            yield Finding("participant", f"{person.pk} was let in, and the table says that they wait")
    yield from _consents(workshop, ledger)


def _consents(workshop: Workshop, ledger: Ledger) -> Iterator[Finding]:
    """Every answer about a purpose that counts now, held beside the log; the newest row of each counts."""
    here: dict[tuple[int, str], tuple[bool, int]] = {}
    for row in Consent.objects.filter(participant__workshop=workshop).order_by("pk").iterator(chunk_size=CHUNK):
        here[row.participant_id, row.purpose] = (row.withdrawn_at is None, row.version)
    told = {(person, purpose): said for person, one in ledger.people.items() for purpose, said in one.answers.items()}
    for person, purpose in sorted({key for key in here.keys() | told.keys() if here.get(key) != told.get(key)}):
        yield Finding("consent", f"{person} has another answer about {purpose} than the log says")


def _compared(check: str, row: Any, told: Any, names: tuple[str, ...]) -> Iterator[Finding]:
    for name in names:
        here, there = getattr(row, name), getattr(told, name)
        is_moment = name.endswith(("_at", "_until")) and None not in (here, there)
        if (abs(here - there) > NEAR) if is_moment else (here != there):
            yield Finding(check, f"{row.pk} has {name} {here}, the log says {there}")


class _Counts(NamedTuple):
    """What the log says of one contribution."""

    contribution: UUID
    posted: int
    revised: int
    withdrawn: int
    glossed: int
    confirmed: int
    read_aloud: int


def _contributions(workshop: Workshop) -> Iterator[Finding]:
    """Walk through the table and the log side by side, both in the order of the contributions' ids."""
    before = Event.objects.filter(contribution=OuterRef("carried_from"), verb=Verb.CONTRIBUTION_GLOSSED)
    rows = (
        Contribution.objects.filter(dialogue__activity__workshop=workshop)
        .select_related("dialogue__activity")
        .annotate(kept=Count("revisions"), came_translated=Exists(before))
        .order_by("pk")
    )
    log = _counts(workshop)
    told = next(log, None)
    for row in rows.iterator(chunk_size=CHUNK):
        while told is not None and told.contribution < row.pk:
            told = next(log, None)
        mine = told if told is not None and told.contribution == row.pk else _Counts(row.pk, *[0] * 6)
        for text in _contradictions(row, mine):
            yield Finding("contribution", f"{row.pk} {text}")


def _counts(workshop: Workshop) -> Iterator[_Counts]:
    about = Event.objects.filter(workshop=workshop, contribution__isnull=False).order_by("contribution_id")
    rows = about.values_list("contribution_id").annotate(
        posted=Count("pk", filter=Q(verb__in=PUT)),
        revised=Count("pk", filter=Q(verb=Verb.CONTRIBUTION_REVISED)),
        withdrawn=Count("pk", filter=Q(verb__in=TAKEN)),
        glossed=Count("pk", filter=Q(verb=Verb.CONTRIBUTION_GLOSSED)),
        confirmed=Count("pk", filter=Q(verb=Verb.CONTRIBUTION_CONFIRMED)),
        read_aloud=Count("pk", filter=Q(verb=Verb.CONTRIBUTION_READ_ALOUD)),
    )
    yield from map(_Counts._make, rows.iterator(chunk_size=CHUNK))


def _contradictions(row: Any, told: _Counts) -> Iterator[str]:
    """ROW is a contribution with `kept`, the number of its revisions; `came_translated` from its small group."""
    if told.posted != 1:
        yield f"was posted {told.posted} times"
    if told.withdrawn != int(row.is_withdrawn):
        yield f"was taken back {told.withdrawn} times, and the table says otherwise"
    if row.is_withdrawn:
        if row.body or row.gloss or row.kept:
            yield "was taken back, and words of it are still there"
    elif row.kept != told.revised:
        yield f"was changed {told.revised} times, and {row.kept} earlier texts are kept"
    if row.gloss and not (told.glossed or row.came_translated):
        yield "has a translation that the log does not know"
    if row.confirmed_at and not told.confirmed:
        yield "is confirmed, and the log does not know it"
    if row.read_aloud_at and not told.read_aloud:
        yield "was read aloud, and the log does not know it"
    is_anonymous = row.dialogue.activity.identity == Identity.ANONYMOUS or row.anonymous_token
    if is_anonymous and (row.author_id, row.recorded_by_id, bool(row.anonymous_token)) != (None, None, True):
        yield "is anonymous, and the table says whose it is"
