"""A table as a CSV file, the same bytes for the same rows: UTF-8, commas, \\n, empty for missing, UTC."""

import csv
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sessions_app.exports.registry import Table

# Control signs, halves of a sign, and two numbers that are no signs: no XML and few programs can read them.
UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Member:
    """A file of the export as it lies on the disk, before it is put into the ZIP."""

    path: str
    file: Path
    size: int
    sha256: str
    rows: int | None = None


def readable(text: str) -> str:
    """TEXT with line ends as \\n and without signs that programs stumble over. All else stays as it was typed."""
    return UNREADABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def cell(value: Any) -> str:
    """VALUE as it stands in a table."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return f"{value.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='milliseconds')}Z"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return f"{value:.6f}".rstrip("0").rstrip(".")
    if isinstance(value, list | tuple):
        return " ".join(map(cell, value))
    return readable(str(value))


def write_table(folder: Path, table: Table, rows: Iterable[tuple[Any, ...]]) -> Member:
    """Write ROWS one by one; none is held in memory."""
    path = folder / table.file
    count = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([column.name for column in table.columns])
        for row in rows:
            writer.writerow([cell(value) for value in row])
            count += 1
    return member(folder, table.file, count)


def write_text(folder: Path, name: str, text: str) -> Member:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="")
    return member(folder, name)


def member(folder: Path, name: str, rows: int | None = None) -> Member:
    """The file NAME in FOLDER, with its size and digest."""
    path, digest = folder / name, hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            digest.update(block)
    return Member(name, path, path.stat().st_size, digest.hexdigest(), rows)
