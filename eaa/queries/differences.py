"""What changed between two texts, word by word, told with words as well as looks."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

import regex

MOST_WORDS = 4000  # beyond that the texts are told apart as wholes; the comparison grows with the square
_WORDS = regex.compile(r"\s+|[\p{L}\p{N}\p{M}]+|[^\s\p{L}\p{N}\p{M}]")


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of text that is `same`, `added` or `removed`."""

    kind: str
    text: str


def difference(before: str, after: str) -> list[Part]:
    """The parts of which the kept and removed ones make BEFORE, and the kept and added ones AFTER, sign by sign."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    if len(old) + len(new) > MOST_WORDS:
        whole = [Part("same", after)] if before == after else [Part("removed", before), Part("added", after)]
        return [part for part in whole if part.text]
    return list(_joined(_steps(old, new)))


def is_changed(parts: list[Part]) -> bool:
    return any(part.kind != "same" for part in parts)


def _steps(old: list[str], new: list[str]) -> Iterator[Part]:
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Part("same", "".join(old[i1:i2]))
            continue
        if i2 > i1:
            yield Part("removed", "".join(old[i1:i2]))
        if j2 > j1:
            yield Part("added", "".join(new[j1:j2]))


def _joined(parts: Iterator[Part]) -> Iterator[Part]:
    """Without single spaces between two changes: `a b` for `c d` reads as one change, not as two and a half."""
    waiting = list(parts)
    removed = added = ""
    for place, part in enumerate(waiting):
        more = any(later.kind != "same" for later in waiting[place + 1 : place + 2])
        if part.kind == "removed":
            removed += part.text
        elif part.kind == "added":
            added += part.text
        elif part.text.isspace() and (removed or added) and more:
            removed, added = removed + part.text, added + part.text
        else:
            yield from _flushed(removed, added)
            removed = added = ""
            yield part
    yield from _flushed(removed, added)


def _flushed(removed: str, added: str) -> Iterator[Part]:
    if removed:
        yield Part("removed", removed)
    if added:
        yield Part("added", added)
