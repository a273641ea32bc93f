"""Forms in which people tell of themselves."""

from django import forms
from django.utils.translation import gettext_lazy as _

from sessions_app.forms.fields import Name, PlainForm, Words
from sessions_app.models import Help, Place
from sessions_app.text import NAME_GRAPHEMES


class NeedsForm(PlainForm):
    """What helps a person. The hosts see it, nobody else."""

    helps = forms.MultipleChoiceField(
        label=_("What helps you?"), choices=Help.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    access_needs = Words(
        label=_("Something else that helps you"),
        required=False,
        limit=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("In your own words. Only the hosts see this."),
    )


class MeForm(NeedsForm):
    """What a person says of themselves."""

    name = Name(label=_("What should we call you?"), limit=NAME_GRAPHEMES, help_text=_("Any name is fine."))
    usual_place = forms.ChoiceField(
        label=_("Where do you take part from?"), choices=Place.choices, widget=forms.RadioSelect
    )
    field_order = ["name", "usual_place", "helps", "access_needs"]
