"""Every field in which somebody can write a sentence is given back when its form can't be taken."""

import re
from importlib import import_module
from pkgutil import iter_modules

from django import forms as django_forms
from django.forms import Textarea

from sessions_app import forms
from sessions_app.forms.options import option_fields
from sessions_app.kinds import all_kinds
from sessions_app.middleware import OPTION, WORDS
from tests.architecture.sources import ROOT

FIELD = re.compile(r'<textarea[^>]*\bname="(\w+)"')


def written_in_templates() -> set[str]:
    pages = [*(ROOT / "templates").rglob("*.html"), *(ROOT / "sessions_app/kinds").rglob("*.html")]
    return {name for page in pages for name in FIELD.findall(page.read_text())}


def written_in_forms() -> set[str]:
    modules = [import_module(f"sessions_app.forms.{module.name}") for module in iter_modules(forms.__path__)]
    found = [thing for module in modules for thing in vars(module).values() if isinstance(thing, type)]
    fields = [fields for form in found if issubclass(form, django_forms.Form) for fields in form.base_fields.items()]
    return {name for name, field in fields if isinstance(field.widget, Textarea)}


def test_options_of_every_kind_are_given_back():
    names = {name for kind in all_kinds().values() for name in option_fields(kind)}

    assert {name for name in names if not name.startswith(OPTION)} == set()


def test_no_field_for_sentences_is_forgotten():
    assert (written_in_templates() | written_in_forms()) - set(WORDS) == set()
