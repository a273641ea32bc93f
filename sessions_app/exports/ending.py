"""What is told of the export itself, once everything else is written: what was taken out, left out, taken back."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q

from sessions_app.exports.registry import Column, Table, ident
from sessions_app.exports.scope import FACE_DOWN, HIDDEN, NO_CONSENT, TAKEN_BACK, UNKNOWN, WITHDRAWN, Scope
from sessions_app.exports.tables import Rows
from sessions_app.exports.words import CHUNK
from sessions_app.models import Export, ExportedPerson
from sessions_app.queries.exports import all_given

FEW = 5


def redactions(scope: Scope) -> Rows:
    rows = ((target, column, mark.start, mark) for target, column, mark in scope.redacted)
    for target, column, start, mark in sorted(rows, key=lambda row: row[:3]):
        yield target, column, start, mark.end, mark.type, mark.replacement, mark.method


def exclusions(scope: Scope) -> Rows:
    for (reason, table), rows in sorted(scope.left_out.items()):
        people = len(scope.left_out_people.get((reason, table), ()))
        yield table, reason, rows, people if people >= FEW else None


def withdrawn_ids(scope: Scope) -> Rows:
    yield from sorted(_handed_out(scope))


def _handed_out(scope: Scope) -> Iterator[tuple[str, str]]:
    """(id, the first export it was in) for everything that earlier exports held and this one may not hold."""
    held: dict[int, list[Export]] = defaultdict(list)
    for row in ExportedPerson.objects.filter(export__workshop=scope.workshop).select_related("export").order_by("pk"):
        held[row.participant_id].append(row.export)
    gone = held.keys() - scope.people.included
    yield from ((scope.ids.person(pk), held[pk][0].export_id) for pk in gone)
    for given in all_given():
        taken_back = given.taken_back & Q(**{f"{given.person}__in": held})
        found = given.model._default_manager.filter(taken_back | Q(**{f"{given.person}__in": gone}))
        rows = found.values_list("pk", given.person, given.since, "withdrawn_at")
        for pk, person, since, withdrawn_at in rows.iterator(chunk_size=CHUNK):
            if first := next((one for one in held[person] if _holds(one, since, withdrawn_at)), None):
                yield scope.ids.thing(given.prefix, pk), first.export_id


def _holds(export: Export, since: datetime, withdrawn_at: datetime | None) -> bool:
    """Whether something was in EXPORT that came at SINCE; at WITHDRAWN_AT, if ever, it went."""
    came_before = export.ended_at is None or since <= export.ended_at
    return came_before and (withdrawn_at is None or export.taken_at is None or export.taken_at < withdrawn_at)


REDACTIONS = Table(
    "redactions",
    "What was taken out of texts, and where. Never what stood there.",
    ("target_id", "column", "start"),
    (
        ident("target_id", "The id of the row that the text stands in."),
        Column("column", "In which column.", required=True),
        Column("start", "Where it begins, in code points of the exported text.", "integer", required=True),
        Column("end", "Where it ends; that sign is not part of it.", "integer", required=True),
        Column("type", "What it was.", enum=("person", "email", "url", "idnumber", "phone", "postcode")),
        Column("replacement", "What stands there now."),
        Column("method", "By the list of names, or by its looks.", enum=("roster", "pattern")),
    ),
    redactions,
)
EXCLUSIONS = Table(
    "exclusions",
    "How much is not in the export, and why.",
    ("table", "reason"),
    (
        ident("table", "The table."),
        Column(
            "reason",
            "No yes to research, or taken back; words or codes taken back; author unknown; face down; hidden.",
            required=True,
            enum=(NO_CONSENT, WITHDRAWN, TAKEN_BACK, UNKNOWN, FACE_DOWN, HIDDEN),
        ),
        Column("n_rows", "How many rows.", "integer"),
        Column("n_participants", "Of how many people; empty below five.", "integer"),
    ),
    exclusions,
)
WITHDRAWN_IDS = Table(
    "withdrawn_ids",
    "What earlier exports held and must be deleted wherever it is: every row in which one of these ids stands.",
    ("id",),
    (
        ident("id", "A person, words, an answer, or what somebody said of the tools."),
        Column("first_export_id", "The first export that it was in."),
    ),
    withdrawn_ids,
)
