"""Forms for a workshop and for the roles in it."""

import zoneinfo
from datetime import date

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from sessions_app import clock
from sessions_app.forms.fields import Line, PlainForm, Words
from sessions_app.forms.meetings import DATE, Day
from sessions_app.models import Role

ZONES = sorted(
    zone
    for zone in zoneinfo.available_timezones()
    if zone.startswith(("Europe/", "America/", "Asia/", "Africa/"))
    or zone.startswith(("Australia/", "Pacific/", "Atlantic/"))
)


class WorkshopForm(PlainForm):
    """What a workshop is called, why it is there, and whom to call."""

    title = Line(label=_("What is it called?"), limit=120)
    lead = Line(
        label=_("One sentence for the door"),
        limit=300,
        required=False,
        help_text=_("People read it before they go in."),
    )
    purpose = Words(
        label=_("What do you want to find out together?"),
        required=False,
        limit=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    contact_name = Line(label=_("Whom can people call for help?"), limit=80)
    contact_phone = Line(
        label=_("Their telephone number"), limit=40, required=False, help_text=_("It is on every page.")
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages"), choices=settings.LANGUAGES, widget=forms.CheckboxSelectMultiple, initial=["en", "sv"]
    )
    time_zone = forms.ChoiceField(
        label=_("Time zone"), choices=[(zone, zone.replace("_", " ")) for zone in ZONES], initial="Europe/Stockholm"
    )
    lobby = forms.BooleanField(
        label=_("Everybody waits at the door"),
        required=False,
        help_text=_("Nobody comes in before you let them in, one by one. For sensitive subjects."),
    )

    def clean_languages(self) -> list[str]:
        """What stood first stays first: it is read by whoever has chosen no language."""
        chosen: list[str] = self.cleaned_data["languages"]
        before = [code for code in self.get_initial_for_field(self.fields["languages"], "languages") if code in chosen]
        return [*before, *(code for code in chosen if code not in before)]


class ChangeWorkshopForm(WorkshopForm):
    """What can be changed of a workshop that is there."""

    keep_until = Day(
        label=_("Until when is it kept?"),
        widget=DATE,
        required=False,
        help_text=_(
            "The last day on which you keep what people wrote. They read it under “Me”. Nothing is erased by itself: "
            "tell whoever looks after this service."
        ),
    )

    def clean_keep_until(self) -> date | None:
        day: date | None = self.cleaned_data["keep_until"]
        if day and day != self.initial.get("keep_until") and day <= clock.now().date():
            raise ValidationError(_("That day has passed. Choose a later one."))
        return day


class RolesForm(PlainForm):
    """The roles of one person."""

    roles = forms.MultipleChoiceField(choices=Role.choices, widget=forms.CheckboxSelectMultiple, label=_("Roles"))
