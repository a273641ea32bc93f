"""manage.py mail_listener: a small LMTP (or SMTP) server that takes answers by mail until it is stopped."""

import asyncio
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from sessions_app.inbox.listener import serve


class Command(BaseCommand):
    help = "Take answers by mail from the mail server of the house: LMTP, or SMTP with --smtp."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="no more open than this without a firewall")
        parser.add_argument("--port", type=int, default=8024)
        parser.add_argument("--smtp", action="store_true", help="SMTP instead of LMTP")

    def handle(self, *args: Any, host: str, port: int, smtp: bool, **options: Any) -> None:
        asyncio.run(serve(host, port, is_lmtp=not smtp, ready=lambda number: self._say(host, number)))

    def _say(self, host: str, port: int) -> None:
        self.stdout.write(f"Listening on {host}:{port}.")
        self.stdout.flush()
