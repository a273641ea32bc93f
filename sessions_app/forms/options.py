"""The options of a kind as fields of the planner's form; the kind itself cleans what is typed."""

from typing import Any

from django import forms

from sessions_app.forms.fields import AsTyped
from sessions_app.kinds import Kind
from sessions_app.kinds.options import Lines, Option, Pick, Tick, Whole

PREFIX = "option_"


def option_fields(kind: type[Kind]) -> dict[str, forms.Field]:
    """One field for each option of KIND, named option_<name>."""
    return {f"{PREFIX}{option.name}": _field(option) for option in kind.options}


def options_in(cleaned: dict[str, Any], kind: type[Kind]) -> dict[str, Any]:
    """What a form with those fields holds, by the options' own names, as the operation takes it."""
    return {option.name: cleaned[f"{PREFIX}{option.name}"] for option in kind.options}


def initial_options(kind: type[Kind], options: dict[str, Any]) -> dict[str, Any]:
    """OPTIONS, or what is usual, as the fields show them."""
    found = {option.name: options.get(option.name, option.usual) for option in kind.options}
    return {
        f"{PREFIX}{name}": "\n".join(str(line) for line in value) if isinstance(value, list | tuple) else value
        for name, value in found.items()
    }


def _field(option: Option) -> forms.Field:
    common: dict[str, Any] = {"label": option.label, "help_text": option.hint, "required": False}
    if isinstance(option, Lines):
        return AsTyped(**common | {"required": option.least > 0, "widget": forms.Textarea(attrs={"rows": 5})})
    if isinstance(option, Whole):
        widget = forms.NumberInput(attrs={"min": option.lowest, "max": option.highest, "inputmode": "numeric"})
        return AsTyped(**common | {"required": True, "widget": widget})
    if isinstance(option, Pick):
        return forms.ChoiceField(**common | {"required": True, "choices": option.choices, "widget": forms.RadioSelect})
    assert isinstance(option, Tick)  # noqa: S101  -- there are four
    return forms.BooleanField(**common)
