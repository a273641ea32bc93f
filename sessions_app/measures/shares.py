"""How something is shared out: among people (Gini, evenness) or among groups (Blau, IQV, representation)."""

import math
from collections.abc import Sequence

FEWEST = 3  # people; with fewer a share among them says nothing
Z = 1.959963984540054  # of a two-sided 95 % interval


def gini(counts: Sequence[float]) -> float | None:
    """G = sum of (2i - n - 1) x(i) over n times the sum, ascending: 0 when all have the same."""
    n, total = len(counts), sum(counts)
    if n < FEWEST or not total:
        return None
    return sum((2 * i - n - 1) * x for i, x in enumerate(sorted(counts), start=1)) / (n * total)


def gini_corrected(counts: Sequence[float]) -> float | None:
    """G* = G n / (n - 1): 1 when one person has everything, however few there are."""
    found = gini(counts)
    return None if found is None else found * len(counts) / (len(counts) - 1)


def evenness(counts: Sequence[float]) -> float | None:
    """Pielou's J: Shannon's entropy over the largest that n people could have."""
    n, total = len(counts), sum(counts)
    if n < FEWEST or not total:
        return None
    return -sum(x / total * math.log(x / total) for x in counts if x) / math.log(n) + 0.0


def blau(counts: Sequence[float]) -> float | None:
    """B = 1 - the sum of squared shares: how likely two words drawn by lot come from different groups."""
    total = sum(counts)
    return 1 - sum((x / total) ** 2 for x in counts) if total else None


def iqv(counts: Sequence[float]) -> float | None:
    """Blau's B as a part of the largest that so many groups allow."""
    found, k = blau(counts), len(counts)
    return None if found is None or k < 2 else found * k / (k - 1)


def representation(words: float, all_words: float, present: float, all_present: float) -> float | None:
    """A group's share of the words over its share of those present: 1 when they are the same."""
    if not all_words or not all_present or not present:
        return None
    return (words / all_words) / (present / all_present)


def lorenz(counts: Sequence[float]) -> list[tuple[float, float]]:
    """From (0, 0) to (1, 1): what part of everything the quietest part of the people has. Empty without anything."""
    total, n = sum(counts), len(counts)
    if not total:
        return []
    points, so_far = [(0.0, 0.0)], 0.0
    for i, x in enumerate(sorted(counts), start=1):
        so_far += x
        points.append((i / n, so_far / total))
    return points


def wilson(successes: int, trials: int) -> tuple[float, float] | None:
    """The 95 % interval of a share after Wilson (1927)."""
    if not trials:
        return None
    share, square = successes / trials, Z * Z / trials
    middle = (share + square / 2) / (1 + square)
    half = Z * math.sqrt(share * (1 - share) / trials + square / (4 * trials)) / (1 + square)
    return max(0.0, middle - half), min(1.0, middle + half)
