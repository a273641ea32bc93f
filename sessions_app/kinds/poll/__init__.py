"""Poll: one question with a few answers to choose from."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from sessions_app.errors import BadText
from sessions_app.kinds.base import Choosing, Given, OnPaper, Sent
from sessions_app.kinds.options import Lines, Tick


class Poll(Choosing):
    """An answer is the list of chosen numbers, from 1, in the order of the choices."""

    key = "poll"
    name = _("Poll")
    summary = _("A question with answers to choose from. Nobody sees the others’ choices until you turn them over.")
    invitation = _("Your choice")
    minutes = 5
    stages = ("alignment",)
    mechanisms = ("interpretation",)
    needs_question = True
    shows_who = False
    options = (
        Lines("choices", _("Answers to choose from"), _("One on each line, 2 to 12 of them.")),
        Tick("several", _("People may choose more than one")),
    )

    @classmethod
    def clean_answer(cls, sent: Sent, options: Mapping[str, Any]) -> list[int]:
        known = {str(number): number for number, _text in enumerate(options["choices"], start=1)}
        picked = sent.getlist("choice")
        if not picked:
            raise BadText(_("Choose an answer first."))
        if any(choice not in known for choice in picked):
            raise BadText(_("That is not one of the answers here. Choose again."))
        if len(set(picked)) > 1 and not options["several"]:
            raise BadText(_("Choose one answer only."))
        return sorted({known[choice] for choice in picked})

    @classmethod
    def choices(cls, options: Mapping[str, Any], value: Any) -> dict[str, Any]:
        rows = [(number, text, number in (value or [])) for number, text in enumerate(options["choices"], start=1)]
        return {"several": options["several"], "rows": rows}

    @classmethod
    def as_sent(cls, sent: Sent, options: Mapping[str, Any]) -> list[int]:
        return [number for number in range(1, len(options["choices"]) + 1) if str(number) in sent.getlist("choice")]

    @classmethod
    def result(cls, given: Sequence[Given], options: Mapping[str, Any]) -> list[dict[str, Any]]:
        """One row per choice: text, count and the share of all who answered, in percent."""
        people = len(given) or 1
        counts = [sum(number in one.value for one in given) for number in range(1, len(options["choices"]) + 1)]
        return [
            {"text": text, "count": count, "share": round(100 * count / people)}
            for text, count in zip(options["choices"], counts, strict=True)
        ]

    @classmethod
    def on_paper(cls, options: Mapping[str, Any]) -> OnPaper:
        how = _("Tick as many as you like.") if options["several"] else _("Tick one.")
        return OnPaper(how, tuple(options["choices"]))

    @classmethod
    def in_words(cls, value: Any, options: Mapping[str, Any]) -> str:
        return "; ".join(options["choices"][number - 1] for number in value)
