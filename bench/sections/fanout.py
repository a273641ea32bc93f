"""A. What a delivered message costs when the room is as busy as the server allows, from 10 to 500 people."""

from dataclasses import asdict
from math import isnan
from statistics import median
from typing import Any

from bench.client import Load, Measure, measure, run
from bench.entrants import DAPHNE, NODE_WS, RAW, SOCKET_IO, TUTORIAL, UVICORN, UVICORN_ALONE, Entrant
from bench.sections import Setting

SIZES = (10, 50, 200, 500)
QUICK_SIZES = (10,)
ROUNDS = 3
SECONDS = 4.0
ORDER = (TUTORIAL, DAPHNE, UVICORN, UVICORN_ALONE, NODE_WS, SOCKET_IO, RAW)

Row = dict[str, Any]


def run_section(setting: Setting) -> None:
    """Measure everybody at every size, in turns, and print one table per size."""
    report = setting.report
    report.title("A. Fan-out: processor time per delivered message, four posts under way at any time")
    report.say("  us = microseconds of server time per message delivered to one person; x = times the tutorial's cost.")
    report.say("  ours includes posting over HTTP, committing to PostgreSQL and rendering; nobody else keeps anything.")
    entrants = setting.entrants(*ORDER)
    sizes, rounds, seconds = (QUICK_SIZES, 1, 0.5) if setting.quick else (SIZES, ROUNDS, SECONDS)
    found: dict[int, dict[str, Row]] = {}
    for members in sizes:
        runs: dict[str, list[Measure]] = {entrant.name: [] for entrant in entrants}
        for _ in range(rounds):  # in turns, so that what else the machine does falls on everybody alike
            for entrant in entrants:
                runs[entrant.name].append(_one(entrant, Load(members, seconds)))
        found[members] = {name: _row(measures) for name, measures in runs.items()}
        _print(setting, members, found[members])
    report.sections["fanout"] = found
    if not setting.quick:
        _judge(setting, found)


def _one(entrant: Entrant, load: Load) -> Measure:
    return run(measure(entrant.talk, load, entrant.pids))


def _row(measures: list[Measure]) -> Row:
    return {
        "server_us": median(each.server_us for each in measures),
        "store_us": median(each.store_us for each in measures),
        "p50_ms": median(each.counts.p50_ms for each in measures),
        "p99_ms": median(each.counts.p99_ms for each in measures),
        "deliveries_per_second": median(each.counts.deliveries / each.seconds for each in measures),
        "lost": sum(each.counts.lost for each in measures),
        "doubled": sum(each.counts.doubled for each in measures),
        "out_of_order": sum(each.counts.out_of_order for each in measures),
        "refused": sum(each.counts.refused for each in measures),
        "rounds": [asdict(each) for each in measures],
    }


def _print(setting: Setting, members: int, rows: dict[str, Row]) -> None:
    setting.report.say(f"\n  {members} people")
    base = rows.get(TUTORIAL, {}).get("server_us", float("nan"))
    head = ("", "us", "x", "stores us", "p50 ms", "p99 ms", "deliveries/s", "lost", "doubled", "disorder", "refused")
    setting.report.table(
        head,
        [
            (
                name,
                row["server_us"],
                f"{row['server_us'] / base:.2f}",
                row["store_us"],
                row["p50_ms"],
                row["p99_ms"],
                row["deliveries_per_second"],
                row["lost"],
                row["doubled"],
                row["out_of_order"],
                row["refused"],
            )
            for name, row in rows.items()
        ],
    )


def _judge(setting: Setting, found: dict[int, dict[str, Row]]) -> None:
    setting.report.say("")

    def cost(name: str, members: int) -> float:
        return float(found[members].get(name, {}).get("server_us", float("nan")))

    for name, members, other, most in (
        (DAPHNE, 200, TUTORIAL, 1 / 3),
        (DAPHNE, 500, TUTORIAL, 1 / 4),
        (UVICORN_ALONE, 500, SOCKET_IO, 2.0),  # one process beside one process
    ):
        ratio = cost(name, members) / cost(other, members)
        if not isnan(ratio):
            setting.report.judge(
                f"{name} at {members} people costs at most {most:.2f} x {other}", f"{ratio:.2f} x", ratio <= most
            )
    if not isnan(ratio := cost(UVICORN, 500) / cost(SOCKET_IO, 500)):
        setting.report.say(f"           two processes of {UVICORN} at 500 people cost {ratio:.2f} x one of {SOCKET_IO}")
    for name in (DAPHNE, UVICORN, UVICORN_ALONE):
        if not isnan(cost(name, 50)):
            path = [cost(name, members) for members in (50, 200, 500)]
            setting.report.judge(
                f"{name}: the cost of a delivery falls from 50 to 500 people",
                " > ".join(f"{each:.1f}" for each in path),
                path[0] >= path[1] >= path[2],
            )
