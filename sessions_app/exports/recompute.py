"""The measures of the record in numbers, from the tables of this export and nothing else.

    python3 measures/recompute.py [FOLDER]

FOLDER is where the export was unpacked; without it, the folder above this file. Needs Python 3.10 or newer, and nothing
to install. Writes a table: the number of the measure, what of it, its value, and of how many people or contributions.

Only who is in the export is counted. Where everybody said yes to research, and wrote under their name, these are the
figures that the workshop's own page shows. Hosts (who lead, write down or help) and researchers are left out of M1 to
M9. Words are counted as they stand here, where a name of two words has become one sign for a person.
"""

import csv
import json
import math
import statistics
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import datetime
from itertools import groupby, pairwise
from pathlib import Path

Row = dict[str, str]
Figure = tuple[str, str, float | None, int]
NOT_COUNTED = {"facilitator", "scribe", "helper", "researcher"}


class Ground:
    """What the measures are counted from. `told` is what people said under their name, in the order of the log."""

    def __init__(self, folder: Path) -> None:
        roles = {row["participant_id"]: row["role"] for row in _rows(folder, "people")}
        self.events = list(_rows(folder, "events"))
        self.times = {row["session_id"]: row["time"] for row in _rows(folder, "sessions")}
        self.ended = {row["activity_id"]: row["ended_at"] for row in _rows(folder, "activities")}
        self.now = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["as_of"]
        rows = sorted(_rows(folder, "contributions"), key=lambda row: int(row["seq"]))
        self.said = [row for row in rows if row["status"] == "active" and not row["carried_from"]]
        self.by_id = {row["contribution_id"]: row for row in self.said}
        self.came = [row for row in self.events if row["verb"] == "participant.entered" and row["session_id"]]
        self.spoke = self._spoke()
        there = {row["participant_id"] for row in (*self.said, *self.came, *_rows(folder, "responses"))} | self.spoke
        self.people = {one for one in there if one and roles[one] not in NOT_COUNTED}
        self.told = [row for row in self.said if row["participant_id"] in self.people]

    def _spoke(self) -> set[str]:
        """Those who had the word, and to whom it was not given by mistake."""
        turns: Counter[str] = Counter()
        for row in self.events:
            turns[row["participant_id"]] += {"turn.given": 1, "turn.put_back": -1}.get(row["verb"], 0)
        return {person for person, number in turns.items() if number > 0}

    def is_live(self, row: Row) -> bool:
        """Whether it was said in a meeting that people held at the same time, while its step was on."""
        return self.times.get(row["session_id"], "different") != "different" and row["late"] == "false"

    def counts(self, column: str = "") -> list[int]:
        """How many contributions each of the people has, or how much of COLUMN; silent people have none."""
        found: Counter[str] = Counter()
        for row in self.told:
            found[row["participant_id"]] += int(row[column]) if column else 1
        return [found[person] for person in sorted(self.people)]

    def by_place(self) -> list[int]:
        said = Counter(row["place"] for row in self.told if self.is_live(row))
        places = {row["place"] for row in self.came if row["place"]} | said.keys()
        return [said[place] for place in sorted(places)]

    def heard(self) -> set[str]:
        answers = ((row, self.by_id[row["reply_to"]]) for row in self.said if row["reply_to"] in self.by_id)
        found = {old["participant_id"] for row, old in answers if row["participant_id"] != old["participant_id"]}
        return found & self.people

    def runs(self) -> list[list[str]]:
        """Who wrote after whom, live, by dialogue."""
        found: dict[str, list[str]] = defaultdict(list)
        for row in self.told:
            if self.is_live(row):
                found[row["dialogue_id"]].append(row["participant_id"])
        return list(found.values())

    def replies(self) -> Counter[tuple[str, str]]:
        """How often one of the people answered another."""
        told = {row["contribution_id"]: row["participant_id"] for row in self.told}
        pairs = ((row["participant_id"], told[row["reply_to"]]) for row in self.told if row["reply_to"] in told)
        return Counter((one, other) for one, other in pairs if one != other)

    def waits(self, *, live: bool) -> list[tuple[float, bool]]:
        """(seconds, whether somebody else answered) of everything that was said live, or between the meetings."""
        first: dict[str, Row] = {}
        for row in self.said:
            asked = self.by_id.get(row["reply_to"])
            if asked and (not row["participant_id"] or row["participant_id"] != asked["participant_id"]):
                first.setdefault(asked["contribution_id"], row)
        found = []
        for row in self.said:
            if self.is_live(row) == live:
                answer = first.get(row["contribution_id"])
                end = answer["posted_at"] if answer else min(self.ended[row["activity_id"]] or self.now, self.now)
                found.append((max(_seconds(row["posted_at"], end), 0.0), answer is not None))
        return found


