"""Forms for meetings, steps and threads. Times are typed on the workshop's own clock."""

import zoneinfo
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from sessions_app.errors import Refused
from sessions_app.forms.fields import Line, Once, PlainForm
from sessions_app.forms.options import option_fields
from sessions_app.kinds import Kind, all_kinds
from sessions_app.models import Identity, Space, Time
from sessions_app.moments import same_clock
from sessions_app.series import MOST, days_of
from sessions_app.tags import MECHANISMS, STAGES

DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
CLOCK = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
MINUTES = forms.NumberInput(attrs={"min": 1, "max": 600, "inputmode": "numeric"})


BETWEEN = _("A series has between 2 and 60 meetings.")
WHEN = ("day", "begins", "ends", "last_day")
NIGHT = timedelta(days=1)
LONGEST_NIGHT = 600  # minutes; a meeting that seems to last longer past midnight has its times the wrong way round


class Day(forms.DateField):
    """A day on which a workshop may have something; so many years off, a time on it might not even exist."""

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and not 2000 <= value.year <= 2100:
            raise ValidationError(_("Choose a day between the years 2000 and 2100."))


class MeetingForm(PlainForm):
    """A meeting: what, when, where. `cleaned_data` holds aware `starts_at` and `ends_at`."""

    client_id = Once()
    title = Line(label=_("What is this meeting about?"), limit=120)
    day = Day(label=_("Day"), widget=DATE)
    begins = forms.TimeField(label=_("Begins"), widget=CLOCK)
    ends = forms.TimeField(label=_("Ends"), widget=CLOCK)
    last_day = Day(
        label=_("Last day"),
        widget=DATE,
        required=False,
        help_text=_("Only when it lasts several days. A meeting that ends after midnight does not need it."),
    )
    space = forms.ChoiceField(
        label=_("Where are people?"), choices=Space.choices, widget=forms.RadioSelect, initial="blended"
    )
    time = forms.ChoiceField(
        label=_("When do they take part?"), choices=Time.choices, widget=forms.RadioSelect, initial="blended"
    )
    place = Line(label=_("Address and room"), limit=200, required=False)
    link = forms.URLField(
        label=_("Link to a call"),
        required=False,
        validators=[MaxLengthValidator(200, _("That link is too long. Make it shorter than 200 signs."))],
        assume_scheme="https",
        help_text=_("Zoom, Teams, Jitsi … it opens beside the room."),
    )

    without_screen = Line(
        label=_("Who cannot use this, and how do they take part?"),
        limit=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Somebody rings them, or writes for them, or they answer on paper. Only facilitators see this."),
    )

    def __init__(self, *args: Any, zone: zoneinfo.ZoneInfo, is_over: bool = False, **kwargs: Any) -> None:
        """A meeting that is over shows its times, and keeps them."""
        super().__init__(*args, **kwargs)
        self.zone = zone
        for name in WHEN if is_over else ():
            self.fields[name].disabled = True

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        day, begins, ends = given.get("day"), given.get("begins"), given.get("ends")
        if day and begins is not None and ends is not None:
            last = given.get("last_day") or (day + NIGHT if runs_past_midnight(begins, ends) else day)
            given["starts_at"] = on_the_clock(self, "begins", day, begins, self.zone)
            given["ends_at"] = on_the_clock(self, "ends", last, ends, self.zone)
            if given["ends_at"] <= given["starts_at"]:
                self.add_error("ends", _("The meeting ends before it begins. Change one of the two times."))
        return given


