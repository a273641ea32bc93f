"""Forms of the codebook and of coding; operations clean what is typed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from eaa.models import CODE_NAME, Colour
from sessions_app.forms.fields import AsTyped, Line, PlainForm


class CodeForm(PlainForm):
    """A code's name, what belongs under it, and its colour. The framework's own codes keep their names."""

    name = Line(label=_("Name of the code"), limit=CODE_NAME, widget=forms.TextInput(attrs={"dir": "auto"}))
    description = AsTyped(
        label=_("What belongs under it, and what does not"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )
    colour = forms.ChoiceField(
        label=_("Colour"), choices=Colour.choices, required=False, widget=forms.RadioSelect, initial=Colour.PINE
    )

    def __init__(self, *args: Any, is_named: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_named:
            del self.fields["name"]


class MergeForm(PlainForm):
    """Which code another goes into."""

    into = forms.ChoiceField(label=_("Into which code?"))

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"].choices = choices  # type: ignore[attr-defined]


class WholeForm(PlainForm):
    """The codes of the whole of somebody's words; none is an answer, too."""

    codes = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, choices: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["codes"].choices = choices  # type: ignore[attr-defined]


class PartForm(PlainForm):
    """A part of the words, and its code."""

    quote = AsTyped(
        label=_("The part, copied from the words"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )
    code = forms.ChoiceField(label=_("Its code"))

    def __init__(self, *args: Any, choices: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = choices  # type: ignore[attr-defined]


class FileForm(PlainForm):
    """A codebook of another program."""

    TOO_OLD = _("What you looked at is an hour old, or was changed on the way. Send the file once more.")

    file = forms.FileField(
        label=_("The file"),
        help_text=_("Up to 1 MB. Of a larger project, send the codebook alone."),
        error_messages={
            "required": _("Choose a file."),
            "invalid": _("Choose a file."),
            "missing": _("Choose a file."),
            "empty": _("That file is empty."),
            "max_length": _("The name of that file is too long. Give it a shorter one."),
        },
        widget=forms.FileInput(attrs={"accept": ".qdc,.qdpx"}),
    )
