"""Who follows whom and who answers whom, as a directed graph: edges are (from, to) with how often."""

import itertools
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence

Edge = tuple[Hashable, Hashable]


def turn_taking(runs: Iterable[Sequence[Hashable]]) -> float | None:
    """(turns - 1) / (messages - 1), where a turn is a run of messages of one person; several dialogues are pooled.

    1 when nobody wrote twice in a row, 0 when one person wrote everything.
    """
    changes = pairs = 0
    for people in runs:
        pairs += max(len(people) - 1, 0)
        changes += sum(one != other for one, other in itertools.pairwise(people))
    return changes / pairs if pairs else None


def reciprocity(edges: Mapping[Edge, int]) -> float | None:
    """What part of all answers is matched by one the other way (weighted)."""
    between = _between(edges)
    total = sum(between.values())
    return sum(min(w, between.get((j, i), 0)) for (i, j), w in between.items()) / total if total else None


def centralisation(edges: Mapping[Edge, int], people: int) -> float | None:
    """Freeman's out-degree centralisation of the graph without weights: 1 when one person answers all others."""
    if people < 3 or not _between(edges):
        return None
    degrees = Counter(i for i, _j in _between(edges))
    highest = max(degrees.values())
    return (people * highest - sum(degrees.values())) / (people - 1) ** 2


def _between(edges: Mapping[Edge, int]) -> dict[Edge, int]:
    """Without those who answered themselves."""
    return {(i, j): w for (i, j), w in edges.items() if i != j and w > 0}
