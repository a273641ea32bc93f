"""The scales on which people say where they stand: their choices in order, and which way each leans."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from eaa.models import FOUR, Position, Scale
from sessions_app.kinds.gradients import EIGHT, FIVE

OBJECTS, NO_OBJECTION, ASIDE = "objects", "no_objection", "aside"


class Lean(StrEnum):
    YES = "yes"
    NEUTRAL = "neutral"
    TALK = "talk"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer of a scale. `value` is what a form sends; `asks_words` says that it is poor without words."""

    value: str
    label: str | Promise
    lean: Lean
    asks_words: bool = False


def _steps(labels: tuple[str | Promise, ...], leans: str) -> tuple[Choice, ...]:
    by_letter = {"y": Lean.YES, "0": Lean.NEUTRAL, "t": Lean.TALK, "n": Lean.NO}
    return tuple(
        Choice(str(number), label, by_letter[letter], number > 1)
        for number, (label, letter) in enumerate(zip(labels, leans, strict=True), start=1)
    )


CHOICES: dict[str, tuple[Choice, ...]] = {
    Scale.FOUR: tuple(
        Choice(value, label, lean, value != "agree")
        for (value, label), lean in zip(FOUR, (Lean.YES, Lean.YES, Lean.TALK, Lean.NO), strict=True)
    ),
    Scale.FIVE: _steps(FIVE, "yy0tn"),
    Scale.EIGHT: _steps(EIGHT, "yyy0tnnn"),
    Scale.CONSENT: (
        Choice(NO_OBJECTION, _("I don’t object"), Lean.YES),
        Choice(ASIDE, _("I stand aside"), Lean.NEUTRAL, True),
        Choice(OBJECTS, _("I object, because…"), Lean.NO, True),
    ),
}


def choice_named(scale: str, value: str) -> Choice | None:
    """The answer of SCALE that a form calls VALUE."""
    return next((choice for choice in CHOICES[scale] if choice.value == value), None)


def choice_of(scale: str, position: Position) -> Choice:
    value = ASIDE if position.stands_aside else position.choice
    found = choice_named(scale, value)
    assert found is not None  # noqa: S101  -- the operation lets nothing else in
    return found
