"""manage.py receive_mail: one mail from stdin, for a mail server's pipe; its exit codes are those of sysexits.h."""

import logging
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from sessions_app.inbox.message import READ
from sessions_app.inbox.receiving import Fate, receive

logger = logging.getLogger(__name__)
TAKEN, NO_MAIL, NO_SUCH_ADDRESS, TRY_AGAIN = 0, 65, 67, 75
PIECE = 1024 * 1024


class Command(BaseCommand):
    help = "Receive one mail from stdin: 0 taken, 65 no mail, 67 no such address, 75 try again later."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--sender", help="who sent it, as the envelope says; empty for a bounce")
        parser.add_argument("--to", nargs="*", default=[], help="to whom, as the envelope says")

    def handle(self, *args: Any, sender: str | None, to: list[str], **options: Any) -> None:
        sys.exit(_taken(sender, to))


def _taken(sender: str | None, to: list[str]) -> int:
    raw = sys.stdin.buffer.read(READ + 1)
    while sys.stdin.buffer.read(PIECE):  # whoever writes into the pipe is not cut off
        pass
    if not raw.strip():
        return NO_MAIL
    try:
        fate = receive(raw, envelope_from=sender, envelope_to=to)
    except Exception:  # the mail server keeps it, and tries again
        logger.exception("A mail could not be received")
        return TRY_AGAIN
    return NO_SUCH_ADDRESS if fate == Fate.UNKNOWN else TAKEN
