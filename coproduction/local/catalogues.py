"""Translation catalogues without the gettext programs: python -m coproduction.local.catalogues extract|compile|check.

`extract` collects the texts of Python files and templates and updates locale/LANGUAGE/LC_MESSAGES/django.po;
`compile` writes the django.mo beside it when the .po is newer; `check` says what keeps a language from being whole.
"""

import io
import os
import re
import sys
import warnings
from collections import Counter
from collections.abc import Container, Iterable, Iterator
from gettext import c2py  # how gettext itself reads Plural-Forms
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po, write_po
from django.utils.translation.template import templatize

from .trouble import LocalTrouble

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("coproduction", "sessions_app", "eaa")
TEMPLATE_ENDINGS = {".html", ".txt", ".svg", ".xml"}


def _named(place: str, names: str) -> list[str]:
    """PLACE with each of NAMES where its star is."""
    return [place.replace("*", name) for name in names.split()]


# What only hosts and researchers meet. Everything else is for citizens too and must be there in every language.
STAFF_ONLY = (
    *_named(
        "eaa/*.py",
        "stages verbs codebooks queries/grid queries/measured models/coding forms/codes views/codes views/coding",
    ),
    *_named("eaa/*.py", "operations/codes operations/coding views/importing"),
    *_named("templates/eaa/*.html", "codebook code code_words coders coding grid import_codes"),
    *_named("sessions_app/*.py", "accounts blueprints methods pretend verbs"),
    *_named("sessions_app/models/*.py", "duty export"),
    *_named("sessions_app/operations/*.py", "exports"),
    *_named("sessions_app/*.py", "lists outbox"),
    *_named("templates/mail/*.html", "batch outbox preview work"),
    *_named("sessions_app/forms/*.py", "accounts blueprints lists meetings workshops wrapups"),
    *_named(
        "sessions_app/queries/*.py",
        "advice ballots consoles invitations measured pictures plans records replays saved_plans starting wrapups",
    ),
    *_named(
        "sessions_app/operations/*.py",
        "activities ballots blueprints cancelling carrying circles dialogues hosting methods practice saved_plans",
    ),
    *_named("sessions_app/operations/*.py", "editions presses running sessions staff translations windows"),
    *_named(
        "sessions_app/views/*.py", "ballots blueprints consoles demo groups meetings people practice steps threads"
    ),
    *_named("sessions_app/views/*.py", "exports workshops wrapups"),
    *_named("sessions_app/*.py", "addressees mail_gallery"),
    *_named("sessions_app/*/letters.py", "forms operations views"),
    *_named("templates/mail/*.html", "kinds letter"),
    *_named("templates/*/", "account allauth console demo exports mfa plan records replay sharing"),
    *_named("templates/answers/*.html", "ballots objections"),
    *_named("templates/groups/*.html", "change groups minutes move row"),
    *_named("templates/help/*.html", "facilitator helper researcher"),
    *_named("templates/home/*.html", "blueprints cards close_workshop home start workshop_form"),
    *_named("templates/people/*.html", "adding found people remove roles"),
    *_named("sessions_app/operations/*.py", "importing parking"),
    *_named("sessions_app/views/*.py", "invitations work"),
    *_named("sessions_app/queries/*.py", "imports"),
    *_named("templates/threads/*.html", "new"),
    *_named("sessions_app/operations/*.py", "halls"),
    *_named("sessions_app/views/*.py", "halls packs"),
    *_named("templates/hall/*.html", "aloud pack paper slips"),
)
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_noop": None,
    "gettext_lazy": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
# These change with every run and would make every update a conflict.
NOISY_HEADERS = ("POT-Creation-Date", "PO-Revision-Date", "Generated-By", "Last-Translator", "Language-Team")
PLACEHOLDER = re.compile(r"%(?:\(([^)]*)\))?[-#0+]*\d*(?:\.\d+)?([a-zA-Z%])|\{(\w*)\}")


