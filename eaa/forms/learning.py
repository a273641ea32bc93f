"""Forms of the learning log: what the tools made easier or harder, and a number for each plain question."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from eaa.models import Effect, LearningNote, Theme
from eaa.operations.learning import Told
from eaa.queries.learning import state_of
from eaa.stages import ENDS, QUESTIONS, STAGES, STEPS
from sessions_app.forms.fields import AsTyped, Once, PlainForm
from sessions_app.models import Space, Time

NONE = ("", _("I leave it open"))
TIMES = (
    (Time.SAME, _("at the same time as the others")),
    (Time.BLENDED, _("partly with the others, partly later")),
    (Time.DIFFERENT, _("in my own time")),
)
SPACES = (
    (Space.SAME, _("all in one place")),
    (Space.BLENDED, _("some in the hall, some online")),
    (Space.DISTRIBUTED, _("each in a place of their own")),
)


class NoteForm(PlainForm):
    """What the tools did. `seen` is the state of the note that is changed; the operation cleans the words."""

    client_id = Once()
    seen = AsTyped(required=False, widget=forms.HiddenInput)
    effect = forms.ChoiceField(
        label=_("What did the digital tools do?"),
        choices=[(Effect.EASIER, _("They made something easier")), (Effect.HARDER, _("They made something harder"))],
        widget=forms.RadioSelect,
        required=False,
    )
    body = AsTyped(
        label=_("What was it?"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        help_text=_("In your own words. One thing at a time; you can tell more afterwards."),
    )
    theme = forms.ChoiceField(label=_("What is it about?"), choices=[NONE, *Theme.choices], required=False)
    stage = forms.ChoiceField(
        label=_("When was it?"), choices=[NONE, *((tag.key, tag.plain) for tag in STAGES)], required=False
    )
    time = forms.ChoiceField(label=_("I took part"), choices=TIMES, required=False)
    space = forms.ChoiceField(label=_("We were"), choices=SPACES, required=False)

    MORE = ("theme", "stage", "time", "space")

    def more(self) -> list[forms.BoundField]:
        """What nobody has to tell."""
        return [self[name] for name in self.MORE]

    @property
    def told(self) -> Told:
        given = self.cleaned_data
        return Told(**{name: given[name] for name in ("effect", "body", *self.MORE)})


class LearnForm(NoteForm):
    """With a field for each mechanism before it, if ASKS: 1 to 5, or nothing. One button keeps all of it."""

    def __init__(self, *args: Any, asks: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keys = tuple(QUESTIONS) if asks else ()
        for key in self.keys:
            self.fields[key] = forms.TypedChoiceField(
                label=QUESTIONS[key],
                choices=[*((step, _step(step)) for step in STEPS), NONE],
                coerce=int,
                empty_value=None,
                required=False,
                widget=forms.RadioSelect,
            )
        self.make_plain()

    def questions(self) -> list[forms.BoundField]:
        return [self[key] for key in self.keys]

    @property
    def answers(self) -> dict[str, int | None]:
        return {key: self.cleaned_data[key] for key in self.keys}

    @property
    def note(self) -> Told | None:
        """What the tools did, if anything of it was filled in."""
        told = self.told
        return told if told.effect or told.body.strip() else None


def values_of(note: LearningNote) -> dict[str, str]:
    """What the form shows of NOTE when it is changed."""
    return {name: getattr(note, name) for name in ("effect", *NoteForm.MORE)} | {
        "body": note.text,
        "seen": state_of(note),
    }


def _step(step: int) -> Any:
    return f"{step} – {ENDS[step]}" if step in ENDS else str(step)
