"""How a reader wants the pages: colours, text, spacing, what is read aloud. Kept in one cookie on the device."""

from typing import TypedDict

from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language_info, gettext_lazy

COOKIE = "look"
COOKIE_AGE = 31_536_000  # a year, in seconds
THEMES = ("auto", "light", "dark")
SIZES = ("100", "125", "150", "200")  # per cent
SPACINGS = ("normal", "wide")
NEWS = ("summary", "quiet", "everything")


class Look(TypedDict):
    """One of THEMES, of SIZES, of SPACINGS and of NEWS."""

    theme: str
    size: str
    spacing: str
    news: str


def look(request: HttpRequest) -> Look:
    """What the reader chose; a cookie that is missing, broken or tampered with gives the plain look."""
    theme, size, spacing, news = [*request.COOKIES.get(COOKIE, "").split("."), "", "", "", ""][:4]
    return {
        "theme": theme if theme in THEMES else THEMES[0],
        "size": size if size in SIZES else SIZES[0],
        "spacing": spacing if spacing in SPACINGS else SPACINGS[0],
        "news": news if news in NEWS else NEWS[0],
    }


def cookie_value(chosen: Look) -> str:
    return ".".join((chosen["theme"], chosen["size"], chosen["spacing"], chosen["news"]))


def look_attributes(chosen: Look) -> SafeString:
    """The attributes of <html> that the style sheet and the announcer ask for."""
    return format_html(
        'data-theme="{}" data-size="{}" data-spacing="{}" data-news="{}"',
        chosen["theme"],
        chosen["size"],
        chosen["spacing"],
        chosen["news"],
    )


def _languages() -> list[tuple[str, str]]:
    return [(code, get_language_info(code)["name_local"].capitalize()) for code, _name in settings.LANGUAGES]


class LookForm(forms.Form):
    """What a reader may choose; the field names are those of Look, and the language."""

    size = forms.ChoiceField(
        label=gettext_lazy("Size of the text"),
        widget=forms.RadioSelect,
        choices=[
            ("100", gettext_lazy("As it is")),
            ("125", gettext_lazy("A little larger")),
            ("150", gettext_lazy("Larger")),
            ("200", gettext_lazy("Twice as large")),
        ],
    )
    spacing = forms.ChoiceField(
        label=gettext_lazy("Room between letters and lines"),
        widget=forms.RadioSelect,
        choices=[("normal", gettext_lazy("As it is")), ("wide", gettext_lazy("More room"))],
    )
    theme = forms.ChoiceField(
        label=gettext_lazy("Colours"),
        widget=forms.RadioSelect,
        choices=[
            ("auto", gettext_lazy("As my phone or computer has it")),
            ("light", gettext_lazy("Light")),
            ("dark", gettext_lazy("Dark")),
        ],
    )
    news = forms.ChoiceField(
        label=gettext_lazy("What a screen reader says when others write"),
        widget=forms.RadioSelect,
        required=False,
        choices=[
            ("quiet", gettext_lazy("Nothing")),
            ("summary", gettext_lazy("How many cards are new")),
            ("everything", gettext_lazy("Who said what")),
        ],
    )
    language = forms.ChoiceField(label=gettext_lazy("Language"), widget=forms.RadioSelect, choices=_languages)
