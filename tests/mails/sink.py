"""A mail server for tests that takes mails in, or cuts the line at the place that a test names."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from socket import socket

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass
class Sink:
    """`cut` is where it breaks off: connect, mail, rcpt, mid (in the middle of the words), data (after them, without
    an answer), after (once it took them), quit; or an answer to give, such as "rcpt 450 busy" or "data 450 busy".

    `mails` are those that it took for good. `choose` picks a new cut for each caller; `takes` is how long a mail takes.
    """

    cut: str = ""
    choose: Callable[[], str] | None = None
    takes: float = 0
    mails: list[EmailMessage] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    heard: int = 0  # how often it heard all words of a mail

    async def handle_EHLO(self, server: SMTP, session: Session, envelope: Envelope, name: str, responses: list[str]):
        session.host_name = name
        session.cut = self.choose() if self.choose is not None else ""
        self.breaks("connect", server)
        return responses

    async def handle_MAIL(self, server: SMTP, session: Session, envelope: Envelope, address: str, options) -> str:
        if refusal := self.breaks("mail", server):
            return refusal
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, options) -> str:
        if refusal := self.breaks("rcpt", server):
            return refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        self.heard += 1
        await asyncio.sleep(self.takes)
        if refusal := self.breaks("data", server):
            return refusal
        self.recipients += envelope.rcpt_tos
        self.mails.append(message_from_bytes(envelope.content, policy=default))
        self.breaks("after", server)
        return "250 OK"

    async def handle_QUIT(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        self.breaks("quit", server)
        return "221 Bye"

    def breaks(self, stage: str, server: SMTP) -> str:
        """Cut the line if it is to be cut at STAGE; else the refusal that is to be given there, or nothing."""
        cut = server.session.cut or self.cut
        if cut == stage:
            server.transport.abort()
            raise asyncio.CancelledError
        return cut.removeprefix(f"{stage} ") if cut.startswith(f"{stage} ") else ""


class Cutting(SMTP):
    async def smtp_DATA(self, arg: str) -> None:
        if (self.session.cut or self.event_handler.cut) == "mid":
            await self.push("354 Go on")
            await self._reader.readuntil(b"\r\n")
            self.transport.abort()
            raise asyncio.CancelledError
        await super().smtp_DATA(arg)


class Server(Controller):
    def factory(self) -> SMTP:
        return Cutting(self.handler, **self.SMTP_kwargs)


@contextmanager
def sink_on_a_port(cut: str = "") -> Iterator[tuple[Sink, int]]:
    sink = Sink(cut)
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Server(sink, hostname="127.0.0.1", port=port)
    server.start()
    try:
        yield sink, port
    finally:
        server.stop()


@contextmanager
def sink_at_work(settings, cut: str = "") -> Iterator[Sink]:
    """A mail server on a free port, with Django's settings pointed at it."""
    with sink_on_a_port(cut) as (sink, port):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        yield sink
