"""manage.py verify_log SLUG: check a workshop's log and hold its tables beside it. Exit code 0 or 1."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from sessions_app.models import Workshop
from sessions_app.verification import verify

SHOWN = 100


class Command(BaseCommand):
    help = "Check that a workshop's log is gapless and whole, and that the tables say the same."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug")

    def handle(self, *args: Any, slug: str, **options: Any) -> None:
        count = 0
        try:
            for count, finding in enumerate(verify(slug), start=1):
                if count <= SHOWN:
                    self.stdout.write(str(finding))
        except Workshop.DoesNotExist as trouble:
            raise CommandError(f"There is no workshop {slug!r}.") from trouble
        if count:
            more = f" Only the first {SHOWN} are shown." if count > SHOWN else ""
            raise CommandError(f"{slug}: {count} things are wrong.{more}")
        head = Workshop.objects.values_list("head_seq", flat=True).get(slug=slug)
        self.stdout.write(f"{slug}: {head} events, gapless, and the tables agree.")
