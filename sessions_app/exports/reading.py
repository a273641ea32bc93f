"""The tables of an export read back while it is made: what is drawn from them holds nothing that they do not hold."""

import csv
from collections.abc import Iterator
from pathlib import Path

Row = dict[str, str]


def rows_of(folder: Path, table: str) -> Iterator[Row]:
    """One row at a time."""
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
