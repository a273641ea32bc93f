"""A language that nobody speaks: accents, 40 per cent longer, in brackets. What stands outside is in no catalogue."""

import io
import re
from collections.abc import Iterable
from pathlib import Path

import allauth
import django
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from coproduction.local.catalogues import ROOT, collect

CODE = "eo"  # a code that Django knows and we do not use
OPEN, CLOSE = "⟦", "⟧"
KEPT = re.compile(r"%\([^)]*\)[a-z]|%[a-z%]|\{\w*\}|<[^>]*>|&\w+;")
ACCENTS = str.maketrans("aeiouyAEIOUYcnsz", "áéíóúýÁÉÍÓÚÝçñšž")
THEIRS = [Path(package.__path__[0]) for package in (django, allauth)]


def pseudo(text: str) -> str:
    """“Go in” becomes “⟦Gó íñ óó⟧”: what is filled in, and markup, stays as it is."""
    if not text.strip():
        return text
    kept = KEPT.findall(text)
    letters = [part.translate(ACCENTS) for part in KEPT.split(text)]
    words = "".join(word for pair in zip(letters, [*kept, ""], strict=True) for word in pair)
    room = max(2, round(0.4 * sum(map(len, letters))))
    padding = " ".join("ó" * min(5, room - at) for at in range(0, room, 6))
    end = words[-1] if words[-1] in ".!?:,;" else ""  # a sentence still ends with its full stop
    return f"{OPEN}{words.removesuffix(end)} {padding}{end}{CLOSE}"


def write_catalogue(folder: Path) -> None:
    """The pseudo-language as FOLDER/eo/LC_MESSAGES/django.mo: our texts, Django's and allauth's."""
    catalogue = Catalog(locale=CODE, fuzzy=False)
    sources = [collect(ROOT), *(_read(place) for place in _originals())]
    for message in (message for source in sources for message in source if message.id):
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        strings = tuple(pseudo(text) for text in ids)
        catalogue.add(message.id, strings if len(ids) > 1 else strings[0], context=message.context)
    place = folder / CODE / "LC_MESSAGES"
    place.mkdir(parents=True)
    with (place / "django.mo").open("wb") as output:
        write_mo(output, catalogue)


def _originals() -> Iterable[Path]:
    django_itself, accounts = THEIRS
    yield django_itself / "conf/locale/en/LC_MESSAGES/django.po"
    yield django_itself / "contrib/auth/locale/en/LC_MESSAGES/django.po"
    yield accounts / "locale/en/LC_MESSAGES/django.po"


def _read(place: Path) -> Catalog:
    return read_po(io.BytesIO(place.read_bytes()), locale="en")
