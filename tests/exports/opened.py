"""An export of the world, opened as a researcher would: every member, every table."""

import csv
import io
import zipfile
from pathlib import Path

from sessions_app.models import Workshop
from sessions_app.operations.exports import export_to
from sessions_app.operations.participants import answer_consent


class Opened:
    def __init__(self, file: Path) -> None:
        self.bytes = file.read_bytes()
        self.members = unzipped(self.bytes)

    def __getitem__(self, table: str) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(self.members[f"{table}.csv"].decode(), newline="")))

    def where(self, text: str) -> list[str]:
        """The members in which TEXT stands; also those that are packed once more, as a workbook is."""
        return sorted(name for name, content in self.members.items() if text.encode() in laid_open(content))


def unzipped(packed: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def laid_open(content: bytes) -> bytes:
    """CONTENT, or all that is in it when it is a ZIP itself."""
    return b"\n".join(unzipped(content).values()) if zipfile.is_zipfile(io.BytesIO(content)) else content


def exported(workshop: Workshop, folder: Path, name: str = "export.zip") -> Opened:
    export_to(workshop=workshop, target=folder / name)
    return Opened(folder / name)


def says(world, *names: str, yes: bool = True, purpose: str = "research") -> None:
    for name in names:
        actor = world.people[name]
        answer_consent(person=actor.participant, actor=actor, purpose=purpose, yes=yes)
