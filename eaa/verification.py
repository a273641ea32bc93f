"""What the log says of records, held beside their tables: versions, statuses, answers, what was thrown away."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db.models import Count

from eaa.models import Check, Outcome, Record, Shown, Status
from eaa.verbs import Verb
from sessions_app.models import Event, Workshop

CHUNK = 2000


@dataclass
class Told:
    """What the log tells of one record."""

    versions: int = 0
    status: str = ""
    made: int = 0
    is_gone: bool = False
    shown: str = Shown.SHOWN
    checked: set[tuple[int, int | None]] = field(default_factory=set)  # version, person
    misnumbered: int = 0


def contradictions_of_records(workshop: Workshop) -> Iterator[tuple[str, str]]:
    """(rule, what is wrong) wherever a record's tables say something else than the log."""
    told = _told(workshop)
    rows = Record.objects.filter(workshop=workshop).annotate(kept=Count("versions")).order_by("pk")
    checks: dict[int, set[tuple[int, int | None]]] = defaultdict(set)
    for record, version, person in Check.objects.filter(version__record__workshop=workshop).values_list(
        "version__record_id", "version__number", "participant_id"
    ):
        checks[record].add((version, person))
    for row in rows.iterator(chunk_size=CHUNK):
        yield from (("record", f"{row.pk} {text}") for text in _of(row, told.pop(row.pk, Told()), checks[row.pk]))
    yield from (("record", f"{pk} is in the log and nowhere else") for pk in sorted(told))
    yield from _outcomes(workshop)


def _of(row: Record, told: Told, checks: set[tuple[int, int | None]]) -> Iterator[str]:
    if told.made != 1:
        yield f"was made {told.made} times"
    kept = row.kept  # type: ignore[attr-defined]
    if (told.versions, told.misnumbered) != (kept, 0) or row.head != kept:
        yield f"has {kept} versions and says {row.head}, the log tells of {told.versions}"
    if told.made and told.status != row.status:
        yield f"is {row.status}, the log says {told.status}"
    if told.is_gone != (row.removed_at is not None):
        yield "was thrown away or put back, and the table says otherwise"
    if told.shown != row.shown:
        yield f"is {row.shown}, the log says {told.shown}"
    if told.checked != checks:
        yield f"has {len(checks)} answers, the log tells of {len(told.checked)}"


def _told(workshop: Workshop) -> dict[int, Told]:
    found: dict[int, Told] = defaultdict(Told)
    about = [verb for verb in Verb if verb.startswith(("record.", "asset."))]
    events = Event.objects.filter(workshop=workshop, verb__in=about).order_by("seq")
    for verb, data, person in events.values_list("verb", "data", "participant_id").iterator(chunk_size=CHUNK):
        _read(found[data.get("record", 0)], verb, data, person)
    return found


def _read(told: Told, verb: str, data: dict[str, object], person: int | None) -> None:
    number = data.get("version")
    version = number if isinstance(number, int) else 0
    if verb in {Verb.RECORD_MADE, Verb.RECORD_REVISED}:
        told.versions += 1
        told.misnumbered += version != told.versions
        told.made += verb == Verb.RECORD_MADE
        told.status = str(data.get("status", Status.DRAFT))
    elif verb in {Verb.RECORD_RETURNED, Verb.RECORD_REOPENED}:
        told.status = Status.RETURNED
    elif verb == Verb.RECORD_SETTLED:
        told.status = str(data.get("status"))
    elif verb == Verb.RECORD_REMOVED:
        told.is_gone = bool(data.get("gone"))
    elif verb == Verb.ASSET_SHOWN:
        told.shown = str(data.get("shown"))
    elif verb == Verb.RECORD_CHECKED:
        told.checked.add((version, person))


def _outcomes(workshop: Workshop) -> Iterator[tuple[str, str]]:
    """The newest telling of each contribution is what the table holds."""
    events = Event.objects.filter(workshop=workshop, verb=Verb.OUTCOME_TOLD).order_by("seq")
    told = {said: data.get("outcome") for said, data in events.values_list("contribution_id", "data")}
    rows = Outcome.objects.filter(contribution__dialogue__activity__workshop=workshop)
    here = dict(rows.values_list("contribution_id", "kind"))
    for said in sorted({key for key in here.keys() | told.keys() if here.get(key) != told.get(key)}, key=str):
        yield "outcome", f"{said} has another outcome than the log says"
