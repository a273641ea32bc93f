"""Questions that are answered by choosing, one of each kind: asked in a room, shown in another, and as a thread."""

from datetime import timedelta

from django.http import QueryDict

from sessions_app import clock
from sessions_app.models import Dialogue, Session
from sessions_app.operations import activities, dialogues, limits, responses, running, sessions
from tests.e2e.new_ways import new_ways
from tests.world import World, add, make_world

HOST, CITIZEN = "Karin Lindh", "Aino Virtanen"
NAMES = (CITIZEN, "Lars Nilsson", "Fatima Warsame", "Jan-Erik von Sydow-Mannerheim", "Oksana", "Siv Öberg")
THINGS = ["A bench at every second door", "Somebody who rings the day before", "Light in the long corridor"]
# kind: what is asked, its options, and what each of six people answers (with a reason where the kind takes one)
QUESTIONS: dict[str, tuple[str, dict, tuple[tuple[str, str], ...]]] = {
    "poll": (
        "When shall we meet?",
        {"choices": ["Mondays after lunch", "Thursday evenings", "Whenever there is cake"]},
        (("choice=1", ""), ("choice=2", ""), ("choice=2", ""), ("choice=3", ""), ("choice=2", "")),
    ),
    "dot_voting": (
        "What do we begin with?",
        {"things": THINGS, "dots": 3, "most": 2},
        (("dots-1=1&dots-2=2", ""), ("dots-2=2&dots-3=1", ""), ("dots-1=2&dots-2=1", ""), ("dots-2=1", "")),
    ),
    "ranking": (
        "In which order?",
        {"things": THINGS},
        (("place-1=1&place-2=2&place-3=3", ""), ("place-1=2&place-2=1&place-3=3", "")),
    ),
    "gradients": (
        "How far are you with us?",
        {"steps": "8"},
        (("step=1", "Gladly."), ("step=3", "If somebody rings."), ("step=7", "Nobody asked us.")),
    ),
    "consent_round": (
        "Can we live with this?",
        {"proposal": ["Nothing is decided that those at home could not answer."]},
        (("objects=no", ""), ("objects=yes&reason=x", "Three days are too few for a letter."), ("objects=no", "")),
    ),
    "word_gathering": (
        "Which words describe a good visit?",
        {},
        (("word=calm&word=Ärlig", ""), ("word=calm&word=unhurried", ""), ("word=calm&word=a chair by the window", "")),
    ),
}


def choosing() -> tuple[World, dict[str, tuple[str | None, str]]]:
    """The world, and its pages: name -> (who stands before it, address)."""
    world = make_world("Calmer visits", host=HOST)
    for name in NAMES:
        add(world, name)
    pages: dict[str, tuple[str | None, str]] = {}
    for kind, (prompt, options, answers) in QUESTIONS.items():
        asked = _in_a_room(world, kind, prompt, options)
        shown = _in_a_room(world, kind, prompt, options)
        thread = _as_thread(world, kind, prompt, options)
        for number, dialogue in enumerate((asked, shown, thread)):
            _answer(world, dialogue, answers, NAMES[1:] if number == 0 else NAMES)
        if shown.activity.is_hidden:
            running.reveal(session=shown.activity.session, actor=world.ada)
        room, results = asked.activity.session_id, shown.activity.session_id
        pages |= {
            f"room, {kind}": (CITIZEN, f"/meetings/{room}/room/"),
            f"room of the host, {kind}": (HOST, f"/meetings/{room}/room/"),
            f"room, {kind}, shown": (CITIZEN, f"/meetings/{results}/room/"),
            f"thread, {kind}": (CITIZEN, f"/threads/{thread.pk}/"),
            f"answer, {kind}": (CITIZEN, f"/dialogues/{thread.pk}/answer/"),
            f"ballots, {kind}": ("Sam", f"/dialogues/{asked.pk}/ballots/"),
        }
        if kind == "consent_round":
            pages["objections"] = (HOST, f"/dialogues/{shown.pk}/objections/")
        if kind == "poll":
            pages["console, poll"] = (HOST, f"/meetings/{room}/console/")
    return world, pages | new_ways(world, HOST, NAMES[:3])


def _in_a_room(world: World, kind: str, prompt: str, options: dict) -> Dialogue:
    """A meeting of its own that is on, with this one question."""
    start = clock.now() + timedelta(minutes=1)
    meeting: Session = sessions.plan_session(
        workshop=world.workshop,
        actor=world.ada,
        title="Who are we?",
        starts_at=start,
        ends_at=start + timedelta(hours=1),
    )
    activities.plan_activity(
        workshop=world.workshop, actor=world.ada, session=meeting, kind=kind, prompt=prompt, options=options
    )
    running.start(session=meeting, actor=world.ada)
    return _dialogue(activity__session=meeting)


def _as_thread(world: World, kind: str, prompt: str, options: dict) -> Dialogue:
    step = dialogues.open_thread(
        workshop=world.workshop,
        actor=world.ada,
        kind=kind,
        prompt=prompt,
        options=options,
        until=clock.now() + timedelta(days=3),
    )
    return _dialogue(activity=step)


def _dialogue(**which) -> Dialogue:
    return Dialogue.objects.select_related("activity__workshop", "activity__session").get(**which)


def _answer(world: World, dialogue: Dialogue, answers: tuple[tuple[str, str], ...], names: tuple[str, ...]) -> None:
    limits._buckets.clear()  # nobody answers so many questions in one minute
    for name, (sent, reason) in zip(names, answers, strict=False):
        responses.give_answer(dialogue=dialogue, actor=world[name], sent=QueryDict(sent), via="room", reason=reason)


def answered_threads(world: World, names: tuple[str, ...], words: dict) -> dict[str, int]:
    """A thread of each kind with all that people write in it taken from WORDS: kind -> its dialogue."""
    found = {}
    for kind, (_prompt, options, answers) in QUESTIONS.items():
        said = {name: words.get(name, value) for name, value in options.items()}
        given = [
            (words["words"] if kind == "word_gathering" else sent, reason and words["reason"])
            for sent, reason in answers
        ]
        dialogue = _as_thread(world, kind, words["prompt"], said)
        _answer(world, dialogue, tuple(given), names)
        found[kind] = dialogue.pk
    return found
