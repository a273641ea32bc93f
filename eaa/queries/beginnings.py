"""From what an agreement is written: what the group understands, proposals of its meetings, words that were said."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, OuterRef, Q, Subquery

from eaa.models import Mechanism, Record, RecordVersion, Status
from eaa.queries.quoting import citable, said_of
from sessions_app.kinds import kind_of
from sessions_app.models import Activity, Workshop
from sessions_app.queries.timeline import Said

FOUND = 12  # words and records that one search shows


@dataclass(frozen=True, slots=True)
class Proposal:
    """A step of a meeting in which something was proposed, line by line."""

    activity: Activity
    lines: tuple[str, ...]


def understandings(workshop: Workshop) -> list[RecordVersion]:
    """The newest version of everything that the group understands together, the oldest first. One query."""
    found = RecordVersion.objects.filter(
        record__workshop=workshop, record__status=Status.UNDERSTOOD, record__removed_at=None, number=F("record__head")
    )
    return list(found.select_related("record").order_by("record__settled_at", "record_id"))


def proposals(workshop: Workshop) -> list[Proposal]:
    """What was proposed in steps that have been on, the newest first."""
    kinds = {"consent_round"}
    found = Activity.objects.planned().filter(workshop=workshop, kind__in=kinds, opened_at__isnull=False)
    rows = [row for row in found.order_by("-opened_at") if "proposal" in row.options and kind_of(row.kind)]
    return [Proposal(row, tuple(row.options["proposal"])) for row in rows]


def words_with(workshop: Workshop, text: str) -> list[Said]:
    """The newest words in which TEXT is written, as everybody may see them."""
    found = citable(workshop).filter(body__icontains=text).order_by("-seq").values_list("pk", flat=True)[:FOUND]
    ids: list[UUID] = list(found)
    said = said_of(ids)
    return [said[pk] for pk in ids if pk in said]


def words_by_id(workshop: Workshop, ids: Iterable[UUID]) -> dict[UUID, Said]:
    """Those of the contributions that may be quoted in WORKSHOP now."""
    known = list(citable(workshop).filter(pk__in=list(ids)).values_list("pk", flat=True))
    return {one.contribution.pk: one for one in said_of(known).values()}


def records_of(workshop: Workshop, text: str = "", ids: Iterable[int] = ()) -> list[Record]:
    """Records that a clause can rest on: with TEXT in their title or words, or with these IDS. One query."""
    text_now = RecordVersion.objects.filter(record=OuterRef("pk"), number=OuterRef("head")).values("text")
    found = Record.objects.standing().filter(workshop=workshop).exclude(mechanism=Mechanism.ASSETS)
    found = found.annotate(newest_text=Subquery(text_now[:1]))
    if text:
        return list(found.filter(Q(title__icontains=text) | Q(newest_text__icontains=text)).order_by("-pk")[:FOUND])
    return list(found.filter(pk__in=list(ids)).order_by("pk"))
