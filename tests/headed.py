"""Threads with headings, and their cards by list, for tests."""

import uuid
from datetime import timedelta

from sessions_app import clock
from sessions_app.models import Contribution, Dialogue
from sessions_app.operations import contributions, dialogues
from sessions_app.queries.outlines import fresh_outline

SOON = timedelta(hours=3)


def thread(world, kind: str, **more) -> Dialogue:
    made = dialogues.open_thread(
        workshop=world.workshop, actor=world.ada, prompt="What?", until=clock.now() + SOON, kind=kind, **more
    )
    return reread(made.dialogues.get())


def reread(dialogue: Dialogue) -> Dialogue:
    return Dialogue.objects.select_related("activity__workshop", "activity__session").get(pk=dialogue.pk)


def say(world, dialogue, words="A calm room", who="Ben", **more) -> Contribution:
    given = {"via": "thread", "client_id": uuid.uuid4(), **more}
    return contributions.post_contribution(dialogue=dialogue, actor=world[who], body=words, **given).contribution


def lists(dialogue) -> dict[str, list[str]]:
    """Title of each section and the words in it, as everybody sees them."""
    outline = fresh_outline(reread(dialogue))
    return {section.title: [said.contribution.body for said in section.said] for section in outline.sections}