def figures(ground: Ground) -> Iterator[Figure]:
    people, replies, runs = len(ground.people), ground.replies(), ground.runs()
    voiced = ground.people & ({row["participant_id"] for row in ground.told} | ground.spoke)
    yield "M1", "contributions", gini_corrected(ground.counts()), people
    yield "M1", "words", gini_corrected(ground.counts("n_words")), people
    yield "M2", "contributions", evenness(ground.counts()), people
    yield "M3", "places", iqv(ground.by_place()), people
    yield "M5", "spoke", len(voiced), people
    yield "M5", "silent", people - len(voiced), people
    yield "M5", "heard", len(ground.heard()), people
    yield "M6", "live", turn_taking(runs), sum(map(len, runs))
    yield "M8", "answers", reciprocity(replies), replies.total()
    yield "M9", "answers", centralisation(replies, people), people
    live, between = ground.waits(live=True), ground.waits(live=False)
    for name, value in zip(("lower quartile, s", "median, s", "upper quartile, s"), quartiles(live), strict=True):
        yield "M10a", name, value, len(live)
    yield "M10a", "unanswered", sum(not answered for _wait, answered in live), len(live)
    yield "M10b", "median, s", median_wait(between), len(between)
    yield "M10b", "unanswered", sum(not answered for _wait, answered in between), len(between)


def gini_corrected(counts: list[int]) -> float | None:
    """G = Σ(2i − n − 1)·x₍ᵢ₎ / (n·Σx), G* = G·n / (n − 1)"""
    n, total = len(counts), sum(counts)
    if n < 3 or not total:
        return None
    return sum((2 * i - n - 1) * x for i, x in enumerate(sorted(counts), start=1)) / ((n - 1) * total)


def evenness(counts: list[int]) -> float | None:
    """J = −Σ pᵢ·ln pᵢ / ln n"""
    n, total = len(counts), sum(counts)
    if n < 3 or not total:
        return None
    return abs(sum(x / total * math.log(x / total) for x in counts if x)) / math.log(n)


def iqv(counts: list[int]) -> float | None:
    """IQV = (1 − Σ p²)·k / (k − 1)"""
    total, k = sum(counts), len(counts)
    return (1 - sum((x / total) ** 2 for x in counts)) * k / (k - 1) if total and k > 1 else None


def turn_taking(runs: list[list[str]]) -> float | None:
    """(turns − 1) / (messages − 1), over all dialogues"""
    pairs = [one != other for run in runs for one, other in pairwise(run)]
    return sum(pairs) / len(pairs) if pairs else None


def reciprocity(edges: Counter[tuple[str, str]]) -> float | None:
    """r = Σ min(wᵢⱼ, wⱼᵢ) / Σ wᵢⱼ"""
    return sum(min(w, edges[j, i]) for (i, j), w in edges.items()) / edges.total() if edges else None


def centralisation(edges: Counter[tuple[str, str]], people: int) -> float | None:
    """C = Σ (max d − dᵢ) / (n − 1)²"""
    if people < 3 or not edges:
        return None
    degrees = Counter(i for i, _j in edges)
    return (people * max(degrees.values()) - degrees.total()) / (people - 1) ** 2


def quartiles(waits: list[tuple[float, bool]]) -> list[float | None]:
    """Of what was answered: between the two nearest values (R's type 7)."""
    times = [wait for wait, answered in waits if answered]
    if len(times) < 2:
        return [times[0] if times else None] * 3
    return [*statistics.quantiles(times, n=4, method="inclusive")]


def median_wait(waits: list[tuple[float, bool]]) -> float | None:
    """Kaplan and Meier: when half had been answered; what waits still counts for as long as it has waited."""
    left, still = len(waits), 1.0
    for moment, same in groupby(sorted(waits), key=lambda wait: wait[0]):
        here = list(same)
        still *= 1 - sum(answered for _moment, answered in here) / left
        left -= len(here)
        if still <= 0.5:
            return moment
    return None


def _rows(folder: Path, table: str) -> Iterator[Row]:
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _seconds(start: str, end: str) -> float:
    first, last = (datetime.fromisoformat(moment.replace("Z", "+00:00")) for moment in (start, end))
    return (last - first).total_seconds()


def main() -> None:
    csv.field_size_limit(1 << 30)
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent.parent
    table = csv.writer(sys.stdout, lineterminator="\n")
    table.writerow(["measure", "what", "value", "n"])
    for measure, what, value, n in figures(Ground(folder)):
        table.writerow([measure, what, "" if value is None else f"{value:.6f}".rstrip("0").rstrip("."), n])


if __name__ == "__main__":
    main()