def collect(root: Path) -> Catalog:
    """All texts of the project under `root`, as Django looks them up when it runs."""
    catalogue = Catalog()
    for path in _sources(root):
        source = path.read_text()
        name = path.relative_to(root).as_posix()
        if path.suffix != ".py":
            source = _template_as_python(source, name)
        for _line, ids, comments, context in extract(
            "python", io.BytesIO(source.encode()), KEYWORDS, ["Translators:"], {"encoding": "utf-8"}
        ):
            catalogue.add(ids, locations=[(name, 0)], auto_comments=comments, context=context)
    return catalogue


def update(root: Path, languages: Iterable[str], citizens: Container[str] = ()) -> Iterator[tuple[str, int]]:
    """Bring the catalogue of each language up to date. Yields the language and how many texts wait for translation.

    CITIZENS names the languages that are for citizens' pages only.
    """
    template = collect(root)
    for language in languages:
        file = _po(root, language)
        file.parent.mkdir(parents=True, exist_ok=True)
        catalogue = _read(file, language)
        catalogue.update(template, no_fuzzy_matching=True)
        file.write_text(_written(catalogue))
        yield language, sum(not _is_whole(message, language in citizens) for message in catalogue if message.id)


def compile_newer(root: Path = ROOT) -> list[str]:
    """Write the .mo of every .po that is newer. Returns the languages that were compiled."""
    compiled = []
    for file in sorted(root.glob("locale/*/LC_MESSAGES/django.po")):
        target = file.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns >= file.stat().st_mtime_ns:
            continue
        language = file.parent.parent.name
        half = target.with_suffix(f".{os.getpid()}")  # another process may read it at this moment
        with half.open("wb") as output:
            write_mo(output, _read(file, language))
        half.rename(target)
        compiled.append(language)
    return compiled


def problems(root: Path, languages: Iterable[str], citizens: Container[str] = ()) -> Iterator[str]:
    """One line for everything that keeps a catalogue from being whole."""
    template = {_key(message): message for message in collect(root) if message.id}
    for language in languages:
        read = _read(_po(root, language), language)
        catalogue, lone = {_key(message): message for message in read if message.id}, _lone_forms(read.plural_expr)
        for key, message in template.items():
            if key not in catalogue:
                yield f"{language}: missing, run `make messages`: {_shown(message)}"
        for key, message in catalogue.items():
            if key not in template:
                yield f"{language}: used nowhere, run `make messages`: {_shown(message)}"
            elif message.fuzzy:
                yield f"{language}: marked as fuzzy: {_shown(message)}"
            elif not _is_whole(message, language in citizens):
                yield f"{language}: not translated: {_shown(message)}"
            elif difference := _difference(message, lone):
                yield f"{language}: {difference}: {_shown(message)}"


def _sources(root: Path) -> Iterator[Path]:
    for package in PACKAGES:
        for path in sorted((root / package).rglob("*")):
            is_template = path.suffix in TEMPLATE_ENDINGS and "templates" in path.parts
            if (path.suffix == ".py" and "migrations" not in path.parts) or is_template:
                yield path
    yield from sorted(path for path in (root / "templates").rglob("*") if path.suffix in TEMPLATE_ENDINGS)


