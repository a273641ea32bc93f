"""What the bench found: plain tables for people, verdicts on the targets, one JSON file for machines."""

import json
import math
import os
import platform
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from bench import cpu
from bench.processes import ROOT

MUCH = 0.1  # of all processors: enough to make times look worse than they are
RESULTS = ROOT / "bench/results"
_PACKAGES = ("django", "channels", "daphne", "channels_redis", "redis", "uvicorn", "uvloop", "psycopg", "websockets")


@dataclass(frozen=True, slots=True)
class Verdict:
    """One target: what was asked, what was found, and a word: pass, FAIL, or unclear on a busy machine."""

    target: str
    found: str
    word: str

    def __str__(self) -> str:
        return f"  {self.word:<7}  {self.target}: {self.found}"


@dataclass(slots=True)
class Report:
    """Collects sections while the bench runs, printing each as it comes."""

    options: dict[str, Any]
    sections: dict[str, Any] = field(default_factory=dict)
    verdicts: list[Verdict] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    others: dict[str, float] = field(default_factory=dict)
    _bystanders: cpu.Bystanders | None = None

    def title(self, text: str) -> None:
        print(f"\n{text}\n{'-' * len(text)}", flush=True)

    def say(self, text: str) -> None:
        print(text, flush=True)

    def note(self, text: str) -> None:
        """Something the reader must know to read the figures right."""
        self.notes.append(text)
        self.say(text)

    def table(self, head: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
        cells = [list(head), *([_cell(value) for value in row] for row in rows)]
        widths = [max(len(row[column]) for row in cells) for column in range(len(head))]
        for row in cells:
            first, *rest = (
                cell.ljust(width) if not at else cell.rjust(width)
                for at, (cell, width) in enumerate(zip(row, widths, strict=True))
            )
            self.say("  " + "  ".join([first, *rest]).rstrip())

    def begin(self) -> None:
        """A section begins: watch what else the machine does."""
        self._bystanders = cpu.Bystanders() if cpu.READABLE else None

    def end(self, section: str) -> None:
        """A section is over: keep how much of the processors others used meanwhile; say so when it is much."""
        self.others[section] = round(share := self._others_share(), 3)
        if share > MUCH:
            self.note(
                f"  Other programs used {share:.0%} of the processors during section {section}: "
                "read its times with care; ratios of processor time still hold."
            )

    def judge(self, target: str, found: str, passed: bool, *, of_time: bool = False) -> None:
        """Say whether a target is met. One `of_time` that is missed on a busy machine is unclear, not missed."""
        word = "pass" if passed else "unclear" if of_time and self._others_share() > MUCH else "FAIL"
        verdict = Verdict(target, found, word)
        self.verdicts.append(verdict)
        self.say(str(verdict))

    def _others_share(self) -> float:
        return self._bystanders.share() if self._bystanders else 0.0

    def write(self) -> Path:
        """Write everything to bench/results/TIME.json and return the file."""
        RESULTS.mkdir(exist_ok=True)
        file = RESULTS / f"{datetime.now(UTC):%Y-%m-%dT%H%M%SZ}.json"
        content = {
            "options": self.options,
            "machine": machine(),
            "sections": self.sections,
            "verdicts": [asdict(verdict) for verdict in self.verdicts],
            "others_share_of_processors": self.others,
            "notes": self.notes,
        }
        file.write_text(json.dumps(_without_nan(content), indent=1, default=str) + "\n")
        return file


def machine() -> dict[str, Any]:
    """What the figures depend on: processor, load at the moment, versions, revision of the project."""
    revision = subprocess.run(
        ["git", "describe", "--always", "--dirty"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return {
        "processors": os.cpu_count(),
        "system": platform.platform(),
        "python": sys.version.split()[0],
        "load_average": os.getloadavg(),
        "packages": {name: version(name) for name in _PACKAGES},
        "revision": revision.stdout.strip() or "unknown",
    }


def _cell(value: object) -> str:
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return "-"
    if isinstance(value, float):
        return f"{value:.0f}" if abs(value) >= 100 else f"{value:.1f}"
    return str(value)


def _without_nan(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_nan(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_without_nan(inner) for inner in value]
    return None if isinstance(value, float) and math.isnan(value) else value
