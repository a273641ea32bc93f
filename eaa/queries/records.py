"""Records as pages show them: by mechanism, and one with its versions, what it rests on and what it led to."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, F, Q, QuerySet

from eaa.models import (
    AgreementState,
    AssetKind,
    DocumentKind,
    Evidence,
    Mechanism,
    Record,
    RecordVersion,
    Shown,
    Status,
)
from eaa.queries.checks import Standing, asked_of, standing_of
from eaa.queries.differences import Part, difference
from eaa.queries.outcomes import Use, address_of, use_of_agreement
from eaa.queries.quoting import Quote, quotes
from eaa.queries.texts import short
from sessions_app import clock
from sessions_app.models import Activity, Dialogue, Participant, Workshop
from sessions_app.moments import when_words

SHOWN_VERSIONS = 30


@dataclass(frozen=True, slots=True)
class Listed:
    """A record in a list, with its newest text."""

    record: Record
    version: RecordVersion
    when: str
    is_mine: bool = False
    waits: bool = False

    @property
    def kind_words(self) -> str:
        return kind_words(self.record)

    @property
    def rests_on(self) -> int:
        return int(self.version.rests)  # type: ignore[attr-defined]

    @property
    def answers(self) -> int:
        return int(self.version.answers)  # type: ignore[attr-defined]


@dataclass(slots=True)
class Shelves:
    """Everything that the group has written down, by what it is."""

    intention: Listed | None = None
    assets: list[Listed] = field(default_factory=list)
    documentation: list[Listed] = field(default_factory=list)
    interpretation: list[Listed] = field(default_factory=list)
    understanding: list[Listed] = field(default_factory=list)
    difference: list[Listed] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Change:
    """A version beside the one before."""

    version: RecordVersion
    when: str
    parts: list[Part]


@dataclass(frozen=True, slots=True)
class RecordView:
    """One record. `changes` begin with the newest version; `made_by` are names."""

    record: Record
    version: RecordVersion
    when: str
    changes: list[Change]
    more_versions: int
    quotes: list[Quote]
    standing: Standing | None
    led_to: list[Use]
    made_by: list[str]

    @property
    def is_interpretation(self) -> bool:
        return self.record.mechanism == Mechanism.INTERPRETATION

    @property
    def kind_words(self) -> str:
        return kind_words(self.record)


def shelves_of(workshop: Workshop, viewer: Participant) -> Shelves:
    """Two queries. Of what people bring only what is shown, and one's own."""
    shelves = Shelves()
    waiting = {record.pk for record in asked_of(viewer)} if workshop.closed_at is None else set()
    for version in newest_versions(workshop, viewer):
        record, listed = version.record, _listed(version, viewer, workshop, waiting)
        if record.mechanism == Mechanism.INTENTION:
            shelves.intention = listed if record.owner_id is None else shelves.intention
        else:
            getattr(shelves, _shelf(record)).append(listed)
    return shelves


def assets_of(workshop: Workshop, viewer: Participant) -> list[Listed]:
    """What people bring, those of VIEWER first, then by name. One query."""
    rows = newest_versions(workshop, viewer).filter(record__mechanism=Mechanism.ASSETS)
    listed = [_listed(version, viewer, workshop) for version in rows]
    return sorted(listed, key=lambda one: (not one.is_mine, one.record.owner.name if one.record.owner else ""))


def newest_versions(workshop: Workshop, viewer: Participant) -> QuerySet[RecordVersion]:
    """Of every record that VIEWER may see. One query."""
    found = RecordVersion.objects.filter(record__workshop=workshop, record__removed_at=None, number=F("record__head"))
    found = found.exclude(record__shown=Shown.WITHDRAWN)
    found = found.filter(Q(record__shown=Shown.SHOWN) | Q(record__owner=viewer))
    counts = {"rests": Count("evidence", distinct=True), "answers": Count("checks", distinct=True)}
    return found.select_related("record__owner", "written_by").annotate(**counts).order_by("record_id")


