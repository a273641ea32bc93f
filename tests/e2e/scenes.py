"""Workshops in the states that pages are looked at in, each made once for the whole run."""

import uuid
from dataclasses import dataclass
from datetime import timedelta
from functools import cache

from sessions_app import clock
from sessions_app.models import Participant, Session
from sessions_app.operations import (
    activities,
    cancelling,
    contributions,
    dialogues,
    hosting,
    messages,
    participants,
    practice,
    running,
    sessions,
    signals,
    translations,
    turns,
    wrapups,
)
from sessions_app.policy import Actor
from sessions_app.views.help import GUIDES
from tests.e2e.agreed_pages import agreed
from tests.e2e.choosing import choosing
from tests.e2e.company import CROWD, WORDS
from tests.e2e.company import crowded as _crowded
from tests.e2e.cookies import cookies_of, login_of
from tests.e2e.grouped import GROUPED
from tests.e2e.hall_scenes import hall
from tests.e2e.learned import learned
from tests.e2e.mail_scenes import mailing
from tests.e2e.recorded import recorded
from tests.e2e.sorted_cards import sort_cards
from tests.e2e.traced import traced
from tests.e2e.waiting import demo, waiting
from tests.world import World, make_user, make_world

NEWCOMER = "somebody with an account and no workshop"


@dataclass
class Scene:
    """A world in one state, and its pages: name -> (who stands before it, address)."""

    world: World
    pages: dict[str, tuple[str | None, str]]
    is_demo: bool = False

    def cookies(self, who: str | None) -> dict[str, str]:
        if who == NEWCOMER:
            return login_of(make_user(f"newcomer-{uuid.uuid4().hex[:6]}"))
        return cookies_of(self.world, who) if who else {}


@cache
def scene(state: str) -> Scene:
    return MAKERS[state]()


def _empty() -> Scene:
    """Nothing yet: no workshop, no step, no words, and a meeting that is cancelled."""
    world = make_world("Calmer visits", host="Karin Lindh")
    week, hour = clock.now() + timedelta(days=7), timedelta(hours=1)
    bare, off = (
        sessions.plan_session(
            workshop=world.workshop, actor=world.ada, title=title, starts_at=week, ends_at=week + hour
        )
        for title in ("What we agree on", "In the library")
    )
    cancelling.cancel_session(session=off, actor=world.ada)
    slug = world.workshop.slug
    return Scene(
        world,
        {
            "front": (None, "/"),
            "home, empty": (NEWCOMER, "/workshops/"),
            "before, empty": ("Ben", f"/w/{slug}/before/"),
            "door, early": (None, f"/d/{world.session.code}/"),
            "room, planned": ("Gil", f"/meetings/{world.session.pk}/room/"),
            "room of the host, planned": ("Karin Lindh", f"/meetings/{world.session.pk}/room/"),
            "run sheet, empty": ("Karin Lindh", f"/meetings/{bare.pk}/"),
            "run sheet, cancelled": ("Karin Lindh", f"/meetings/{off.pk}/"),
            "room, cancelled": ("Gil", f"/meetings/{off.pk}/room/"),
            "door, cancelled": (None, f"/d/{off.code}/"),
            "change workshop": ("Karin Lindh", f"/w/{slug}/change/"),
            "away, empty": ("Ben", f"/w/{slug}/away/"),
            "workshop, empty": ("Ben", f"/w/{slug}/"),
            "record, empty": ("Karin Lindh", f"/w/{slug}/record/"),
            "me, guest": ("Gil", f"/w/{slug}/me/"),
            "nothing here": (None, "/w/nowhere/"),
            "help": (None, "/help/"),
            **{f"guide, {role}": (None, f"/help/{role}/") for role in GUIDES},
            "statement": (None, "/accessibility/"),
            "offline": (None, "/offline/"),
        },
    )


def _full() -> Scene:
    """Sixty cards on the table, in an open dialogue with answers, a gap, a change, a translation."""
    world = _crowded("Calmer visits in a house with many long corridors")
    world.go_live(step=2)
    said = [world.say(CROWD[n % len(CROWD)][0], f"{WORDS[n % len(WORDS)]} ({n + 1})", 2) for n in range(58)]
    said.append(world.say("Lars Nilsson", "That is what I meant.", 2, reply_to=said[-1].pk))
    said.append(world.say("Siv Öberg", "I said too much.", 2))
    contributions.withdraw_contribution(contribution=said[-1], actor=world["Siv Öberg"])
    contributions.revise_contribution(contribution=said[-3], actor=world[said[-3].author.name], body="Shorter.")
    translations.gloss_contribution(contribution=said[3], actor=world.ada, text="The lift is narrow.", language="en")
    participants.change_me(
        person=world["Elsa Hedman"].participant,
        actor=world["Elsa Hedman"],
        language="sv",
        access_needs="More time, and large print.",
    )
    return Scene(world, _pages_of_full(world, said[0].pk))


