"""A hall in the middle of a meeting: slips, a pack with ballots, a tablet, a screen in both sets of colours."""

import uuid

from django.http import QueryDict
from django.urls import reverse

from sessions_app.identity import hall_key
from sessions_app.models import Place, Slip
from sessions_app.operations import activities, halls, messages, responses, scribing, sessions, signals, slips, turns
from tests.e2e.company import CROWD, WORDS
from tests.e2e.waiting import Made
from tests.world import World, add, make_world

QUESTIONS = {
    "poll": ("Which day suits you best?", {"choices": ["Monday", "Tuesday after lunch"]}),
    "gradients": ("Where do you stand?", {"steps": "8"}),
    "ranking": ("What comes first?", {"things": ["Light", "Time", "A chair"]}),
    "consent_round": ("Shall we try it?", {"proposal": ["We try one voice at a time."]}),
}


def keyed(world: World, purpose: str, host: str) -> str:
    """The address of a screen or a tablet with the key that HOST gives out."""
    key = hall_key(purpose, world.session, world[host].participant)
    return f"{reverse(purpose, args=[world.session.pk])}?key={key}"


def busy_hall(title: str = "Calmer visits", host: str = "Karin Lindh") -> World:
    """Cards from the hall and online on the table, two of them typed; somebody speaks, some cannot follow."""
    world = make_world(title, host=host)
    for name, place in CROWD:
        add(world, name, usual_place=place)
    for kind, (prompt, options) in QUESTIONS.items():
        activities.plan_activity(
            workshop=world.workshop, actor=world.ada, session=world.session, kind=kind, prompt=prompt, options=options
        )
    slips.make_blank_cards(session=world.session, actor=world.ada, count=6)
    world.go_live(step=2)
    for number, (name, _place) in enumerate(CROWD):
        sessions.enter_room(session=world.session, person=world[name].participant)
        world.say(name, WORDS[number % len(WORDS)], 2)
    for author, line in (("Lars Nilsson", "We talked about waiting."), (None, "The chairs are hard.")):
        scribing.write_lines(
            session=world.session,
            actor=world["Sam"],
            text=line,
            form_id=uuid.uuid4(),
            dialogue_id=world.dialogue(2).pk,
            author=world[author].participant if author else None,
        )
    return world


def hall() -> Made:
    world = busy_hall()
    for name in ("Aino Virtanen", "Fatima Warsame"):
        turn = turns.ask_for_word(session=world.session, actor=world[name])
        if name == "Aino Virtanen":
            turns.give_word(turn=turn, actor=world.ada)
    for name in ("Greta Falk", "Oksana"):
        signals.raise_signal(session=world.session, actor=world[name], kind="cant_follow")
    halls.count_paper(dialogue=world.dialogue(2), actor=world["Sam"], count=4)
    halls.set_screen(session=world.session, actor=world.ada, is_dark=True, has_captions=True, link="https://x.org/c")
    told = {"text": "They laugh about the lift.", "about_room": True}
    messages.send_message(session=world.session, actor=world["Sam"], **told)
    named, nameless = Slip.objects.filter(session=world.session, contribution__isnull=False).order_by("pk")
    blank = Slip.objects.filter(session=world.session, contribution=None)[0]
    meeting = world.session.pk
    return world, {
        "slip code": (None, "/said/"),
        "slip code, wrong": (None, "/said/NOSUCHONE/"),
        "slip": (None, f"/said/{named.code}/"),
        "slip, nobody’s": (None, f"/said/{nameless.code}/"),
        "slip, blank": (None, f"/said/{blank.code}/"),
        "slip, other words": (None, f"/said/{named.code}/?ask=change"),
        "slip, taken back": (None, f"/said/{named.code}/?ask=back"),
        "slips": ("Sam", f"/meetings/{meeting}/slips/"),
        "pack": ("Karin Lindh", f"/meetings/{meeting}/pack/?ballots=2"),
        "tablet, to open": ("Sam", f"/meetings/{meeting}/tablet/"),
        "tablet": (None, keyed(world, "tablet", "Sam")),
        "screen, dark": (None, keyed(world, "screen", "Karin Lindh")),
        "scribe": ("Sam", f"/meetings/{meeting}/scribe/"),
        "room": ("Hodan Abdi", f"/meetings/{meeting}/room/"),
        "console": ("Karin Lindh", f"/meetings/{meeting}/console/"),
    }


def with_hall(world: World) -> World:
    """WORLD with Lars and Siv in the hall."""
    for name in ("Lars", "Siv"):
        add(world, name, usual_place=Place.HALL)
    return world


def with_poll(world: World) -> None:
    """The world's meeting with a poll that is on, face down."""
    options = {"choices": ["Red", "Green"], "several": False}
    step = activities.plan_activity(
        workshop=world.workshop, actor=world.ada, session=world.session, kind="poll", prompt="Which?", options=options
    )
    while step.position > 1:
        step = activities.move_activity(activity=step, actor=world.ada, earlier=True)
    world.go_live()


def give(world: World, name: str) -> None:
    """NAME answers the poll."""
    responses.give_answer(dialogue=world.dialogue(0), actor=world[name], sent=QueryDict("choice=1"), via="room")
