"""manage.py new_epoch: to be called once after a backup has been restored, before people are let in again."""

from typing import Any

from django.core.management.base import BaseCommand

from sessions_app.operations.restoring import begin_new_epochs


class Command(BaseCommand):
    help = "After a restore: make every open page fetch a fresh one, since the numbers that it remembers are void."

    def handle(self, *args: Any, **options: Any) -> None:
        count = begin_new_epochs()
        self.stdout.write(f"{count} workshops have a new epoch; open pages fetch a fresh one within a few seconds.")
