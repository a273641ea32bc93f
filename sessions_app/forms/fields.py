"""Fields that clean what people type by the rules of text.py, and forms that say in plain words what is wrong."""

import uuid
from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import localize
from django.utils.translation import gettext_lazy as _

from sessions_app.errors import BadText, TooLong
from sessions_app.text import clean_body, clean_line, clean_name

EMPTY = _("This is still empty.")
NOTHING = "–"
CHOOSE = _("Choose one of the answers in the list.")
# By the field's class: what its own messages would say in the language of programmers.
PLAIN: dict[type[forms.Field], dict[str, Any]] = {
    forms.CharField: {"required": EMPTY},
    forms.DateField: {
        "required": _("Choose a day."),
        "invalid": _("There is no such day in the calendar. Write it like 2027-03-31."),
    },
    forms.TimeField: {"required": _("Choose a time."), "invalid": _("That is not a time. Write it like 14:30.")},
    forms.IntegerField: {"required": EMPTY, "invalid": _("Write a number, such as 10.")},
    forms.URLField: {"required": EMPTY, "invalid": _("That is not a link. Links begin with https://")},
    forms.ChoiceField: {"required": CHOOSE, "invalid_choice": CHOOSE},
    forms.MultipleChoiceField: {"required": CHOOSE, "invalid_choice": CHOOSE, "invalid_list": CHOOSE},
}


class PlainForm(forms.Form):
    """A form whose errors are sentences for people."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.make_plain()

    def make_plain(self) -> None:
        """Give every field our sentences; once more after fields were added."""
        for field in self.fields.values():
            kind = next((kind for kind in type(field).__mro__ if kind in PLAIN), None)
            field.error_messages |= PLAIN[kind] if kind else {}

    def kept(self) -> list[tuple[str, str]]:
        """Where something else was typed than is kept: the label of the field, and what is kept, in words."""
        visible = [self[name] for name in self.changed_data if not self[name].is_hidden]
        return [(str(bound.label), _in_words(bound.field, bound.initial)) for bound in visible]


def _in_words(field: forms.Field, kept: Any) -> str:
    if isinstance(field, forms.ChoiceField):
        labels = {str(key): str(label) for key, label in field.choices}  # type: ignore[union-attr, misc]
        chosen = kept if isinstance(kept, list | tuple) else [kept]
        return ", ".join(labels.get(str(key), str(key)) for key in chosen) or NOTHING
    if isinstance(field, forms.BooleanField):
        return str(_("yes") if kept else _("no"))
    return str(localize(kept) or NOTHING) if kept is not None else NOTHING


class _Cleaned(forms.CharField):
    """Text that is cleaned before anything else looks at it. `limit` counts the signs that a person sees."""

    clean_text: Callable[..., str]

    def __init__(self, *, limit: int, **kwargs: Any) -> None:
        super().__init__(strip=False, **kwargs)
        self.limit = limit

    def to_python(self, value: Any) -> str:
        text = str(value or "")
        if not text.strip():
            return ""
        try:
            return type(self).clean_text(text, limit=self.limit)
        except (BadText, TooLong) as trouble:
            raise ValidationError(str(trouble.message)) from trouble


class Line(_Cleaned):
    """One line, such as a title."""

    clean_text = staticmethod(clean_line)


class Words(_Cleaned):
    """Text that may have several lines."""

    clean_text = staticmethod(clean_body)
    widget = forms.Textarea


class Name(_Cleaned):
    """What the group should call somebody."""

    clean_text = staticmethod(lambda text, limit: clean_name(text))


class AsTyped(forms.Field):
    """Text that the operation cleans, since it alone knows what to say about it."""

    def to_python(self, value: Any) -> str:
        return str(value or "")


class Once(forms.Field):
    """The form's own random id: the same form sent twice, by a shaking hand or a reload, makes one thing.

    What no form of ours would send counts as nothing. The form around it has autocomplete="off": a browser must not put
    an old id back when the page is loaded again.
    """

    def __init__(self) -> None:
        super().__init__(required=False, initial=uuid.uuid4, widget=forms.HiddenInput)

    def to_python(self, value: Any) -> uuid.UUID | None:
        try:
            return uuid.UUID(str(value))
        except ValueError:
            return None
