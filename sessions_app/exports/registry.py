"""The tables of an export: what each holds, column by column. Apps beside the product add theirs when they start."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ID = r"^[A-Z]+-[0-9A-HJKMNP-TV-Z]+$"


@dataclass(frozen=True, slots=True)
class Column:
    """`refers_to` is the table and the column whose values these are; the table's own name is "" there."""

    name: str
    means: str
    type: str = "string"
    required: bool = False
    enum: tuple[str, ...] = ()
    refers_to: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """`rows` yields tuples in the order of `columns`, sorted; it is given the scope of the export."""

    name: str
    holds: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: Callable[[Any], Iterable[tuple[Any, ...]]]

    @property
    def file(self) -> str:
        return f"{self.name}.csv"


TABLES: list[Table] = []
# What else is made of the tables once they are written: each is given their folder and the `About` of the export, and
# yields members.
FORMS: list[Callable[[Path, Any], Iterable[Any]]] = []
# Events that tell of the workshop and not of a person: they stay when whoever pressed is not in the export.
OF_THE_WORKSHOP: list[str] = ["workshop.", "session.", "activity.", "groups."]


def add(*tables: Table) -> None:
    """Let every export hold TABLES too, after those that are there already."""
    TABLES.extend(tables)


def ident(name: str, means: str) -> Column:
    """The key of a table."""
    return Column(name, means, required=True)


def whose(name: str, means: str) -> Column:
    """A person who is in the export, or nobody."""
    return Column(name, means, refers_to=("people", "participant_id"))
