"""The trace back: from a clause or a record to what it rests on, down to the words and the moment they were said."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, QuerySet

from eaa.models import Check, CheckAnswer, Clause, Evidence, Mechanism, Record, RecordVersion
from eaa.queries.graph import Graph, Link, graph_of
from eaa.queries.naming import heads_of, label_of, stage_of
from eaa.queries.quoting import Quote, quotes
from eaa.queries.whereabouts import places_of, replay_of
from sessions_app.policy import Actor
from sessions_app.queries.timeline import Said

DEEPEST = 3  # how far in a step of the way is drawn; what lies deeper is drawn as far in as this
AT_ONCE = 5  # words of a step before the rest is folded


@dataclass(frozen=True, slots=True)
class Word:
    """Words at the end of the way: as they are quoted, where they stand, and the moment they were said."""

    quote: Quote
    address: str
    replay: str  # empty for those who may not see the replay, and for words of no meeting


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody who is quoted said of a record. `who` is empty where the words are shown without a name."""

    check: Check
    who: str

    @property
    def mark(self) -> str:
        return {CheckAnswer.THAT_IS: "", CheckAnswer.ALMOST: "almost"}.get(CheckAnswer(self.check.answer), "not")


@dataclass(frozen=True, slots=True)
class Station:
    """A record on the way, with the words that it quotes itself. The first one is the clause, without a record.

    `also` are records that it rests on and that stand elsewhere on the page; `lost` counts what is not shown any more.
    """

    record: Record | None
    depth: int
    version: RecordVersion | None
    words: tuple[Word, ...]
    also: tuple[Record, ...]
    lost: int
    answers: tuple[Answer, ...] = ()

    @property
    def label(self) -> str:
        return label_of(self.record) if self.record is not None else ""

    @property
    def first_words(self) -> tuple[Word, ...]:
        return self.words[:AT_ONCE]

    @property
    def more_words(self) -> tuple[Word, ...]:
        return self.words[AT_ONCE:]

    @property
    def stage(self) -> str:
        return stage_of(self.record) if self.record is not None else ""

    @property
    def indent(self) -> int:
        return min(self.depth, DEEPEST)

    @property
    def waits(self) -> bool:
        """Whether it says what somebody thinks, and nobody has been asked about it yet."""
        return self.record is not None and self.record.mechanism == Mechanism.INTERPRETATION and not self.was_returned

    @property
    def was_returned(self) -> bool:
        return self.record is not None and self.record.returned_at is not None

    @property
    def is_something(self) -> bool:
        """Whether there is anything to draw where no record stands."""
        return bool(self.words or self.lost)


@dataclass(frozen=True, slots=True)
class Back:
    """The whole way, from the thing itself (the first station) down to the words."""

    stations: tuple[Station, ...]

    @property
    def words(self) -> dict[uuid.UUID, Word]:
        """Every contribution once, by its id."""
        return {
            word.quote.said.contribution.pk: word
            for station in self.stations
            for word in station.words
            if word.quote.said is not None
        }

    @property
    def first(self) -> Word | None:
        """The earliest words that still stand."""
        standing = [word for word in self.words.values() if not word.quote.is_gone]
        return min(standing, key=_said_at, default=None)

    @property
    def is_empty(self) -> bool:
        return not self.words and not any(station.is_something for station in self.stations)

    @property
    def gone(self) -> int:
        """How many of the words were taken back."""
        return sum(word.quote.is_gone for word in self.words.values())


def clause_back(actor: Actor, clause: Clause) -> Back:
    """What CLAUSE rests on, down to the words. The same number of queries, however deep and wide it is."""
    graph = graph_of(clause.version.agreement.workshop, actor)
    return _back(graph, actor, None, graph.of_clause.get(clause.pk, []))


def record_back(actor: Actor, record: Record, graph: Graph) -> Back:
    return _back(graph, actor, record, graph.below(record))


