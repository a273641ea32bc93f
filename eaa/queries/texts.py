"""Small things about texts: the beginning of a long one, and what can be looked for in many."""

from django.utils.text import Truncator


def searchable(text: str) -> str:
    """TEXT as it can be looked for: one line without signs that nobody sees."""
    return "".join(sign if sign.isprintable() else " " for sign in text).strip()[:80]


def short(words: str, signs: int = 160) -> str:
    """The beginning of WORDS, where a list shows many of them."""
    return str(Truncator(" ".join(words.split())).chars(signs))
