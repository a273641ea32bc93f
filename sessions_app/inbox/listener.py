"""The server road: a small LMTP or SMTP server to which the mail server of the house hands on what is ours."""

import asyncio
import logging
import signal
from collections.abc import Callable
from typing import Any, TypeVar

from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP, Envelope, Session
from asgiref.sync import sync_to_async
from django.db import connection

from sessions_app.inbox.receiving import Fate, is_known, receive
from sessions_app.operations.limits import may_refuse_mail

logger = logging.getLogger(__name__)
LARGEST = 36 * 1024 * 1024  # bytes; a photo or two. Less of it is read, and more is refused before it comes
RECIPIENTS = 10
LATER, GONE, TAKEN = "451 4.3.0 Try again later", "550 5.1.1 No such address, or not any more", "250 2.0.0 Taken"
T = TypeVar("T")


class Taker:
    """Answers for each address whether we know it, and takes mails for those that we know."""

    def __init__(self, *, is_lmtp: bool) -> None:
        self.is_lmtp = is_lmtp

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if len(envelope.rcpt_tos) >= RECIPIENTS:
            return "452 4.5.3 Too many at once"
        try:
            is_taken = await _in_a_thread(lambda: is_known(address) or not may_refuse_mail())
        except Exception:  # the sender's server keeps the mail and tries again
            logger.exception("An address could not be looked up")
            return LATER
        if not is_taken:  # a server before us tells the sender, who is mostly forged: so a few times only
            return GONE
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        content = envelope.content if isinstance(envelope.content, bytes) else str(envelope.content or "").encode()
        sender, recipients = envelope.mail_from, list(envelope.rcpt_tos)
        try:
            fate = await _in_a_thread(lambda: receive(content, envelope_from=sender, envelope_to=recipients))
            answer = GONE if fate == Fate.UNKNOWN else TAKEN
        except Exception:
            logger.exception("A mail could not be received")
            answer = LATER
        return "\r\n".join([answer] * len(recipients)) if self.is_lmtp else answer  # RFC 2033: one for each


async def serve(host: str, port: int, *, is_lmtp: bool, ready: Callable[[int], None]) -> None:
    """Take mails until SIGTERM or Ctrl-C; READY hears the port on which we listen."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: protocol(loop, is_lmtp=is_lmtp), host, port)
    stop = asyncio.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(sign, stop.set)
    ready(server.sockets[0].getsockname()[1])
    await stop.wait()
    server.close()


def protocol(loop: asyncio.AbstractEventLoop, *, is_lmtp: bool) -> SMTP:
    kind = LMTP if is_lmtp else SMTP
    options: dict[str, Any] = {"data_size_limit": LARGEST, "timeout": 60, "ident": "coproduction", "loop": loop}
    return kind(Taker(is_lmtp=is_lmtp), **options)


async def _in_a_thread(call: Callable[[], T]) -> T:
    def called() -> T:
        try:
            return call()
        finally:
            connection.close()

    return await sync_to_async(called, thread_sensitive=False)()