def _template_as_python(source: str, name: str) -> str:
    """What Django hands to xgettext; the brackets make the page's indentation meaningless to Python's tokenizer."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            return f"(\n{templatize(source, origin=name)}\n)"
        except (SyntaxError, Warning) as error:
            raise LocalTrouble(f"The texts of {name} cannot be collected: {error}") from error


def _po(root: Path, language: str) -> Path:
    return root / "locale" / language.replace("-", "_") / "LC_MESSAGES" / "django.po"


def _read(file: Path, language: str) -> Catalog:
    if not file.exists():
        return Catalog(locale=language, fuzzy=False)
    try:
        with file.open("rb") as source:
            catalogue = read_po(source, locale=language, abort_invalid=True)
    except (PoFileError, ValueError) as error:
        raise LocalTrouble(
            f"The catalogue {file} cannot be read: {error} Correct that line, then try again."
        ) from error
    catalogue.fuzzy = False
    return catalogue


def _written(catalogue: Catalog) -> str:
    catalogue.header_comment = "# Update with `make messages`."
    buffer = io.BytesIO()
    write_po(buffer, catalogue, width=100, sort_by_file=True, ignore_obsolete=True, include_lineno=False)
    lines = buffer.getvalue().decode().splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith(tuple(f'"{name}:' for name in NOISY_HEADERS)))


def _key(message: Message) -> tuple[str | None, str]:
    return message.context, _ids(message)[0]


def _ids(message: Message) -> tuple[str, ...]:
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def _strings(message: Message) -> tuple[str, ...]:
    return tuple(message.string) if isinstance(message.string, list | tuple) else (message.string or "",)


def _is_translated(message: Message) -> bool:
    return all(_strings(message)) and isinstance(message.id, str) == isinstance(message.string, str)


def _is_whole(message: Message, is_for_citizens: bool) -> bool:
    """Translated, or allowed to stay in English because no citizen meets it."""
    return _is_translated(message) or (
        is_for_citizens
        and not any(_strings(message))
        and all(name.startswith(STAFF_ONLY) for name, _ in message.locations)
    )


def _lone_forms(plural: str) -> set[int]:
    """The plural forms that stand for one number only, such as Arabic's for 0, 1 and 2; they may say it in words."""
    form_of = c2py(plural)
    used = Counter(form_of(number) for number in range(200))
    return {form for form, times in used.items() if times == 1}


def _shown(message: Message) -> str:
    places = ", ".join(sorted({name for name, _line in message.locations})) or "no file"
    return f"{_ids(message)[0]!r} ({places})"


def _difference(message: Message, lone: Container[int]) -> str:
    """What differs between a text and its translation that must not, in words."""
    ids, strings = _ids(message), _strings(message)
    allowed = [_placeholders(text) for text in ids]
    for number, string in enumerate(strings):
        if not string:
            continue
        # A form for one number only may say it in words, or not at all; all others need what the plural has.
        found = _placeholders(string)
        says_it = len(ids) > 1 and number in lone and any(sorted([*found, name]) == allowed[-1] for name in allowed[-1])
        if found not in allowed[-1:] and not says_it:
            return f"placeholders differ in {string!r}"
        if _edges(string) != _edges(ids[0]):
            return f"line breaks at the start or end differ in {string!r}"
    return ""


def _placeholders(text: str) -> list[str]:
    return sorted(match[0] for match in PLACEHOLDER.finditer(text) if match[0] != "%%")


def _edges(text: str) -> tuple[bool, bool]:
    return text.startswith("\n"), text.endswith("\n")


def _languages() -> tuple[list[str], set[str]]:
    """The languages of the settings but the one that the texts are written in; and those for citizens' pages only."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coproduction.settings")
    os.environ.setdefault("SECRET_KEY", "not needed for translating")
    from django.conf import settings  # it reads what was set just now

    codes = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
    return codes, set(codes) - set(settings.STAFF_LANGUAGES)


def main(command: str = "", *_rest: str) -> None:
    if command == "extract":
        for language, waiting in update(ROOT, *_languages()):
            print(
                f"locale/{language}: {waiting} texts wait for translation." if waiting else f"locale/{language}: whole."
            )
    elif command == "compile":
        for language in compile_newer():
            print(f"Compiled the texts in {language}.")
    elif command == "check":
        found = list(problems(ROOT, *_languages()))
        print("\n".join(found))
        sys.exit(1 if found else 0)
    else:
        sys.exit("Say what to do: extract, compile or check.")


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except LocalTrouble as trouble:
        sys.exit(str(trouble))