def _pages_of_full(world: World, mine) -> dict[str, tuple[str | None, str]]:
    slug, meeting, thread = world.workshop.slug, world.session.pk, world.dialogue(2).pk
    return {
        "door": (None, f"/d/{world.session.code}/"),
        "door, seated": ("Aino Virtanen", f"/d/{world.session.code}/"),
        "poster": (None, f"/d/{world.session.code}/poster/"),
        "room": ("Aino Virtanen", f"/meetings/{meeting}/room/"),
        "room, earlier": ("Aino Virtanen", f"/meetings/{meeting}/room/earlier/?before=1000"),
        "room of a guest": ("Gil", f"/meetings/{meeting}/room/"),
        "room of the host": ("Karin Lindh", f"/meetings/{meeting}/room/"),
        "thread": ("Aino Virtanen", f"/threads/{thread}/"),
        "thread of the host": ("Karin Lindh", f"/threads/{thread}/"),
        "change": ("Aino Virtanen", f"/contributions/{mine}/change/"),
        "take back": ("Aino Virtanen", f"/contributions/{mine}/withdrawal/"),
        "workshop": ("Aino Virtanen", f"/w/{slug}/"),
        "workshop of the host": ("Karin Lindh", f"/w/{slug}/"),
        "home": ("Karin Lindh", "/workshops/"),
        "people": ("Karin Lindh", f"/w/{slug}/people/"),
        "roles": ("Karin Lindh", f"/w/{slug}/people/{world['Siv Öberg'].participant.pk}/roles/"),
        "take out": ("Karin Lindh", f"/w/{slug}/people/{world['Siv Öberg'].participant.pk}/removal/"),
        "me": ("Aino Virtanen", f"/w/{slug}/me/"),
        "leave": ("Aino Virtanen", f"/w/{slug}/me/leaving/"),
        "run sheet": ("Karin Lindh", f"/meetings/{meeting}/"),
        **_forms_of_full(world),
        "kinds": ("Karin Lindh", f"/meetings/{meeting}/steps/new/"),
        "before": ("Aino Virtanen", f"/w/{slug}/before/"),
        "needs": ("Aino Virtanen", f"/w/{slug}/me/needs/"),
        "replay": ("Karin Lindh", f"/meetings/{meeting}/replay/?line=999"),
        "record": ("Karin Lindh", f"/w/{slug}/record/"),
        "appearance": ("Aino Virtanen", "/appearance/"),
        "sign in": (None, "/accounts/login/"),
    }


def _forms_of_full(world: World) -> dict[str, tuple[str | None, str]]:
    """Where the host plans, changes, shares and ends."""
    slug, meeting = world.workshop.slug, world.session.pk
    return {
        "step": ("Karin Lindh", f"/steps/{world.steps[1].pk}/change/"),
        "meeting": ("Karin Lindh", f"/meetings/{meeting}/change/"),
        "templates": ("Karin Lindh", "/workshops/new/"),
        "new workshop": ("Karin Lindh", "/workshops/new/?template=first_meeting"),
        "new series": ("Karin Lindh", "/workshops/new/?template=three_meetings"),
        "new thread": ("Karin Lindh", "/workshops/new/?template=thread_only"),
        "change workshop": ("Karin Lindh", f"/w/{slug}/change/"),
        "new meeting": ("Karin Lindh", f"/w/{slug}/meetings/new/"),
        "share": ("Karin Lindh", f"/meetings/{meeting}/share/"),
        "share workshop": ("Karin Lindh", f"/w/{slug}/share/"),
        "new question": ("Karin Lindh", f"/w/{slug}/threads/new/"),
        "end workshop": ("Karin Lindh", f"/w/{slug}/closing/"),
    }


def _hidden() -> Scene:
    world = _crowded("Calmer visits")
    world.go_live(step=1)
    for number, (name, _place) in enumerate(CROWD[:7]):
        world.say(name, WORDS[number % len(WORDS)], 1)
    _voices(world)
    meeting = world.session.pk
    return Scene(
        world,
        {
            "console": ("Karin Lindh", f"/meetings/{meeting}/console/"),
            "console, people": ("Karin Lindh", f"/meetings/{meeting}/console/?show=all#people"),
            "console, pulse": ("Karin Lindh", f"/meetings/{meeting}/console/#pulse"),
            "console of the scribe": ("Sam", f"/meetings/{meeting}/console/"),
            "scribe": ("Sam", f"/meetings/{meeting}/scribe/"),
            "room, speaking": ("Fatima Warsame", f"/meetings/{meeting}/room/"),
            "room, not following": ("Greta Falk", f"/meetings/{meeting}/room/"),
            "room": ("Aino Virtanen", f"/meetings/{meeting}/room/"),
            "room of the host": ("Karin Lindh", f"/meetings/{meeting}/room/"),
            "thread": ("Aino Virtanen", f"/threads/{world.dialogue(1).pk}/"),
        },
    )


