"""Forms of the page after a meeting."""

from django import forms
from django.utils.translation import gettext_lazy as _

from sessions_app.forms.fields import PlainForm, Words
from sessions_app.operations.wrapups import NOTE, SUMMARY


class SummaryForm(PlainForm):
    """What happened, for everybody."""

    summary = Words(
        label=_("What happened"),
        limit=SUMMARY,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Three sentences. Everybody sees them on the page “While you were away”."),
    )


class ReflectionForm(PlainForm):
    """What the facilitator thinks, for nobody else."""

    reflection = Words(
        label=_("A note for yourself"),
        limit=NOTE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Who was hardly heard? What would you do in another way? Only you see this."),
    )
