"""manage.py export_workshop SLUG --output FILE.zip: what researchers get, with consent as it is at this moment."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from sessions_app.errors import Refused
from sessions_app.models import Workshop
from sessions_app.operations.exports import export_to


class Command(BaseCommand):
    help = "Write the research export of a workshop: only of those who say yes to research, under pseudonyms."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug")
        parser.add_argument("--output", required=True, type=Path, metavar="FILE.zip")

    def handle(self, *args: Any, slug: str, output: Path, **options: Any) -> None:
        workshop = Workshop.objects.filter(slug=slug, removed_at=None).first()
        if workshop is None:
            raise CommandError(f"There is no workshop {slug!r}.")
        if not output.parent.is_dir():
            raise CommandError(f"There is no folder {output.parent}.")
        try:
            export = export_to(workshop=workshop, target=output)
        except Refused as refusal:
            cause = f" ({refusal.__cause__})" if refusal.__cause__ else ""
            raise CommandError(f"{refusal.message}{cause}") from refusal
        self.stdout.write(f"{output}: export {export.export_id}, {export.size} bytes, sha256 {export.sha256}")
