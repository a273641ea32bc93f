"""All tables in one workbook for spreadsheets: every cell is text or a number, never a formula."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import xlsxwriter

from sessions_app.exports.reading import rows_of
from sessions_app.exports.registry import Table
from sessions_app.exports.writing import Member, member

FILE = "tables.xlsx"
MOST_ROWS = 200_000  # a sheet with more opens in no spreadsheet that people have
MOST_SIGNS = 32_767  # that a cell takes
NUMBERS = {"integer", "number"}


def write_workbook(folder: Path, written: Sequence[tuple[Table, Member]], as_of: datetime) -> Member:
    """Row by row; with the moment of the data instead of that of the writing, so that it gives the same bytes again."""
    book = xlsxwriter.Workbook(folder / FILE, {"constant_memory": True, "tmpdir": str(folder)})
    book.set_properties({"created": as_of.astimezone(UTC).replace(tzinfo=None, microsecond=0)})
    for table, one in written:
        if (one.rows or 0) <= MOST_ROWS:
            _sheet(book, folder, table)
    book.close()
    return member(folder, FILE)


def _sheet(book: xlsxwriter.Workbook, folder: Path, table: Table) -> None:
    sheet = book.add_worksheet(table.name)
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(table.columns):
        sheet.write_string(0, place, column.name)
    for number, row in enumerate(rows_of(folder, table.name), start=1):
        for place, column in enumerate(table.columns):
            value = row[column.name]
            if not value:
                continue
            if column.type in NUMBERS:
                sheet.write_number(number, place, float(value))
            else:
                sheet.write_string(number, place, value[:MOST_SIGNS])