def record_view(record: Record, *, is_facilitator: bool = False, sees_drafts: bool = False) -> RecordView:
    """At most fourteen queries, however long its history. SEES_DRAFTS: also agreements that are being written."""
    zone, now = record.workshop.zone, clock.now()
    versions = list(record.versions.select_related("written_by").order_by("-number")[: SHOWN_VERSIONS + 1])
    newest, pairs = versions[0], zip(versions, [*versions[1:], None], strict=True)
    changes = [
        Change(version, when_words(version.at, zone, now), difference(before.text, version.text) if before else [])
        for version, before in list(pairs)[:SHOWN_VERSIONS]
    ]
    rows = list(newest.evidence.select_related("record"))
    quoted = quotes(rows, is_facilitator=is_facilitator)
    standing = None
    if record.mechanism == Mechanism.INTERPRETATION and record.status != Status.DRAFT:
        standing = standing_of(record, is_facilitator=is_facilitator, evidence=rows, quoted=quoted)
    return RecordView(
        record=record,
        version=newest,
        when=when_words(newest.at, zone, now),
        changes=changes,
        more_versions=max(0, record.head - SHOWN_VERSIONS),
        quotes=list(quoted.values()),
        standing=standing,
        led_to=list(led_to(record, sees_drafts=sees_drafts)),
        made_by=[person.name for person in record.made_by.order_by("name")],
    )


def led_to(record: Record, *, sees_drafts: bool = False) -> Iterable[Use]:
    """What was made of RECORD: what makes sense of it, what rests on it, and agreements. Three queries."""
    following = RecordVersion.objects.filter(
        Q(record__from_record=record) | Q(evidence__record=record), record__removed_at=None, number=F("record__head")
    )
    for version in following.select_related("record").distinct().order_by("record_id"):
        yield Use(version.record.title or short(version.text), address_of(version.record))
    clauses = Evidence.objects.filter(record=record, clause__version__agreement__removed_at=None)
    clauses = clauses.filter(clause__version__number=F("clause__version__agreement__head"))
    if not sees_drafts:
        clauses = clauses.exclude(clause__version__agreement__state=AgreementState.DRAFT)
    agreements = {
        row.clause.version.agreement_id: row.clause.version.agreement
        for row in clauses.select_related("clause__version__agreement")
        if row.clause is not None
    }
    yield from (use_of_agreement(agreement) for agreement in agreements.values())


def steps_about_intention(workshop: Workshop) -> list[Dialogue]:
    """Where people said, each for themselves, why they are here. One query."""
    steps = Activity.objects.planned().filter(workshop=workshop, opened_at__isnull=False)
    steps = steps.filter(mechanisms__contains=[Mechanism.INTENTION])
    found = Dialogue.objects.plenary().filter(activity__in=steps).select_related("activity__session")
    return list(found.order_by("activity__opened_at", "pk"))


def documents_of(workshop: Workshop) -> list[Record]:
    """What an interpretation can make sense of. One query."""
    return list(Record.objects.standing().filter(workshop=workshop, mechanism=Mechanism.DOCUMENTATION))


def kind_words(record: Record) -> str:
    """What kind of note or of asset it is, in words; nothing where that is not said."""
    kinds: dict[str, object] = dict(AssetKind.choices if record.mechanism == Mechanism.ASSETS else DocumentKind.choices)
    return str(kinds.get(record.kind, ""))


def removed_record(workshop: Workshop, number: str) -> Record | None:
    """The record with this number if it was thrown away, so that it can be put back."""
    if not number.isdecimal() or len(number) > 18:
        return None
    found = Record.objects.filter(workshop=workshop, pk=number, removed_at__isnull=False)
    return found.exclude(mechanism=Mechanism.ASSETS).first()


def _listed(version: RecordVersion, viewer: Participant, workshop: Workshop, waiting: Iterable[int] = ()) -> Listed:
    record = version.record
    when = when_words(version.at, workshop.zone, clock.now())
    return Listed(record, version, when, record.owner_id == viewer.pk, record.pk in waiting)


def _shelf(record: Record) -> str:
    if record.mechanism != Mechanism.INTERPRETATION:
        return str(record.mechanism)
    settled = {Status.UNDERSTOOD: "understanding", Status.DIFFERENCE: "difference"}
    return settled.get(Status(record.status), "interpretation")
