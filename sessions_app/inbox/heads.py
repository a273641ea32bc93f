"""What programs write above a mail that they quote: from whom it is, and when.

People too write a time of day and a colon above what they answer, and a lost word is worse than one too many. So a line
is taken for a head only when it names a sender and a day as no person would.
"""

import re

from sessions_app.mail_marks import SENDER

WROTE = r"(skrev|wrote|skriver|writes|schrieb)"
ENDS = re.compile(rf":$|{WROTE}\s?(\([^)]*\))?[: -]*$", re.I)
DATED = re.compile(r"\b(19|20)\d\d\b|\b\d{1,2}[./-]\d{1,2}[./-]\d{2}\b")
TIMED = re.compile(r"\b\d{1,2}[:.]\d{2}\b")
FIELD = re.compile(r"^[*\s]*[^\W\d_]{2,14}\s?:", re.M)  # "From:", with a space before the colon in some programs
RULE = re.compile(r"^(_{10,}|-{2,} ?\w[^-]{3,60} ?-{2,})$")  # -----Original Message-----, and Outlook's line
BELOW_A_RULE = 4  # lines with words, of which one says from whom the mail is


def introduces(words: str) -> bool:
    """Whether a program says with WORDS who wrote what is quoted below: "On 10 Mar 2027 at 12:05, X <x@…> wrote:"."""
    if not ENDS.search(words):
        return False
    is_dated = bool(DATED.search(words))
    if _is_ours(words) or "@" in words:
        return is_dated or (_is_ours(words) and "@" in words)
    return is_dated and bool(TIMED.search(words)) and bool(re.search(WROTE, words, re.I))


def is_head(words: str) -> bool:
    """Whether WORDS are the head of a mail; a library has found lines like "From:" and "To:" or an introduction."""
    fields = len(FIELD.findall(words))
    if fields < 2:
        return introduces(" ".join(words.split()))
    return _is_ours(words) or (fields >= 3 and "@" in words) or (fields >= 4 and bool(DATED.search(words)))


def is_rule_of_a_mail(line: str, below: list[str]) -> bool:
    """Whether LINE is drawn above a quoted mail: one of the lines BELOW says from whom it is."""
    if not RULE.match(line.strip()):
        return False
    first = [one for one in below if one.strip()][:BELOW_A_RULE]
    return any(FIELD.match(one) and ("@" in one or _is_ours(one)) for one in first)


def _is_ours(words: str) -> bool:
    return SENDER.casefold() in words.casefold()
