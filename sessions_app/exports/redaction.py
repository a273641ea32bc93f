"""Names and addresses out of free text: everybody of the workshop by a pseudonym, what looks like an address by a word.

What no list knows (a neighbour, a street) stays: the README of the export says so.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

WORD = re.compile(r"[^\W_]+")
DOUBLE = re.compile(r" \(\d+\)$")  # the second "Ana" is called "Ana (2)" here
SEPARATED = re.compile(r"[\s.\-_'’]{1,2}")
LONGEST_NAME = 3  # words; what is longer is a phrase of which no single word is anybody's name
SMALL_WORDS = frozenset(["and", "av", "de", "den", "det", "du", "en", "ett", "from", "från", "med", "och", "of", "the"])
SOMEBODY = "[person]"
PATTERNS = (
    ("email", "@", re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+")),
    ("url", ":/", re.compile(r"\b(?:https?|ftp)://[^\s<>\"]+|\bmailto:\S+")),
    ("url", "www.", re.compile(r"\bwww\.[^\s<>\"]+", re.IGNORECASE)),
    ("idnumber", "", re.compile(r"(?<![\w-])(?:\d{2})?\d{6}[-+ ]?\d{4}(?![\w-])")),
    ("idnumber", "", re.compile(r"(?<![\w-])\d{3}[ -]?\d{3}[ -]?\d{4}(?![\w-])")),
    ("phone", "", re.compile(r"(?<![\w-])(?:\+|0)[\d\s/()-]{6,18}\d(?![\w-])")),
    ("postcode", "", re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b|\b\d{3} \d{2}(?= [A-ZÅÄÖ])")),
)
DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Mark:
    """Where something was taken out; the numbers count signs of the text as it is exported, `took` those that went."""

    start: int
    end: int
    type: str
    replacement: str
    method: str
    took: int


@dataclass(frozen=True, slots=True)
class _Span:
    start: int
    end: int
    type: str
    replacement: str
    method: str = "roster"


def moved(start: int, end: int, marks: Iterable[Mark]) -> tuple[int, int]:
    """Where the part from START to END of a text lies once MARKS are made in it. One that cuts through what was taken
    out holds all that stands in its place."""
    new_start, new_end, shift = start, end, 0
    for mark in marks:
        was = mark.start - shift
        shift = mark.end - was - mark.took
        if start > was:
            new_start = start + shift if start >= was + mark.took else mark.start
        if end > was:
            new_end = end + shift if end >= was + mark.took else mark.end
    return new_start, new_end


class Redactor:
    """`roster` is what to put in a person's place, with all names that they go by."""

    def __init__(self, roster: Iterable[tuple[str, Iterable[str]]]) -> None:
        found: dict[tuple[str, ...], str] = {}
        for label, names in roster:
            for words in {sequence for name in names for sequence in _sequences(name)}:
                found[words] = label if found.get(words, label) == label else SOMEBODY
        self._by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for words, label in sorted(found.items(), key=lambda pair: (-len(pair[0]), pair[0])):
            self._by_first.setdefault(words[0], []).append((words, label))

    def redact(self, text: str) -> tuple[str, list[Mark]]:
        spans = sorted([*_patterns(text), *self._names(text)], key=lambda span: (span.start, -span.end))
        if not spans:
            return text, []
        parts, marks, at, length = [], [], 0, 0
        for span in spans:
            if span.end <= at:
                continue
            start = max(span.start, at)  # what another one holds has gone already; the rest of this one must go too
            parts += [text[at:start], span.replacement]
            length += start - at
            end = length + len(span.replacement)
            marks.append(Mark(length, end, span.type, span.replacement, span.method, span.end - start))
            length, at = end, span.end
        return "".join([*parts, text[at:]]), marks

    def _names(self, text: str) -> Iterator[_Span]:
        words = list(WORD.finditer(text))
        at = 0
        while at < len(words):
            taken = self._name_at(text, words, at)
            if taken is None:
                at += 1
                continue
            count, end, label = taken
            yield _Span(words[at].start(), end, "person", label)
            at += count

    def _name_at(self, text: str, words: list[re.Match[str]], at: int) -> tuple[int, int, str] | None:
        """How many words of TEXT are a name at AT, where it ends, and what takes its place."""
        first = words[at][0].casefold()
        for name, label in (*self._by_first.get(first, ()), *self._by_first.get(first.removesuffix("s"), ())):
            last = at + len(name) - 1
            if last >= len(words) or not _are_together(text, words[at : last + 1]):
                continue
            said = [word[0].casefold() for word in words[at : last + 1]]
            if said[:-1] == list(name[:-1]) and said[-1] in {name[-1], f"{name[-1]}s"}:
                is_genitive = said[-1] != name[-1]
                return len(name), words[last].end() - is_genitive, label
        return None


def _are_together(text: str, words: list[re.Match[str]]) -> bool:
    gaps = (text[one.end() : other.start()] for one, other in pairwise(words))
    return all(SEPARATED.fullmatch(gap) for gap in gaps)


def _sequences(name: str) -> Iterator[tuple[str, ...]]:
    """The ways in which NAME may stand in a text: whole, and each of its words unless it is a phrase."""
    said = WORD.findall(DOUBLE.sub("", name))
    if not said:
        return
    yield tuple(word.casefold() for word in said)
    is_name = len(said) <= LONGEST_NAME and len({word[0].islower() for word in said}) == 1
    if is_name:
        yield from ((word.casefold(),) for word in said if len(word) > 1 and word.casefold() not in SMALL_WORDS)


def _patterns(text: str) -> Iterator[_Span]:
    has_digit = DIGIT.search(text) is not None
    for kind, hint, pattern in PATTERNS:
        if (hint not in text) if hint else not has_digit:
            continue
        for found in pattern.finditer(text):
            if _is_right(kind, found[0]):
                yield _Span(found.start(), found.end(), kind, f"[{kind}]", "pattern")


def _is_right(kind: str, text: str) -> bool:
    digits = [int(sign) for sign in text if sign.isdigit()]
    if kind == "phone":
        return 8 <= len(digits) <= 15
    if kind == "idnumber":
        return _is_personnummer(digits[-10:]) or (len(digits) == 10 and _is_nhs_number(digits))
    return True


def _is_personnummer(digits: list[int]) -> bool:
    month, day = 10 * digits[2] + digits[3], 10 * digits[4] + digits[5]
    doubled = [digit * (2 - place % 2) for place, digit in enumerate(digits)]
    is_date = 1 <= month <= 12 and (1 <= day <= 31 or 61 <= day <= 91)
    return is_date and sum(number // 10 + number % 10 for number in doubled) % 10 == 0


def _is_nhs_number(digits: list[int]) -> bool:
    check = 11 - sum(digit * (10 - place) for place, digit in enumerate(digits[:9])) % 11
    return check % 11 == digits[9] and check != 10
