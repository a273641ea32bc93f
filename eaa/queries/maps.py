"""The map: which mechanisms were planned, touched and confirmed, and what came back, as counts without words."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from eaa.models import Agreement, AgreementState, Check, Mechanism, Record, Shown, Status
from eaa.stages import MECHANISMS, STAGES
from sessions_app import clock
from sessions_app.models import Activity, Contribution, Response, Session, State, Turn, Workshop
from sessions_app.tags import Tag

KEYS = {tag.key for tag in MECHANISMS}
HOME = {tag.key: tag.stage for tag in MECHANISMS}


@dataclass(frozen=True, slots=True)
class Cell:
    """A mechanism in a stage: steps still to run, steps that were run, what was said in them, and what was written.

    A step's tags say only what it was meant for: what touched a mechanism is what people said and wrote.
    """

    mechanism: Tag
    stage: Tag
    planned: int = 0
    run: int = 0
    words: int = 0
    records: int = 0
    confirmed: int = 0

    @property
    def evidence(self) -> int:
        """The traces that it left: what its circle shows."""
        return self.words + self.records

    @property
    def steps(self) -> int:
        return self.planned + self.run

    @property
    def is_only_planned(self) -> bool:
        """Whether steps are there for it, held or not, in which nobody has said anything."""
        return self.steps > 0 and not self.evidence


@dataclass(frozen=True, slots=True)
class Return:
    """How often something came back from one mechanism to another."""

    key: str
    source: str
    target: str
    count: int


@dataclass(frozen=True)
class Map:
    """All of a workshop, or of one meeting of it. `interpretations` are counted by whether people were asked."""

    cells: tuple[Cell, ...]
    returns: tuple[Return, ...]
    not_asked: int  # interpretations that nobody was asked about
    not_answered: int  # those that went back, and nobody has answered
    agreements: int
    reread: int  # agreements for which the intention was read again

    @cached_property
    def rows(self) -> list[tuple[Tag, list[Cell]]]:
        return [(tag, [cell for cell in self.cells if cell.mechanism is tag]) for tag in MECHANISMS]

    @cached_property
    def by_mechanism(self) -> Counter[str]:
        return Counter({tag.key: sum(cell.evidence for cell in cells) for tag, cells in self.rows})

    def held(self, mechanism: str) -> int:
        """How many steps about it were on."""
        return sum(cell.run for cell in self.cells if cell.mechanism.key == mechanism)

    def written(self, mechanism: str) -> int:
        return sum(cell.records for cell in self.cells if cell.mechanism.key == mechanism)

    @property
    def untouched(self) -> list[Tag]:
        return [tag for tag in MECHANISMS if not self.by_mechanism[tag.key]]

    @property
    def planned_for(self) -> list[Tag]:
        """The mechanisms for which there is a step, held or not."""
        return [tag for tag, cells in self.rows if any(cell.steps for cell in cells)]

    @property
    def most(self) -> int:
        return max(cell.evidence for cell in self.cells)


def map_of(workshop: Workshop, session: Session | None = None) -> Map:
    """Of WORKSHOP, or of one meeting: its steps, what was written about them, and agreements that were opened then."""
    steps = list(_steps(workshop, session))
    records = list(_records(workshop, session))
    agreements = list(_agreements(workshop, session))
    counts: Counter[tuple[str, str, str]] = Counter()
    for step in steps:
        for place in _places(step):
            counts[(*place, "run" if step.was_opened else "planned")] += 1
            counts[(*place, "words")] += 0 if step.is_hidden else step.said
    for record in records:
        counts[(*_home(record.mechanism), "records")] += 1
        if record.status == Status.UNDERSTOOD:
            counts.update({(*_home("understanding"), "records"): 1, (*_home("understanding"), "confirmed"): 1})
    for agreement in agreements:
        counts[(*_home("understanding"), "records")] += 1
        counts[(*_home("understanding"), "confirmed")] += agreement.state == AgreementState.IN_FORCE
    made = [record for record in records if record.mechanism == Mechanism.INTERPRETATION]
    returned = [record for record in made if record.returned_at is not None]
    answered = _answered(returned)
    return Map(
        cells=tuple(_cell(mechanism, stage, counts) for mechanism in MECHANISMS for stage in STAGES),
        returns=tuple(_returns(steps, returned, agreements)),
        not_asked=len(made) - len(returned),
        not_answered=len([record for record in returned if record.pk not in answered]),
        agreements=len(agreements),
        reread=len([agreement for agreement in agreements if agreement.intention_id is not None]),
    )


def _home(mechanism: str) -> tuple[str, str]:
    return mechanism, HOME[mechanism]


def _places(step: Activity) -> Iterable[tuple[str, str]]:
    """The cells in which STEP stands: each of its mechanisms in each of its stages, else where it is at home."""
    for mechanism in (key for key in step.mechanisms if key in KEYS):
        for stage in step.stages or [HOME[mechanism]]:
            yield mechanism, stage


def _cell(mechanism: Tag, stage: Tag, counts: Counter[tuple[str, str, str]]) -> Cell:
    names = ("planned", "run", "words", "records", "confirmed")
    return Cell(mechanism, stage, *(counts[mechanism.key, stage.key, name] for name in names))


def _steps(workshop: Workshop, session: Session | None) -> Iterable[Any]:
    """Those that stand on a plan: not of a meeting that was called off or taken away, and the breaks neither. Each with
    how much was `said` in it."""
    found = Activity.objects.planned().filter(workshop=workshop, session__removed_at=None)
    found = found.exclude(session__state=State.CANCELLED).annotate(said=_said())
    return found.filter(session=session) if session is not None else found


def _said() -> Any:
    """How much people said in a step that stands: words (what a group carried back was said once), choices without
    words, and turns that they had."""
    step = OuterRef("pk")
    words = Contribution.objects.filter(dialogue__activity=step, withdrawn_at=None, from_group=None)
    chosen = Response.objects.filter(dialogue__activity=step, withdrawn_at=None, reason=None)
    spoken = Turn.objects.filter(step=step, given_at__isnull=False, withdrawn_at=None)
    return sum((_number(rows) for rows in (words, chosen, spoken)), start=Value(0))


def _number(rows: QuerySet[Any]) -> Coalesce:
    alike = rows.order_by().annotate(all=Value(1)).values("all")
    return Coalesce(Subquery(alike.annotate(n=Count("pk")).values("n")), 0)


def _records(workshop: Workshop, session: Session | None) -> Iterable[Record]:
    """Those that everybody may see."""
    found = Record.objects.standing().filter(workshop=workshop)
    found = found.exclude(Q(mechanism=Mechanism.ASSETS) & ~Q(shown=Shown.SHOWN))
    if session is None:
        return found
    begun, ended = _hours(session)
    then = Q(session=None, activity=None, created_at__gte=begun, created_at__lte=ended)
    return found.filter(Q(session=session) | Q(activity__session=session) | then)


def _agreements(workshop: Workshop, session: Session | None) -> Iterable[Agreement]:
    """Those that were opened; a draft is for those who write it."""
    found = Agreement.objects.standing().filter(workshop=workshop).exclude(state=AgreementState.DRAFT)
    if session is None:
        return found
    begun, ended = _hours(session)
    return found.filter(versions__at__gte=begun, versions__at__lte=ended).distinct()


def _hours(session: Session) -> tuple[datetime, datetime]:
    """From when to when a meeting was held; one that has not begun has no hours."""
    begun = session.started_at or session.starts_at
    return begun, (session.closed_at or clock.now()) if session.started_at is not None else begun


def _answered(records: list[Record]) -> set[int]:
    return set(Check.objects.filter(version__record__in=records).values_list("version__record", flat=True))


def _returns(steps: list[Activity], returned: list[Record], agreements: list[Agreement]) -> Iterable[Return]:
    """What came back, with how often: cards into talk again, meaning to those quoted, agreements to the intention."""
    brought = len([step for step in steps if step.comes_from_id is not None and step.was_opened])
    reread = len([agreement for agreement in agreements if agreement.intention_id is not None])
    found = (
        Return("brought", "documentation", "dialogue", brought),
        Return("returned", "interpretation", "dialogue", len(returned)),
        Return("reread", "understanding", "intention", reread),
    )
    return (one for one in found if one.count)
