"""The form for a list of people."""

from typing import Any, Self

from django import forms
from django.utils.translation import gettext_lazy as _

from sessions_app.errors import BadText
from sessions_app.forms.fields import AsTyped, PlainForm
from sessions_app.lists import text_of


class ListForm(PlainForm):
    """A list of people, pasted or as a file. The file becomes text in the field, so that it can be put right there."""

    people = AsTyped(
        label=_("Paste a list"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "dir": "auto"}),
        help_text=_("One person a line: name, address. Lines from a spreadsheet or a mail program do, too."),
    )
    file = forms.FileField(
        label=_("Or choose a CSV file"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,text/csv,text/plain"}),
    )
    invite = forms.BooleanField(
        label=_("Invite everybody who has an address by mail"),
        required=False,
        help_text=_("One mail each. Other mails come only to those who say yes."),
    )

    @property
    def text(self) -> str:
        return str(self.cleaned_data["people"])

    @property
    def invites(self) -> bool:
        return bool(self.cleaned_data["invite"])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("file") is not None:
            try:
                given["people"] = text_of(given["file"].read())
            except BadText as trouble:
                self.add_error("file", str(trouble.message))
        return given

    def with_the_file_as_text(self) -> Self:
        """The same form as if what the file says had been pasted."""
        form = type(self)({"people": self.text, "invite": "on" if self.invites else ""})
        form.is_valid()
        return form
