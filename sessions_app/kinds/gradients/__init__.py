"""Gradients of agreement: where each person stands between yes and no, in eight steps or an easy five."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sessions_app.errors import BadText
from sessions_app.kinds.base import Choosing, Given, OnPaper, Sent
from sessions_app.kinds.options import Pick

EIGHT = (
    _("Whole-hearted yes"),
    _("Yes, with a small remark"),
    _("Yes, with reservations"),
    _("No view either way"),
    _("I want to talk more first"),
    _("I don’t like it, but I won’t stop it"),
    _("I disagree, and want it noted"),
    _("I cannot go along"),
)
FIVE = (
    _("Yes, gladly"),
    _("Yes, I can live with it"),
    _("No view either way"),
    _("I want to talk more first"),
    _("No"),
)
TALL = 36  # units of the highest bar of a round before
MANY = 7  # people on one step; more of them are drawn smaller


@dataclass(frozen=True, slots=True)
class Scale:
    """The steps from yes to no; `neutral` is the number of the one between, `reserved` the first with reservations."""

    labels: tuple[str | Promise, ...]
    neutral: int
    reserved: int


SCALES = {"8": Scale(EIGHT, neutral=4, reserved=3), "5": Scale(FIVE, neutral=3, reserved=3)}


class Gradients(Choosing):
    """An answer is the number of a step, from 1 for the whole-hearted yes."""

    key = "gradients"
    name = _("Gradients of agreement")
    summary = _("Each person says where they stand between yes and no. Those with reservations are heard first.")
    invitation = _("Where do you stand?")
    minutes = 10
    stages = ("agreement",)
    mechanisms = ("interpretation", "understanding")
    needs_question = True
    takes_reasons = True
    draws_before = True
    options = (
        Pick(
            "steps", _("How many steps"), (("8", _("Eight steps")), ("5", _("Five steps, easier to read"))), usual="8"
        ),
    )

    @classmethod
    def clean_answer(cls, sent: Sent, options: Mapping[str, Any]) -> int:
        step = str(sent.get("step", ""))
        if not step:
            raise BadText(_("Choose where you stand first."))
        if step not in {str(number) for number in range(1, len(_scale(options).labels) + 1)}:
            raise BadText(_("That is not one of the answers here. Choose again."))
        return int(step)

    @classmethod
    def choices(cls, options: Mapping[str, Any], value: Any) -> list[tuple[int, str | Promise, bool]]:
        return [(number, label, str(number) == str(value)) for number, label in _numbered(options)]

    @classmethod
    def as_sent(cls, sent: Sent, options: Mapping[str, Any]) -> str:
        return str(sent.get("step", ""))

    @classmethod
    def result(cls, given: Sequence[Given], options: Mapping[str, Any]) -> dict[str, Any]:
        """Columns of people from yes to no, how many lean which way, and the words: reservations first, most against
        first. No text of it is in a language yet, since one result is drawn for everybody."""
        scale = _scale(options)
        people = {number: [one for one in given if one.value == number] for number, _label in _numbered(options)}
        top = max(map(len, people.values())) or 1
        spoken = sorted((one for one in given if one.reason), key=lambda one: -one.value)
        voices = [{"step": scale.labels[one.value - 1], "said": one} for one in spoken]
        return {
            "columns": [_column(label, people[number], top) for number, label in _numbered(options)],
            "total": len(given),
            "yes": sum(one.value < scale.neutral for one in given),
            "neutral": len(people[scale.neutral]),
            "no": sum(one.value > scale.neutral for one in given),
            "is_named": any(one.who for one in given),
            "is_crowded": top > MANY,
            "reservations": [voice for voice in voices if voice["said"].value >= scale.reserved],
            "others": [voice for voice in voices if voice["said"].value < scale.reserved],
        }

    @classmethod
    def on_paper(cls, options: Mapping[str, Any]) -> OnPaper:
        return OnPaper(_("Tick where you stand."), _scale(options).labels)

    @classmethod
    def in_words(cls, value: Any, options: Mapping[str, Any]) -> str:
        return str(_scale(options).labels[value - 1])


def _scale(options: Mapping[str, Any]) -> Scale:
    return SCALES[options["steps"]]


def _numbered(options: Mapping[str, Any]) -> list[tuple[int, str | Promise]]:
    return list(enumerate(_scale(options).labels, start=1))


def _column(label: str | Promise, people: list[Given], top: int) -> dict[str, Any]:
    """`height` and `y` are the bar of the same column in the picture of an earlier round."""
    height = round(TALL * len(people) / top)
    return {"label": label, "people": people, "count": len(people), "height": height, "y": TALL - height}
