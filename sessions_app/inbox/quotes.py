"""Tells what somebody wrote in a mail from what they quote: above it, below it or between its lines."""

import re
from functools import cache
from re import Pattern

from mailparser_reply.parser import EmailMessage

from sessions_app.inbox.marks import above_marks

LANGUAGES = ["en", "sv", "de", "da", "fr", "es", "it", "nl", "pl"]
LONGEST = 40_000  # signs of a mail that are looked at: more than twice what a contribution may hold
SEEN = 240  # of each line: what introduces a quote is not longer, and patterns are slow on long lines
QUOTED = re.compile(r"^\s{0,3}>")
RULE = re.compile(r"^(_{10,}|-{2,} ?\w[^-]{3,60} ?-{2,})$")  # -----Original Message-----, and Outlook's line
# What programs write before a quote: it ends with a colon, and tells an address or the time of day.
INTRODUCES = re.compile(
    r"(\S@\S|\d{1,2}[:.]\d{2}).*:$|(skrev|wrote|skriver|writes|schrieb)\s?(\([^)]*\))?[: -]*$", re.I | re.S
)
FULL = 55  # a quoted line of this length may go on in the next one, where its sign is missing


def own_parts(text: str) -> list[str]:
    """The stretches of TEXT that its writer wrote, in order; nothing of what others wrote."""
    lines = [line.replace("\u200b", "").rstrip() for line in text[:LONGEST].replace("\r\n", "\n").split("\n")]
    lines = lines[: _end(lines)]
    introduced = _introductions(lines)
    parts: list[list[str]] = [[]]
    for number, line in enumerate(lines):
        if number in introduced or QUOTED.match(line) or _is_rest(lines, number):
            if parts[-1]:
                parts.append([])
        else:
            parts[-1].append(line)
    return [words for part in parts if (words := "\n".join(part).strip("\n"))]


def _end(lines: list[str]) -> int:
    """The number of the line from which on all is quoted without any sign before it."""
    ends = [len(lines)]
    for number, line in enumerate(lines):
        if RULE.match(line.strip()) or _plain(line) in above_marks():
            ends.append(_before(lines, number))
            break
    for start, stop in _found(lines):
        if not any(QUOTED.match(line) for line in lines[start:stop]) and not _is_quoted_below(lines, stop):
            ends.append(start)
            break
    return min(ends)


def _before(lines: list[str], number: int) -> int:
    """NUMBER, or the line before it with which a program introduces what it quotes from NUMBER on."""
    last = number
    while last and not lines[last - 1].strip():
        last -= 1
    for size in (1, 2, 3):
        above = lines[max(0, last - size) : last]
        words = " ".join(above)
        if not above or not above[0].strip() or any(QUOTED.match(line) for line in above):
            break
        if INTRODUCES.search(words) and words.count(">") <= words.count("<"):
            return last - len(above)
    return number


def _introductions(lines: list[str]) -> set[int]:
    """The lines that say who wrote what is quoted below them."""
    found = {number for start, stop in _found(lines) for number in range(start, stop)}
    for number, line in enumerate(lines):
        if QUOTED.match(line) and not (number and QUOTED.match(lines[number - 1])):
            found.update(range(_before(lines, number), number))
    return found


def _found(lines: list[str]) -> list[tuple[int, int]]:
    """Where the library finds heads of quoted mails, from line to line."""
    text = "\n".join(line[:SEEN].strip() for line in lines)
    found = []
    for match in _heads().finditer(text):
        start = match.start() + len(match[0]) - len(match[0].lstrip("\n"))
        found.append((text.count("\n", 0, start), text.count("\n", 0, match.end()) + 1))
    return found


@cache
def _heads() -> Pattern[str]:
    return EmailMessage(text="", languages=[*LANGUAGES]).HEADER_REGEX


def _is_quoted_below(lines: list[str], number: int) -> bool:
    """Whether the next line with words in it, from NUMBER on, has the sign of a quote."""
    rest = (line for line in lines[number:] if line.strip())
    return bool(QUOTED.match(next(rest, "")))


def _is_rest(lines: list[str], number: int) -> bool:
    """Whether the line is the end of a quoted one, which some program broke without repeating its sign."""
    if not 0 < number < len(lines) - 1 or not lines[number].strip():
        return False
    before, after = lines[number - 1], lines[number + 1]
    return bool(QUOTED.match(before)) and len(before) >= FULL and bool(QUOTED.match(after))


def _plain(line: str) -> str:
    return " ".join(line.split()).strip(" -–—*_").casefold()
