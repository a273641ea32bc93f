"""Everybody who may knock: browsers of each role around one workshop whose meeting is on, and what they knock at."""

import uuid
from dataclasses import dataclass, field
from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.test import Client
from django.test.client import ClientHandler

from sessions_app import clock
from sessions_app.models import Contribution, Dialogue, Message, Participant, SavedPlan, Turn
from sessions_app.operations import (
    contributions,
    devices,
    dialogues,
    headings,
    messages,
    participants,
    running,
    saved_plans,
    sessions,
    turns,
    workshops,
)
from tests.world import World, add, make_user, make_world

DAY = "2027-03-01"
# Shared, since every new one reads the list of static files again.
HANDLERS = {enforces: ClientHandler(enforce_csrf_checks=enforces) for enforces in (False, True)}
NAMES = {"guest": "Gil", "part": "Ben", "help": "Hella", "scri": "Sam", "rese": "Rana", "faci": "Ada"}


@dataclass
class Cast:
    """`world` is the workshop, `other` somebody else's; `cookies` and `users` say how each role shows who they are."""

    world: World
    other: World
    cookies: dict[str, str] = field(default_factory=dict)
    users: dict[str, object] = field(default_factory=dict)
    people: dict[str, Participant] = field(default_factory=dict)

    def browser(self, role: str, **options) -> Client:
        client = Client(raise_request_exception=False, **options)
        client.handler = HANDLERS[client.handler.enforce_csrf_checks]
        if role in self.users:
            client.force_login(self.users[role])
        if role in self.cookies:
            client.cookies[settings.DEVICE_COOKIE] = self.cookies[role]
        return client


def make_cast() -> Cast:
    world, other = make_world(), make_world("Another one", host="Olga")
    for each, phone in ((world, "0701"), (other, "0702")):
        about = {"contact_name": "Karin", "contact_phone": phone}
        workshops.change_workshop(workshop=each.workshop, actor=each.ada, **about)
    cast = Cast(world, other)
    cast.users = {"staff": other.ada.participant.user, "faci": world.ada.participant.user, "rese": researcher(world)}
    cast.cookies = {"seat": other.cookies["Ben"]}
    cast.cookies |= {role: world.cookies[NAMES[role]] for role in ("guest", "part", "help", "scri")}
    waiting = participants.join(workshop=world.workshop, to_lobby=True)
    cast.cookies["lobby"] = waiting.token
    gone = add(world, "Greta").participant
    cast.cookies["gone"] = devices.seat(world.cookies["Greta"], gone)
    participants.remove(person=gone, actor=world.ada)
    cast.people = {role: world[name].participant for role, name in NAMES.items()}
    cast.people |= {"lobby": waiting.participant, "gone": gone}
    return cast


def researcher(world: World):
    """Rana gets an account with the second step of signing in."""
    user = make_user(f"rana-{uuid.uuid4().hex[:6]}")
    Participant.objects.filter(pk=world["Rana"].participant.pk).update(user=user)
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "x"})
    return user


def play(world: World) -> None:
    """Step 1 is over but kept open as a thread, step 2 is on and lies face down, 3 and 4 are to come."""
    world.go_live()
    world.say("Ben", "A calmer waiting room.")
    running.next_step(session=world.session, actor=world.ada)
    world.say("Ben", "One voice at a time.", 1)
    turns.ask_for_word(session=world.session, actor=world["Ben"])
    messages.send_message(session=world.session, actor=world.ada, text="Speak slowly, please.")
    dialogues.keep_open(activity=world.steps[0], actor=world.ada, until=clock.now() + timedelta(days=3))
    dialogues.open_thread(
        workshop=world.workshop, actor=world.ada, prompt="What else?", until=clock.now() + timedelta(days=3)
    )
    later = clock.now() + timedelta(days=7)
    sessions.plan_session(
        workshop=world.workshop, actor=world.ada, title="Next", starts_at=later, ends_at=later + timedelta(hours=1)
    )
    user = world.ada.participant.user
    saved_plans.save_plan(workshop=world.workshop, actor=world.ada, user=user, session=world.session)
    sorting(world)
    dialogues.open_thread(
        workshop=world.workshop,
        actor=world.ada,
        kind="poll",
        prompt="Which day?",
        options={"choices": ["Monday", "Tuesday"]},
        until=clock.now() + timedelta(days=3),
    )


def sorting(world: World) -> None:
    """A thread whose cards everybody sorts: one lies under a heading."""
    until = clock.now() + timedelta(days=3)
    made = dialogues.open_thread(
        workshop=world.workshop, actor=world.ada, kind="clustering", prompt="What belongs together?", until=until
    )
    dialogue = Dialogue.objects.select_related("activity__workshop").get(activity=made)
    said = {"dialogue": dialogue, "actor": world["Ben"], "via": "thread", "client_id": uuid.uuid4()}
    card = contributions.post_contribution(body="A chair for everybody.", **said).contribution
    heading = headings.add_heading(dialogue=dialogue, actor=world["Ben"], title="Waiting")
    headings.file_under(contribution=card, actor=world["Ben"], heading=heading)


