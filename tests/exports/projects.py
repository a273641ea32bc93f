"""A project for QDA programs taken apart: its XML, its texts, and every place in them."""

import io
import zipfile
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import xmlschema

from tests.exports.opened import Opened, unzipped

SPACE = "{urn:QDA-XML:project:1.0}"
SCHEMAS = Path(__file__).with_name("schemas")
MAIN, TWIN, BOOK = "qda/project.qdpx", "qda/project.crlf.qdpx", "qda/codebook.qdc"


@dataclass
class Place:
    """A selection: the words that its numbers point at, and the names of the codes on it with who put them there."""

    guid: str
    name: str
    words: str
    codes: list[tuple[str, str]]
    about: str


class Project:
    def __init__(self, opened: Opened, member: str = MAIN) -> None:
        self.packed = opened.members[member]
        self.members = unzipped(self.packed)
        self.xml = self.members["project.qde"]
        self.root = ElementTree.fromstring(self.xml)

    def all(self, name: str) -> list[Element]:
        return list(self.root.iter(f"{SPACE}{name}"))

    def named(self, name: str) -> dict[str, str]:
        """guid -> name of every element NAME."""
        return {one.get("guid"): one.get("name") for one in self.all(name)}

    def raw(self, source: Element) -> bytes:
        return self.members[f"sources/{source.get('plainTextPath').removeprefix('internal://')}"]

    def text(self, source: Element) -> str:
        return self.raw(source).decode().replace("\r\n", "\n")

    def places(self) -> list[Place]:
        return [
            self._place(source, one) for source in self.all("TextSource") for one in source if _is(one, "Selection")
        ]

    def _place(self, source: Element, one: Element) -> Place:
        start, end = int(one.get("startPosition")), int(one.get("endPosition"))
        about = one.findtext(f"{SPACE}Description") or ""
        codes, users = self.named("Code"), self.named("User")
        coded = [
            (codes[coding[0].get("targetGUID")], users[coding.get("creatingUser")])
            for coding in one.iter(f"{SPACE}Coding")
        ]
        return Place(one.get("guid"), one.get("name"), self.text(source)[start:end], coded, about)

    def coded(self, *, by_people: bool = False) -> dict[str, list[str]]:
        """Words -> names of their codes, in order."""
        found: dict[str, list[str]] = {}
        for place in self.places():
            names = [code for code, user in place.codes if not by_people or user != "automatic"]
            found.setdefault(place.words, []).extend(names)
        return found


def _is(element: Element, ending: str) -> bool:
    return element.tag.endswith(ending)


def errors(content: bytes, schema: str) -> list[str]:
    """What the schema of the standard has against CONTENT."""
    return [str(one.reason) for one in xmlschema.XMLSchema(str(SCHEMAS / schema)).iter_errors(content.decode())]


def is_packed_alike(packed: bytes) -> bool:
    """Whether no member tells when or where it was packed, and they are in order."""
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        told = [(one.date_time, one.external_attr, one.create_system) for one in archive.infolist()]
        return set(told) == {((1980, 1, 1, 0, 0, 0), 0o100644 << 16, 3)} and archive.namelist() == sorted(
            archive.namelist()
        )
