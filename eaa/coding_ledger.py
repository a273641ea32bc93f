"""What the log says of the codebook and of codings, held beside their tables."""

from collections import Counter
from collections.abc import Iterator

from eaa.models import Code, Coding
from eaa.verbs import Verb
from sessions_app.models import Event, Workshop
from sessions_app.told import differing


def contradictions(workshop: Workshop) -> Iterator[tuple[str, str]]:
    """(check, text) of every code and coding that the log tells otherwise."""
    made: Counter[int] = Counter()
    gone: dict[int, bool] = {}
    codings: dict[int, tuple[int, bool]] = {}
    verbs = [Verb.CODE_MADE, Verb.CODE_MERGED, Verb.CODE_REMOVED, Verb.CODING_MADE, Verb.CODING_REMOVED]
    events = Event.objects.filter(workshop=workshop, verb__in=verbs).order_by("seq")
    for verb, data in events.values_list("verb", "data").iterator():
        code = data.get("code", 0)
        if verb == Verb.CODE_MADE:
            made[code] += 1
            gone[code] = False
        elif verb in {Verb.CODE_MERGED, Verb.CODE_REMOVED}:
            gone[code] = bool(data.get("gone", True))
        else:
            codings[data.get("coding", 0)] = (code, verb == Verb.CODING_REMOVED)
    codes = {code.pk: code.removed_at is not None for code in Code.objects.filter(workshop=workshop)}
    yield from differing("code", dict.fromkeys(codes, 1), made)
    yield from differing("code, whether it is gone", codes, gone)
    rows = Coding.objects.filter(code__workshop=workshop)
    here = {row.pk: (row.code_id, row.removed_at is not None) for row in rows}
    yield from differing("coding", here, codings)
