"""The texts: one for each dialogue, and one for all agreements. Each turn has its line, and its words alone are coded.

Positions count the code points of the text, and a line end as one. Words keep their own line ends.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from eaa.exports.qda.markup import Markup
from eaa.exports.qda.study import Study
from eaa.exports.qda.turns import Coded, Judgements, parts_of, write_gap, write_place, write_turn
from eaa.exports.qda.variables import OF_TEXTS, of_text, write_values
from sessions_app.exports.reading import Row, Talk, rows_of, talks
from sessions_app.exports.transcripts import heading_of, one_line, who

AGREEMENTS = "Agreements"


class Text:
    """A text that is being written, and how many signs it has so far."""

    def __init__(self, file: TextIO) -> None:
        self._file, self.length = file, 0

    def put(self, text: str) -> int:
        """Returns where TEXT begins."""
        begins = self.length
        self._file.write(text)
        self.length += len(text)
        return begins


def write_sources(out: Markup, study: Study) -> Iterator[tuple[str, str]]:
    """(guid, name) of each text, as it is written."""
    judged = Judgements(rows_of(study.folder, "codings"))
    with out.listed("Sources"):
        for talk in talks(study.folder):
            yield _dialogue(out, study, talk, judged), talk.name
        judged.check_that_none_is_left()
        clauses = [row for row in rows_of(study.folder, "clauses") if row["agreement_version_id"] in _texts(study)]
        if clauses:
            yield _agreements(out, study, clauses), AGREEMENTS


@contextmanager
def _text(out: Markup, study: Study, name: str, at: str) -> Iterator[Text]:
    """One source with its file beside the project. The name has no dot, or programs take what follows for a suffix."""
    guid = study.guids.of("source", name)
    given = {"guid": guid, "name": name, "plainTextPath": f"internal://{guid}.txt"}
    with (
        (study.sources / f"{guid}.txt").open("w", encoding="utf-8", newline="") as file,
        out.inside("TextSource", **given, creatingUser=study.guids.automatic, creationDateTime=at),
    ):
        yield Text(file)


def _dialogue(out: Markup, study: Study, talk: Talk, judged: Judgements) -> str:
    opened = study.when(talk.step["opened_at"])
    with _text(out, study, talk.name, opened) as text:
        text.put(f"{heading_of(talk)}\n")
        for row in talk.said:
            text.put(f"{who(row)}: ")
            if row["status"] == "active" and row["text"]:
                parts = parts_of(study, row, talk.step, judged.of(row["contribution_id"]))
                write_turn(out, study, row, text.put(row["text"]), parts)
            else:
                shown = f"[{row['status']}]"
                write_gap(out, study, row, shown, text.put(shown), opened)
            text.put("\n")
        write_values(out, study.guids, OF_TEXTS, of_text(talk))
    return study.guids.of("source", talk.name)


def _texts(study: Study) -> dict[str, Row]:
    return {row["agreement_version_id"]: row for row in study.agreements}


def _agreements(out: Markup, study: Study, clauses: list[Row]) -> str:
    texts, guids = _texts(study), study.guids
    with _text(out, study, AGREEMENTS, study.when("")) as text:
        text.put(f"{AGREEMENTS}\n")
        before = ""
        for clause in clauses:
            agreement = texts[clause["agreement_version_id"]]
            if agreement["agreement_id"] != before:
                before = agreement["agreement_id"]
                text.put(f"{before} {one_line(agreement['title'])}\n")
            text.put(f"{one_line(clause['heading']) or 'Clause ' + clause['number']}: ")
            at, key = study.when(agreement["at"]), f"agreement:{before}"
            coded = Coded(guids.of("coding", f"{clause['clause_id']}/{key}"), key, guids.automatic, at)
            begins = text.put(clause["text"])
            write_place(out, study, guids.words(clause["clause_id"]), clause["text"], begins, at, [coded])
            text.put("\n")
    return guids.of("source", AGREEMENTS)
