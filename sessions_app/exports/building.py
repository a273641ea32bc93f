"""Make one export: read one consistent view, write every table, describe them, and put a whole ZIP in its place."""

import hashlib
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.utils import translation

from sessions_app.exports import ending, log, package, tables, words
from sessions_app.exports.archive import write_zip
from sessions_app.exports.charts import write_charts
from sessions_app.exports.ocel import write_ocel
from sessions_app.exports.package import About
from sessions_app.exports.registry import FORMS, TABLES, Table
from sessions_app.exports.scope import Scope, scope_of
from sessions_app.exports.transcripts import write_transcripts
from sessions_app.exports.workbook import write_workbook
from sessions_app.exports.writing import Member, write_table, write_text
from sessions_app.models import Event, Workshop
from sessions_app.queries.ground import ground_of
from sessions_app.queries.pictures import drawn_from
from sessions_app.snapshots import snapshot

# Contributions come first: the table of people adds up what they said.
FIRST = (tables.SESSIONS, tables.ACTIVITIES, tables.DIALOGUES, words.CONTRIBUTIONS, words.PLACEMENTS, words.RESPONSES)
THEN = (tables.PEOPLE, tables.CONSENTS, log.EVENTS, tables.CODES)
LAST = (ending.REDACTIONS, ending.EXCLUSIONS, ending.WITHDRAWN_IDS)
Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Made:
    """A ZIP that is whole: what it is called in citations, its digest, and whom it holds."""

    export_id: str
    sha256: str
    size: int
    as_of: datetime
    head_seq: int
    rows: dict[str, int]
    included: frozenset[int]


def build(workshop: Workshop, target: Path, progress: Progress = lambda percent: None) -> Made:
    """Write the export of WORKSHOP to TARGET, through a folder beside it. On any trouble nothing is left there."""
    with tempfile.TemporaryDirectory(prefix=".export-", dir=target.parent) as name, translation.override("en"):
        folder = Path(name)
        with snapshot():
            about = _about(workshop)
            written = [*_written(folder, about.scope, progress)]
        members, export_id = _described(folder, about, written)
        half = folder / "whole.zip"
        write_zip(half, members)
        made = Made(
            export_id=export_id,
            sha256=_digest(half),
            size=half.stat().st_size,
            as_of=about.as_of,
            head_seq=about.head_seq,
            rows={table.name: member.rows or 0 for table, member in written},
            included=about.scope.people.included,
        )
        half.replace(target)
    progress(100)
    return made


def _about(workshop: Workshop) -> About:
    scope = scope_of(Workshop.objects.get(pk=workshop.pk))
    last: Event = log.lines(scope).order_by("-seq")[0]  # a workshop begins with one
    ground = ground_of(scope.workshop).of_people(scope.people.included, scope.standing, last.at)
    return About(scope, last.at, last.seq, tuple(drawn_from(ground, scope.workshop)))


def _written(folder: Path, scope: Scope, progress: Progress) -> Iterator[tuple[Table, Member]]:
    every = [*FIRST, *THEN, *TABLES, *LAST]
    for number, table in enumerate(every):
        progress(90 * number // len(every))
        yield table, write_table(folder, table, table.rows(scope))
    progress(90)


def _described(folder: Path, about: About, written: list[tuple[Table, Member]]) -> tuple[list[Member], str]:
    """All members: the tables, and what describes them. The id of the export is the digest of its manifest."""
    members = [member for _, member in written]
    members.append(write_ocel(folder))
    members.extend(write_transcripts(folder))
    members.extend(write_charts(folder, about))
    members.extend(one for write in FORMS for one in write(folder, about))
    members.append(write_workbook(folder, written, about.as_of))
    members.append(write_text(folder, "datapackage.json", package.datapackage(about, written)))
    members.append(write_text(folder, "README.md", package.readme(about, written)))
    members.append(write_text(folder, "measures/recompute.py", package.recompute()))
    export_id = hashlib.sha256(package.manifest(about, members).encode()).hexdigest()[:12]
    members.append(write_text(folder, "manifest.json", package.manifest(about, members, export_id)))
    members.append(write_text(folder, "SHA256SUMS", package.checksums(members)))
    return members, export_id


def _digest(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
