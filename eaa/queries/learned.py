"""What a workshop learned of working this way: which challenges and opportunities, where, for whom, in which words.

Numbers count everybody who told something. Words are shown without names, in an order that says nothing of when they
came, and to researchers only where their author said yes. People in small numbers are told of together.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from django.db.models import Count, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from eaa.models import Effect, LearningNote, MechanismAnswer, Theme
from eaa.queries import learned_report
from eaa.queries.plots import SPACES, TIMES, BarsPlot, GridPlot, bars_plot, grid_plot
from eaa.stages import QUESTIONS, STAGES, STEPS
from sessions_app.models import Contribution, Event, Participant, Place, Purpose, Session, Space, Time, Via, Workshop
from sessions_app.queries.consents import latest_answers
from sessions_app.queries.records import FEW, one_or_other, parted
from sessions_app.verbs import Verb

ROADS: dict[str, str | Promise] = {
    Via.THREAD: gettext_lazy("wrote it themselves"),
    Via.SCRIBE: gettext_lazy("told it to a scribe"),
    Via.PAPER: gettext_lazy("wrote it on paper"),
}
UNTOLD = gettext_lazy("not said")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a table: how often something was easier and harder, told by how many people."""

    label: str
    easier: int
    harder: int
    people: int


@dataclass(frozen=True, slots=True)
class Question:
    """How one question was answered in one meeting. `counts` are those of 1 to 5; empty where so few answered that
    they could be guessed."""

    words: str
    counts: tuple[int, ...]
    n: int


@dataclass(frozen=True, slots=True)
class Meeting:
    session: Session
    questions: tuple[Question, ...]

    @property
    def plot(self) -> BarsPlot:
        return bars_plot([(f"{one.words} (n = {one.n})", one.counts) for one in self.questions])

    @property
    def finding(self) -> str:
        """The question that got the largest part of fours and fives."""
        shown = [one for one in self.questions if one.counts]
        if not shown:
            return _("So few have answered that nobody’s numbers are shown.")
        best = max(shown, key=lambda one: sum(one.counts[3:]) / one.n)
        told = {"question": best.words, "high": sum(best.counts[3:]), "n": best.n}
        return _("Most fours and fives went to “%(question)s”: %(high)d of %(n)d.") % told


@dataclass(frozen=True, slots=True)
class Shown:
    """Somebody's words, without their name; or the gap where they were taken back."""

    note: LearningNote

    @property
    def is_gone(self) -> bool:
        return self.note.withdrawn_at is not None

    @property
    def about(self) -> str:
        note = self.note
        if note.session is not None:
            return note.session.title
        return (note.activity.prompt or note.activity.title) if note.activity is not None else ""

    @property
    def stage(self) -> str | Promise:
        return next((tag.plain for tag in STAGES if tag.key == self.note.stage), "")

    @property
    def where(self) -> str:
        return f"{TIMES[self.note.time]} · {SPACES[self.note.space]}"


@dataclass(frozen=True, slots=True)
class Learned:
    easier: int
    harder: int
    people: int
    pairs: dict[tuple[str, str], tuple[int, int]]
    meetings: tuple[Meeting, ...]
    themes: tuple[Line, ...]
    stages: tuple[Line, ...]
    places: tuple[Line, ...]
    roads: tuple[Line, ...]
    words: tuple[tuple[str, tuple[Shown, ...]], ...] = ()
    unshown: int = 0  # words of those who did not say yes to research
    report: str = ""

    @property
    def has_more(self) -> bool:
        """Whether enough people told something to tell it apart."""
        return self.people >= FEW

    @property
    def plot(self) -> GridPlot:
        return grid_plot(self.pairs)

    @property
    def rows(self) -> list[tuple[str, list[tuple[int, int]]]]:
        """The same as a table: a row for each space."""
        return [(str(SPACES[space]), [self.pairs.get((time, space), (0, 0)) for time in Time]) for space in Space]

    @property
    def columns(self) -> list[str]:
        return [str(TIMES[time]) for time in Time]

    @property
    def finding(self) -> str:
        """The one sentence that the picture begins with."""
        if not self.pairs:
            return _("Nobody has told anything yet.")
        time, space = max(self.pairs, key=lambda where: sum(self.pairs[where]))
        told = {"easier": self.easier, "harder": self.harder, "space": SPACES[space], "time": TIMES[time]}
        return _("%(easier)d times easier, %(harder)d times harder; most of it: %(space)s, %(time)s.") % told


def learned(workshop: Workshop) -> Learned:
    """The numbers of WORKSHOP, for everybody in it. Five queries."""
    return _counted(list(_notes(workshop).filter(withdrawn_at=None)), workshop)


def learned_by_study(workshop: Workshop, *, is_facilitator: bool, asked: Mapping[str, str]) -> Learned:
    """With words, those of them that are ASKED for (effect, theme, stage, time, space); for researchers only the words
    of people who said yes to research. Seven queries."""
    notes = list(_notes(workshop))
    standing = [note for note in notes if note.withdrawn_at is None]
    numbers = _counted(standing, workshop)
    everybody = Participant.objects.filter(eaa_learning__in=[note.pk for note in notes]).distinct()
    yes = {person for person, said_yes in latest_answers(everybody, Purpose.RESEARCH).items() if said_yes}
    mine = [note for note in notes if is_facilitator or note.participant_id in yes or note.withdrawn_at is not None]
    kept = [note for note in mine if _is_asked(note, asked)]
    numbers = replace(numbers, words=_sorted(kept), unshown=len(notes) - len(mine))
    quotable = [Shown(note) for note in standing if note.participant_id in yes]
    return replace(numbers, report=learned_report.text(workshop, numbers, quotable))


