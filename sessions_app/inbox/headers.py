"""Headers of a mail as text on one line, whatever their bytes are."""

from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message

LONGEST = 400


def header(message: Message, name: str) -> str:
    """The header called NAME; nothing when there is none."""
    value = message.get(name)
    return printable(value) if value is not None else ""


def printable(value: object) -> str:
    """VALUE with encoded words read, on one line, without signs that one cannot see."""
    try:
        text = str(make_header(decode_header(value)))  # type: ignore[arg-type]
    except (HeaderParseError, LookupError, UnicodeError, ValueError):
        text = str(value)
    spaced = " ".join(text.split())
    return "".join(sign for sign in spaced if sign.isprintable())[:LONGEST]
