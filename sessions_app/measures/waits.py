"""How long words waited for their first answer. Live talk and threads are never pooled."""

import statistics
from collections.abc import Sequence
from itertools import groupby


def quartiles(waits: Sequence[float]) -> tuple[float, float, float] | None:
    """Lower quartile, median and upper quartile, between the two nearest values (R's type 7)."""
    if not waits:
        return None
    if len(waits) == 1:
        return waits[0], waits[0], waits[0]
    low, middle, high = statistics.quantiles(waits, n=4, method="inclusive")
    return low, middle, high


def survival(waits: Sequence[tuple[float, bool]]) -> list[tuple[float, float]]:
    """Kaplan and Meier: after how long which part still waits. Each of WAITS is (how long, whether it was answered);
    what was not answered counts for as long as it was watched."""
    left, still, points = len(waits), 1.0, [(0.0, 1.0)]
    for moment, same in groupby(sorted(waits), key=lambda wait: wait[0]):
        here = list(same)
        answered = sum(was for _moment, was in here)
        if answered:
            still *= 1 - answered / left
            points.append((moment, still))
        left -= len(here)
    return points


def median_wait(waits: Sequence[tuple[float, bool]]) -> float | None:
    """When half had been answered; None when that was never so."""
    return next((moment for moment, still in survival(waits) if still <= 0.5), None)
