"""Codebooks of other programs (REFI-QDA 1.5: `.qdc`, or a `.qdpx` project), read without trusting a byte of them.

Nothing is unpacked, no entity is resolved, no schema or address is fetched; what is larger than it may be is not read.
"""

import lzma
import re
import zipfile
import zlib
from dataclasses import dataclass
from typing import IO
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import XMLParser
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sessions_app.errors import BadText

LARGEST = 950_000  # bytes of a file that is sent; all bodies of requests are small
LARGEST_INSIDE = 8_000_000  # bytes of the description of a project, once it is unpacked
MOST_MEMBERS = 10_000
MOST_CODES = 400
DEEPEST = 40
BOOK, PROJECT = "{urn:QDA-XML:codebook:1.0}", "{urn:QDA-XML:project:1.0}"
_GUID = re.compile(r"\{?[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\}?")
_TRUTH = {"true": True, "1": True, "false": False, "0": False}

NOT_UNPACKED = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, RuntimeError, ValueError)

TOO_LARGE = _("That file is larger than we take (1 MB). Send the codebook alone, as a .qdc file.")
BOMB = _("That file unpacks to far more than a codebook can be. We did not read it.")
LOCKED = _("That file is locked with a password. Save it without one, and send it again.")
NO_PROJECT = _("That archive holds no project.qde. Export the project as REFI-QDA (.qdpx), or send a .qdc file.")
BROKEN = _("That file is broken, or not a codebook. Export it again as REFI-QDA (.qdc or .qdpx).")
DECLARES = _("That file declares entities or another document. We do not read such files.")
OTHER = _("That is XML, but not a REFI-QDA codebook or project.")
NOT_VALID = _("That codebook does not follow REFI-QDA: each code needs a name, a guid and isCodable.")
EMPTY = _("There are no codes in that file.")
MANY = _("There are more than 400 codes in that file. Send a smaller codebook.")


@dataclass(frozen=True, slots=True)
class Found:
    """A code of a file. Folders that nothing is coded with are part of the names of what is in them if need be."""

    name: str
    description: str


def read_codebook(file: IO[bytes], size: int) -> list[Found]:
    """The codes of FILE, in its order. Raises BadText with a plain sentence for everything that is no codebook."""
    if size > LARGEST:
        raise _bad(TOO_LARGE)
    written = _project_of(file) if zipfile.is_zipfile(file) else _whole(file)
    root = _parsed(written)
    space = {f"{BOOK}CodeBook": BOOK, f"{PROJECT}Project": PROJECT}.get(root.tag)
    if space is None:
        raise _bad(OTHER)
    book = root if space == BOOK else root.find(f"{PROJECT}CodeBook")
    codes = None if book is None else book.find(f"{space}Codes")
    if codes is None or not len(codes):
        raise _bad(EMPTY)
    return _named(_walked(codes, space))


def _whole(file: IO[bytes]) -> bytes:
    file.seek(0)
    return file.read(LARGEST + 1)


def _project_of(file: IO[bytes]) -> bytes:
    """The description of the project in an archive, read only as far as it may be long whatever its header says."""
    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
            if len(members) > MOST_MEMBERS:
                raise _bad(BOMB)
            inside = [one for one in members if one.filename.casefold().endswith(".qde") and "/" not in one.filename]
            if len(inside) != 1:
                raise _bad(NO_PROJECT)
            if inside[0].flag_bits & 0x1:
                raise _bad(LOCKED)
            with archive.open(inside[0]) as member:
                written = member.read(LARGEST_INSIDE + 1)
    except NOT_UNPACKED as trouble:
        raise _bad(BROKEN) from trouble
    if len(written) > LARGEST_INSIDE:
        raise _bad(BOMB)
    return written


def _parsed(written: bytes) -> Element:
    parser = XMLParser(forbid_dtd=True, forbid_entities=True, forbid_external=True)
    try:
        parser.feed(written)
        root: Element = parser.close()
    except DefusedXmlException as trouble:
        raise _bad(DECLARES) from trouble
    except (ParseError, ValueError, LookupError) as trouble:
        raise _bad(BROKEN) from trouble
    return root


def _walked(codes: Element, space: str) -> list[tuple[tuple[str, ...], str, bool]]:
    """(the names of the folders around it and its own, its description, whether it may be coded with) of each code."""
    found: list[tuple[tuple[str, ...], str, bool]] = []
    todo: list[tuple[Element, tuple[str, ...]]] = [(one, ()) for one in reversed(codes.findall(f"{space}Code"))]
    while todo:
        one, path = todo.pop()
        name, guid = one.get("name", "").strip(), one.get("guid", "").strip()
        codable = _TRUTH.get(one.get("isCodable", "").strip())
        if not name or not _GUID.fullmatch(guid) or codable is None or len(path) >= DEEPEST:
            raise _bad(NOT_VALID)
        own = (*path, name)
        found.append((own, (one.findtext(f"{space}Description") or "").strip(), codable))
        if len(found) > 2 * MOST_CODES:
            raise _bad(MANY)
        todo += [(inner, own) for inner in reversed(one.findall(f"{space}Code"))]
    return found


def _named(walked: list[tuple[tuple[str, ...], str, bool]]) -> list[Found]:
    """What may be coded with. Two codes of one name are told apart by the folders that they are in."""
    codable = [(path, about) for path, about, may in walked if may]
    if not codable:
        raise _bad(EMPTY)
    if len(codable) > MOST_CODES:
        raise _bad(MANY)
    names = [path[-1].casefold() for path, _about in codable]
    found = []
    for path, about in codable:
        is_alone = names.count(path[-1].casefold()) == 1
        found.append(Found(path[-1] if is_alone else " / ".join(path), about))
    return found


def _bad(text: str | Promise) -> BadText:
    return BadText(text, field="file")
