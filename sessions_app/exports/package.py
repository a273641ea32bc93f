"""What describes the files: datapackage.json, manifest.json, README.md, SHA256SUMS. No clock, so no new bytes."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from sessions_app.exports.registry import ID, Column, Table
from sessions_app.exports.scope import Scope
from sessions_app.exports.writing import Member, cell
from sessions_app.queries.pictures import Picture

README = Path(__file__).with_name("readme.md")
RECOMPUTE = Path(__file__).with_name("recompute.py")  # goes into the export as it is
FORMAT = "coproduction-export/1"
MADE_FOR = "team"  # that of the workshop: it has texts, which nobody has read through
PROFILE = "https://datapackage.org/profiles/2.0/{}.json"
MEDIA = {"csv": "text/csv", "json": "application/json", "txt": "text/plain", "vtt": "text/vtt", "md": "text/markdown"}


@dataclass(frozen=True, slots=True)
class About:
    """What an export is made from: the state of the workshop after the event `head_seq`, which was at `as_of`."""

    scope: Scope
    as_of: datetime
    head_seq: int
    pictures: tuple[Picture, ...] = ()


def as_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def datapackage(about: About, written: Sequence[tuple[Table, Member]]) -> str:
    """A Data Package, of version 2 and 1 at once, since programs know one or the other."""
    names = {table.name for table, _ in written}
    return as_json(
        {
            "$schema": PROFILE.format("datapackage"),
            "profile": "tabular-data-package",
            "name": about.scope.ids.study.lower(),
            "title": about.scope.redactor.redact(about.scope.workshop.title)[0],
            "description": "Export of a co-production workshop. README.md tells how to read it.",
            "resources": [_resource(table, member, names) for table, member in written],
        }
    )


def _resource(table: Table, member: Member, names: set[str]) -> dict[str, Any]:
    return {
        "$schema": PROFILE.format("dataresource"),
        "profile": "tabular-data-resource",
        "type": "table",
        "name": table.name,
        "description": table.holds,
        "path": member.path,
        "format": "csv",
        "mediatype": MEDIA["csv"],
        "encoding": "utf-8",
        "bytes": member.size,
        "hash": f"sha256:{member.sha256}",
        "dialect": {"delimiter": ",", "quoteChar": '"', "doubleQuote": True, "lineTerminator": "\n", "header": True},
        "schema": {
            "fields": [_field(table, column) for column in table.columns],
            "primaryKey": list(table.key),
            "foreignKeys": [
                {"fields": column.name, "reference": {"resource": column.refers_to[0], "fields": column.refers_to[1]}}
                for column in table.columns
                if column.refers_to is not None and column.refers_to[0] in {"", *names}
            ],
            "missingValues": [""],
        },
    }


def _field(table: Table, column: Column) -> dict[str, Any]:
    limits: dict[str, Any] = {"required": True} if column.required else {}
    if column.enum:
        limits["enum"] = list(column.enum)
    if table.key == (column.name,):
        limits["unique"] = True
    if column.name.endswith("_id") and column.name != "first_export_id":
        limits["pattern"] = ID
    field: dict[str, Any] = {"name": column.name, "type": column.type, "description": column.means}
    if column.type == "datetime":
        field["format"] = "%Y-%m-%dT%H:%M:%S.%fZ"
    return field | ({"constraints": limits} if limits else {})


def manifest(about: About, members: Sequence[Member], export_id: str = "") -> str:
    scope = about.scope
    files = [
        {"path": one.path, "bytes": one.size, "sha256": one.sha256} | ({} if one.rows is None else {"rows": one.rows})
        for one in sorted(members, key=lambda one: one.path)
    ]
    return as_json(
        {
            "format": FORMAT,
            "export_id": export_id,
            "study_id": scope.ids.study,
            "key_id": scope.ids.key_id,
            "as_of": cell(about.as_of),
            "head_seq": about.head_seq,
            "profile": MADE_FOR,
            "purposes": ["research"],
            "n_participants": {
                "included": len(scope.people.included),
                "excluded": len(scope.people.all) - len(scope.people.included),
            },
            "redaction": {"version": 1, "reviewed": False, "marks": len(scope.redacted)},
            "software": {"name": "coproduction", "version": _version()},
            "files": files,
        }
    )


def _version() -> str:
    try:
        return version("coproduction")
    except PackageNotFoundError:
        return "0.1.0"


def recompute() -> str:
    """A script that works out the measures from the tables alone."""
    return RECOMPUTE.read_text(encoding="utf-8")


def checksums(members: Sequence[Member]) -> str:
    return "".join(f"{one.sha256}  {one.path}\n" for one in sorted(members, key=lambda one: one.path))


def readme(about: About, written: Sequence[tuple[Table, Member]]) -> str:
    scope = about.scope
    tables = "\n".join(f"| `{member.path}` | {member.rows} | {table.holds} |" for table, member in written)
    return README.read_text().format(
        title=scope.redactor.redact(scope.workshop.title)[0],
        as_of=cell(about.as_of),
        head=about.head_seq,
        profile=MADE_FOR,
        included=len(scope.people.included),
        excluded=len(scope.people.all) - len(scope.people.included),
        tables=tables,
        zone=scope.workshop.time_zone,
        key_id=scope.ids.key_id,
    )
