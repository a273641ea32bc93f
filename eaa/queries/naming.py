"""What records are called in the trace: their kind in plain words, their stage, a title, and their newest text."""

from collections.abc import Iterable

from django.db.models import F

from eaa.models import Mechanism, Record, RecordVersion, Status
from eaa.stages import MECHANISMS


def label_of(record: Record) -> str:
    """What kind of record it is, in plain words."""
    if record.mechanism == Mechanism.INTERPRETATION and record.status in {Status.UNDERSTOOD, Status.DIFFERENCE}:
        return str(Status(record.status).label)
    return str(Mechanism(record.mechanism).label)


def stage_of(record: Record) -> str:
    """The stage to which its mechanism belongs."""
    return next((tag.stage for tag in MECHANISMS if tag.key == record.mechanism), "")


def title_of(record: Record, text: str = "") -> str:
    """What to call it in a link: its title, else its first words."""
    if record.title:
        return record.title
    words = text.split()
    return f"{' '.join(words[:8])} …" if len(words) > 8 else " ".join(words) or label_of(record)


def heads_of(ids: Iterable[int]) -> dict[int, RecordVersion]:
    """Record id -> its newest version. One query."""
    found = RecordVersion.objects.filter(record__in=list(ids), number=F("record__head"))
    return {version.record_id: version for version in found}
