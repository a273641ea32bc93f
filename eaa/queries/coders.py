"""How far those who code agree: for each code, and for two people each, over what both of them have judged."""

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations

from eaa.models import Code, Coding, Judged
from eaa.queries.codes import codable, home_of
from sessions_app.measures.coders import alpha, kappa
from sessions_app.models import Participant, Workshop
from sessions_app.policy import Actor


@dataclass(frozen=True, slots=True)
class CodeAgreement:
    """`said` were judged by two or more; `used` counts judgements that put words under the code."""

    code: Code
    alpha: float | None
    said: int
    used: int


@dataclass(frozen=True, slots=True)
class Pair:
    """Two people over what both judged: Cohen's kappa of all codes together, each code of each contribution one
    decision."""

    first: str
    second: str
    kappa: float | None
    said: int


@dataclass(frozen=True, slots=True)
class Compared:
    alpha: float | None
    said: int
    coders: int
    codes: tuple[CodeAgreement, ...]
    pairs: tuple[Pair, ...]


def compared(workshop: Workshop, actor: Actor) -> Compared:
    """Over what ACTOR may code. A contribution counts for whoever said that they are done with it; parts count as the
    whole. Six queries."""
    codes = list(Code.objects.filter(workshop=workshop))
    home = home_of(codes)
    mine = codable(workshop, actor)
    judged: dict[object, set[int]] = defaultdict(set)
    for said, coder in Judged.objects.filter(contribution__in=mine).values_list("contribution", "coder"):
        judged[said].add(coder)
    put: set[tuple[object, int, int]] = set()  # contribution, coder, code
    rows = Coding.objects.filter(removed_at=None, contribution__in=mine, code__workshop=workshop)
    for said, coder, code in rows.values_list("contribution", "coder", "code"):
        if code in home:
            put.add((said, coder, home[code].pk))
    double = {said: sorted(who) for said, who in judged.items() if len(who) > 1}
    standing = [code for code in codes if code.removed_at is None]
    units = {
        code.pk: [[(said, one, code.pk) in put for one in who] for said, who in double.items()] for code in standing
    }
    used = {pk: sum(map(sum, its)) for pk, its in units.items()}
    told = [CodeAgreement(one, alpha(units[one.pk]), len(double), used[one.pk]) for one in standing if used[one.pk]]
    return Compared(
        alpha=alpha([unit for one in told for unit in units[one.code.pk]]),
        said=len(double),
        coders=len({one for who in double.values() for one in who}),
        codes=tuple(told),
        pairs=_pairs(double, put, [one.code.pk for one in told]),
    )


def _pairs(double: dict[object, list[int]], put: set[tuple[object, int, int]], codes: list[int]) -> tuple[Pair, ...]:
    coders = sorted({one for who in double.values() for one in who})
    names = dict(Participant.objects.filter(pk__in=coders).values_list("pk", "name"))
    found = []
    for one, other in combinations(coders, 2):
        both = [said for said, who in double.items() if one in who and other in who]
        if both:
            decisions = [((said, one, code) in put, (said, other, code) in put) for said in both for code in codes]
            found.append(Pair(names[one], names[other], kappa(decisions), len(both)))
    return tuple(found)