def _voices(world: World) -> None:
    """Three have spoken from the hall, one speaks, three wait; some cannot follow; hosts have told something."""
    session = world.session
    for name, _place in CROWD:
        sessions.enter_room(session=session, person=world[name].participant)
    for name in ("Lars Nilsson", "Mehmet Kaya", "Siv Öberg", "Fatima Warsame"):
        turns.give_word(turn=turns.ask_for_word(session=session, actor=world[name]), actor=world.ada)
    for name, note in (("Lars Nilsson", ""), ("Aino Virtanen", ""), ("Elsa Hedman", "Ask about the lift, please.")):
        turns.ask_for_word(session=session, actor=world[name], note=note)
    for name in ("Greta Falk", "Oksana"):
        signals.raise_signal(session=session, actor=world[name], kind="cant_follow")
    messages.send_message(session=session, actor=world.ada, text="We break at a quarter past two.")
    messages.send_message(
        session=session, actor=world.ada, text="Shall I ring you?", to=world["Greta Falk"].participant
    )
    hosting.hand_over(session=session, actor=world.ada, task="lead", to=world.ada.participant)


def _practice() -> Scene:
    """A practice: pretend people are in the room, and have answered the first step."""
    world = _crowded("Calmer visits")
    meeting = practice.begin(session=world.session, actor=world.ada)
    host = Actor(Participant.objects.select_related("workshop").get(workshop=meeting.workshop, user__isnull=False))
    running.start(session=meeting, actor=host)
    with clock.at(clock.now() + timedelta(minutes=1)):
        practice.play(session=Session.objects.select_related("workshop", "current_activity").get(pk=meeting.pk))
    return Scene(
        world,
        {
            "room": ("Karin Lindh", f"/meetings/{meeting.pk}/room/"),
            "run sheet": ("Karin Lindh", f"/meetings/{meeting.pk}/"),
            "workshop": ("Karin Lindh", f"/w/{meeting.workshop.slug}/"),
        },
    )


def _revealed() -> Scene:
    made = _hidden()
    running.reveal(session=made.world.session, actor=made.world.ada)
    return made


def _closed() -> Scene:
    """A meeting that is over; one question stays open, another was brought to the next meeting."""
    world = _crowded("Calmer visits")
    hour_ago = clock.now() - timedelta(hours=1)
    with clock.at(hour_ago):
        world.go_live(step=1)
        for number, (name, _place) in enumerate(CROWD):
            world.say(name, WORDS[number % len(WORDS)], 1)
        running.close_session(session=world.session, actor=world.ada)
    dialogues.keep_open(activity=world.steps[1], actor=world.ada, until=clock.now() + timedelta(days=5))
    world.say("Greta Falk", "I was at home, and I agree.", 1, via="thread")
    following: Session = sessions.plan_session(
        workshop=world.workshop,
        actor=world.ada,
        title="What we agree on",
        starts_at=clock.now() + timedelta(days=7),
        ends_at=clock.now() + timedelta(days=7, hours=1),
    )
    brought = dialogues.bring_to_meeting(dialogue=world.dialogue(1), session=following, actor=world.ada)
    activities.plan_activity(workshop=world.workshop, actor=world.ada, session=following, kind="kettle")
    running.start(session=following, actor=world.ada)
    slug, meeting = world.workshop.slug, world.session.pk
    wrapups.keep_summary(session=world.session, actor=world.ada, text="Ten people took part. One question stays open.")
    return Scene(
        world,
        {
            "before, with a task": ("Ben", f"/w/{slug}/before/"),
            "room": ("Aino Virtanen", f"/meetings/{meeting}/room/"),
            "room of the host": ("Karin Lindh", f"/meetings/{meeting}/room/"),
            "room, brought": ("Aino Virtanen", f"/meetings/{brought.session_id}/room/"),
            "away": ("Ben", f"/w/{slug}/away/"),
            "workshop": ("Karin Lindh", f"/w/{slug}/"),
            "after": ("Karin Lindh", f"/meetings/{meeting}/after/"),
            "thread, open": ("Ben", f"/threads/{world.dialogue(1).pk}/"),
            "thread, closed": ("Ben", f"/threads/{world.dialogue(0).pk}/"),
            "replay": ("Karin Lindh", f"/meetings/{meeting}/replay/?line=9"),
        },
    )


MORE = dict(GROUPED, waiting=waiting, recorded=recorded, agreed=agreed, choosing=choosing, hall=hall, learned=learned)
MORE["mails"] = mailing
MAKERS = {
    "empty": _empty,
    "full": _full,
    "hidden": _hidden,
    "revealed": _revealed,
    "sorted": lambda: Scene(world := _crowded("Calmer visits"), sort_cards(world, [name for name, _ in CROWD], WORDS)),
    "traced": lambda: Scene(world := _crowded("Calmer visits"), traced(world, [name for name, _ in CROWD])),
    "closed": _closed,
    "practice": _practice,
    **{state: lambda make=make: Scene(*make()) for state, make in MORE.items()},
    "demo": lambda: Scene(*demo(), is_demo=True),
}
