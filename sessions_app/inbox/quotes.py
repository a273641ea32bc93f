"""Tells what somebody wrote in a mail from what they quote: above it, below it or between its lines."""

import re
from functools import cache
from re import Pattern

from mailparser_reply.parser import EmailMessage

from sessions_app.inbox.heads import introduces, is_head, is_rule_of_a_mail
from sessions_app.inbox.marks import above_marks

LANGUAGES = ["en", "sv", "de", "da", "fr", "es", "it", "nl", "pl"]
LONGEST = 40_000  # signs of a mail that are looked at: more than twice what a contribution may hold
SEEN = 240  # of each line: what introduces a quote is not longer, and patterns are slow on long lines
QUOTED = re.compile(r"^\s{0,3}>")
FULL = 55  # a quoted line of this length may go on in the next one, where its sign is missing
DASHES = "-- "  # above a signature (RFC 3676)
SENTENCE = re.compile(r"[.!?:…][\"'”’»)]*$")


def own_parts(text: str) -> list[str]:
    """The stretches of TEXT that its writer wrote, in order; nothing of what others wrote."""
    lines = [_bare(line) for line in text[:LONGEST].replace("\r\n", "\n").split("\n")]
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
        if _plain(line) in above_marks() or is_rule_of_a_mail(line, lines[number + 1 : number + 9]):
            ends.append(_before(lines, number))
            break
    for start, stop in _heads(lines):
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
        if introduces(words) and words.count(">") <= words.count("<"):
            return last - len(above)
    return number


def _introductions(lines: list[str]) -> set[int]:
    """The lines that say who wrote what is quoted below them."""
    found = {number for start, stop in _heads(lines) for number in range(start, stop)}
    for number, line in enumerate(lines):
        if QUOTED.match(line) and not (number and QUOTED.match(lines[number - 1])):
            found.update(range(_before(lines, number), number))
    return found


def _heads(lines: list[str]) -> list[tuple[int, int]]:
    """Where heads of quoted mails stand, from line to line: those that the library finds, and that name a sender."""
    text = "\n".join(line[:SEEN].strip() for line in lines)
    found = []
    for match in _pattern().finditer(text):
        first = text.count("\n", 0, match.start() + len(match[0]) - len(match[0].lstrip("\n")))
        last = text.count("\n", 0, match.end()) + 1
        if is_head(match[0]) or _next(lines, last) in above_marks():
            found.append((first, last))
    return found


@cache
def _pattern() -> Pattern[str]:
    return EmailMessage(text="", languages=[*LANGUAGES]).HEADER_REGEX


def _next(lines: list[str], number: int) -> str:
    """The next line with words in it, from NUMBER on, in its plain form."""
    return next((_plain(line) for line in lines[number:] if line.strip()), "")


def _is_quoted_below(lines: list[str], number: int) -> bool:
    """Whether the next line with words in it, from NUMBER on, has the sign of a quote."""
    rest = (line for line in lines[number:] if line.strip())
    return bool(QUOTED.match(next(rest, "")))


def _is_rest(lines: list[str], number: int) -> bool:
    """Whether the line is the end of a quoted one, which some program broke without repeating its sign.

    An answer between two quoted lines begins like a sentence, or comes after the end of one.
    """
    if not 0 < number < len(lines) - 1 or not lines[number].strip():
        return False
    before, after = lines[number - 1], lines[number + 1]
    if not QUOTED.match(before) or len(before) < FULL or not QUOTED.match(after):
        return False
    return not SENTENCE.search(before) and lines[number].lstrip()[:1].islower()


def _bare(line: str) -> str:
    """The line without blanks at its end, but for the one with which a program begins a signature."""
    shown = line.replace("\u200b", "")
    return shown if shown == DASHES else shown.rstrip()


def _plain(line: str) -> str:
    return " ".join(line.split()).strip(" -–—*_").casefold()
