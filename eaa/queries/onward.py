"""The trace forward: what some words, or a record, have led to, as far as the reader may see it."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils.translation import gettext as _

from eaa.models import (
    Agreement,
    AgreementState,
    Clause,
    Commitment,
    Outcome,
    Record,
    RecordVersion,
    Shown,
    Suggestion,
)
from eaa.queries.graph import Graph, Link, Reached, graph_of, reached
from eaa.queries.naming import heads_of, label_of, stage_of, title_of
from eaa.queries.quoting import said_of
from sessions_app.models import Activity, Contribution, Workshop
from sessions_app.policy import Actor
from sessions_app.queries.timeline import Said

OPENED = [state for state in AgreementState.values if state != AgreementState.DRAFT]


@dataclass(frozen=True, slots=True)
class Led:
    """A record or a clause that rests on it, in the versions with these numbers; `head` is the newest there is."""

    numbers: tuple[int, ...]
    head: int
    record: Record | None = None
    version: RecordVersion | None = None
    clause: Clause | None = None

    @property
    def label(self) -> str:
        return label_of(self.record) if self.record is not None else ""

    @property
    def title(self) -> str:
        return title_of(self.record, self.version.text if self.version is not None else "") if self.record else ""

    @property
    def stage(self) -> str:
        return stage_of(self.record) if self.record is not None else ""

    @property
    def is_now(self) -> bool:
        """Whether the newest version still rests on it."""
        return self.head in self.numbers

    @property
    def which(self) -> str:
        """In which versions, e.g. version 2, or versions 1 to 3."""
        first, last = self.numbers[0], self.numbers[-1]
        if first == last:
            return _("version %(number)s") % {"number": first}
        return _("versions %(first)s to %(last)s") % {"first": first, "last": last}


@dataclass(frozen=True, slots=True)
class Agreed:
    """An agreement with the clauses that rest on it, and what people promised there."""

    agreement: Agreement
    clauses: tuple[Led, ...]
    promises: tuple[Commitment, ...]


@dataclass(frozen=True)
class Onward:
    """Everything that was made of it. `cards` are later cards that carry the words on."""

    cards: tuple[Said, ...] = ()
    records: tuple[Led, ...] = ()
    agreed: tuple[Agreed, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    outcome: Outcome | None = None
    steps: tuple[Activity, ...] = field(default=())

    @property
    def is_something(self) -> bool:
        return bool(self.cards or self.records or self.agreed or self.suggestions or self.outcome or self.steps)


def words_onward(actor: Actor, contribution: Contribution) -> Onward:
    """What CONTRIBUTION has led to. The same number of queries, however much it is."""
    workshop = contribution.dialogue.activity.workshop
    graph = graph_of(workshop, actor, follows_words=True)
    ids = graph.onward([contribution.pk])
    found = reached(graph, words=ids)
    later = said_of(ids[1:], is_facilitator=actor.is_facilitator)
    return Onward(
        cards=tuple(later[one] for one in ids[1:] if one in later),
        records=tuple(led_records(graph, found)),
        agreed=tuple(agreed_in(graph, found)),
        suggestions=tuple(_suggestions(graph, ids)),
        outcome=outcomes_of(graph, [contribution.pk]).get(contribution.pk),
        steps=tuple(_steps(contribution)),
    )


def record_onward(graph: Graph, record: Record) -> Onward:
    """What RECORD has led to."""
    found = reached(graph, records=[record.pk])
    return Onward(records=tuple(led_records(graph, found)), agreed=tuple(agreed_in(graph, found)))


def led_records(graph: Graph, found: Reached) -> Iterable[Led]:
    """The records of FOUND in the order in which they were reached. One query."""
    heads = heads_of(found.records)
    for pk, links in found.records.items():
        record = graph.records[pk]
        yield Led(_numbers(links), record.head, record, heads.get(pk))


def agreed_in(graph: Graph, found: Reached) -> Iterable[Agreed]:
    """The agreements of FOUND, each with its clauses and promises. Three queries."""
    newest = {key: max(links, key=lambda link: link.number) for key, links in found.clauses.items()}
    rows = {row.pk: row for row in Clause.objects.filter(pk__in=[link.clause for link in newest.values()])}
    promises: dict[int, list[Commitment]] = {}
    standing = Commitment.objects.filter(agreement__in=found.agreements, removed_at=None)
    for promise in standing.prefetch_related("people"):
        promises.setdefault(promise.agreement_id, []).append(promise)
    for pk in found.agreements:
        agreement = graph.agreements[pk]
        clauses = [
            Led(_numbers(found.clauses[key]), agreement.head, clause=rows[link.clause])
            for key, link in newest.items()
            if key[0] == pk and link.clause is not None
        ]
        clauses.sort(key=lambda led: led.clause.number if led.clause is not None else 0)
        yield Agreed(agreement, tuple(clauses), tuple(promises.get(pk, ())))


def outcomes_of(graph: Graph, words: Sequence[uuid.UUID]) -> dict[uuid.UUID, Outcome]:
    """Contribution id -> what was told to have happened to it. Without what the reader may not see. One query."""
    rows = Outcome.objects.filter(contribution__in=words).select_related("activity", "session")
    found = {}
    for row in rows:
        row.record = graph.records.get(row.record_id) if row.record_id else None
        row.agreement = graph.agreements.get(row.agreement_id) if row.agreement_id else None
        if row.activity is not None and (row.activity.removed_at is not None or not row.activity.was_opened):
            row.activity = None  # a step that is still to come is the facilitators' secret
        found[row.contribution_id] = row
    return found


def leads_somewhere(words: Iterable[uuid.UUID], workshop: Workshop) -> set[uuid.UUID]:
    """Which of WORDS everybody can see to have led to something, for a page full of cards. One query.

    Drafts of agreements count for nobody, and nothing that was thrown away or is hidden does.
    """
    cited = Q(eaa_evidence__version__record__removed_at=None, eaa_evidence__version__record__shown=Shown.SHOWN)
    cited &= Q(eaa_evidence__version__isnull=False)
    agreed = Q(eaa_evidence__clause__version__agreement__removed_at=None, eaa_evidence__clause__isnull=False)
    agreed &= Q(eaa_evidence__clause__version__agreement__state__in=OPENED)
    told = Q(eaa_outcome__isnull=False)
    carried = Q(carried_to__isnull=False, carried_to__uncarried_at=None) | Q(built_into__isnull=False)
    here = Contribution.objects.filter(pk__in=list(words), dialogue__activity__workshop=workshop)
    return set(here.filter(cited | agreed | told | carried).values_list("pk", flat=True).distinct())


def _numbers(links: Iterable[Link]) -> tuple[int, ...]:
    return tuple(sorted({link.number for link in links}))


def _suggestions(graph: Graph, words: Sequence[uuid.UUID]) -> Iterable[Suggestion]:
    """Other words for a clause that were made of these. One query."""
    found = Suggestion.objects.filter(contribution__in=words, agreement__in=list(graph.agreements), withdrawn_at=None)
    for one in found:
        one.agreement = graph.agreements[one.agreement_id]
        yield one


def _steps(contribution: Contribution) -> Iterable[Activity]:
    """Steps that were made of the whole dialogue, and have begun. One query."""
    if contribution.dialogue.group_id is not None:
        return []
    source = contribution.dialogue.activity_id
    found = Activity.objects.planned().filter(comes_from=source, opened_at__isnull=False)
    return found.select_related("session").prefetch_related("dialogues")
