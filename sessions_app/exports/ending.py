"""What is told of the export itself, once everything else is written: what was taken out, left out, taken back."""

from collections.abc import Iterator
from typing import Any

from sessions_app.exports.registry import Column, Table, ident
from sessions_app.exports.scope import FACE_DOWN, HIDDEN, NO_CONSENT, TAKEN_BACK, UNKNOWN, WITHDRAWN, Scope
from sessions_app.exports.tables import Rows
from sessions_app.models import Contribution, ExportedPerson

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
    first: dict[int, Any] = {}
    last: dict[int, Any] = {}
    for row in ExportedPerson.objects.filter(export__workshop=scope.workshop).select_related("export").order_by("pk"):
        first.setdefault(row.participant_id, row.export)
        last[row.participant_id] = row.export
    gone = first.keys() - scope.people.included
    yield from ((scope.ids.person(pk), first[pk].export_id) for pk in gone)
    said = Contribution.objects.filter(dialogue__activity__workshop=scope.workshop, author__in=first)
    for pk, author, seq, withdrawn_at in said.values_list("pk", "author_id", "seq", "withdrawn_at").iterator():
        taken_back = withdrawn_at is not None and first[author].taken_at < withdrawn_at
        if seq <= last[author].head_seq and (author in gone or taken_back):
            yield scope.ids.thing("C", pk), first[author].export_id


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
    (ident("id", "A person or words."), Column("first_export_id", "The first export that it was in.")),
    withdrawn_ids,
)
