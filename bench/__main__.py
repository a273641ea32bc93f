"""Command line of the bench: `python -m bench [--quick] [--only A,B]`."""

import argparse
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from bench import cpu, entrants
from bench.ours import Project
from bench.processes import Fleet, Trouble
from bench.report import Report
from bench.sections import Setting, Start, browser, fanout, hidden, slow, steady, storm
from bench.stores import open_stores

SECTIONS: dict[str, Callable[[Setting], None]] = {
    "A": fanout.run_section,
    "B": steady.run_section,
    "C": storm.run_section,
    "D": slow.run_section,
    "E": browser.run_section,
    "F": hidden.run_section,
}


def main() -> int:
    """Run the sections that were asked for. Returns 0 when all could be measured, whatever the verdicts."""
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure ours beside the anchors.")
    parser.add_argument("--quick", action="store_true", help="a short smoke run: small rooms, no verdicts")
    parser.add_argument("--only", default="".join(SECTIONS), help="the sections to run, for example A or BC")
    given = parser.parse_args()
    wanted = [letter for letter in given.only.upper() if letter.isalpha()]
    if unknown := [letter for letter in wanted if letter not in SECTIONS]:
        parser.error(f"there is no section {unknown[0]}; there are {', '.join(SECTIONS)}")
    report = Report({"quick": given.quick, "sections": wanted})
    try:
        with tempfile.TemporaryDirectory(prefix="bench-") as folder:
            _run(Path(folder), report, wanted, quick=given.quick)
    except Trouble as trouble:
        print(f"\nThe bench stopped. {trouble}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped. Nothing was written.", file=sys.stderr)
        return 130
    print(f"\nAll figures are in {report.write()}")
    return 0


def _run(work: Path, report: Report, wanted: list[str], *, quick: bool) -> None:
    work.chmod(0o755)  # PostgreSQL runs as another user when we are root
    project = Project(work)
    starts = _starts(report, project)
    if not cpu.READABLE:
        report.note("This system has no /proc, so processor time is not measured: times and counts only.")
    with open_stores(work / "stores") as stores, Fleet(work) as fleet:
        setting = Setting(fleet, stores, report, project, starts, quick)
        for letter in wanted:
            report.begin()
            SECTIONS[letter](setting)
            report.end(letter)


def _starts(report: Report, project: Project) -> dict[str, Start]:
    starts: dict[str, Start] = {
        entrants.TUTORIAL: entrants.tutorial,
        entrants.RAW: entrants.raw,
        entrants.DAPHNE: partial(project.start, entrants.DAPHNE),
        entrants.UVICORN: partial(project.start, entrants.UVICORN),
        entrants.UVICORN_ALONE: partial(project.start, entrants.UVICORN, count=1, name=entrants.UVICORN_ALONE),
    }
    if missing := entrants.node_packages():
        report.note(f"Node ws and Socket.IO are skipped: {missing}.")
    else:
        starts |= {entrants.NODE_WS: entrants.node_ws, entrants.SOCKET_IO: entrants.socket_io}
    return starts


if __name__ == "__main__":
    sys.exit(main())
