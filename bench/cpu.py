"""Processor time and memory of process trees, read from /proc (Linux)."""

import os
from collections.abc import Iterable
from pathlib import Path

_TICK_US = 1_000_000 / os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")
_PROC = Path("/proc")
READABLE = (_PROC / "self/stat").exists()


def _fields(pid: int) -> list[str]:
    """What stands in /proc/PID/stat after the name, so that index 1 is the parent; empty when it is gone."""
    try:
        return (_PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return []


def family(roots: Iterable[int]) -> set[int]:
    """The given processes and all that descend from them."""
    children: dict[int, list[int]] = {}
    for entry in _PROC.iterdir():
        if entry.name.isdigit() and (fields := _fields(int(entry.name))):
            children.setdefault(int(fields[1]), []).append(int(entry.name))
    found, ahead = set[int](), list(roots)
    while ahead:
        pid = ahead.pop()
        if pid not in found:
            found.add(pid)
            ahead.extend(children.get(pid, ()))
    return found


def used_us(roots: Iterable[int]) -> float:
    """Processor time of the trees so far, in microseconds, with that of children that were waited for."""
    total = 0
    for pid in family(roots):
        if fields := _fields(pid):
            total += sum(map(int, fields[11:15]))
    return total * _TICK_US


def resident_bytes(roots: Iterable[int]) -> int:
    """Resident memory of the trees, in bytes."""
    total = 0
    for pid in family(roots):
        try:
            total += int((_PROC / str(pid) / "statm").read_text().split()[1])
        except (FileNotFoundError, ProcessLookupError):
            continue
    return total * _PAGE


class Bystanders:
    """How much of the processors other programs use, from when it is made."""

    def __init__(self) -> None:
        self._start = self._now()

    def share(self) -> float:
        """0 to 1 of all processors, by programs that are neither this one nor started by it."""
        spent, busy, ours = (now - then for now, then in zip(self._now(), self._start, strict=True))
        return min(1.0, max(0.0, (busy - ours) / spent)) if spent > 0 else 0.0

    @staticmethod
    def _now() -> tuple[float, float, float]:
        """Microseconds of all processors so far: that could be used, that were, and that this program used."""
        ticks = [int(field) for field in (_PROC / "stat").read_text().splitlines()[0].split()[1:9]]
        idle = ticks[3] + ticks[4]
        return sum(ticks) * _TICK_US, (sum(ticks) - idle) * _TICK_US, used_us([os.getpid()])
