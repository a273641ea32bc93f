"""F. What is hidden and what is not there: nobody can tell them apart by waiting (reliability T23)."""

import http.client
import statistics
import time
from dataclasses import asdict, dataclass

from bench.entrants import DAPHNE
from bench.live import Seed
from bench.sections import Setting

TIMES = 300
MOST_APART_MS = 20.0
NOWHERE = 2**40


@dataclass(frozen=True, slots=True)
class Pair:
    """Median milliseconds until the answer for what belongs to others, and for what does not exist."""

    what: str
    hidden_ms: float
    absent_ms: float

    @property
    def apart_ms(self) -> float:
        return abs(self.hidden_ms - self.absent_ms)


def run_section(setting: Setting) -> None:
    """One process of ours; a person of one workshop asks in turn for things of another one and for nothing at all."""
    report = setting.report
    report.title("F. Hidden and absent things")
    ours = setting.project.start(DAPHNE, setting.fleet, setting.stores, count=1)
    [process] = ours.running
    own = setting.project.seed(setting.stores, 2)
    others = setting.project.seed(setting.stores, 3)
    kinds = {"rooms": ("/meetings/{}/room/", others.session_id), "threads": ("/threads/{}/", others.dialogue_id)}
    try:
        pairs = [_measure(process.address, own, what, *kind, setting.quick) for what, kind in kinds.items()]
    finally:
        setting.fleet.stop(process)
    report.table(["p50, ms", "hidden", "absent"], [[pair.what, pair.hidden_ms, pair.absent_ms] for pair in pairs])
    report.sections["hidden"] = [asdict(pair) for pair in pairs]
    if setting.quick:
        return
    for pair in pairs:
        report.judge(
            f"hidden and absent {pair.what} are at most {MOST_APART_MS:.0f} ms apart",
            f"{pair.apart_ms:.1f} ms",
            pair.apart_ms <= MOST_APART_MS,
            of_time=True,
        )


def _measure(address: tuple[str, int], own: Seed, what: str, path: str, number: int, quick: bool) -> Pair:
    line = http.client.HTTPConnection(*address)
    headers = {"Cookie": f"{own.device_cookie}={own.people[0]}"}
    spent: dict[int, list[float]] = {number: [], NOWHERE: []}
    for _ in range(10 if quick else TIMES):
        for asked, times in spent.items():
            began = time.perf_counter()
            line.request("GET", path.format(asked), headers=headers)
            answer = line.getresponse()
            answer.read()
            times.append((time.perf_counter() - began) * 1000)
            assert answer.status == http.client.NOT_FOUND
    line.close()
    return Pair(what, statistics.median(spent[number]), statistics.median(spent[NOWHERE]))
