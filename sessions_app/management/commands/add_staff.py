"""manage.py add_staff EMAIL --name NAME: an account for somebody who will lead, help or do research."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from sessions_app.errors import Refused
from sessions_app.operations.staff import add_staff


class Command(BaseCommand):
    help = "Add a staff account. Its owner signs in with a code by mail; no password is set."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", required=True, help="the person's name, as others should read it")

    def handle(self, *args: Any, email: str, name: str, **options: Any) -> None:
        try:
            user, is_new = add_staff(email=email, name=name)
        except Refused as trouble:
            raise CommandError(str(trouble.message)) from trouble
        if is_new:
            self.stdout.write(f"{user.get_full_name()} can sign in as {user.email}: choose “Send me a code instead”.")
        else:
            self.stdout.write(f"{user.email} has an account already; it stays as it is.")
