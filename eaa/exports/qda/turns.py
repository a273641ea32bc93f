"""The words of one turn as a place in a text, with every code that lies on them or on a part of them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from eaa.exports.qda.markup import Markup
from eaa.exports.qda.study import Study
from eaa.stages import MECHANISMS, STAGES
from sessions_app.exports.reading import Row
from sessions_app.models import Place

LONGEST_NAME = 255  # signs; some programs take a whole name for a proof of where the words end
PHASES = {tag.key for tag in STAGES}
PLANNED = {tag.key for tag in MECHANISMS}
GONE = "Taken back, or taken off the table. Delete here what earlier exports had."


@dataclass(frozen=True, slots=True)
class Coded:
    """A code on words: `key` is the code's, `by` the guid of the user."""

    guid: str
    key: str
    by: str
    at: str


Parts = dict[tuple[int, int], list[Coded]]


class Judgements:
    """The rows of codings.csv beside those of contributions.csv. Both have the order of the words, so none is held."""

    def __init__(self, rows: Iterator[Row]) -> None:
        self._groups = groupby(rows, key=itemgetter("contribution_id"))
        self._next = next(self._groups, None)

    def of(self, card: str) -> list[Row]:
        if self._next is None or self._next[0] != card:
            return []
        rows = list(self._next[1])
        self._next = next(self._groups, None)
        return rows

    def check_that_none_is_left(self) -> None:
        if self._next is not None:
            raise LookupError(f"No words were found for the coding of {self._next[0]}.")


def parts_of(study: Study, row: Row, step: Row, judged: Iterable[Row]) -> Parts:
    """(start, end) in the words of ROW -> what lies on them; the whole of the words is the first."""
    card, at = row["contribution_id"], study.when(row["posted_at"])
    whole = (0, len(row["text"]))
    automatic = study.guids.automatic
    keys = _known(study, row, step)
    parts = {whole: [Coded(study.guids.of("coding", f"{card}/{key}"), key, automatic, at) for key in keys]}
    for one in judged:
        place = whole if one["covers"] == "whole" else (int(one["start"] or 0), int(one["end"] or 0))
        if place[0] >= place[1]:
            study.counted["codings of parts whose words have changed"] += 1
            continue
        coded = _judged(study, one)
        there = parts.setdefault(place, [])
        if (coded.key, coded.by) not in {(other.key, other.by) for other in there}:
            there.append(coded)  # else it is the same judgement, by a code that was merged into this one
    return parts


def _judged(study: Study, one: Row) -> Coded:
    by = study.guids.user(one["coder_id"])
    return Coded(study.guids.of("coding", one["coding_id"]), study.home[one["code_id"]], by, study.when(one["at"]))


def _known(study: Study, row: Row, step: Row) -> Iterator[str]:
    """What is known of the turn without a judgement."""
    if row["participant_id"]:
        yield f"speaker:{row['participant_id']}"
    is_live = row["t_s"] and float(row["t_s"]) >= 0 and row["late"] == "false"
    yield "mode:sync" if is_live else "mode:async"
    if row["place"]:
        yield "modality:physical" if row["place"] == Place.HALL else "modality:digital"
    yield from (f"phase:{stage}" for stage in step["stages"].split() if stage in PHASES)
    yield from (f"planned:{one}" for one in step["mechanisms"].split() if one in PLANNED)
    yield from sorted({f"uptake:{one['agreement_id']}" for one in study.rests.get(row["contribution_id"], ())})


def write_turn(out: Markup, study: Study, row: Row, begins: int, parts: Parts) -> None:
    """A place for the whole of the words, which begin at BEGINS of the text, and one for each part that is coded."""
    card, at = row["contribution_id"], study.when(row["posted_at"])
    for number, ((start, end), codings) in enumerate(parts.items()):
        guid = study.guids.of("selection", f"{card}/{start}-{end}") if number else study.guids.words(card)
        write_place(out, study, guid, row["text"][start:end], begins + start, at, codings)


def write_gap(out: Markup, study: Study, row: Row, shown: str, begins: int, at: str) -> None:
    """Where words were. Nothing is coded there, so that no program counts it; answers to it still find it."""
    write_place(out, study, study.guids.words(row["contribution_id"]), shown, begins, at, [], GONE)


def write_place(
    out: Markup, study: Study, guid: str, words: str, begins: int, at: str, codings: Iterable[Coded], about: str = ""
) -> None:
    """WORDS, which begin at BEGINS. Code points are counted, and the end is not part of it."""
    name = words if len(words) <= LONGEST_NAME else f"{words[: LONGEST_NAME - 1]}…"
    by = study.guids.automatic
    given = {"guid": guid, "name": name, "startPosition": str(begins), "endPosition": str(begins + len(words))}
    with out.inside("PlainTextSelection", **given, creatingUser=by, creationDateTime=at):
        out.told("Description", about)
        for coded in codings:
            with out.inside("Coding", guid=coded.guid, creatingUser=coded.by, creationDateTime=coded.at):
                out.put("CodeRef", targetGUID=study.guids.code(coded.key))
