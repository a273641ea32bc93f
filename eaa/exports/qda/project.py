"""The three files: the project, its twin for programs that want other line ends, and the codes alone."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from eaa.exports.qda.codes import write_codes
from eaa.exports.qda.links import write_links, write_sets
from eaa.exports.qda.markup import markup
from eaa.exports.qda.notes import write_notes
from eaa.exports.qda.people import write_cases, write_users
from eaa.exports.qda.sources import write_sources
from eaa.exports.qda.study import PLACE, Study, study_of
from eaa.exports.qda.variables import write_variables
from sessions_app.exports.archive import write_zip
from sessions_app.exports.writing import Member, member

ORIGIN = "Coproduction"  # never with the name of a program whose line ends importers treat apart
PROJECT, BOOK = "urn:QDA-XML:project:1.0", "urn:QDA-XML:codebook:1.0"


def write_qda(folder: Path, about: Any) -> Iterator[Member]:
    """Write the members from the tables that lie in FOLDER."""
    study = study_of(folder, about)
    study.sources.mkdir(parents=True)
    with markup(folder / PLACE / "codebook.qdc") as out, out.inside("CodeBook", xmlns=BOOK, origin=ORIGIN):
        write_codes(out, study.guids, study.folders)
    yield member(folder, f"{PLACE}/codebook.qdc")
    _write_project(study)
    yield _packed(study, "project.qdpx")
    for text in list(study.sources.iterdir()):
        _end_lines_for_windows(text)
    yield _packed(study, "project.crlf.qdpx")


def _write_project(study: Study) -> None:
    """The order is the schema's."""
    automatic = study.guids.automatic
    given = {"xmlns": PROJECT, "name": study.title, "origin": ORIGIN, "creatingUserGUID": automatic}
    with markup(_file(study)) as out, out.inside("Project", **given, creationDateTime=study.when("")):
        write_users(out, study)
        with out.inside("CodeBook"):
            write_codes(out, study.guids, study.folders)
        write_variables(out, study.guids)
        write_cases(out, study)
        sources = list(write_sources(out, study))
        write_notes(out, study)
        write_links(out, study)
        write_sets(out, study, sources)
        out.put("Description", _told(study))


def _told(study: Study) -> str:
    """What this is, and what could not be said in it."""
    missing = [f"{number} {what} are only in codings.csv." for what, number in sorted(study.counted.items())]
    return " ".join([f"Export of a co-production workshop: {study.made_from}. Ids are keyed.", *missing])


def _file(study: Study) -> Path:
    return study.folder / PLACE / "project.qde"


def _packed(study: Study, name: str) -> Member:
    texts = (member(study.folder / PLACE, f"sources/{text.name}") for text in study.sources.iterdir())
    write_zip(study.folder / PLACE / name, [member(study.folder / PLACE, "project.qde"), *texts])
    return member(study.folder, f"{PLACE}/{name}")


def _end_lines_for_windows(text: Path) -> None:
    """In place, line by line. The positions in the project still count such an end as one."""
    half = text.with_suffix(".half")
    with (
        text.open(encoding="utf-8", newline="\n") as lines,
        half.open("w", encoding="utf-8", newline="\r\n") as ended,
    ):
        ended.writelines(lines)
    half.replace(text)
