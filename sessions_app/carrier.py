"""Carries one mail to the server, and tells how sure it is of what became of it."""

import smtplib
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.smtp import EmailBackend as Smtp
from django.utils.encoding import punycode


class Outcome(StrEnum):
    SENT = "sent"
    AWAY = "away"  # surely not sent: the server does not speak to us, whoever the mail is for
    LATER = "later"  # surely not sent; it may be tried again
    REFUSED = "refused"  # surely not sent, and trying again would not help
    UNCLEAR = "unclear"  # some of it left, and no answer came


@dataclass(frozen=True, slots=True)
class Carried:
    outcome: Outcome
    reply: str = ""


def carry(mail: EmailMultiAlternatives, *, before_words: Callable[[], None]) -> Carried:
    """Give MAIL, to one person, to the mail server; call BEFORE_WORDS when nothing but its words is left to be sent.

    Whatever goes wrong before that is AWAY, LATER or REFUSED; whatever ends without an answer after it is UNCLEAR.
    """
    backend = get_connection(fail_silently=False)
    if not isinstance(backend, Smtp):
        before_words()
        backend.send_messages([mail])
        return Carried(Outcome.SENT)
    words = mail.message().as_bytes(linesep="\r\n")  # type: ignore[call-arg]
    try:
        backend.open()
    except (OSError, smtplib.SMTPException) as trouble:
        return Carried(Outcome.AWAY, _said(trouble))
    server = backend.connection
    assert server is not None  # noqa: S101  -- open() has made it
    try:
        return _addressed(server, mail.to[0]) or _spoken(server, words, before_words)
    finally:
        _leave(server)


def _addressed(server: smtplib.SMTP, address: str) -> Carried | None:
    """Why the server does not want a mail from us (then it is away), or one for ADDRESS; None when it does."""
    try:
        server.ehlo_or_helo_if_needed()
        code, reply = server.mail(_bare(settings.DEFAULT_FROM_EMAIL))
        if code != 250:
            return Carried(Outcome.AWAY, _line(code, reply))
        code, reply = server.rcpt(_bare(address))
    except (OSError, smtplib.SMTPException) as trouble:
        return Carried(Outcome.AWAY, _said(trouble))
    return None if code in {250, 251} else Carried(_soon(code), _line(code, reply))


def _spoken(server: smtplib.SMTP, words: bytes, before_words: Callable[[], None]) -> Carried:
    before_words()
    try:
        code, reply = server.data(words)
    except smtplib.SMTPDataError as trouble:  # it did not want to hear them
        return Carried(_soon(trouble.smtp_code), _said(trouble))
    except (OSError, smtplib.SMTPException) as trouble:
        return Carried(Outcome.UNCLEAR, _said(trouble))
    if 200 <= code < 300:
        return Carried(Outcome.SENT, _line(code, reply))
    return Carried(_soon(code) if code >= 400 else Outcome.UNCLEAR, _line(code, reply))


def _soon(code: int) -> Outcome:
    return Outcome.REFUSED if code >= 500 else Outcome.LATER


def _said(trouble: Exception) -> str:
    if isinstance(trouble, smtplib.SMTPResponseException):
        return _line(trouble.smtp_code, trouble.smtp_error)
    return type(trouble).__name__


def _line(code: int, reply: bytes | str) -> str:
    text = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else str(reply)
    return f"{code} {text}".replace("\x00", "")


def _bare(address: str) -> str:
    """The address alone, its domain in the letters that every server knows."""
    local, _at, domain = address.rpartition("<")[2].rstrip(">").strip().rpartition("@")
    return f"{local}@{punycode(domain)}"


def _leave(server: smtplib.SMTP) -> None:
    """Say goodbye; whether the other side hears it changes nothing."""
    try:
        server.quit()
    except (OSError, smtplib.SMTPException):
        server.close()
