"""The story: you said, we understood, we agreed, it was done. One person's, and the workshop's in a page."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F

from eaa.models import (
    Agreement,
    AgreementState,
    Clause,
    Commitment,
    CommitmentState,
    Mechanism,
    Outcome,
    Record,
    RecordVersion,
    Status,
)
from eaa.queries.graph import graph_of, reached
from eaa.queries.onward import Agreed, Led, agreed_in, led_records, outcomes_of
from eaa.queries.whereabouts import places_of
from sessions_app.models import Contribution, Participant, Session, State, Workshop
from sessions_app.policy import Actor

# The workshop's story is read in two minutes: with these it has at most 350 words, links and headings included.
OF_INTENTION = 40  # words of the intention, as it was first and as it stands now
OF_ONE = 16  # words of one understanding
MOST = 4  # understandings, and agreements
CLAUSES = 8  # of an agreement, to follow; its own page has the others


@dataclass(frozen=True, slots=True)
class Path:
    """Something that a person said and what became of it, in the order of the story."""

    said: Contribution
    place: str
    outcome: Outcome | None
    noted: tuple[Led, ...]
    understood: tuple[Led, ...]
    agreed: tuple[Agreed, ...]

    @property
    def leads_somewhere(self) -> bool:
        return bool(self.outcome or self.noted or self.understood or self.agreed)

    @property
    def promises(self) -> list[Commitment]:
        return [promise for one in self.agreed for promise in one.promises]

    @property
    def done(self) -> list[Commitment]:
        return [promise for promise in self.promises if promise.state == CommitmentState.DONE]


@dataclass(frozen=True, slots=True)
class Short:
    """A text that was cut to its first words, if it was longer."""

    text: str
    language: str
    record: int


@dataclass(frozen=True)
class Common:
    """The workshop's story, from the first intention to the agreements."""

    first: Short | None
    now: Short | None
    meetings: int
    words: int
    understood: tuple[Short, ...]
    more_understood: int
    differences: int
    agreed: tuple[tuple[Agreement, tuple[Clause, ...]], ...]
    more_agreed: int
    promised: int
    done: int

    @property
    def is_empty(self) -> bool:
        return not (self.first or self.understood or self.differences or self.agreed)


def paths_of(actor: Actor, person: Participant) -> list[Path]:
    """What became of everything that PERSON said under their name, oldest first. The same number of queries always."""
    own = list(_own_words(person))
    graph = graph_of(person.workshop, actor, follows_words=True)
    ids = [row.pk for row in own]
    places, outcomes = places_of(ids), outcomes_of(graph, ids)
    found = {row.pk: reached(graph, words=graph.onward([row.pk])) for row in own}
    everything = reached(graph, words=graph.onward(ids))
    records = {led.record.pk: led for led in led_records(graph, everything) if led.record is not None}
    agreed = {one.agreement.pk: one for one in agreed_in(graph, everything)}
    paths = []
    for row in own:
        led = [records[pk] for pk in found[row.pk].records]
        paths.append(
            Path(
                said=row,
                place=places[row.pk],
                outcome=outcomes.get(row.pk),
                noted=tuple(one for one in led if not _means(one)),
                understood=tuple(one for one in led if _means(one)),
                agreed=tuple(_agreed(agreed, found[row.pk].clauses)),
            )
        )
    return paths


def common_story(workshop: Workshop, actor: Actor) -> Common:
    """The story of everybody, kept short by leaving out and saying how much. Nine queries."""
    graph = graph_of(workshop, actor)
    intention = next((one for one in graph.records.values() if _is_shared_intention(one)), None)
    understood = [one for one in graph.records.values() if one.status == Status.UNDERSTOOD]
    agreements = [one for one in graph.agreements.values() if one.state != AgreementState.DRAFT]
    versions = _versions(intention, understood)
    first, now = _intentions(intention, versions)
    promises = Commitment.objects.filter(agreement__in=agreements, removed_at=None)
    states = list(promises.values_list("state", flat=True))
    held = Session.objects.standing().filter(workshop=workshop, state=State.CLOSED)
    here = {"dialogue__activity__workshop": workshop, "withdrawn_at": None, "from_group": None}
    return Common(
        first=first,
        now=now,
        meetings=held.count(),
        words=Contribution.objects.filter(**here).count(),
        understood=tuple(_short(versions[one.pk][-1], OF_ONE) for one in understood[:MOST]),
        more_understood=len(understood[MOST:]),
        differences=len([one for one in graph.records.values() if one.status == Status.DIFFERENCE]),
        agreed=tuple(_clauses(agreements[:MOST])),
        more_agreed=len(agreements[MOST:]),
        promised=len(states),
        done=states.count(CommitmentState.DONE),
    )


def _own_words(person: Participant) -> Iterable[Contribution]:
    """Without what was carried back of it, which is the same words once more; anonymous words are nobody's."""
    here = {"dialogue__activity__workshop": person.workshop_id, "anonymous_token": ""}
    found = Contribution.objects.filter(author=person, from_group=None, **here)
    return found.select_related("dialogue__activity__session").order_by("seq")


def _means(led: Led) -> bool:
    return led.record is not None and led.record.mechanism == Mechanism.INTERPRETATION


def _agreed(everything: dict[int, Agreed], clauses: dict[tuple[int, int], list]) -> Iterable[Agreed]:
    """Of each agreement the clauses that rest on one person's words."""
    for pk in dict.fromkeys(agreement for agreement, _key in clauses):
        keys = {key for agreement, key in clauses if agreement == pk}
        own = [led for led in everything[pk].clauses if led.clause is not None and led.clause.key in keys]
        yield Agreed(everything[pk].agreement, tuple(own), everything[pk].promises)


def _is_shared_intention(record: Record) -> bool:
    return record.mechanism == Mechanism.INTENTION and record.owner_id is None


def _versions(intention: Record | None, understood: list[Record]) -> dict[int, list[RecordVersion]]:
    """Record id -> its versions. One query."""
    wanted = [one.pk for one in (intention, *understood) if one is not None]
    found: dict[int, list[RecordVersion]] = {}
    for version in RecordVersion.objects.filter(record__in=wanted).order_by("number"):
        found.setdefault(version.record_id, []).append(version)
    return found


def _intentions(
    intention: Record | None, versions: dict[int, list[RecordVersion]]
) -> tuple[Short | None, Short | None]:
    """As it was first, and as it stands now if that is another text."""
    known = versions.get(intention.pk, []) if intention is not None else []
    if not known:
        return None, None
    first, now = known[0], known[-1]
    return _short(first, OF_INTENTION), _short(now, OF_INTENTION) if now.number > 1 else None


def _short(version: RecordVersion, most: int) -> Short:
    words = version.text.split()
    text = f"{' '.join(words[:most])} …" if len(words) > most else version.text
    return Short(text, version.language, version.record_id)


def _clauses(agreements: list[Agreement]) -> Iterable[tuple[Agreement, tuple[Clause, ...]]]:
    """Each agreement with the first clauses of its newest version. One query."""
    rows: dict[int, list[Clause]] = {}
    found = Clause.objects.filter(version__agreement__in=agreements, version__number=F("version__agreement__head"))
    for clause in found.select_related("version").order_by("number"):
        rows.setdefault(clause.version.agreement_id, []).append(clause)
    return [(one, tuple(rows.get(one.pk, [])[:CLAUSES])) for one in agreements]
