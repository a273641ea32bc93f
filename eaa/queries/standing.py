"""What counts for a version of an agreement: what was given on it, or on one since which no clause changed."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from eaa.models import Agreement, AgreementVersion, Clause, Position, Signature, Statement
from eaa.queries.scales import OBJECTS

Given = TypeVar("Given", Position, Signature)


@dataclass(frozen=True, slots=True)
class Change:
    """A clause that reads differently: before None it is new, after None it is gone."""

    key: int
    before: Clause | None
    after: Clause | None


def digest_of(clauses: Iterable[Clause]) -> str:
    """The SHA-256 of a text as it is read: numbers, headings and words, in order."""
    read = [[one.number, one.key, one.heading, one.text] for one in sorted(clauses, key=lambda one: one.number)]
    return hashlib.sha256(json.dumps(read, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def fingerprint_of(digest: str) -> str:
    """The beginning of a digest, short enough to be compared on paper: "9c2e 41d0"."""
    return f"{digest[:4]} {digest[4:8]}"


def token_of(version: AgreementVersion) -> str:
    """What a form sends back to say which state of the text it shows; it changes with every save, in a draft too."""
    return f"{version.number}.{version.at.timestamp():.6f}.{version.digest[:8]}"


def versions_of(agreement: Agreement) -> list[AgreementVersion]:
    """Every version with its clauses at hand, the oldest first. Two queries."""
    found = AgreementVersion.objects.filter(agreement=agreement).select_related("written_by")
    return list(found.prefetch_related("clauses").order_by("number"))


def changes(before: Iterable[Clause], after: Iterable[Clause]) -> list[Change]:
    """The clauses that read differently, in the order of AFTER; those that are gone come last. Where a clause stands
    is no change of it."""
    old, new = {one.key: one for one in before}, {one.key: one for one in after}
    found = [Change(key, old.get(key), one) for key, one in new.items() if not _same(old.get(key), one)]
    return found + [Change(key, one, None) for key, one in old.items() if key not in new]


def stands_from(versions: Sequence[AgreementVersion], number: int) -> int:
    """The first of VERSIONS since which no clause changed, up to NUMBER."""
    known = {version.number: version for version in versions}
    first = number
    while first - 1 in known and not changes(_clauses(known[first - 1]), _clauses(known[first])):
        first -= 1
    return first


def positions_of(agreement: Agreement) -> list[Position]:
    """Everything that people said of any version, in order: a later one of the same person replaces it. One query."""
    found = Position.objects.filter(version__agreement=agreement)
    rows = found.select_related("participant", "version", "taken_in", "recorded_by")
    return list(rows.order_by("version__number", "at", "pk"))


def standing_positions(agreement: Agreement, first: int, number: int) -> dict[int, Position]:
    """Participant id -> where they stand on version NUMBER, which reads as it did since FIRST. One query.

    Whose objection was taken in is asked again, and stands nowhere until then.
    """
    return positions_that_stand(between(positions_of(agreement), first, number), number)


def positions_that_stand(rows: Iterable[Position], number: int) -> dict[int, Position]:
    """Participant id -> where they stand on version NUMBER; ROWS are those of versions that read like it, in order."""
    newest = {row.participant_id: row for row in rows}
    return {
        person: row
        for person, row in newest.items()
        if not (row.choice == OBJECTS and row.taken_in is not None and row.taken_in.number <= number)
    }


def between(rows: Iterable[Given], first: int, number: int) -> list[Given]:
    """Those of ROWS that were given on versions FIRST to NUMBER."""
    return [row for row in rows if first <= row.version.number <= number]


def signatures_of(agreement: Agreement) -> list[Signature]:
    """Every name that stands under a version, in the order of the versions and in which they signed. One query."""
    found = Signature.objects.filter(version__agreement=agreement, taken_back_at=None)
    return list(found.select_related("participant", "version").order_by("version__number", "at", "pk"))


def signatures_that_stand(rows: Iterable[Signature], first: int, number: int) -> dict[int, Signature]:
    """Participant id -> their signature, of ROWS, that counts for version NUMBER, in the order they signed."""
    standing = sorted(between(rows, first, number), key=lambda row: (row.at, row.pk))
    return {row.participant_id: row for row in standing}


def standing_statements(agreement: Agreement, first: int, number: int) -> list[Statement]:
    """What minorities say together of version NUMBER, with those who joined at hand. Two queries."""
    found = Statement.objects.filter(version__agreement=agreement, version__number__range=(first, number))
    rows = found.filter(withdrawn_at=None).select_related("made_by", "version").order_by("at", "pk")
    return list(rows.prefetch_related("joined__participant"))


def standing_objections(agreement: Agreement, first: int, number: int) -> list[Position]:
    found = standing_positions(agreement, first, number).values()
    return [row for row in found if row.choice == OBJECTS]


def _clauses(version: AgreementVersion) -> list[Clause]:
    return list(version.clauses.all())


def _same(one: Clause | None, other: Clause) -> bool:
    return one is not None and (one.heading, one.text) == (other.heading, other.text)
