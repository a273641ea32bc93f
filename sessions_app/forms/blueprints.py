"""One short page from a template to a workshop. What a template does not need is not asked."""

import zoneinfo
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sessions_app import clock
from sessions_app.blueprints import BLUEPRINTS, Blueprint
from sessions_app.errors import BadText
from sessions_app.forms.fields import Line, Once
from sessions_app.forms.meetings import CLOCK, DATE, MINUTES, Day, MeetingForm, on_the_clock
from sessions_app.forms.workshops import WorkshopForm
from sessions_app.operations.blueprints import known

LASTS = _("A meeting takes between 5 and 600 minutes.")
MEETING = ("day", "begins", "minutes", "space", "place", "link")
THREAD = ("question", "day", "clock")
ABOUT = ("title", "lead", "purpose", "contact_name", "contact_phone", "languages", "time_zone", "lobby")


class Chosen(forms.ChoiceField):
    """The template. One that is gone is told of in its own words. `own` are those that the person has kept."""

    own: Mapping[str, Blueprint] = {}

    def validate(self, value: Any) -> None:
        try:
            known(value, self.own)
        except BadText as trouble:
            raise ValidationError(str(trouble.message)) from trouble


class StartForm(WorkshopForm):
    """A workshop, when and where it meets first, and whom to call. `starts` are aware moments, one for each meeting."""

    client_id = Once()
    template = Chosen(label=_("Template"), widget=forms.RadioSelect, required=False)
    day = Day(label=_("Day"), widget=DATE)
    begins = forms.TimeField(label=_("Begins"), widget=CLOCK, initial=time(14, 0))
    minutes = forms.IntegerField(
        label=_("Minutes"),
        widget=MINUTES,
        validators=[MinValueValidator(5, LASTS), MaxValueValidator(600, LASTS)],
    )
    space = MeetingForm.base_fields["space"]
    place = MeetingForm.base_fields["place"]
    link = MeetingForm.base_fields["link"]
    question = Line(label=_("The question"), limit=120, widget=forms.Textarea(attrs={"rows": 2}))
    clock = forms.TimeField(label=_("at"), widget=CLOCK, initial=time(20, 0))

    def __init__(self, *args: Any, key: str, own: Mapping[str, Blueprint] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everything = {**(own or {}), **BLUEPRINTS}
        self.blueprint: Blueprint | None = everything.get(key)
        chosen = self.fields["template"]
        chosen.own = own or {}  # type: ignore[attr-defined]
        chosen.choices = [(key, one.name) for key, one in everything.items()]  # type: ignore[attr-defined]
        soon = clock.now() + timedelta(days=7)
        here = get_language() or settings.LANGUAGE_CODE
        languages = [here, *(code for code in self.fields["languages"].initial if code != here)]
        self.initial = {"template": key, "day": soon.date(), "languages": languages, **self.initial}
        if self.blueprint is None:  # whatever was typed is kept until another one is chosen
            for name in {*MEETING, *THREAD}:
                self.fields[name].required = False
            return
        self._ask_only_what_is_needed(self.blueprint)

    def _ask_only_what_is_needed(self, blueprint: Blueprint) -> None:
        needed = set(MEETING if blueprint.meetings else THREAD if blueprint.question else ())
        if len(blueprint.meetings) > 1:
            needed -= {"minutes"}
        for name in {*MEETING, *THREAD} - needed:
            del self.fields[name]
        if "minutes" in needed:
            self.initial.setdefault("minutes", blueprint.meetings[0].minutes)
        if "question" in needed:
            self.initial.setdefault("question", blueprint.question)
            self.fields["day"].label = _("Open until")

    @property
    def asks_template(self) -> bool:
        """Whether the template has to be chosen again."""
        return self.blueprint is None

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        zone = zoneinfo.ZoneInfo(given.get("time_zone") or "UTC")
        day, begins, at = given.get("day"), given.get("begins"), given.get("clock")
        if self.blueprint and self.blueprint.meetings and day and begins is not None:
            given["starts"] = self._starts(self.blueprint, day, begins, zone)
        elif self.blueprint and day and at is not None:
            given["until"] = on_the_clock(self, "clock", day, at, zone)
        return given

    def _starts(self, blueprint: Blueprint, day: date, begins: time, zone: zoneinfo.ZoneInfo) -> list[datetime]:
        """The same time of day for each meeting, also when the clocks change between them."""
        return [
            on_the_clock(self, "begins", day + timedelta(days=meeting.after), begins, zone)
            for meeting in blueprint.meetings
        ]

    def laid_out(self) -> dict[str, Any]:
        """What the operation takes: the workshop's own fields, and where and when."""
        given = self.cleaned_data
        return {
            **{name: given[name] for name in ABOUT},
            "client_id": given["client_id"],
            "blueprint": given["template"],
            "starts": given.get("starts", []),
            "minutes": given.get("minutes"),
            "where": {name: given[name] for name in ("space", "place", "link") if name in given},
            "question": given.get("question", ""),
            "until": given.get("until"),
        }
