"""What the log says of agreements, held beside the tables: states, versions, answers and signatures that stand."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F
from django.utils.dateparse import parse_datetime

from eaa.models import Agreement, AgreementState, Position, Signature, Statement, StatementJoin, Suggestion
from eaa.queries.standing import digest_of, versions_of
from eaa.verbs import Verb
from sessions_app.models import Event, Workshop

STATES = {
    Verb.AGREEMENT_DRAFTED: AgreementState.DRAFT,
    Verb.AGREEMENT_OPENED: AgreementState.OPEN,
    Verb.AGREEMENT_REVIEWED: AgreementState.UNDER_REVIEW,
    Verb.AGREEMENT_AGREED: AgreementState.IN_FORCE,
    Verb.AGREEMENT_ENDED: AgreementState.ENDED,
}
OWN = {
    Verb.POSITION_TAKEN: ("positions", 1),
    Verb.POSITION_WITHDRAWN: ("positions", -1),
    Verb.SIGNATURE_GIVEN: ("signatures", 1),
    Verb.SIGNATURE_TAKEN_BACK: ("signatures", -1),
    Verb.STATEMENT_MADE: ("statements", 1),
    Verb.STATEMENT_WITHDRAWN: ("statements", -1),
    Verb.STATEMENT_JOINED: ("joined", 1),
    Verb.STATEMENT_LEFT: ("joined", -1),
    Verb.SUGGESTION_MADE: ("suggestions", 1),
    Verb.SUGGESTION_WITHDRAWN: ("suggestions", -1),
}
NEAR = timedelta(minutes=1)  # a table's moment and its event's are taken one after the other
Found = Iterator[tuple[str, str]]


@dataclass
class Told:
    """One agreement as its events tell of it: of each kind of answer, how many stand by version and person."""

    state: str = ""
    head: int = 0
    is_gone: bool = False
    in_force_at: datetime | None = None
    open_until: datetime | None = None
    counts: dict[str, Counter] = field(default_factory=lambda: {name: Counter() for name, _sign in OWN.values()})

    def read(self, line: Event) -> None:
        data = line.data
        if line.verb in STATES:
            self.state = STATES[Verb(line.verb)]
        if line.verb in {Verb.AGREEMENT_DRAFTED, Verb.AGREEMENT_REVISED}:
            self.head = data["version"]
            if line.verb == Verb.AGREEMENT_REVISED and self.state != AgreementState.DRAFT:
                self.state, self.in_force_at = AgreementState.OPEN, None
        elif line.verb == Verb.AGREEMENT_OPENED:
            self.open_until = parse_datetime(data["until"])
            if self.in_force_at and self.open_until and self.in_force_at < self.open_until:
                self.in_force_at = None  # people were given time to answer once more
        elif line.verb == Verb.AGREEMENT_AGREED:
            self.in_force_at = self.in_force_at or line.at
        elif line.verb == Verb.AGREEMENT_REMOVED:
            self.is_gone = data["gone"]
        elif line.verb in OWN:
            self._count(line)

    def _count(self, line: Event) -> None:
        name, sign = OWN[Verb(line.verb)]
        counted, key = self.counts[name], (line.data["version"], line.participant_id)
        if line.verb == Verb.POSITION_TAKEN:
            counted[key] = 1  # the last press counts
        else:
            counted[key] += sign


def contradictions(workshop: Workshop) -> Found:
    """Where the agreements of WORKSHOP and its log say different things, and digests that fit no text."""
    told: dict[int, Told] = {}
    verbs = [*STATES, *OWN, Verb.AGREEMENT_REVISED, Verb.AGREEMENT_REMOVED]
    for line in Event.objects.filter(workshop=workshop, verb__in=verbs).order_by("seq").iterator(chunk_size=2000):
        told.setdefault(line.data.get("agreement"), Told()).read(line)
    for agreement in Agreement.objects.filter(workshop=workshop).order_by("pk"):
        one = told.pop(agreement.pk, None)
        if one is None:
            yield "agreement", f"{agreement.pk} is in no event"
            continue
        yield from _compared(agreement, one)
        yield from _digests(agreement)
    for pk in told:
        yield "agreement", f"{pk} is in the log and nowhere else"


def _compared(agreement: Agreement, told: Told) -> Found:
    here = (agreement.state, agreement.head, agreement.removed_at is not None)
    if here != (told.state, told.head, told.is_gone):
        yield "agreement", f"{agreement.pk} is {here}, the log says {(told.state, told.head, told.is_gone)}"
    for name in ("in_force_at", "open_until"):
        there, then = getattr(agreement, name), getattr(told, name)
        if (there is None) != (then is None) or (there and then and abs(there - then) > NEAR):
            yield "agreement", f"{agreement.pk} has {name} {there}, the log says {then}"
    for name, counted in _tables(agreement).items():
        if counted != +told.counts[name]:
            yield name, f"of agreement {agreement.pk} differ from the log"


def _tables(agreement: Agreement) -> dict[str, Counter]:
    """How many answers of each kind stand in the tables, by version and person."""
    number = "version__number"
    return {
        "positions": _counted(Position.objects.filter(version__agreement=agreement), number),
        "signatures": _counted(Signature.objects.filter(version__agreement=agreement, taken_back_at=None), number),
        "statements": _counted(
            Statement.objects.filter(version__agreement=agreement, withdrawn_at=None), number, "made_by"
        ),
        "joined": _counted(
            StatementJoin.objects.filter(statement__version__agreement=agreement), "statement__version__number"
        ),
        "suggestions": _counted(
            Suggestion.objects.filter(agreement=agreement, withdrawn_at=None), "made_on__number", "made_by"
        ),
    }


def _counted(rows: Any, version: str, person: str = "participant") -> Counter:
    return Counter(rows.values_list(version, f"{person}_id"))


def _digests(agreement: Agreement) -> Found:
    """A version is signed by its words: they have to be the same ones."""
    for version in versions_of(agreement):
        if version.digest != digest_of(version.clauses.all()):
            yield "digest", f"of version {version.number} of agreement {agreement.pk} does not fit its clauses"
    found = Signature.objects.filter(version__agreement=agreement).exclude(digest=F("version__digest"))
    for pk in found.values_list("pk", flat=True):
        yield "digest", f"of signature {pk} is not that of the version under which it stands"
