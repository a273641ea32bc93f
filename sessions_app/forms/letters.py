"""A letter to some people: to whom, what, when."""

import zoneinfo
from collections.abc import Iterable
from datetime import time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sessions_app.addressees import CHOSEN, Circle
from sessions_app.forms.fields import Line, Once, PlainForm, Words
from sessions_app.forms.meetings import CLOCK, DATE, Day, on_the_clock
from sessions_app.models import Participant
from sessions_app.operations.letters import BODY, TITLE


class LetterForm(PlainForm):
    """`cleaned_data` holds `addressees`, and an aware `send_at`; None means at once."""

    client_id = Once()
    to = forms.ChoiceField(label=_("To whom?"), widget=forms.RadioSelect)
    people = forms.MultipleChoiceField(label=_("People"), widget=forms.CheckboxSelectMultiple, required=False)
    title = Line(label=_("What is it about?"), limit=TITLE)
    body = Words(label=_("Your letter"), limit=BODY, widget=forms.Textarea(attrs={"rows": 9, "dir": "auto"}))
    day = Day(label=_("Send it on"), widget=DATE, required=False, help_text=_("Leave it empty to send it now."))
    clock = forms.TimeField(label=_("at"), widget=CLOCK, required=False)

    def __init__(
        self,
        *args: Any,
        circles: Iterable[Circle],
        people: Iterable[Participant],
        zone: zoneinfo.ZoneInfo,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.circles, self.zone = {circle.key: circle.people for circle in circles}, zone
        self.by_number = {str(person.pk): person for person in people}
        to, chosen = self.fields["to"], self.fields["people"]
        assert isinstance(to, forms.ChoiceField) and isinstance(chosen, forms.ChoiceField)  # noqa: S101, PT018
        to.choices = [(c.key, f"{c.label} ({len(c.people)})") for c in circles] + [(CHOSEN, _("Those I choose below"))]
        chosen.choices = [(number, person.name or _("A guest")) for number, person in self.by_number.items()]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        chosen = tuple(self.by_number[number] for number in given.get("people", ()))
        given["addressees"] = chosen if given.get("to") == CHOSEN else self.circles.get(given.get("to", ""), ())
        if given.get("to") and not given["addressees"]:
            self.add_error("people" if given["to"] == CHOSEN else "to", _("Choose at least one person."))
        given["send_at"] = None
        if given.get("day"):
            at = given.get("clock") or time(9, 0)
            given["send_at"] = on_the_clock(self, "clock", given["day"], at, self.zone)
        elif given.get("clock"):
            self.add_error("day", _("Choose a day."))
        return given
