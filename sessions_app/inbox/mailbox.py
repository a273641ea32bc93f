"""The mailbox road: an IMAP folder from which unread mails are fetched, one after the other."""

import imaplib
import logging
import re
from collections import Counter
from urllib.parse import unquote, urlsplit

from django.db import InterfaceError, OperationalError

from sessions_app.inbox.message import READ
from sessions_app.inbox.receiving import Fate, receive

logger = logging.getLogger(__name__)
TIMEOUT = 20  # seconds
BATCH = 100  # mails in one visit
FOLDER = re.compile(r'[^"\\\r\n]+')


class Unreachable(Exception):
    """The mailbox could not be opened."""


def poll(url: str) -> Counter[Fate]:
    """Receive what lies unread in the mailbox at URL, and mark it as read. Returns how many came to which end.

    A mail is marked after it was received, so one that was interrupted comes again, and counts once. One on which we
    fail is marked as important and read: it must not keep the others waiting. Raises Unreachable.
    """
    fates: Counter[Fate] = Counter()
    try:
        server = _opened(url)
        try:
            for number in _unread(server):
                raw = _fetched(server, number)
                fate = _received(raw, number) if raw is not None else None
                if fate is not None:
                    fates[fate] += 1
                server.uid("STORE", number, "+FLAGS", r"(\Seen)" if fate is not None else r"(\Seen \Flagged)")
        finally:
            server.logout()
    except (OSError, imaplib.IMAP4.error) as trouble:
        raise Unreachable(type(trouble).__name__) from trouble
    return fates


def _opened(url: str) -> imaplib.IMAP4:
    where = urlsplit(url)
    folder = unquote(where.path.strip("/")) or "INBOX"
    if where.scheme not in {"imaps", "imap"} or not where.hostname or not FOLDER.fullmatch(folder):
        raise Unreachable("MAILBOX_URL looks like imaps://user:password@host/INBOX.")
    if where.scheme == "imaps":
        server: imaplib.IMAP4 = imaplib.IMAP4_SSL(where.hostname, where.port or 993, timeout=TIMEOUT)
    else:
        server = imaplib.IMAP4(where.hostname, where.port or 143, timeout=TIMEOUT)
    try:
        server.login(unquote(where.username or ""), unquote(where.password or ""))
        found, _answer = server.select(f'"{folder}"')
        if found != "OK":
            raise Unreachable("There is no such folder.")
    except BaseException:
        server.shutdown()
        raise
    return server


def _unread(server: imaplib.IMAP4) -> list[str]:
    _found, answer = server.uid("SEARCH", "UNSEEN")
    return [number.decode("ascii") for line in answer if line for number in line.split()][:BATCH]


def _fetched(server: imaplib.IMAP4, number: str) -> bytes | None:
    """The beginning of a mail: no more of it is ever read."""
    _found, answer = server.uid("FETCH", number, f"(BODY.PEEK[]<0.{READ + 1}>)")
    parts = [part[1] for part in answer if isinstance(part, tuple)]
    return parts[0] if parts else None


def _received(raw: bytes, number: str) -> Fate | None:
    try:
        return receive(raw)
    except (OperationalError, InterfaceError):
        raise  # all of them have to wait
    except Exception:  # one mail that nobody expected must not stop the others
        logger.exception("A mail could not be received", extra={"uid": number})
        return None
