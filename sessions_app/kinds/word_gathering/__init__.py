"""Word gathering: one to three words from everybody; the same words lie together."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from sessions_app.errors import BadText, TooLong
from sessions_app.kinds.base import Choosing, Given, OnPaper, Sent
from sessions_app.text import clean_line

SIGNS = 40
FIELDS = 3
SIZES = 4  # of the words in the picture


class WordGathering(Choosing):
    """An answer is a list of one to three words, each once however it is spelled."""

    key = "word_gathering"
    name = _("Word gathering")
    summary = _("Everybody gives one to three words. The same words lie together, the most given first.")
    invitation = _("Your words, one to three")
    minutes = 5
    stages = ("engagement",)
    shows_who = False
    mechanisms = ("interpretation", "dialogue")
    needs_question = True

    @classmethod
    def clean_answer(cls, sent: Sent, options: Mapping[str, Any]) -> list[str]:
        try:
            words = [clean_line(word, limit=SIGNS) for word in cls.as_sent(sent, options) if word.strip()]
        except TooLong as trouble:
            text = _("Short words only here: at most %(signs)d signs each.") % {"signs": SIGNS}
            raise BadText(text) from trouble
        if not words:
            raise BadText(_("Write at least one word first."))
        return list({word.casefold(): word for word in reversed(words)}.values())[::-1]

    @classmethod
    def choices(cls, options: Mapping[str, Any], value: Any) -> list[tuple[int, str]]:
        words = [*(value or []), *[""] * FIELDS][:FIELDS]
        return list(enumerate(words, start=1))

    @classmethod
    def as_sent(cls, sent: Sent, options: Mapping[str, Any]) -> list[str]:
        return [str(word) for word in sent.getlist("word")[:FIELDS]]

    @classmethod
    def result(cls, given: Sequence[Given], options: Mapping[str, Any]) -> list[dict[str, Any]]:
        """One row per word, most given first, then by the alphabet: text (as most spell it), count, size (1 to 4)."""
        spelled: dict[str, list[str]] = {}
        for word in (word for one in given for word in one.value):
            spelled.setdefault(word.casefold(), []).append(word)
        top = max((len(words) for words in spelled.values()), default=1)
        rows = [
            {"text": max(words, key=words.count), "count": len(words), "size": -(-SIZES * len(words) // top)}
            for words in spelled.values()
        ]
        return sorted(rows, key=lambda row: (-row["count"], row["text"].casefold()))

    @classmethod
    def on_paper(cls, options: Mapping[str, Any]) -> OnPaper:
        return OnPaper(_("Write one to three words."), ("",) * FIELDS, "line")

    @classmethod
    def in_words(cls, value: Any, options: Mapping[str, Any]) -> str:
        return "; ".join(value)