def _back(graph: Graph, actor: Actor, start: Record | None, links: Sequence[Link]) -> Back:
    order = _walk(graph, start, links)
    rows = {row.pk: row for row in _evidence(link for step in order for link in step[2])}
    quoted = quotes(rows.values(), is_facilitator=actor.is_facilitator)
    places = places_of(row.contribution_id for row in rows.values() if row.contribution_id)
    ids = [record.pk for _depth, record, *_rest in order if record is not None]
    heads = heads_of(ids)
    checks = _checks(heads, graph.records)
    stations = []
    for depth, record, words, also, lost in order:
        own = [quoted[link.pk] for link in words if link.pk in quoted]
        stations.append(
            Station(
                record,
                depth,
                heads.get(record.pk) if record is not None else None,
                tuple(_word(actor, quote, places) for quote in own),
                tuple(also),
                lost + len(words) - len(own),
                tuple(_answers(checks.get(record.pk, []), own)) if record is not None else (),
            )
        )
    return Back(tuple(stations))


Step = tuple[int, Record | None, list[Link], list[Record], int]


def _walk(graph: Graph, start: Record | None, links: Sequence[Link]) -> list[Step]:
    """Each record once, before what it rests on; with its words, what stands elsewhere, and how much is not shown."""
    order: list[Step] = []
    passed = {start.pk} if start is not None else set()
    waiting: list[tuple[int, Record | None, Sequence[Link]]] = [(0, start, links)]
    while waiting:
        depth, record, rests = waiting.pop()
        targets = [link.record for link in rests if link.record is not None]
        targets += [record.from_record_id] if record is not None and record.from_record_id is not None else []
        below, also, lost = [], [], 0
        for target in dict.fromkeys(targets):
            other = graph.records.get(target)
            if other is None:
                lost += 1
            elif target in passed:
                also.append(other)
            else:
                passed.add(target)
                below.append((depth + 1, other, graph.below(other)))
        order.append((depth, record, [link for link in rests if link.contribution is not None], also, lost))
        waiting += reversed(below)
    return order


def _evidence(links: Iterable[Link]) -> QuerySet[Evidence]:
    return Evidence.objects.filter(pk__in=[link.pk for link in links]).order_by("pk")


def _checks(heads: dict[int, RecordVersion], records: dict[int, Record]) -> dict[int, list[Check]]:
    """Record id -> what each person last said of its newest version. One query.

    Where “almost” words were taken into the text when a record was settled, answers to the text before still stand.
    """
    found: dict[int, dict[int, Check]] = {}
    rows = Check.objects.filter(version__record__in=list(heads), version__number__gte=F("version__record__head") - 1)
    for check in rows.select_related("participant", "version").order_by("version__number", "at"):
        pk = check.version.record_id
        if check.version.number == records[pk].head or heads[pk].at == records[pk].settled_at:
            found.setdefault(pk, {})[check.participant_id] = check
    return {pk: list(checks.values()) for pk, checks in found.items()}


def _answers(checks: Iterable[Check], own: Iterable[Quote]) -> Iterable[Answer]:
    """A name stands beside an answer only where it stands beside the words that are quoted."""
    named = {author for quote in own if (author := _named(quote.said)) is not None}
    for check in checks:
        yield Answer(check, check.participant.first_name if check.participant_id in named else "")


def _named(said: Said | None) -> int | None:
    """Whose words these are, where everybody is told."""
    if said is None or said.contribution.is_withdrawn or not said.shows_author or said.unnamed:
        return None
    return said.contribution.author_id


def _word(actor: Actor, quote: Quote, places: dict[uuid.UUID, str]) -> Word:
    assert quote.said is not None  # noqa: S101  -- only words are asked for
    contribution = quote.said.contribution
    return Word(quote, places[contribution.pk], replay_of(actor, contribution))


def _said_at(word: Word) -> datetime:
    assert word.quote.said is not None  # noqa: S101
    return word.quote.said.contribution.said_at