def _notes(workshop: Workshop) -> QuerySet[LearningNote]:
    here = Q(session__workshop=workshop) | Q(activity__workshop=workshop)
    return LearningNote.objects.filter(here).select_related("session", "activity", "participant").order_by()


def _is_asked(note: LearningNote, asked: Mapping[str, str]) -> bool:
    return all(
        getattr(note, name) == asked[name] for name in ("effect", "theme", "stage", "time", "space") if asked.get(name)
    )


def _sorted(notes: Iterable[LearningNote]) -> tuple[tuple[str, tuple[Shown, ...]], ...]:
    """Harder, then easier. Inside, an order that is always the same and says nothing of who came when."""
    rows = sorted(notes, key=lambda note: hashlib.sha256(f"{note.pk}:{note.client_id}".encode()).digest())
    by_effect = {effect: tuple(Shown(note) for note in rows if note.effect == effect) for effect in Effect}
    titles = ((Effect.HARDER, _("Harder")), (Effect.EASIER, _("Easier")))
    return tuple((title, by_effect[effect]) for effect, title in titles if by_effect[effect])


def _counted(notes: list[LearningNote], workshop: Workshop) -> Learned:
    effects = Counter(note.effect for note in notes)
    cells: dict[tuple[str, str], Counter[str]] = {}
    for note in notes:
        cells.setdefault((note.time, note.space), Counter())[note.effect] += 1
    places = _places(notes, workshop)
    stages = {tag.key: tag.plain for tag in STAGES}
    return Learned(
        easier=effects[Effect.EASIER],
        harder=effects[Effect.HARDER],
        people=len({note.participant_id for note in notes}),
        pairs={where: (count[Effect.EASIER], count[Effect.HARDER]) for where, count in cells.items()},
        meetings=_meetings(workshop),
        themes=_lines(notes, {note.pk: note.theme for note in notes}, dict(Theme.choices)),
        stages=_lines(notes, {note.pk: note.stage for note in notes}, stages),
        places=_folded(notes, places, {place.value: place.label for place in Place}),
        roads=_folded(notes, {note.pk: note.via for note in notes}, ROADS),
    )


def _meetings(workshop: Workshop) -> tuple[Meeting, ...]:
    found = MechanismAnswer.objects.filter(session__workshop=workshop)
    counts: dict[int, Counter[tuple[str, int]]] = {}
    for session, mechanism, value, n in found.values_list("session", "mechanism", "value").annotate(n=Count("pk")):
        counts.setdefault(session, Counter())[mechanism, value] = n
    sessions = Session.objects.filter(pk__in=counts).order_by("starts_at", "pk")
    return tuple(
        Meeting(session, tuple(_question(key, counts[session.pk]) for key in QUESTIONS)) for session in sessions
    )


def _question(key: str, counts: Counter[tuple[str, int]]) -> Question:
    steps = tuple(counts[key, step] for step in STEPS)
    return Question(str(QUESTIONS[key]), steps if sum(steps) >= FEW else (), sum(steps))


def _places(notes: list[LearningNote], workshop: Workshop) -> dict[int, str]:
    """Note -> from where its author took part in what it is about: where they came in, else where they wrote there,
    else where they usually are. Two queries."""
    people = {note.participant_id for note in notes}
    came = Event.objects.filter(workshop=workshop, verb=Verb.PARTICIPANT_ENTERED, participant__in=people)
    said = Contribution.objects.filter(dialogue__activity__workshop=workshop, author__in=people)
    entered: dict[tuple[int | None, int | None], str] = {
        (session, who): place
        for session, who, place in came.order_by("-seq").values_list("session", "participant", "data__place")
    }
    wrote: dict[tuple[int | None, int | None], str] = {
        (session, who): place
        for session, who, place in said.order_by("-seq").values_list("dialogue__activity__session", "author", "place")
        if session
    }
    found = {}
    for note in notes:
        key = (note.session_id, note.participant_id)
        found[note.pk] = entered.get(key) or wrote.get(key) or note.participant.usual_place
    return found


def _lines(notes: list[LearningNote], of: dict[int, str], labels: Mapping[str, object]) -> tuple[Line, ...]:
    """A line for each value that came up, the most told of first; what nobody said at the end."""
    lines = [(key, _line(str(labels.get(key, UNTOLD)), its)) for key, its in _by(notes, of).items()]
    return tuple(line for _key, line in sorted(lines, key=lambda one: (one[0] == "", -one[1].easier - one[1].harder)))


def _folded(notes: list[LearningNote], of: dict[int, str], labels: Mapping[str, object]) -> tuple[Line, ...]:
    """The same, with few people told of together."""
    found = _by(notes, of)
    rows = [(str(labels[key]), found[key]) for key in labels if key in found]
    alone, few = parted(rows, lambda some: len({note.participant_id for _label, its in some for note in its}))
    lines = [_line(label, its) for label, its in alone]
    if few:
        lines.append(_line(one_or_other([label for label, _its in few]), [note for _label, its in few for note in its]))
    return tuple(lines)


def _by(notes: list[LearningNote], of: dict[int, str]) -> dict[str, list[LearningNote]]:
    found: dict[str, list[LearningNote]] = {}
    for note in notes:
        found.setdefault(of[note.pk], []).append(note)
    return found


def _line(label: str, notes: Iterable[LearningNote]) -> Line:
    rows = list(notes)
    effects = Counter(note.effect for note in rows)
    return Line(label, effects[Effect.EASIER], effects[Effect.HARDER], len({note.participant_id for note in rows}))
