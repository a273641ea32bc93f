"""Forms of records: what is written down, what it rests on, by when people answer, what became of it."""

import uuid
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from eaa.models import AssetKind, CheckAnswer, DocumentKind, Mechanism, OutcomeKind, Record
from eaa.operations.assets import TEXT as ASSET_TEXT
from eaa.operations.checks import DIFFERENCE, WORDS
from eaa.operations.evidence import Rests
from eaa.operations.outcomes import WORDS as OUTCOME_WORDS
from eaa.operations.records import BECAUSE, TEXT, TITLE
from sessions_app.forms.fields import Line, Once, PlainForm, Words

MOST = 400  # cards of one form; operations refuse more than 200 in words
TEXTS: dict[str, Any] = {
    Mechanism.INTENTION: _("Why we are here"),
    Mechanism.DOCUMENTATION: _("What was said, in your words"),
    Mechanism.INTERPRETATION: _("What you think it means"),
    Mechanism.ASSETS: _("What you bring"),
}


class Head(forms.IntegerField):
    """The number of the version that the form shows."""

    def __init__(self) -> None:
        super().__init__(min_value=0, max_value=10**6, widget=forms.HiddenInput)


class RecordForm(PlainForm):
    """A record that is new. Notes have a `kind`; what somebody thinks it means may come `from_record`."""

    client_id = Once()
    title = Line(label=_("A heading"), limit=TITLE, required=False)
    text = Words(label=_("The text"), limit=TEXT, widget=forms.Textarea(attrs={"rows": 6}))

    def __init__(self, *args: Any, mechanism: str, documents: list[Record] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = TEXTS[mechanism]
        if mechanism == Mechanism.DOCUMENTATION:
            self.fields["kind"] = forms.ChoiceField(
                label=_("What is it?"), choices=DocumentKind.choices, widget=forms.RadioSelect, initial="notes"
            )
        if mechanism == Mechanism.INTERPRETATION and documents:
            choices = [("", _("Of the cards alone")), *((str(one.pk), one.name) for one in documents)]
            self.fields["from_record"] = forms.ChoiceField(
                label=_("What does it make sense of?"), choices=choices, required=False
            )
        self.make_plain()


class ChangeForm(PlainForm):
    """Another text for a record."""

    head = Head()
    title = Line(label=_("A heading"), limit=TITLE, required=False)
    text = Words(label=_("The text"), limit=TEXT, widget=forms.Textarea(attrs={"rows": 6}))
    because = Words(
        label=_("What you changed, and why"),
        limit=BECAUSE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("It stands beside the new text."),
    )

    def __init__(self, *args: Any, mechanism: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = TEXTS[mechanism]
        if mechanism == Mechanism.ASSETS:
            del self.fields["title"]


class CheckForm(PlainForm):
    """Is that what you meant?"""

    head = Head()
    answer = forms.ChoiceField(
        label=_("Is this what you meant?"), choices=CheckAnswer.choices, widget=forms.RadioSelect
    )
    words = Words(
        label=_("In your own words"),
        limit=WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=_("Everybody in the workshop can read them."),
    )


class SettleForm(PlainForm):
    """An interpretation becomes an understanding, perhaps in other words."""

    head = Head()
    text = Words(
        label=_("The text"),
        limit=TEXT,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("You can take in what people said beside “almost”. Nobody is asked again."),
    )


class DifferenceForm(PlainForm):
    """The difference stays."""

    head = Head()
    difference = Words(
        label=_("How do people see it differently?"),
        limit=DIFFERENCE,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One sentence or two that everybody could say yes to."),
    )


class AssetForm(PlainForm):
    """Something that one brings."""

    client_id = Once()
    kind = forms.ChoiceField(label=_("What is it?"), choices=AssetKind.choices)
    text = Words(label=_("In your words"), limit=ASSET_TEXT, widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}))


class OutcomeForm(PlainForm):
    """What happened to the cards that are ticked."""

    kind = forms.ChoiceField(label=_("What happened?"), choices=OutcomeKind.choices, widget=forms.RadioSelect)
    place = forms.ChoiceField(
        label=_("Where was it used?"), required=False, help_text=_("Only when it was used, and only if you want.")
    )
    words = Words(
        label=_("Say it in words"),
        limit=OUTCOME_WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Whoever said it reads this. “Not used” needs a reason."),
    )

    def __init__(self, *args: Any, places: list[tuple[Any, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["place"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  -- it is, above
        field.choices = [("", _("Nowhere in particular")), *places]


def chosen_in(sent: QueryDict) -> dict[str, str]:
    """The cards that a form sent as ticked, each with the part that is quoted (nothing for the whole)."""
    chosen: dict[str, str] = {}
    for key in sent.getlist("card")[:MOST]:
        try:
            card = str(uuid.UUID(key))
        except ValueError:
            continue
        chosen[card] = sent.get(f"quote-{card}", "").strip()
    return chosen


def rests_in(chosen: dict[str, str]) -> list[Rests]:
    return [Rests(uuid.UUID(card), quote) for card, quote in chosen.items()]


def whole(sent: str) -> int:
    """A number that a form or an address holds; 0 for anything else."""
    return int(sent) if sent.isdecimal() and len(sent) <= 18 else 0
