"""One mail as it came in: who wrote it, to whom, in which words, and whether a program sent it. It never raises."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from email.parser import BytesHeaderParser
from email.utils import getaddresses

from sessions_app.inbox.charsets import decoded
from sessions_app.inbox.headers import header, printable
from sessions_app.inbox.lines import unflowed
from sessions_app.inbox.markup import text_of
from sessions_app.inbox.robots import is_automatic

READ = 2 * 1024 * 1024  # what people write stands before their pictures; of a mail of 30 MB no more is read
PARTS = 60  # a mail with more parts than this, or deeper ones, was made to harm
DEPTH = 12
SIGNATURES = frozenset({"application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature"})
TO = ("To", "Cc", "Delivered-To", "X-Original-To", "X-Envelope-To", "Envelope-To", "Resent-To")


@dataclass(frozen=True, slots=True)
class Written:
    """Words of a mail. `is_wrapped`: lines may have been broken by a program where the writer did not."""

    text: str = ""
    is_wrapped: bool = False


@dataclass(frozen=True, slots=True)
class Incoming:
    """`sender` is the one address that it says it is from, or nothing. `is_cut`: it was longer than we read."""

    message_id: str
    sender: str
    sender_name: str
    recipients: tuple[str, ...]
    written: Written
    has_files: bool
    is_automatic: bool
    is_cut: bool


def read(raw: bytes, *, envelope_from: str | None = None, envelope_to: Sequence[str] = ()) -> Incoming:
    """RAW, one mail. To whom the envelope says goes before its headers; an empty `envelope_from` is a bounce's."""
    message = _parsed(raw[:READ])
    names = _addresses(message, ["From"])
    sender = names[0] if len(names) == 1 else ("", "")
    words, files = _read_parts(message)
    given = dict.fromkeys(address for _name, address in _addresses(message, TO))
    return Incoming(
        message_id=_number(message, raw),
        sender=sender[1].casefold(),
        sender_name=sender[0],
        recipients=tuple(dict.fromkeys(one.strip("<> ").casefold() for one in envelope_to) or given),
        written=words,
        has_files=files,
        is_automatic=is_automatic(message, envelope_from, sender[1]),
        is_cut=len(raw) > READ,
    )


def _parsed(raw: bytes) -> Message:
    """RAW with its parts, or its headers alone when there are too many parts."""
    if raw.lower().count(b"boundary=") > PARTS:
        return BytesHeaderParser().parsebytes(raw)
    try:
        return message_from_bytes(raw)
    except (RecursionError, ValueError, LookupError):
        return BytesHeaderParser().parsebytes(raw)


def _addresses(message: Message, names: Sequence[str]) -> list[tuple[str, str]]:
    """Names and addresses in the headers called NAMES; what is no address is left out."""
    values = [str(value) for name in names for value in message.get_all(name, [])]
    found = getaddresses([" ".join(value.split()) for value in values][:100])
    plain = [(name, address.strip().casefold()) for name, address in found if "@" in address]
    return [(printable(name), address) for name, address in plain if address.isprintable() and " " not in address]


def _number(message: Message, raw: bytes) -> str:
    """By what the same mail is known on every road: its Message-ID, or a digest when it has none."""
    given = header(message, "Message-ID").strip("<> ")
    return given[:400] if given else f"digest:{hashlib.sha256(raw).hexdigest()}"


def _read_parts(message: Message) -> tuple[Written, bool]:
    """The words of MESSAGE, and whether somebody put a file or a picture with them."""
    try:
        found = [part for part in _inline(message, 0) if part.text.strip()]
        files = any(_is_file(part, parent) for part, parent in _walk(message, None, 0))
    except RecursionError:
        return Written(), False
    words = "\n\n".join(part.text.strip("\n") for part in found)
    return Written(words, any(part.is_wrapped for part in found)), files


def _inline(part: Message, depth: int) -> Iterator[Written]:
    kind, children = part.get_content_type(), part.get_payload()
    if depth > DEPTH or _is_set_aside(part) or kind == "message/rfc822":
        return
    if not isinstance(children, list):
        if kind in {"text/plain", "text/html"}:
            yield _words_of(part)
        return
    parts = [child for child in children if isinstance(child, Message)]
    if kind == "multipart/alternative":
        yield from _best(parts, depth)
        return
    for child in parts[:PARTS]:
        yield from _inline(child, depth + 1)


def _best(parts: list[Message], depth: int) -> Iterator[Written]:
    """Of several ways to say the same the plain one, or the next that says anything."""
    for child in sorted(parts[:PARTS], key=lambda one: one.get_content_type() != "text/plain"):
        found = list(_inline(child, depth + 1))
        if any(one.text.strip() for one in found):
            yield from found
            return


def _words_of(part: Message) -> Written:
    payload = part.get_payload(decode=True)
    text = decoded(payload if isinstance(payload, bytes) else b"", part.get_content_charset())
    if part.get_content_type() == "text/html":
        return Written(text_of(text))
    if str(part.get_param("format") or "").lower() == "flowed":
        return Written(unflowed(text, delsp=str(part.get_param("delsp") or "").lower() == "yes"))
    return Written(text, is_wrapped=True)


def _walk(part: Message, parent: Message | None, depth: int) -> Iterator[tuple[Message, Message | None]]:
    yield part, parent
    children = part.get_payload()
    if isinstance(children, list) and depth <= DEPTH and part.get_content_type() != "message/rfc822":
        for child in children[:PARTS]:
            if isinstance(child, Message):
                yield from _walk(child, part, depth + 1)


def _is_set_aside(part: Message) -> bool:
    return part.get_content_disposition() == "attachment" or bool(part.get_filename())


def _is_file(part: Message, parent: Message | None) -> bool:
    """Whether PART is a file that somebody sent, and not the picture of a signature or the seal of a program."""
    kind = part.get_content_type()
    if kind in SIGNATURES or part.get_content_maintype() == "multipart":
        return False
    in_page = parent is not None and parent.get_content_type() == "multipart/related"
    if in_page and part.get_content_maintype() == "image" and part.get_content_disposition() != "attachment":
        return False
    return _is_set_aside(part) or part.get_content_maintype() != "text"
