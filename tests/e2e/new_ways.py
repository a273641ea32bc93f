"""Ways of working that talk about cards of the step before, to be looked at: in a room with pairs, and as threads."""

import uuid
from collections.abc import Sequence
from datetime import timedelta

from django.http import QueryDict

from sessions_app import clock
from sessions_app.models import Activity, Dialogue
from sessions_app.operations import activities, contributions, dialogues, limits, responses, running, sessions
from sessions_app.operations.carrying_on import carry_on
from sessions_app.operations.circles import name_circles
from sessions_app.operations.meaning import tell_meaning
from tests.world import World

SAID = ("Two hours are too long without a word.", "A bench at every second door.", "Somebody who rings the day before.")
HEARD = ("Waiting hurts when nobody says how long.", "Sit down on the way.", "To be called is to be expected.")


def _dialogue(activity: Activity) -> Dialogue:
    return Dialogue.objects.select_related("activity__workshop", "activity__session").get(activity=activity)


def say(world: World, dialogue: Dialogue, names: Sequence[str], words: Sequence[str]) -> list[str]:
    """A card of each of NAMES with each of WORDS; their ids."""
    limits._buckets.clear()
    given = {"dialogue": dialogue, "via": "room"}
    return [
        str(
            contributions.post_contribution(
                actor=world[name], body=body, client_id=uuid.uuid4(), **given
            ).contribution.pk
        )
        for name, body in zip(names, words, strict=False)
    ]


def say_back(
    world: World, dialogue: Dialogue, names: Sequence[str], cards: Sequence[str], words: Sequence[str]
) -> None:
    """Each of NAMES says back the next one's card; the first two authors tell whether that was it."""
    limits._buckets.clear()
    count = min(len(cards), len(names))
    heard = [
        responses.give_answer(
            dialogue=dialogue,
            actor=world[names[number]],
            sent=QueryDict(f"about={cards[(number + 1) % count]}&reason=x"),
            via="room",
            reason=words[number % len(words)],
        )
        for number in range(count)
    ]
    for number, meant in enumerate(("almost", "yes")[: count - 1]):
        author = names[(number + 1) % count]
        told = {"response": heard[number].pk, "meant": meant, "words": words[-1] if meant == "almost" else ""}
        tell_meaning(dialogue=dialogue, actor=world[author], **told)


def as_threads(world: World, names: Sequence[str], prompt: str, said: Sequence[str], heard: Sequence[str]) -> dict:
    """A thread with cards, and one of each of the other kinds that was made from it: kind -> its dialogue."""
    until, found = clock.now() + timedelta(days=3), {}
    asked = {"workshop": world.workshop, "actor": world.ada, "prompt": prompt, "until": until}
    source = dialogues.open_thread(**asked)
    cards = say(world, _dialogue(source), names, said)
    for kind in ("say_it_back", "together"):
        made = dialogues.open_thread(kind=kind, **asked)
        Activity.objects.filter(pk=made.pk).update(comes_from=source)
        found[kind] = _dialogue(Activity.objects.get(pk=made.pk))
    say_back(world, found["say_it_back"], names, cards, heard)
    given = {"cards": cards[:2], "body": heard[0], "client_id": uuid.uuid4(), "via": "thread"}
    carry_on(dialogue=found["together"], actor=world[names[0]], **given)
    return found


def new_ways(world: World, host: str, names: Sequence[str]) -> dict[str, tuple[str | None, str]]:
    """The pages, by name: who stands before them, and their address."""
    start = clock.now() + timedelta(minutes=1)
    about = {"starts_at": start, "ends_at": start + timedelta(hours=1), "title": "What did we hear?"}
    rooms = {}
    for kind in ("say_it_back", "together", "quiet_minute", "reflection"):
        meeting = sessions.plan_session(workshop=world.workshop, actor=world.ada, **about)
        first, second = (
            activities.plan_activity(workshop=world.workshop, actor=world.ada, session=meeting, kind=way, prompt="And?")
            for way in ("open_dialogue", kind)
        )
        running.start(session=meeting, actor=world.ada)
        cards = say(world, _dialogue(first), names, SAID)
        running.next_step(session=meeting, actor=world.ada)
        if kind == "say_it_back":
            say_back(world, _dialogue(second), names, cards, HEARD)
        here = {world[name].participant.pk for name in names}
        name_circles(session=meeting, actor=world.ada, here=here, anew=False)
        rooms[kind] = (meeting.pk, _dialogue(second).pk)
    threads = as_threads(world, names, "What did we hear?", SAID, HEARD)
    citizen = names[1]
    return {
        **{f"room, {kind}": (citizen, f"/meetings/{meeting}/room/") for kind, (meeting, _) in rooms.items()},
        **{f"thread, {kind}": (citizen, f"/threads/{dialogue.pk}/") for kind, dialogue in threads.items()},
        "room of the host, together": (host, f"/meetings/{rooms['together'][0]}/room/"),
        "meant": (citizen, f"/dialogues/{rooms['say_it_back'][1]}/meant/"),
        "meant, for others": ("Sam", f"/dialogues/{rooms['say_it_back'][1]}/meant/"),
        "ballots, say_it_back": ("Sam", f"/dialogues/{rooms['say_it_back'][1]}/ballots/"),
        "carry": (citizen, f"/dialogues/{rooms['together'][1]}/carry/"),
        "methods": (host, f"/meetings/{rooms['together'][0]}/methods/"),
    }
