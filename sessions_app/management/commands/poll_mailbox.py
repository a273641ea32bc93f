"""manage.py poll_mailbox: fetch the answers that wait in the IMAP mailbox of MAILBOX_URL, once."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from sessions_app.inbox.mailbox import Unreachable, poll


class Command(BaseCommand):
    help = "Fetch the answers that wait in the mailbox, once; celery beat does it every minute."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.MAILBOX_URL:
            raise CommandError("MAILBOX_URL is empty. It looks like imaps://user:password@host/INBOX.")
        try:
            fates = poll(settings.MAILBOX_URL)
        except Unreachable as trouble:
            raise CommandError(f"The mailbox can't be opened: {trouble}") from trouble
        told = ", ".join(f"{count} {fate}" for fate, count in sorted(fates.items()))
        self.stdout.write(told or "No mail.")
