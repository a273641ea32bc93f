"""Say it back: what somebody heard in another one's words; and whoever said them tells whether that was it."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sessions_app.errors import BadText
from sessions_app.kinds.base import Choosing, Given, Sent

MARKS: dict[str, str | Promise] = {
    "yes": _("Yes, that is it"),
    "almost": _("Almost"),
    "no": _("No, that is not it"),
}


class SayItBack(Choosing):
    """An answer says what it is `about` (the id of a card); `meant` is the mark of the card's author, once there is
    one, and `words` the id of what they wrote beside it. The sentence itself is the words beside the answer."""

    key = "say_it_back"
    name = _("Say it back")
    summary = _("Each of us says one sentence: what did I hear? Whoever said it tells whether that was it.")
    invitation = _("What did you hear?")
    minutes = 12
    stages = ("alignment", "agreement")
    mechanisms = ("interpretation", "understanding")
    blind = False
    quotes = True
    takes_reasons = True
    reason_label = _("What did you hear? Say it in one sentence.")
    reason_hint = _("needed")

    @classmethod
    def clean_answer(cls, sent: Sent, options: Mapping[str, Any]) -> dict[str, str]:
        about = cls.as_sent(sent, options)["about"]
        possible = {card.key for card in options["cards"] if not card.is_gone}
        if not possible:
            raise BadText(_("There are no words to say back yet."))
        if not about:
            raise BadText(_("Choose first whose words you say back."))
        if about not in possible:
            raise BadText(_("Those words are not there any more. Choose others."))
        if not str(sent.get("reason", "")).strip():
            raise BadText(_("Write what you heard, in one sentence."))
        return {"about": about}

    @classmethod
    def choices(cls, options: Mapping[str, Any], value: Any) -> list[tuple[Any, bool]]:
        """Each card that can be said back, and whether it is chosen."""
        chosen = value["about"] if value else ""
        return [(card, card.key == chosen) for card in options["cards"] if not card.is_gone]

    @classmethod
    def as_sent(cls, sent: Sent, options: Mapping[str, Any]) -> dict[str, str]:
        return {"about": str(sent.get("about", ""))}

    @classmethod
    def result(cls, given: Sequence[Given], options: Mapping[str, Any]) -> dict[str, Any]:
        """`counts`: mark, its words, how many, percent. `rows`: those marked no first, then almost, the rest after."""
        cards = {card.key: card for card in options["cards"]}
        order = ["no", "almost", "", "yes"]
        rows = [
            {
                "said": one,
                "card": cards.get(one.value["about"]),
                "mark": one.value.get("meant", ""),
                "mark_words": MARKS.get(one.value.get("meant", ""), ""),
                "words": options["meant"].get(one.value.get("words", "")),
            }
            for one in given
        ]
        total = len(rows) or 1
        marked = {mark: sum(row["mark"] == mark for row in rows) for mark in (*MARKS, "")}
        words = {**MARKS, "": _("Not told yet")}
        return {
            "counts": [(mark or "open", words[mark], n, round(100 * n / total)) for mark, n in marked.items()],
            "told": sum(marked[mark] for mark in MARKS),
            "total": len(rows),
            "rows": sorted(rows, key=lambda row: order.index(row["mark"])),
        }

    @classmethod
    def in_words(cls, value: Any, options: Mapping[str, Any]) -> str:
        card = next((card for card in options["cards"] if card.key == value["about"]), None)
        return card.words if card is not None else "…"
