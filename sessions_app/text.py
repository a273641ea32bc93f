"""What people type, made safe to keep: the same rules for forms, sockets, mail and import."""

import unicodedata
from collections.abc import Container

import regex
from confusable_homoglyphs.confusables import confusables_data
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from sessions_app.errors import BadText, TooLong

BODY_GRAPHEMES = 4000
NAME_GRAPHEMES = 40
BYTES_PER_GRAPHEME = 4  # on average; columns that hold a line are made for four code points a sign
BODY_BYTES = BODY_GRAPHEMES * BYTES_PER_GRAPHEME
MARKS_PER_BASE = 4
KEY_LENGTH = 100
LONGEST_ADDRESS = 254

_CONTROLS = regex.compile(r"[\p{Cc}--[\n\t]]", regex.V1)
_SURROGATES = regex.compile(r"\p{Cs}")
# Default-ignorables cannot be seen; among them are the signs that turn the words around them.
_INVISIBLE = regex.compile(r"\p{Default_Ignorable_Code_Point}")
# Persian, Hindi and the emoji are spelled with joiners and variants: a line keeps them, a name does not.
_HIDDEN = regex.compile(r"[\p{Default_Ignorable_Code_Point}--[\u200c\u200d\ufe00-\ufe0f]]", regex.V1)
_VISIBLE = regex.compile(r"[^\s\p{Default_Ignorable_Code_Point}\u2800]")
_ROLE_WORDS = frozenset(
    {"facilitator", "host", "scribe", "helper", "researcher", "admin", "administrator", "moderator", "system"}
    | {"guest", "someone", "you", "samtalsledare", "värd", "skrivare", "hjälpare", "forskare", "gäst", "någon", "du"}
)


def graphemes(text: str) -> int:
    """How many signs a person sees in TEXT."""
    return len(regex.findall(r"\X", text))


def clean_body(text: str, *, limit: int = BODY_GRAPHEMES) -> str:
    """TEXT as it is kept: NFC, line ends as \\n, no control signs. Raises BadText or TooLong; never cuts."""
    if _SURROGATES.search(text):
        raise BadText
    text = _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = unicodedata.normalize("NFC", text).strip()
    if not _VISIBLE.search(text):
        raise BadText(_("There is nothing in it yet. Write a word or two first."))
    if len(text.encode()) > limit * BYTES_PER_GRAPHEME or graphemes(text) > limit:
        raise TooLong
    return text


def clean_line(text: str, *, limit: int = 120) -> str:
    """One line such as a title: clean, on one line, with nothing in it that turns or hides words."""
    text = _few_marks(" ".join(_HIDDEN.sub("", clean_body(text)).split()))
    return clean_body(text, limit=limit)


def shortened(text: str, limit: int = 120) -> str:
    """The beginning of TEXT that clean_line takes, cut between two signs."""
    kept, size = [], 0
    for sign in regex.findall(r"\X", text)[:limit]:
        size += len(sign.encode("utf-8", "replace"))
        if size > limit * BYTES_PER_GRAPHEME:
            break
        kept.append(sign)
    return "".join(kept)


def clean_name(text: str) -> str:
    """What the group should call a person. Raises BadText when nothing is left or it is a role's word."""
    try:
        name = clean_line(_INVISIBLE.sub("", text), limit=NAME_GRAPHEMES)
    except TooLong as trouble:
        raise TooLong(_("That name is too long for a card. Make it shorter than 40 signs.")) from trouble
    if not any(char.isalnum() for char in name):
        raise BadText(_("Write a name with at least one letter. Any name is fine."))
    if name_key(name) in {name_key(word) for word in _ROLE_WORDS}:
        raise BadText(_("That word has a meaning here already. Choose another name."))
    return name


def clean_address(text: str) -> str:
    """An e-mail address without the blanks around it. Raises BadText for what is none."""
    address = text.strip()
    try:
        validate_email(address)
        if len(address) > LONGEST_ADDRESS:
            raise ValidationError("too long")
    except ValidationError as trouble:
        raise BadText(_("That is not an e-mail address. It looks like name@example.org."), field="email") from trouble
    return address


def free_name(name: str, taken: Container[str]) -> tuple[str, str]:
    """NAME and its key, so that the key is not TAKEN: the second "Ana" becomes "Ana (2)"."""
    stem, number = name_key(name), 1
    key = stem
    while key in taken:
        number += 1
        key = f"{stem} {name_key(f'({number})')}"
    return (name if number == 1 else f"{name} ({number})"), key


def name_key(name: str) -> str:
    """NAME with look-alike letters read as one, so that two people can't seem to be the same."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return " ".join("".join(_lookalike(char) for char in folded).split())[:KEY_LENGTH]


def _lookalike(char: str) -> str:
    if char.isascii():
        return {"0": "o", "1": "l", "|": "l", "i": "l"}.get(char, char)
    for other in confusables_data.get(char, ()):
        if other["c"].isascii() and other["c"].isalnum():
            return _lookalike(other["c"].casefold())
    return char


def _few_marks(text: str) -> str:
    """TEXT with at most a handful of marks on one letter: towers of them cover the lines above."""
    kept, marks = [], 0
    for char in text:
        kind = unicodedata.category(char)
        marks = marks + 1 if kind in {"Mn", "Me"} else marks if kind == "Mc" else 0
        if marks <= MARKS_PER_BASE:
            kept.append(char)
    return "".join(kept)
