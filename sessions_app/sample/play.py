"""Play the story through the operations: every cue in its order of time, each at its own moment."""

from functools import cache
from importlib import import_module
from pathlib import Path
from random import Random

import yaml
from django.db import transaction
from django.utils import timezone, translation

from sessions_app import clock, neighbours
from sessions_app.anonymity import destroy_old_keys
from sessions_app.models import Participant, Role, Session, State, Workshop
from sessions_app.operations import running
from sessions_app.policy import Actor
from sessions_app.sample import answers, meetings, people, tables, words
from sessions_app.sample.company import Company, Told
from sessions_app.sample.dates import Calendar, Stage

LOOK_AROUND = 25  # minutes
SLUG = "heart-of-the-matter"
STORY = Path(__file__).with_name(f"{SLUG}.yaml")


def load_sample(*, stage: Stage, seed: int = 1, slug: str = SLUG) -> Workshop:
    """Put the story on as a new workshop named SLUG, as far as it has come at STAGE, or nothing at all.

    SEED decides what the story leaves open: the workshop's code, and whose hands wrote the anonymous words.
    """
    company = Company(read_story(), Calendar(stage, timezone.now()), slug, Random(f"{slug} {seed}"))  # noqa: S311
    parts = [people, meetings, tables, words, answers, *map(import_module, neighbours.SAMPLE_PARTS)]
    cues = [cue for part in parts for cue in part.cues(company)]
    told_until = company.calendar.told_until
    with transaction.atomic(), translation.override("en"):
        for cue in sorted(cues, key=lambda cue: (cue.told, cue.rank)):
            if cue.told <= told_until:
                with clock.at(company.calendar.moment(cue.told)):
                    cue.act()
        if stage == Stage.LIVE:
            _give_time(company.workshop)
    destroy_old_keys()
    return Workshop.objects.get(pk=company.workshop.pk)


def _give_time(workshop: Workshop) -> None:
    """Who opens the sample shall find the step that is on still on when they have looked around."""
    session = Session.objects.select_related("workshop").get(workshop=workshop, state=State.LIVE)
    host = Participant.objects.select_related("workshop").filter(workshop=workshop, user__isnull=False)
    lead = next(person for person in host if Role.FACILITATOR in person.roles)
    running.extend(session=session, actor=Actor(lead), minutes=LOOK_AROUND)


def person_of(workshop: Workshop, name: str) -> Participant | None:
    """Somebody of the story, as long as they are in it under that name."""
    found = Participant.objects.select_related("workshop", "user")
    return found.filter(workshop=workshop, name=name, removed_at__isnull=True).first()


def newest_sample() -> Workshop | None:
    """The sample that was loaded last."""
    return Workshop.objects.filter(slug__regex=rf"^{SLUG}(-\d+)?$").order_by("-pk").first()


def next_slug() -> str:
    """SLUG, or SLUG with the first number that is free."""
    taken = set(Workshop.objects.filter(slug__startswith=SLUG).values_list("slug", flat=True))
    number = 1
    slug = SLUG
    while slug in taken:
        number += 1
        slug = f"{SLUG}-{number}"
    return slug


@cache
def read_story() -> Told:
    """The story as it stands in the file; not to be changed."""
    return yaml.load(STORY.read_text(encoding="utf-8"), Loader=_loader())  # noqa: S506 - both are safe loaders


def _loader() -> type[yaml.SafeLoader]:
    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)
