"""A meeting whose cards are being sorted, and a thread with two lists, to be looked at."""

import uuid
from collections.abc import Sequence
from datetime import timedelta

from sessions_app import clock
from sessions_app.operations import contributions, dialogues, headings, running
from tests.world import World

TITLES = ("Waiting", "Donaudampfschifffahrtsgesellschaftskapitän", "What we want to know before we come, in writing")


def sort_cards(world: World, names: Sequence[str], words: Sequence[str]) -> dict[str, tuple[str | None, str]]:
    """Cards of NAMES under three headings, one of them long, and some that are not sorted. Returns the pages."""
    world.go_live(step=1)
    said = [world.say(name, words[number % len(words)], 1) for number, name in enumerate(names)]
    running.reveal(session=world.session, actor=world.ada)
    wall = world.dialogue(1)
    places = [headings.add_heading(dialogue=wall, actor=world.ada, title=title) for title in TITLES]
    for number, card in enumerate(said[:7]):
        headings.file_under(contribution=card, actor=world.ada, heading=places[number % 3])
    lists = dialogues.open_thread(
        workshop=world.workshop,
        actor=world.ada,
        kind="what_i_bring",
        prompt="What do you bring?",
        until=clock.now() + timedelta(days=3),
    ).dialogues.get()
    for number, name in enumerate(names[:5]):
        given = {"dialogue": lists, "body": words[number], "client_id": uuid.uuid4(), "via": "thread"}
        contributions.post_contribution(actor=world[name], heading=number % 2, **given)
    first, host, meeting = names[0], world.ada.participant.name, world.session.pk
    return {
        "room": (first, f"/meetings/{meeting}/room/"),
        "room of the host": (host, f"/meetings/{meeting}/room/"),
        "thread": (first, f"/threads/{wall.pk}/"),
        "thread, two lists": (first, f"/threads/{lists.pk}/"),
        "move": (first, f"/contributions/{said[0].pk}/heading/"),
        "headings": (first, f"/dialogues/{wall.pk}/headings/"),
        "headings of the scribe": ("Sam", f"/dialogues/{wall.pk}/headings/"),
    }
