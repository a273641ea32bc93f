"""The clauses of a version as everybody reads them: what changed in each, and what each rests on."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.db.models import F

from eaa.models import AgreementVersion, Check, CheckAnswer, Clause, Evidence, Mechanism, RecordVersion, Shown
from eaa.queries.differences import Part, difference
from eaa.queries.naming import heads_of, label_of
from eaa.queries.quoting import Quote, quotes
from eaa.queries.standing import changes
from eaa.queries.texts import short

WIDEST = 4  # clauses beside which one margin note stands at most
AT_ONCE = 2  # quotes beside a clause before the rest is folded


@dataclass(frozen=True, slots=True)
class Rest:
    """One thing that a clause rests on: words, with what their author said of them since; or a record."""

    quote: Quote
    check: Check | None = None
    record_text: str = ""  # the newest text of the record that is meant

    @property
    def record_title(self) -> str:
        """What the record is called: its title, else how it begins."""
        record = self.quote.evidence.record
        return (record.title or short(self.record_text) or self.record_label) if record is not None else ""

    @property
    def record_label(self) -> str:
        record = self.quote.evidence.record
        return label_of(record) if record is not None else ""

    @property
    def check_words(self) -> str:
        return self.check.words if self.check is not None and self.check.answer != CheckAnswer.THAT_IS else ""

    @property
    def is_confirmed(self) -> bool:
        return self.check is not None and self.check.answer == CheckAnswer.THAT_IS

    @property
    def is_denied(self) -> bool:
        return self.check is not None and self.check.answer == CheckAnswer.IS_NOT

    @property
    def is_record(self) -> bool:
        return self.quote.said is None


@dataclass(frozen=True, slots=True)
class ClauseView:
    """One clause. `state` is same, changed, new or gone, compared with the version that the reader knows; the parts
    are there only when it changed. `span` is how many clauses its margin note has room beside."""

    clause: Clause
    rests: tuple[Rest, ...] = ()
    state: str = "same"
    heading: tuple[Part, ...] = ()
    text: tuple[Part, ...] = ()
    span: int = 1

    @property
    def number(self) -> int:
        return self.clause.number

    @property
    def key(self) -> int:
        return self.clause.key

    @property
    def called(self) -> str:
        """Its heading, or the beginning of its text."""
        return self.clause.heading or short(self.clause.text, 60)

    @property
    def is_changed(self) -> bool:
        return self.state != "same"

    @property
    def first_rests(self) -> tuple[Rest, ...]:
        return self.rests[:AT_ONCE]

    @property
    def more_rests(self) -> tuple[Rest, ...]:
        return self.rests[AT_ONCE:]


def clause_views(
    version: AgreementVersion, *, since: AgreementVersion | None = None, is_facilitator: bool = False
) -> tuple[list[ClauseView], list[ClauseView]]:
    """The clauses of VERSION, and those that are gone SINCE that earlier one. Seven queries, however many they are."""
    clauses = list(version.clauses.all())
    rests = rests_of(clauses, is_facilitator=is_facilitator)
    found = changes(since.clauses.all(), clauses) if since is not None else []
    changed = {change.key: change for change in found}
    shown = _with_room([_view(clause, tuple(rests.get(clause.pk, ())), changed) for clause in clauses])
    gone = [ClauseView(change.before, (), "gone") for change in found if change.before and change.after is None]
    return shown, gone


def rests_of(clauses: Sequence[Clause], *, is_facilitator: bool = False) -> dict[int, list[Rest]]:
    """Clause id -> what it rests on, in the order in which it was chosen; records that are nobody else's business, or
    were thrown away, are left out."""
    found = Evidence.objects.filter(clause__in=[one.pk for one in clauses]).select_related("record").order_by("pk")
    rows = [row for row in found if row.record is None or is_shown(row)]
    checks = checks_of(rows)
    records = {row.record_id for row in rows if row.record_id is not None}
    heads = heads_of(records) if records else {}
    rests: dict[int, list[Rest]] = {}
    for pk, quote in quotes(rows, is_facilitator=is_facilitator).items():
        row = next(row for row in rows if row.pk == pk)
        check = checks.get((row.clause_id or 0, row.contribution_id)) if not quote.is_gone else None
        rests.setdefault(row.clause_id or 0, []).append(Rest(quote, check, _text_of(heads, row)))
    return rests


def _text_of(heads: dict[int, RecordVersion], row: Evidence) -> str:
    version = heads.get(row.record_id) if row.record_id is not None else None
    return version.text if version is not None else ""


def is_shown(row: Evidence) -> bool:
    """Whether everybody may know of the record that something rests on."""
    record = row.record
    if record is None or record.removed_at is not None:
        return False
    return record.mechanism != Mechanism.ASSETS or record.shown == Shown.SHOWN


def checks_of(rows: Sequence[Evidence]) -> dict[tuple[int, UUID | None], Check]:
    """(clause id, contribution id) -> what the author of the words last said of a reading of them, where the clause
    rests on that reading, too. What they said of another one says nothing about the clause. One query."""
    readings = {(row.clause_id or 0, row.record_id) for row in rows if row.record_id}
    words = [row for row in rows if row.contribution_id]
    found = (
        Check.objects.filter(version__evidence__contribution__in=[row.contribution_id for row in words])
        .filter(version__record__in=[record for _clause, record in readings])
        .filter(participant=F("version__evidence__contribution__author"))
        .annotate(about=F("version__evidence__contribution"), reading=F("version__record"))
        .order_by("at", "pk")
    )
    told = {(row.about, row.reading): row for row in found}
    return {
        (clause, row.contribution_id): told[row.contribution_id, record]
        for row in words
        for clause, record in readings
        if clause == row.clause_id and (row.contribution_id, record) in told
    }


def _view(clause: Clause, rests: tuple[Rest, ...], changed: dict) -> ClauseView:
    change = changed.get(clause.key)
    if change is None:
        return ClauseView(clause, rests)
    if change.before is None:
        return ClauseView(clause, rests, "new", _added(clause.heading), _added(clause.text))
    heading = tuple(difference(change.before.heading, clause.heading))
    return ClauseView(clause, rests, "changed", heading, tuple(difference(change.before.text, clause.text)))


def _with_room(clauses: list[ClauseView]) -> list[ClauseView]:
    """CLAUSES, each with the number of those after it, itself included, beside which nothing else stands."""
    found = []
    for place, one in enumerate(clauses):
        after = clauses[place + 1 :]
        free = next((number for number, other in enumerate(after) if other.rests), len(after))
        found.append(replace(one, span=min(1 + free, WIDEST)))
    return found


def _added(words: str) -> tuple[Part, ...]:
    return (Part("added", words),) if words else ()
