"""What a facilitator can set for a way of working: declared by the kind, drawn by the planner's form, kept as JSON."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sessions_app.errors import BadText
from sessions_app.text import clean_line

Text = str | Promise


class Option(Protocol):
    """One thing to set. `usual` is what it is when nobody says anything; clean() raises BadText with the field."""

    @property
    def name(self) -> str: ...
    @property
    def label(self) -> Text: ...
    @property
    def hint(self) -> Text: ...
    @property
    def usual(self) -> Any: ...

    def clean(self, given: Any) -> Any: ...


@dataclass(frozen=True, slots=True)
class Lines:
    """A list of short texts, typed one on each line; each of them is there once."""

    name: str
    label: Text
    hint: Text = ""
    least: int = 2
    most: int = 12
    limit: int = 120
    usual: tuple[Text, ...] = ()

    def clean(self, given: Any) -> list[str]:
        lines = given.splitlines() if isinstance(given, str) else list(given)
        texts = [clean_line(str(line), limit=self.limit) for line in lines if str(line).strip()]
        found = list(dict.fromkeys(texts))
        if len(found) < self.least:
            raise BadText(
                _("Write at least %(least)d, each on a line of its own.") % {"least": self.least}, field=self.name
            )
        if len(found) > self.most:
            raise BadText(_("There can be at most %(most)d. Take some away.") % {"most": self.most}, field=self.name)
        return found


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number."""

    name: str
    label: Text
    hint: Text = ""
    lowest: int = 1
    highest: int = 10
    usual: int = 1

    def clean(self, given: Any) -> int:
        try:
            number = int(str(given).strip())
        except ValueError as trouble:
            raise BadText(_("Write a number, such as 10."), field=self.name) from trouble
        if not self.lowest <= number <= self.highest:
            text = _("Write a number from %(low)d to %(high)d.") % {"low": self.lowest, "high": self.highest}
            raise BadText(text, field=self.name)
        return number


@dataclass(frozen=True, slots=True)
class Pick:
    """One of a few choices, each a key and its words."""

    name: str
    label: Text
    choices: tuple[tuple[str, Text], ...]
    usual: str
    hint: Text = ""

    def clean(self, given: Any) -> str:
        if given not in {key for key, _words in self.choices}:
            raise BadText(_("Choose one of the answers in the list."), field=self.name)
        return str(given)


@dataclass(frozen=True, slots=True)
class Tick:
    """Yes or no."""

    name: str
    label: Text
    hint: Text = ""
    usual: bool = False

    def clean(self, given: Any) -> bool:
        return given in {True, "on", "true", "1"}


def cleaned(options: tuple[Option, ...], given: Mapping[str, Any]) -> dict[str, Any]:
    """Every option of a kind, cleaned; those that GIVEN leaves out are as usual. Raises BadText."""
    unknown = set(given) - {option.name for option in options}
    if unknown:
        raise TypeError(f"There is no {sorted(unknown)} to set.")
    return {option.name: option.clean(given.get(option.name, option.usual)) for option in options}
