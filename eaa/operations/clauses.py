"""Write the clauses of a version. Only from inside the operation that makes it."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from eaa.models import AgreementVersion, Clause, Evidence
from eaa.operations.evidence import MOST, Rests, carry_over, rest_on
from eaa.queries.standing import digest_of
from sessions_app import clock
from sessions_app.errors import BadText, Refused, TooLong
from sessions_app.models import Workshop
from sessions_app.text import clean_body, clean_line

HEADING, TEXT, AT_MOST = 120, 2000, 40
LONG = _("This clause is very long. Make it shorter than 2,000 signs, or make two of it.")


@dataclass(frozen=True, slots=True)
class Wording:
    """A clause as somebody writes it. `key` is that of the clause it was before, None for a new one.

    It rests on those of the earlier pieces of evidence that `keep` names (None: all), and on what `rests` adds.
    """

    text: str
    heading: str = ""
    key: int | None = None
    rests: Sequence[Rests] = field(default_factory=tuple)
    keep: frozenset[int] | None = None


def cleaned(wordings: Sequence[Wording]) -> list[Wording]:
    """WORDINGS as they are kept. Raises BadText or TooLong, whose field says which clause: "clause-2-text"."""
    if len(wordings) > AT_MOST:
        raise BadText(_("That is more clauses than we can take. Put some of them together."), field="clauses")
    return [_cleaned(one, number) for number, one in enumerate(wordings)]


def rests_on_now(version: AgreementVersion) -> dict[int, list[Evidence]]:
    """Clause key -> what it rests on in VERSION, in the order in which it was chosen. One query."""
    found: dict[int, list[Evidence]] = {clause.key: [] for clause in version.clauses.all()}
    for row in Evidence.objects.filter(clause__version=version).select_related("clause").order_by("pk"):
        if row.clause is not None:
            found[row.clause.key].append(row)
    return found


def write_clauses(
    version: AgreementVersion,
    wordings: Sequence[Wording],
    *,
    workshop: Workshop,
    before: Mapping[int, list[Evidence]],
    free: int,
) -> list[Clause]:
    """Give VERSION the clauses, in order. BEFORE are the keys of the text it follows, with what each rests on; FREE is
    the first key that no clause has had. Raises BadText for words that may not be quoted. Needs the workshop's lock."""
    left, written = dict(before), []
    for number, one in enumerate(wordings, start=1):
        is_known = one.key is not None and one.key in left
        evidence = left.pop(one.key, []) if one.key is not None else []
        key = one.key if is_known and one.key is not None else free
        free += not is_known
        clause = Clause.objects.create(version=version, key=key, number=number, heading=one.heading, text=one.text)
        _rest(clause, one, evidence, workshop)
        written.append(clause)
    version.digest = digest_of(written)
    version.save(update_fields=["digest"])
    return written


def _rest(clause: Clause, one: Wording, before: Sequence[Evidence], workshop: Workshop) -> None:
    kept = [row for row in before if one.keep is None or row.pk in one.keep]
    told = {(row.contribution_id, row.record_id) for row in kept}
    added = [rest for rest in one.rests if (rest.contribution, rest.record) not in told]
    if len(kept) + len(added) > MOST:
        raise BadText(_("That rests on very many words. Choose at most 200 of them."), field="evidence")
    carry_over(kept, clause=clause)
    rest_on(workshop, added, at=clock.now(), clause=clause)


def _cleaned(one: Wording, number: int) -> Wording:
    heading = ""
    if one.heading.strip():
        with _in_field(f"clause-{number}-heading"):
            heading = clean_line(one.heading, limit=HEADING)
    with _in_field(f"clause-{number}-text"):
        return Wording(clean_body(one.text, limit=TEXT), heading, one.key, tuple(one.rests), one.keep)


@contextmanager
def _in_field(name: str) -> Iterator[None]:
    try:
        yield
    except TooLong as trouble:
        raise TooLong(LONG if name.endswith("text") else trouble.message, field=name) from trouble
    except Refused as trouble:
        trouble.field = name
        raise
