"""How far people who judge the same things agree beyond chance. Values are names, without any order among them."""

from collections import Counter
from collections.abc import Hashable, Sequence


def kappa(pairs: Sequence[tuple[Hashable, Hashable]]) -> float | None:
    """Cohen's kappa of two people, one pair of values for each thing. None without things, or when both always gave
    one and the same value: then nothing could have been due to anything but chance."""
    n = len(pairs)
    if not n:
        return None
    agreed = sum(one == other for one, other in pairs) / n
    first, second = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    by_chance = sum(first[value] * second[value] for value in first) / n**2
    return None if by_chance == 1 else (agreed - by_chance) / (1 - by_chance)


def alpha(units: Sequence[Sequence[Hashable]]) -> float | None:
    """Krippendorff's alpha for names, of as many people as there are: each unit holds the values that it got, absent
    ones left out. None when no two values can be compared, or all are the same."""
    values: Counter[Hashable] = Counter()
    disagreed = 0.0
    for unit in units:
        if len(unit) > 1:
            counts = Counter(unit)
            values.update(counts)
            disagreed += sum(n * (len(unit) - n) for n in counts.values()) / (len(unit) - 1)
    total = values.total()
    expected = sum(n * (total - n) for n in values.values())
    return 1 - (total - 1) * disagreed / expected if expected else None
