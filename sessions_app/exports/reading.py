"""The tables of an export read back while it is made: what is drawn from them holds nothing that they do not hold."""

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from pathlib import Path

Row = dict[str, str]


def rows_of(folder: Path, table: str) -> Iterator[Row]:
    """One row at a time."""
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


@dataclass(frozen=True, slots=True)
class Talk:
    """A dialogue in which something was said: `name` is `S01-D02` for the second of the first meeting, `T-D01` for the
    first one between the meetings. `said` can be read once, before the next dialogue is asked for."""

    name: str
    title: str
    dialogue: Row
    step: Row
    session: Row
    said: Iterator[Row]


def talks(folder: Path) -> Iterator[Talk]:
    """Every dialogue in order, with its rows of contributions.csv."""
    sessions = {row["session_id"]: row for row in rows_of(folder, "sessions")}
    steps = {row["activity_id"]: row for row in rows_of(folder, "activities")}
    dialogues = {row["dialogue_id"]: row for row in rows_of(folder, "dialogues")}
    count: Counter[str] = Counter()
    for key, said in groupby(rows_of(folder, "contributions"), key=itemgetter("dialogue_id")):
        dialogue = dialogues[key]
        session, step = sessions.get(dialogue["session_id"], {}), steps[dialogue["activity_id"]]
        where = f"S{int(session['session_no']):02}" if session else "T"
        count[where] += 1
        yield Talk(f"{where}-D{count[where]:02}", step["title"] or step["prompt"], dialogue, step, session, said)
