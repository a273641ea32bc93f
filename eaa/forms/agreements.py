"""Forms of agreements: beginning one, opening it, promising something under it, reading it again."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from eaa.models import CommitmentState, Scale
from eaa.operations.agreements import SERVES, SILENCE
from eaa.operations.commitments import TOLD, WHAT, WHEN
from eaa.operations.drafting import BECAUSE
from eaa.operations.terms import TITLE
from eaa.queries.beginnings import Proposal
from eaa.queries.texts import short
from sessions_app.forms.fields import Line, Once, PlainForm, Words
from sessions_app.forms.meetings import DATE, Day, UntilForm
from sessions_app.models import Participant

SUGGESTED = _("Silence is counted as silence, not as yes.")


class NewAgreementForm(PlainForm):
    """What it is called, and what it begins with."""

    client_id = Once()
    title = Line(label=_("What is it about?"), limit=TITLE, help_text=_("For example: How we decide."))
    records = forms.MultipleChoiceField(
        label=_("Begin with what you understand together"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Each one that you tick becomes a clause that rests on it."),
    )
    step = forms.ChoiceField(
        label=_("Or with a proposal of a meeting"), required=False, widget=forms.RadioSelect, initial=""
    )

    def __init__(self, *args: Any, known: list, proposed: list[Proposal], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        records = [(str(one.record_id), one.record.title or short(one.text, 80)) for one in known]
        self.fields["records"].choices = records  # type: ignore[attr-defined]
        self.fields["records"].choice_hints = {str(one.record_id): short(one.text) for one in known}  # type: ignore[attr-defined]
        steps = [(str(one.activity.pk), one.activity.title) for one in proposed]
        self.fields["step"].choices = [("", _("None of them")), *steps]  # type: ignore[attr-defined]
        hints = {str(one.activity.pk): short(" · ".join(one.lines)) for one in proposed}
        self.fields["step"].choice_hints = hints  # type: ignore[attr-defined]


class TextForm(UntilForm):
    """What goes with another text: why, until when, and when it is read again."""

    because = Words(
        label=_("Because …"),
        limit=BECAUSE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("What made you change it. Everybody reads this."),
    )
    review_on = Day(label=_("When do you read it again together?"), widget=DATE, required=False)
    field_order = ["because", "day", "clock", "review_on"]

    def __init__(self, *args: Any, needs_day: bool, **kwargs: Any) -> None:
        """NEEDS_DAY: the time for answers is over, so that a new one is chosen."""
        super().__init__(*args, **kwargs)
        self.fields["day"].required = needs_day
        self.fields["clock"].required = needs_day


class OpeningForm(UntilForm):
    """Whom you ask, how, until when, and what silence will mean."""

    scale = forms.ChoiceField(
        label=_("How do people answer?"), choices=Scale.choices, widget=forms.RadioSelect, initial=Scale.FOUR
    )
    silence_means = Line(
        label=_("What will silence mean?"),
        limit=SILENCE,
        initial=SUGGESTED,
        help_text=_("It is printed under the text, and can’t be changed afterwards."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    serves = Words(
        label=_("Does this serve what we said?"),
        limit=SERVES,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Read once more why you are here, then answer in a sentence or two."),
    )
    asked = forms.MultipleChoiceField(
        label=_("Who is asked?"), widget=forms.CheckboxSelectMultiple, help_text=_("Also those who were not there.")
    )
    review_on = Day(
        label=_("When do you read it again together?"),
        widget=DATE,
        required=False,
        help_text=_("On that day the page says that it is time."),
    )
    field_order = ["serves", "scale", "day", "clock", "silence_means", "asked", "review_on"]

    def __init__(self, *args: Any, people: list[Participant], has_intention: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["asked"].choices = [(str(one.pk), one.name) for one in people]  # type: ignore[attr-defined]
        if not has_intention:
            del self.fields["serves"]


class ProlongForm(UntilForm):
    """More time, more people, another day to read it again."""

    asked = forms.MultipleChoiceField(
        label=_("Who else is asked?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    review_on = Day(label=_("When do you read it again together?"), widget=DATE, required=False)
    field_order = ["day", "clock", "asked", "review_on"]

    def __init__(self, *args: Any, people: list[Participant], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["asked"].choices = [(str(one.pk), one.name) for one in people]  # type: ignore[attr-defined]


class ReviewForm(PlainForm):
    """It stays as it is; and when it is read again next."""

    review_on = Day(label=_("When do you read it again together?"), widget=DATE, required=False)


class CommitmentForm(PlainForm):
    """Who does what by when."""

    client_id = Once()
    people = forms.MultipleChoiceField(label=_("Who?"), widget=forms.CheckboxSelectMultiple)
    what = Line(label=_("What?"), limit=WHAT, widget=forms.Textarea(attrs={"rows": 2}))
    due_on = Day(label=_("By which day?"), widget=DATE, required=False)
    due_words = Line(
        label=_("Or by when, in words?"), limit=WHEN, required=False, help_text=_("For example: before we meet again.")
    )

    def __init__(self, *args: Any, people: list[Participant], only: Participant | None = None, **kwargs: Any) -> None:
        """With ONLY, somebody promises for themselves, and is not asked who."""
        super().__init__(*args, **kwargs)
        self.fields["people"].choices = [(str(one.pk), one.name) for one in people]  # type: ignore[attr-defined]
        if only is not None:
            del self.fields["people"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.errors and not given.get("due_on") and not given.get("due_words"):
            raise ValidationError(_("Say by when: choose a day, or write it in words."))
        return given


class TellingForm(PlainForm):
    """What became of a promise."""

    state = forms.ChoiceField(label=_("How is it?"), choices=CommitmentState.choices, widget=forms.RadioSelect)
    told = Line(label=_("In your own words"), limit=TOLD, required=False, widget=forms.Textarea(attrs={"rows": 2}))
