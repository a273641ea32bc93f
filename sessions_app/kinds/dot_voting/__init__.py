"""Dot voting: everybody has a few dots and puts them on what matters most to them."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from sessions_app.errors import BadText
from sessions_app.kinds.base import Choosing, Given, OnPaper, Sent
from sessions_app.kinds.options import Lines, Whole


class DotVoting(Choosing):
    """An answer is the list of dots on each thing, in the order of the things."""

    key = "dot_voting"
    name = _("Dot voting")
    summary = _("Everybody has a few dots and puts them on what matters most. All dots are shown at the same time.")
    invitation = _("Your dots")
    minutes = 8
    stages = ("alignment",)
    shows_who = False
    mechanisms = ("interpretation",)
    options = (
        Lines("things", _("Things to vote on"), _("One on each line, 2 to 12 of them.")),
        Whole("dots", _("Dots for each person"), lowest=1, highest=10, usual=3),
        Whole("most", _("At most this many dots on one thing"), lowest=1, highest=10, usual=3),
    )

    @classmethod
    def clean_answer(cls, sent: Sent, options: Mapping[str, Any]) -> list[int]:
        dots = [_number(text, thing) for text, thing in zip(_typed(sent, options), options["things"], strict=True)]
        for number, thing in zip(dots, options["things"], strict=True):
            if number > options["most"]:
                text = ngettext(
                    "At most %(most)d dot can lie on one thing. There are more on “%(thing)s”.",
                    "At most %(most)d dots can lie on one thing. There are more on “%(thing)s”.",
                    options["most"],
                )
                raise BadText(text % {"most": options["most"], "thing": thing})
        if sum(dots) > options["dots"]:
            raise BadText(_too_many(options["dots"]))
        if not sum(dots):
            raise BadText(_("Put at least one dot on something first."))
        return dots

    @classmethod
    def choices(cls, options: Mapping[str, Any], value: Any) -> dict[str, Any]:
        """Rows of number, thing and dots; `left` says how many dots are left, `words` says it for every number."""
        dots = value or [0] * len(options["things"])
        words = [left_words(number, options["dots"]) for number in range(options["dots"] + 1)]
        spent = sum(int(number) for number in dots if str(number).isdecimal() and len(str(number)) < 4)
        left = words[options["dots"] - spent] if spent <= options["dots"] else _too_many(options["dots"])
        rows = list(zip(range(1, len(dots) + 1), options["things"], dots, strict=True))
        most = min(options["most"], options["dots"])
        return {"rows": rows, "most": most, "left": left, "words": words, "too_many": _too_many(options["dots"])}

    @classmethod
    def as_sent(cls, sent: Sent, options: Mapping[str, Any]) -> list[str]:
        return _typed(sent, options)

    @classmethod
    def result(cls, given: Sequence[Given], options: Mapping[str, Any]) -> list[dict[str, Any]]:
        """One row per thing, most dots first: text, dots, people, and dots as a share of the most (percent)."""
        rows = [
            {
                "text": thing,
                "count": sum(one.value[place] for one in given),
                "people": sum(one.value[place] > 0 for one in given),
            }
            for place, thing in enumerate(options["things"])
        ]
        top = max(row["count"] for row in rows) or 1
        return sorted((row | {"share": round(100 * row["count"] / top)} for row in rows), key=lambda row: -row["count"])

    @classmethod
    def on_paper(cls, options: Mapping[str, Any]) -> OnPaper:
        how = ngettext(
            "You have %(dots)d dot. Write before each how many you give it.",
            "You have %(dots)d dots. Write before each how many you give it.",
            options["dots"],
        )
        return OnPaper(how % {"dots": options["dots"]}, tuple(options["things"]), "blank")

    @classmethod
    def in_words(cls, value: Any, options: Mapping[str, Any]) -> str:
        return "; ".join(f"{thing}: {dots}" for thing, dots in zip(options["things"], value, strict=True) if dots)


def left_words(left: int, dots: int) -> str:
    """E.g. "2 of 3 dots left"."""
    return ngettext("%(left)d of %(dots)d dot left", "%(left)d of %(dots)d dots left", dots) % {
        "left": left,
        "dots": dots,
    }


def _too_many(dots: int) -> str:
    return ngettext(
        "Those are too many: you have %(dots)d dot. Take some away.",
        "Those are too many: you have %(dots)d dots. Take some away.",
        dots,
    ) % {"dots": dots}


def _typed(sent: Sent, options: Mapping[str, Any]) -> list[str]:
    """What stands in the fields, one for each thing; an empty field is no dot."""
    return [str(sent.get(f"dots-{number}", "")).strip() or "0" for number in range(1, len(options["things"]) + 1)]


def _number(text: str, thing: str) -> int:
    if not (text.isascii() and text.isdecimal()) or len(text) > 3:
        raise BadText(_("Write the dots on “%(thing)s” as a whole number, such as 0, 1 or 2.") % {"thing": thing})
    return int(text)
