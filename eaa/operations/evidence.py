"""Say what a version or a clause rests on. Only from inside the operation that makes it."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from eaa.models import Clause, Evidence, Mechanism, Record, RecordVersion
from eaa.queries.quoting import citable
from sessions_app.errors import BadText
from sessions_app.models import Workshop

MOST = 200
GONE = _("Some of the words that you chose were taken back, or can’t be quoted. Choose again; your text is still here.")


@dataclass(frozen=True, slots=True)
class Rests:
    """What something rests on: a contribution (`quote` is the part that is meant, empty for the whole) or a record."""

    contribution: uuid.UUID | None = None
    quote: str = ""
    record: int | None = None


def rest_on(
    workshop: Workshop,
    rests: Sequence[Rests],
    *,
    at: datetime,
    version: RecordVersion | None = None,
    clause: Clause | None = None,
) -> list[Evidence]:
    """Write down what VERSION or CLAUSE rests on, as the words stand AT this moment.

    Raises BadText for words that may not be quoted in WORKSHOP, a quote that is not in them, or another's record.
    Needs the workshop's lock, so that nobody takes the words back meanwhile.
    """
    if len(rests) > MOST:
        raise BadText(_("That rests on very many words. Choose at most 200 of them."), field="evidence")
    words = {one.pk: one.body for one in citable(workshop).filter(pk__in=[r.contribution for r in rests])}
    wanted = {r.record for r in rests if r.record is not None}
    known = Record.objects.standing().filter(workshop=workshop, pk__in=wanted).exclude(mechanism=Mechanism.ASSETS)
    records = set(known.values_list("pk", flat=True))
    rows = []
    for rest in rests:
        if rest.contribution is not None and rest.contribution not in words:
            raise BadText(GONE, field="evidence")
        if rest.record is not None and rest.record not in records:
            raise BadText(GONE, field="evidence")
        start, end = _span(words[rest.contribution], rest.quote) if rest.contribution is not None else (None, None)
        rows.append(
            Evidence(
                version=version,
                clause=clause,
                contribution_id=rest.contribution,
                record_id=rest.record,
                start=start,
                end=end,
                at=at,
            )
        )
    return Evidence.objects.bulk_create(rows)


def carry_over(
    source: Sequence[Evidence], *, version: RecordVersion | None = None, clause: Clause | None = None
) -> list[Evidence]:
    """Let the next VERSION or CLAUSE rest on the same: words are quoted as they stood when they were first chosen."""
    rows = [
        Evidence(
            version=version,
            clause=clause,
            contribution_id=row.contribution_id,
            record_id=row.record_id,
            start=row.start,
            end=row.end,
            at=row.at,
        )
        for row in source
    ]
    return Evidence.objects.bulk_create(rows)


def _span(body: str, quote: str) -> tuple[int | None, int | None]:
    quote = quote.strip()
    if not quote or quote == body:
        return None, None
    start = body.find(quote)
    if start < 0:
        raise BadText(
            _("A quote has to be in the words as they were written. Copy it from the card."), field="evidence"
        )
    return start, start + len(quote)