class SeriesForm(MeetingForm):
    """A meeting, or several at the same time of day. `cleaned_data` holds `moments`, all of them with both their times.

    `moved` are the days on which the clocks leave the hour out: there it begins after the gap.
    """

    repeat = forms.ChoiceField(
        label=_("How often?"),
        choices=[
            ("once", _("Once")),
            ("weekly", _("Every week")),
            ("fortnightly", _("Every other week")),
            ("monthly", _("Every month, on the same weekday")),
        ],
        widget=forms.RadioSelect,
        initial="once",
        required=False,
    )
    times = forms.IntegerField(
        label=_("How many meetings?"),
        required=False,
        widget=forms.NumberInput(attrs={"min": 2, "max": MOST, "inputmode": "numeric"}),
        validators=[MinValueValidator(2, BETWEEN), MaxValueValidator(MOST, BETWEEN)],
    )
    until = Day(label=_("Or until which day?"), widget=DATE, required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        starts, ends, every = given.get("starts_at"), given.get("ends_at"), given.get("repeat") or "once"
        self.moved: list[date] = []
        given["moments"] = []
        if starts is None or ends is None or every == "once" or self.errors:
            return given
        if not given.get("times") and not given.get("until"):
            self.add_error("times", _("Say how many, or until which day."))
        else:
            given["moments"] = self._moments(starts, ends, every)
        return given

    def _moments(self, starts: datetime, ends: datetime, every: str) -> list[tuple[datetime, datetime]]:
        """The same times on the clock on each of the days."""
        times, until = self.cleaned_data.get("times"), self.cleaned_data.get("until")
        days = days_of(starts.date(), every, times=times, until=until)
        if not 2 <= len(days) <= MOST:
            self.add_error("until" if until else "times", BETWEEN)
        found = []
        for day in days:
            later = day - starts.date()
            begins = same_clock(starts.replace(tzinfo=None) + later, self.zone)
            over = same_clock(ends.replace(tzinfo=None) + later, self.zone)
            if begins.astimezone(self.zone).time() != starts.time():
                self.moved.append(day)
            found.append((begins, over if over > begins else begins + (ends - starts)))
        return found


class StepForm(PlainForm):
    """A step of a run sheet."""

    client_id = Once()
    kind = forms.ChoiceField(label=_("Way of working"), widget=forms.RadioSelect)
    title = Line(label=_("What is the step called?"), limit=120, required=False)
    prompt = Line(
        label=_("The question"),
        limit=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One question, in words that everybody uses."),
    )
    minutes = forms.IntegerField(
        label=_("Minutes"),
        widget=MINUTES,
        initial=10,
        validators=[
            MinValueValidator(1, _("A step takes between 1 and 600 minutes.")),
            MaxValueValidator(600, _("A step takes between 1 and 600 minutes.")),
        ],
    )
    identity = forms.ChoiceField(label=_("Names"), choices=Identity.choices, widget=forms.RadioSelect, initial="named")
    blind = forms.BooleanField(
        label=_("Face down first"),
        required=False,
        help_text=_("Nobody sees the others’ answers until you turn them all over."),
    )
    hall = Line(
        label=_("In the hall"),
        limit=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("What those in the hall do: tables, pens, who writes."),
    )
    online = Line(
        label=_("Online"),
        limit=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("What those online do, at the same time."),
    )
    stages = forms.MultipleChoiceField(label=_("Stage"), required=False, widget=forms.CheckboxSelectMultiple)
    mechanisms = forms.MultipleChoiceField(label=_("Mechanisms"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, way: type[Kind], **kwargs: Any) -> None:
        """WAY is the kind of the step; its options become fields of their own."""
        super().__init__(*args, **kwargs)
        self.way = way
        self.fields.update(option_fields(way))
        self.fields["prompt"].required = way.needs_question
        self.make_plain()
        self.fields["prompt"].error_messages["required"] = _("Write the question that people answer.")
        kinds = all_kinds().values()
        self.fields["kind"].choices = [(kind.key, kind.name) for kind in kinds]  # type: ignore[attr-defined]
        self.fields["kind"].choice_hints = {kind.key: kind.summary for kind in kinds}  # type: ignore[attr-defined]
        self.fields["stages"].choices = STAGES.choices()  # type: ignore[attr-defined]
        self.fields["mechanisms"].choices = MECHANISMS.choices()  # type: ignore[attr-defined]

    @property
    def options(self) -> list[forms.BoundField]:
        """The fields of the kind's own options."""
        return [self[name] for name in option_fields(self.way)]


class UntilForm(PlainForm):
    """Until when something stays open. `cleaned_data` holds an aware `until`."""

    day = Day(label=_("Open until"), widget=DATE)
    clock = forms.TimeField(label=_("at"), widget=CLOCK, initial=time(20, 0))

    def __init__(self, *args: Any, zone: zoneinfo.ZoneInfo, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone

    def tell(self, trouble: Refused) -> None:
        """Say beside the field what an operation refused."""
        field = {"opens": "opens_day"}.get(trouble.field or "", "day")
        self.add_error(field if field in self.fields else "day", str(trouble.message))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("day") and given.get("clock") is not None:
            given["until"] = on_the_clock(self, "clock", given["day"], given["clock"], self.zone)
        return given


class WindowForm(UntilForm):
    """From when until when something is open by itself. `cleaned_data` holds an aware `opens`; None means from now."""

    opens_day = Day(label=_("Opens by itself on"), widget=DATE, required=False)
    opens_clock = forms.TimeField(label=_("at"), widget=CLOCK, initial=time(8, 0), required=False)

    def __init__(self, *args: Any, opens_later: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("opens_day", "opens_clock"):
            self.fields[name].required = opens_later

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        given["opens"] = None
        day, clock = given.get("opens_day"), given.get("opens_clock")
        if day and clock is None and not self.has_error("opens_clock"):
            self.add_error("opens_clock", _("Choose a time."))
        elif day and clock is not None:
            given["opens"] = on_the_clock(self, "opens_clock", day, clock, self.zone)
        return given


class ThreadForm(WindowForm):
    """A question with no meeting."""

    client_id = Once()
    prompt = Line(label=_("The question"), limit=120, widget=forms.Textarea(attrs={"rows": 2}))
    lead = Line(label=_("Why you ask"), limit=500, required=False, widget=forms.Textarea(attrs={"rows": 2}))
    identity = forms.ChoiceField(label=_("Names"), choices=Identity.choices, widget=forms.RadioSelect, initial="named")
    field_order = ["prompt", "lead", "identity", "opens_day", "opens_clock", "day", "clock"]


def runs_past_midnight(begins: time, ends: time) -> bool:
    """Whether ENDS can only be meant as the time on the day after BEGINS."""
    minutes = (ends.hour - begins.hour) * 60 + ends.minute - begins.minute
    return ends < begins and minutes + 24 * 60 <= LONGEST_NIGHT


def last_day_of(starts: datetime, ends: datetime) -> date | None:
    """What the field for the last day shows of a meeting: nothing, unless the times alone would say another day."""
    by_clock = starts.date() + (NIGHT if runs_past_midnight(starts.time(), ends.time()) else timedelta())
    return ends.date() if ends.date() != by_clock else None


def on_the_clock(form: forms.Form, name: str, day: date, clock: time, zone: zoneinfo.ZoneInfo) -> datetime:
    """DAY and CLOCK in ZONE. An hour that the clocks leave out is told of, and read as the time after the gap."""
    moment = datetime.combine(day, clock, tzinfo=zone)
    back = moment.astimezone(zoneinfo.ZoneInfo("UTC")).astimezone(zone)
    if back.replace(tzinfo=None) != moment.replace(tzinfo=None):
        form.add_error(name, _("The clocks change that day, and this time does not exist. Choose another one."))
    return back
