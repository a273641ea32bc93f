"""Lists of people as others keep them, whatever program wrote them: read from a file, or from what was pasted."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sessions_app.errors import BadText, TooLong
from sessions_app.text import clean_address, clean_name

MOST = 2000  # people at once: more than a workshop can hold
FORMULAS = tuple("=+-@\t\r＝＋－＠")
FROM_MAIL = re.compile(r"\s*\"?([^<>\"@]*?)\"?\s*<\s*([^<>\s]+@[^<>\s]+)\s*>\s*")
ZIP, PDF = b"PK\x03\x04", b"%PDF"
# How columns are called, without blanks and signs.
NAMES = frozenset(
    {"name", "fullname", "displayname", "namn", "heltnamn", "deltagare", "person", "participant", "الاسم"}
)
FIRST = frozenset(["firstname", "givenname", "förnamn", "tilltalsnamn"])
LAST = frozenset(["lastname", "surname", "familyname", "efternamn"])
ADDRESSES = frozenset(
    {"email", "emailaddress", "mail", "mailaddress", "address", "epost", "epostadress", "mejl", "mejladress", "البريد"}
)
LANGUAGES = frozenset(["language", "lang", "språk", "اللغة"])
SPOKEN = {"en": "en", "english": "en", "engelska": "en", "sv": "sv", "swedish": "sv", "svenska": "sv"}
SPOKEN |= {"ar": "ar", "arabic": "ar", "arabiska": "ar", "العربية": "ar"}


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a list: where it stands, who it is about, and what is wrong with it, in words."""

    number: int
    name: str
    address: str
    language: str = ""
    trouble: str | Promise = ""


@dataclass(frozen=True, slots=True)
class _Columns:
    name: tuple[int, ...]
    address: int | None
    language: int | None
    has_head: bool


def text_of(data: bytes) -> str:
    """The text of a file that a spreadsheet or a mail program wrote. Raises BadText for what is no text."""
    if data.startswith((ZIP, PDF)):
        raise BadText(_("That is not a list in text. In your spreadsheet choose “Save as” and then CSV."), field="file")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decoded(data, "utf-16")
    if b"\0" in data:
        raise BadText(_("That is not a list in text. In your spreadsheet choose “Save as” and then CSV."), field="file")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _decoded(data, "windows-1252")


def rows_of(text: str) -> list[Row]:
    """Everybody on the list in TEXT, in order, each with what is wrong with their line.

    Raises BadText when nobody is on it, TooLong when there are more than MOST.
    """
    text = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    lines = list(_lines(text))
    if len(lines) > MOST + 1:
        told = {"count": len(lines), "most": MOST}
        raise TooLong(_("There are %(count)s lines. Take at most %(most)s at once.") % told, field="people")
    if not lines:
        raise BadText(_("Nobody is on the list yet. Paste it, or choose a file."), field="people")
    columns = _columns_of(lines[0][1])
    found = [_row(number, cells, columns) for number, cells in lines[columns.has_head :]]
    if not found:
        raise BadText(_("There is only a heading. Paste the lines below it, too."), field="people")
    return found


def _decoded(data: bytes, codec: str) -> str:
    try:
        return data.decode(codec)
    except UnicodeDecodeError as trouble:
        raise BadText(_("We cannot read the letters in that file. Save it as Unicode text."), field="file") from trouble


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """The number and the cells of each line that is not empty."""
    first = next((line for line in text.split("\n") if line.strip()), "")
    mark = max("\t;,", key=first.count) if any(mark in first for mark in "\t;,") else ","
    if first.lower().startswith("sep=") and len(first.strip()) == 5:  # what Excel writes on top to say it
        mark = first.strip()[4]
    reader, before = csv.reader(io.StringIO(text, newline=""), delimiter=mark), 0
    try:
        for cells in reader:
            number, before = before + 1, reader.line_num
            if any(cell.strip() for cell in cells) and not (len(cells) <= 2 and cells[0].lower().startswith("sep=")):
                yield number, cells
    except csv.Error as trouble:
        raise BadText(_("We cannot read this list: a quotation mark is missing."), field="people") from trouble


def _columns_of(cells: list[str]) -> _Columns:
    """Which column says what, from the heading; without one an address is known by its @."""
    heads = [re.sub(r"[^\w]|_", "", cell.casefold()) for cell in cells]
    known = [NAMES, FIRST, LAST, ADDRESSES, LANGUAGES]
    if any(head in names for head in heads for names in known):
        places = [next((place for place, head in enumerate(heads) if head in names), None) for names in known]
        whole, first, last, address, language = places
        name = (whole,) if whole is not None else (first, last)
        return _Columns(tuple(place for place in name if place is not None), address, language, True)
    address = next((place for place, cell in enumerate(cells) if "@" in cell), None)
    others = [place for place in range(len(cells)) if place != address]
    return _Columns(tuple(others[:1]), address, None, False)


def _row(number: int, cells: list[str], columns: _Columns) -> Row:
    def cell(place: int | None) -> str:
        return cells[place] if place is not None and place < len(cells) else ""

    alone = [one for one in cells if one.strip()]
    if len(alone) == 1 and (sent := FROM_MAIL.fullmatch(alone[0])):  # Aino Virtanen <aino@example.org>
        return _checked(number, sent[1], sent[2], "")
    name = " ".join(cell(place).strip(" ") for place in columns.name).strip(" ")
    language = SPOKEN.get(cell(columns.language).strip().casefold(), "")
    address = cell(columns.address).strip()
    if len(alone) == 1 and "@" in alone[0] and not address:
        name, address = "", alone[0].strip()
    return _checked(number, name, address.removeprefix("mailto:").strip("<>"), language)


def _checked(number: int, name: str, address: str, language: str) -> Row:
    """The row with its name as it would be kept, or with what is wrong."""
    shown = " ".join(name.split())
    try:
        if "\n" in name or "\n" in address:
            raise BadText(_("There is a line break in it. Is a quotation mark missing in the line above?"))
        if name.startswith(FORMULAS) or address.startswith(FORMULAS):
            raise BadText(_("It begins like a formula of a spreadsheet. Write the name alone."))
        if not name and not address:
            raise BadText(_("There is neither a name nor an address."))
        if not address and "@" in name:
            raise BadText(_("We cannot tell the name from the address. Put a comma between them."))
        kept = clean_name(name) if name else ""
        if address:
            clean_address(address)
    except (BadText, TooLong) as trouble:
        return Row(number, shown[:80], address[:80], language, trouble.message)
    return Row(number, kept, address, language)
