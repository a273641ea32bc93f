"""The living page of components, for those who build: every piece and state, in light and in dark."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

PEOPLE = [
    {"initials": "LN", "name": "Lars", "place": "hall"},
    {"initials": "AV", "name": "Aino", "place": "remote"},
    {"initials": "FW", "name": "Fatima", "place": "hall"},
    {"initials": "EH", "name": "Elsa", "place": "phone"},
    {"initials": "GF", "name": "Greta", "place": "afterwards"},
    {"initials": "HA", "name": "Hodan", "place": "remote"},
    {"initials": "MK", "name": "Mehmet", "place": "hall"},
]
STEPS = [
    {"stage": "engagement", "minutes": 15},
    {"stage": "alignment", "minutes": 30},
    {"stage": "break", "minutes": 10},
    {"stage": "alignment", "minutes": 20},
    {"stage": "agreement", "minutes": 15},
]
ICONS = [
    "eye",
    "hide",
    "lock",
    "phone",
    "right",
    "back",
    "up",
    "down",
    "text",
    "help",
    "move",
    "pause",
    "play",
    "pen",
    "lost",
    "mic",
    "mail",
    "check",
    "warn",
    "plus",
    "minus",
    "print",
    "clock",
    "people",
    "door",
    "reveal",
    "undo",
    "close",
    "link",
    "qr",
    "chat",
    "reply",
    "bring",
    "trash",
    "say",
    "heard",
    "nosig",
    "note",
    "screen",
    "pulse",
    "trace",
    "download",
    "out",
    "key",
    "star",
]
INKS = ["ink", "edge", "line", "token", "pine", "clay", "sky", "leaf", "plum"]
MECHANISMS = ["intention", "assets", "dialogue", "documentation", "interpretation", "understanding"]


class SampleForm(forms.Form):
    """One field of each sort, bound to answers that leave two things to put right."""

    name = forms.CharField(label="What should we call you?", help_text="Any name is fine.")
    code = forms.CharField(label="Code from the door", min_length=5)
    idea = forms.CharField(label="Your idea, one per card", widget=forms.Textarea(attrs={"rows": 2}), required=False)
    when = forms.DateTimeField(
        label="When do we meet?", widget=forms.DateTimeInput(attrs={"type": "datetime-local"}), required=False
    )
    stand = forms.ChoiceField(
        label="Where do you stand?",
        widget=forms.RadioSelect,
        choices=[
            ("yes", "Whole-hearted yes"),
            ("remark", "Yes, with a small remark"),
            ("talk", "I want to talk first"),
        ],
    )
    mail = forms.BooleanField(label="Send me a mail when somebody answers", help_text="You can stop it in the mail.")

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self.fields["stand"].choice_hints = {"talk": "Nobody has to say why"}  # type: ignore[attr-defined]


def components(request: HttpRequest) -> HttpResponse:
    """Every component twice, so that a change is seen at once in both sets of colours."""
    answers = {"name": "Aino", "code": "HJRT", "idea": "Silence for one whole minute.", "mail": "on"}
    parts = [
        {"theme": theme, "form": SampleForm({f"{theme}-{key}": text for key, text in answers.items()}, prefix=theme)}
        for theme in ("light", "dark")
    ]
    context = {"parts": parts, "people": PEOPLE, "steps": STEPS, "icons": ICONS, "mechanisms": MECHANISMS, "inks": INKS}
    return render(request, "components/page.html", context)
