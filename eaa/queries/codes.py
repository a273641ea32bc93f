"""The codebook as its pages show it, and which words may be coded by whom: numbers count what the reader may read."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.functional import Promise

from eaa.models import CODE_ABOUT, CODE_NAME, Code, Coding, Judged, Scheme
from eaa.queries.quoting import citable
from sessions_app.errors import BadText, TooLong
from sessions_app.models import Activity, Contribution, Participant, Purpose, Workshop
from sessions_app.policy import Actor
from sessions_app.queries.consents import latest_answers
from sessions_app.text import clean_body, clean_line


@dataclass(frozen=True, slots=True)
class CodeLine:
    """A code with how many contributions lie under it, those of codes that went into it too, and by how many people."""

    code: Code
    said: int
    coders: int


@dataclass(frozen=True, slots=True)
class Codebook:
    workshop: Workshop
    schemes: tuple[tuple[str, tuple[CodeLine, ...]], ...]
    gone: tuple[Code, ...]  # taken away or merged, the latest first: each can come back

    @property
    def is_empty(self) -> bool:
        return not self.schemes and not self.gone

    @property
    def has_begun(self) -> bool:
        """Whether the framework's codes are in it."""
        keyed = [line.code for _name, lines in self.schemes for line in lines] + list(self.gone)
        return any(code.key for code in keyed)


@dataclass(frozen=True, slots=True)
class Offer:
    """A code of a file: whether one of its name is here already, or why it cannot be added."""

    name: str
    description: str
    is_here: bool
    trouble: str | Promise

    @property
    def may_be_added(self) -> bool:
        return not self.is_here and not self.trouble


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the words that the reader put under a code."""

    coding: Coding
    words: str


@dataclass(frozen=True, slots=True)
class Words:
    """A contribution to be coded: no name is shown beside it, so that nobody is judged by who they are."""

    said: Contribution
    whole: frozenset[int]  # the reader's codes of the whole
    parts: tuple[Part, ...]
    is_done: bool

    @property
    def question(self) -> str:
        return self.said.dialogue.activity.prompt or self.said.dialogue.activity.title


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step or a thread: how much of it there is to code, and how much of that the reader has done."""

    activity: Activity
    said: int
    done: int
    first: Contribution
    next: Contribution | None


def codable(workshop: Workshop, actor: Actor) -> QuerySet[Contribution]:
    """Words of WORKSHOP that ACTOR may code: what everybody there may read, and for whoever does not lead only words of
    people who said yes to research. No answer is a no."""
    found = citable(workshop)
    if actor.is_facilitator:
        return found
    answers = latest_answers(Participant.objects.filter(workshop=workshop), Purpose.RESEARCH)
    return found.filter(author__in=[person for person, yes in answers.items() if yes], anonymous_token="")


def home_of(codes: list[Code]) -> dict[int, Code]:
    """Code -> the one that its codings count for, following those that went into another; gone ones are absent."""
    by_id = {code.pk: code for code in codes}
    found = {}
    for code in codes:
        home = code
        while home.merged_into_id is not None:
            home = by_id[home.merged_into_id]
        if home.removed_at is None:
            found[code.pk] = home
    return found


def codebook_of(workshop: Workshop, actor: Actor) -> Codebook:
    """Four queries."""
    codes = list(Code.objects.filter(workshop=workshop))
    home = home_of(codes)
    said: dict[int, set[object]] = defaultdict(set)
    coders: dict[int, set[int]] = defaultdict(set)
    rows = Coding.objects.filter(code__workshop=workshop, removed_at=None, contribution__in=codable(workshop, actor))
    for code, contribution, coder in rows.values_list("code", "contribution", "coder"):
        if code in home:
            said[home[code].pk].add(contribution)
            coders[home[code].pk].add(coder)
    standing = [CodeLine(one, len(said[one.pk]), len(coders[one.pk])) for one in codes if one.removed_at is None]
    schemes = ((str(scheme.label), tuple(x for x in standing if x.code.scheme == scheme)) for scheme in Scheme)
    gone = sorted((one for one in codes if one.removed_at), key=lambda one: one.removed_at or 0, reverse=True)
    return Codebook(workshop, tuple((name, lines) for name, lines in schemes if lines), tuple(gone))