def things(cast: Cast, world: World) -> dict[str, dict[str, tuple]]:
    """Arguments of each address, by state ("" is the usual one), taken from WORLD."""
    slug, session = world.workshop.slug, world.session.pk
    shown, hidden = (
        Contribution.objects.filter(dialogue=world.dialogue(step)).order_by("seq")[0].pk for step in (0, 1)
    )
    waiting = Participant.objects.filter(workshop=world.workshop, admitted_at=None).first() or world["Ben"].participant
    poll = Dialogue.objects.get(activity__workshop=world.workshop, activity__kind="poll")
    turn = Turn.objects.get(session=session).pk
    card = Contribution.objects.get(dialogue__activity__workshop=world.workshop, dialogue__activity__kind="clustering")
    groups: dict[str, dict[str, tuple]] = {
        "answer ballots objections": {"": (poll.pk,)},
        "remove_template": {"": (SavedPlan.objects.get(user=world.ada.participant.user).pk,)},
        "door poster": {"": (world.session.code,)},
        "guide": {"": ("citizen",)},
        "workshop change_workshop remove_workshop copy_workshop close_workshop people lobby": {"": (slug,)},
        "me research needs place leave away before record new_meeting new_thread": {"": (slug,)},
        "share_workshop end_practice": {"": (slug,)},
        "roles remove_person": {"": (slug, world["Chidi"].participant.pk)},
        "admit": {"": (slug, waiting.pk)},
        "plan save_template change_meeting after share practise new_step room room_earlier controls room_news replay": {
            "": (session,)
        },
        "remove_meeting cancel_meeting": {"": (world.workshop.sessions.get(state="planned").pk,)},
        "console console_news send_message private_note hand_over mirror scribe": {"": (session,)},
        "withdraw_message": {"": (session, Message.objects.get(session=session).pk)},
        "own ask_turn signal answer_signals": {"": (session,)},
        "turn": {"": (session, turn)},
        "change_step move_step minutes remove_step": {"": (world.steps[2].pk,)},
        "window": {"": (world.steps[0].pk,)},
        "headings": {"": (card.dialogue_id,)},
        "file_contribution": {"": (card.pk,), "face_down": (hidden,)},
        "change_contribution withdraw_contribution": {"": (shown,), "face_down": (hidden,)},
        "thread thread_news bring post": {"": (world.dialogue(0).pk,), "to_come": (world.dialogue(2).pk,)},
    }
    return {name: states for names, states in groups.items() for name in names.split()}


def queries(world: World) -> dict[str, str]:
    epoch = world.workshop.epoch
    news = f"?after=3&epoch={epoch}"
    return {
        "room_earlier": "?before=1000",
        "room_news": news,
        "console_news": news,
        "thread_news": news,
        "new_step": "?kind=cards",
    }


def forms(world: World) -> dict[str, dict[str, object]]:
    """What is sent to each address, such that it would be done for somebody who may."""
    meeting = {"title": "Next", "day": DAY, "begins": "14:00", "ends": "15:00", "space": "same", "time": "same"}
    step = {"kind": "cards", "title": "Cards", "minutes": 10, "identity": "named"}
    about = {"title": "Calm", "contact_name": "Karin", "languages": ["en"], "time_zone": "Europe/Stockholm"}
    look = {"size": "100", "spacing": "normal", "theme": "auto", "language": "en"}
    soon = (clock.now() + timedelta(days=5)).date().isoformat()
    return {
        "go": {"code": world.session.code},
        "appearance": look,
        "set_language": {"language": "sv"},
        "new_workshop": about | {"template": "thread_only", "question": "Why?", "day": soon, "clock": "20:00"},
        "change_workshop": about,
        "roles": {"roles": ["participant"]},
        "me": {"name": f"Somebody {uuid.uuid4().hex[:4]}", "usual_place": "hall"},
        "research": {"answer": "yes"},
        "needs": {"helps": ["break"], "access_needs": "Large print"},
        "after": {"summary": "We met, and agreed on one thing."},
        "place": {"place": "hall"},
        "leave": {"device": "1"},
        "new_meeting": meeting,
        "change_meeting": meeting,
        "new_thread": {"prompt": "Why?", "identity": "named", "day": soon, "clock": "20:00"},
        "new_step": step,
        "change_step": step,
        "controls": {"press": "extend", "rev": world.session.rev},
        **voices(world),
        "minutes": {"by": "more"},
        "window": {"day": soon, "clock": "20:00"},
        "bring": {"meeting": world.session.pk},
        "answer": {"choice": "2", "round": 1},
        "ballots": {"choice": "2", "round": 1, "ballot": f"A{uuid.uuid4().hex[:6]}"},
        "objections": {"objection": "1", "how": "Mended"},
        "post": {"body": "Words", "client_id": str(uuid.uuid4()), "name": "Gilbert"},
        "change_contribution": {"body": "Other words"},
        "headings": {"press": "add", "title": "Phone"},
        "file_contribution": {"heading": "none"},
    }


def voices(world: World) -> dict[str, dict[str, object]]:
    """What is sent from the queue, the signals and the console."""
    return {
        "send_message": {"body": "In five minutes we break."},
        "private_note": {"note": "Come back to Ben."},
        "hand_over": {"task": "online", "person": world["Hella"].participant.pk},
        "mirror": {"press": "show"},
        "scribe": {"lines": "Said aloud", "client_id": str(uuid.uuid4()), "step": world.dialogue(1).pk},
        "ask_turn": {"name": "Gilbert"},
        "turn": {"press": "withdraw"},
        "signal": {"kind": "cant_follow"},
        "answer_signals": {"kind": "cant_follow"},
    }
