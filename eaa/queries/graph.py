"""What rests on what in a workshop, as one reader may see it: read in a few queries, walked in memory.

However deep it is, the number of queries stays the same. Nothing is passed twice, so that no circle can hold a walk.
"""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from eaa.models import Agreement, Evidence, Record
from sessions_app.models import Contribution, Workshop
from sessions_app.policy import Actor, can

FIELDS = ("pk", "contribution_id", "record_id", "clause_id")


class Link(NamedTuple):
    """One piece of evidence: `contribution` or `record` (the other is None) is what `owner` rests on.

    The owner is a record's version (`number`) or a clause (`clause`, its `key`, and the `number` of the version).
    """

    pk: int
    contribution: uuid.UUID | None
    record: int | None
    clause: int | None
    owner: int  # the record, or the agreement
    number: int
    key: int


@dataclass
class Graph:
    """Records and agreements that the reader may see, and what each version and clause rests on."""

    records: dict[int, Record]
    agreements: dict[int, Agreement]
    of_version: dict[tuple[int, int], list[Link]] = field(default_factory=lambda: defaultdict(list))
    of_clause: dict[int, list[Link]] = field(default_factory=lambda: defaultdict(list))
    on_words: dict[uuid.UUID, list[Link]] = field(default_factory=lambda: defaultdict(list))
    on_record: dict[int, list[Link]] = field(default_factory=lambda: defaultdict(list))
    made_from: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))  # record -> those made from it
    words_into: dict[uuid.UUID, set[uuid.UUID]] = field(default_factory=lambda: defaultdict(set))

    def below(self, record: Record) -> list[Link]:
        """What the newest version of RECORD rests on."""
        return self.of_version.get((record.pk, record.head), [])

    def onward(self, words: Iterable[uuid.UUID]) -> list[uuid.UUID]:
        """WORDS, and those that they were carried or built into, each once, in the order in which they are reached."""
        found: dict[uuid.UUID, None] = {}
        waiting = list(words)
        while waiting:
            one = waiting.pop(0)
            if one not in found:
                found[one] = None
                waiting += sorted(self.words_into.get(one, ()))
        return list(found)


@dataclass(frozen=True)
class Reached:
    """What some words, or a record, have led to: the links by which each record and each clause was reached."""

    records: dict[int, list[Link]]
    clauses: dict[tuple[int, int], list[Link]]  # by agreement and key

    @property
    def agreements(self) -> list[int]:
        return list(dict.fromkeys(agreement for agreement, _key in self.clauses))


def graph_of(workshop: Workshop, actor: Actor, *, follows_words: bool = False) -> Graph:
    """What ACTOR may see of it. Four queries, two more when words are followed to those they were carried into."""
    records = Record.objects.standing().filter(workshop=workshop)
    agreements = Agreement.objects.standing().filter(workshop=workshop)
    graph = Graph(
        {record.pk: record for record in records if can(actor, "record.see", record)},
        {agreement.pk: agreement for agreement in agreements if can(actor, "agreement.see", agreement)},
    )
    _add_links(graph)
    for record in graph.records.values():
        if record.from_record_id is not None:
            graph.made_from[record.from_record_id].append(record.pk)
    if follows_words:
        _add_words(graph, workshop)
    return graph


def reached(graph: Graph, *, words: Iterable[uuid.UUID] = (), records: Iterable[int] = ()) -> Reached:
    """Everything that rests on WORDS or RECORDS, directly or by way of others, as far as the reader may see it."""
    found = Reached({}, {})
    waiting = [link for one in words for link in graph.on_words.get(one, [])]
    passed = set(records)
    for start in passed:
        waiting += _on(graph, start)
    while waiting:
        link = waiting.pop(0)
        if link.clause is not None:
            found.clauses.setdefault((link.owner, link.key), []).append(link)
            continue
        found.records.setdefault(link.owner, []).append(link)
        if link.owner not in passed:
            passed.add(link.owner)
            waiting += _on(graph, link.owner)
    for start in records:  # a circle leads back to where it began, which has not led to itself
        found.records.pop(start, None)
    return found


def _on(graph: Graph, record: int) -> list[Link]:
    """What rests on RECORD; also what was made from it without quoting it."""
    made = [
        Link(0, None, record, None, other, graph.records[other].head, 0) for other in graph.made_from.get(record, [])
    ]
    return [*graph.on_record.get(record, []), *made]


def _add_links(graph: Graph) -> None:
    """Only of what the reader may see: what hangs together by something hidden does not hang together for them."""
    versions = Evidence.objects.filter(version__record__in=list(graph.records))
    clauses = Evidence.objects.filter(clause__version__agreement__in=list(graph.agreements))
    rows = [
        Link(pk, words, record, None, owner, number, 0)
        for pk, words, record, _clause, owner, number in versions.order_by("pk").values_list(
            *FIELDS, "version__record", "version__number"
        )
    ]
    rows += [
        Link(*row)
        for row in clauses.order_by("pk").values_list(
            *FIELDS, "clause__version__agreement", "clause__version__number", "clause__key"
        )
    ]
    for link in rows:
        owners = graph.of_version[link.owner, link.number] if link.clause is None else graph.of_clause[link.clause]
        owners.append(link)
        if link.contribution is not None:
            graph.on_words[link.contribution].append(link)
        elif link.record in graph.records:
            graph.on_record[link.record].append(link)


def _add_words(graph: Graph, workshop: Workshop) -> None:
    """Which words were carried from a group to everybody, or built into a card of a later step."""
    here = {"dialogue__activity__workshop": workshop, "uncarried_at": None}
    carried = Contribution.objects.filter(carried_from__isnull=False, **here)
    built = Contribution.objects.filter(builds_on__isnull=False, **here)
    for source, target in carried.values_list("carried_from", "pk"):
        if source is not None:
            graph.words_into[source].add(target)
    for source, target in built.values_list("builds_on", "pk"):
        graph.words_into[source].add(target)