def choices_of(workshop: Workshop) -> list[tuple[str, list[tuple[str, str]]]]:
    """The standing codes as a form offers them, by scheme."""
    codes = list(Code.objects.standing().filter(workshop=workshop))
    groups = ((scheme.label, [(str(one.pk), one.name) for one in codes if one.scheme == scheme]) for scheme in Scheme)
    return [(str(label), its) for label, its in groups if its]


def steps_to_code(workshop: Workshop, actor: Actor) -> list[StepLine]:
    """Every step and thread in which there is something that ACTOR may code, in the order of the workshop."""
    rows = codable(workshop, actor).select_related("dialogue__activity__session").order_by("seq")
    done = set(Judged.objects.filter(coder=actor.participant).values_list("contribution", flat=True))
    by_step: dict[Activity, list[Contribution]] = defaultdict(list)
    for row in rows:
        by_step[row.dialogue.activity].append(row)
    return [
        StepLine(
            activity=activity,
            said=len(its),
            done=sum(one.pk in done for one in its),
            first=its[0],
            next=next((one for one in its if one.pk not in done), None),
        )
        for activity, its in by_step.items()
    ]


def words_to_code(said: Contribution, actor: Actor) -> Words:
    """SAID with what ACTOR put it under. Needs its revisions' words as they stood."""
    codes = list(Code.objects.filter(workshop=said.dialogue.activity.workshop_id))
    home = home_of(codes)
    mine = Coding.objects.filter(contribution=said, coder=actor.participant, removed_at=None).select_related("code")
    rows = [row for row in mine if row.code_id in home]
    parts = []
    for row in rows:
        if row.start is not None and row.end is not None:
            then = next((old.body for old in said.revisions.all() if old.until > row.at), said.body)
            row.code = home[row.code_id]
            parts.append(Part(row, then[row.start : row.end]))
    whole = frozenset(home[row.code_id].pk for row in rows if row.start is None)
    is_done = Judged.objects.filter(contribution=said, coder=actor.participant).exists()
    return Words(said, whole, tuple(parts), is_done)


def after(said: Contribution, actor: Actor) -> Contribution | None:
    """What comes after SAID in its step that ACTOR has not judged yet; else the first of the step."""
    workshop = said.dialogue.activity.workshop
    done = Judged.objects.filter(coder=actor.participant).values("contribution")
    left = codable(workshop, actor).filter(dialogue__activity=said.dialogue.activity_id).exclude(pk__in=done)
    return left.filter(seq__gt=said.seq).order_by("seq").first() or left.order_by("seq").first()


def offered(workshop: Workshop, found: Iterable[tuple[str, str]]) -> list[Offer]:
    """FOUND in a file, each with whether it can be added. One query."""
    here = {one.name.casefold() for one in Code.objects.standing().filter(workshop=workshop)}
    offers = []
    for name, description in found:
        trouble: str | Promise = ""
        try:
            clean_line(name, limit=CODE_NAME)
            if description:
                clean_body(description, limit=CODE_ABOUT)
        except (BadText, TooLong) as refusal:
            trouble = refusal.message
        offers.append(Offer(name, description, name.casefold() in here, trouble))
    return offers


def examples_of(code: Code, actor: Actor) -> list[tuple[str, str]]:
    """(words, language) of the newest thirty that lie under CODE and that ACTOR may read."""
    codes = list(Code.objects.filter(workshop=code.workshop_id))
    mine = [pk for pk, home in home_of(codes).items() if home.pk == code.pk]
    rows = Coding.objects.filter(code__in=mine, removed_at=None, contribution__in=codable(code.workshop, actor))
    found: dict[tuple[object, int | None, int | None], tuple[str, str]] = {}
    newest = rows.select_related("contribution").prefetch_related("contribution__revisions").order_by("-pk")
    for row in newest[:60]:
        said = row.contribution
        then = next((old.body for old in said.revisions.all() if old.until > row.at), said.body)
        words = then if row.start is None else then[row.start : row.end]
        found.setdefault((said.pk, row.start, row.end), (words, said.language))
    return list(found.values())[:30]
