"""B. A busy meeting: ten posts a second, whatever the answers, to 200 and to 500 people."""

from dataclasses import asdict
from typing import Any

from bench.client import Load, measure, run
from bench.entrants import DAPHNE, NODE_WS, RAW, SOCKET_IO, TUTORIAL, UVICORN
from bench.sections import Setting

RATE = 10.0
SECONDS = 12.0
ORDER = (TUTORIAL, DAPHNE, UVICORN, NODE_WS, SOCKET_IO, RAW)
MOST_MS = {200: (60.0, 200.0), 500: (float("inf"), 500.0)}  # p50, p99 of ours on daphne


def run_section(setting: Setting) -> None:
    """Measure everybody at both sizes; judge ours on daphne."""
    report = setting.report
    report.title("B. Steady load: ten posts a second, from the press of the button to every screen")
    found: dict[int, dict[str, Any]] = {}
    sizes, seconds = ((10,), 1.0) if setting.quick else (tuple(MOST_MS), SECONDS)
    for members in sizes:
        found[members] = {}
        rows = []
        for entrant in setting.entrants(*ORDER):
            load = Load(members, seconds, rate=RATE)
            got = run(measure(entrant.talk, load, entrant.pids))
            found[members][entrant.name] = asdict(got)
            counts = got.counts
            rows.append(
                (
                    entrant.name,
                    counts.p50_ms,
                    counts.p99_ms,
                    counts.max_ms,
                    got.server_us,
                    counts.lost,
                    counts.doubled,
                    counts.out_of_order,
                    counts.refused,
                )
            )
        report.say(f"\n  {members} people")
        report.table(("", "p50 ms", "p99 ms", "max ms", "us", "lost", "doubled", "disorder", "refused"), rows)
    report.sections["steady"] = found
    report.say("")
    for members, (most_p50, most_p99) in MOST_MS.items():
        if ours := found.get(members, {}).get(DAPHNE):
            _judge(setting, members, ours["counts"], most_p50, most_p99)


def _judge(setting: Setting, members: int, counts: dict[str, Any], most_p50: float, most_p99: float) -> None:
    if most_p50 < float("inf"):
        setting.report.judge(
            f"{DAPHNE}, {members} people: half of the deliveries within {most_p50:.0f} ms",
            f"{counts['p50_ms']:.0f} ms",
            counts["p50_ms"] <= most_p50,
            of_time=True,
        )
    setting.report.judge(
        f"{DAPHNE}, {members} people: 99 of 100 deliveries within {most_p99:.0f} ms",
        f"{counts['p99_ms']:.0f} ms",
        counts["p99_ms"] <= most_p99,
        of_time=True,
    )
    faults = {name: counts[name] for name in ("lost", "doubled", "out_of_order", "refused")}
    setting.report.judge(
        f"{DAPHNE}, {members} people: nothing lost, doubled, out of order or refused",
        ", ".join(f"{count} {name.replace('_', ' ')}" for name, count in faults.items()),
        not any(faults.values()),
    )
