"""manage.py demo_workshop: load the sample workshop, with its dates moved to today."""

import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from sessions_app.models import Contribution, Workshop
from sessions_app.sample import Stage, load_sample, newest_sample, next_slug


class Command(BaseCommand):
    help = "Load the sample workshop Heart of the Matter, unless it is here already."

    def add_arguments(self, parser: ArgumentParser) -> None:
        stages = [stage.value for stage in Stage]
        parser.add_argument("--stage", choices=stages, default=Stage.LIVE, help="how far the story has come")
        parser.add_argument("--seed", type=int, default=1, help="decides what the story leaves to chance")
        parser.add_argument("--fresh", action="store_true", help="add another one beside those that are here")

    def handle(self, *args: Any, stage: str, seed: int, fresh: bool, **options: Any) -> None:
        workshop = None if fresh else newest_sample()
        if workshop is not None:
            self.stdout.write(f"{workshop.slug} is here already and stays as it is. Another one: --fresh")
            return
        began = time.monotonic()
        workshop = load_sample(stage=Stage(stage), seed=seed, slug=next_slug())
        self.tell(workshop, stage, time.monotonic() - began)

    def tell(self, workshop: Workshop, stage: str, seconds: float) -> None:
        words = Contribution.objects.filter(dialogue__activity__workshop=workshop, from_group=None).count()
        people = workshop.participants.count()
        self.stdout.write(
            f"{workshop.slug} is loaded, stage {stage}: {people} people, {words} contributions, "
            f"{workshop.head_seq} events in {seconds:.1f} s. Code between the meetings: {workshop.code}"
        )
        if settings.DEMO:
            for role in ("facilitator", "citizen", "researcher"):
                self.stdout.write(f"  {role:<12} {settings.PUBLIC_URL}/demo/{role}/")
