"""Everybody who may knock: browsers of each role around one workshop whose meeting is on, and what they knock at."""

import uuid
from dataclasses import dataclass, field
from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import QueryDict
from django.test import Client
from django.test.client import ClientHandler

from sessions_app import clock
from sessions_app.models import (
    Activity,
    Contribution,
    Dialogue,
    Group,
    Message,
    Participant,
    SavedPlan,
    Slip,
    Turn,
)
from sessions_app.operations import (
    activities,
    contributions,
    devices,
    dialogues,
    group_work,
    groups,
    headings,
    messages,
    participants,
    responses,
    running,
    saved_plans,
    sessions,
    slips,
    turns,
    workshops,
)
from tests.operations.carried import post
from tests.policy import agreement_rows, coding_rows, export_rows, learning_rows, record_rows, trace_rows
from tests.policy.mails import mail_things, mailing
from tests.world import World, add, make_user, make_world

DAY = "2027-03-01"
# Shared, since every new one reads the list of static files again.
HANDLERS = {enforces: ClientHandler(enforce_csrf_checks=enforces) for enforces in (False, True)}
NAMES = {"guest": "Gil", "part": "Ben", "help": "Hella", "scri": "Sam", "rese": "Rana", "faci": "Ada"}


class Visitor(Client):
    """Takes a file to its end, as browsers do: it is closed then."""

    def request(self, **request):
        answer = super().request(**request)
        for _block in answer.streaming_content if answer.streaming else ():
            pass
        return answer


@dataclass
class Cast:
    """`world` is the workshop, `other` somebody else's; `cookies` and `users` say how each role shows who they are."""

    world: World
    other: World
    cookies: dict[str, str] = field(default_factory=dict)
    users: dict[str, object] = field(default_factory=dict)
    people: dict[str, Participant] = field(default_factory=dict)

    def browser(self, role: str, **options) -> Client:
        client = Visitor(raise_request_exception=False, **options)
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
    said = world.say("Ben", "A calmer waiting room.")
    slips.give_slip(contribution=said, session=world.session)
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
    carrying(world)
    grouping(world)
    record_rows.play(world)
    agreement_rows.play(world)
    trace_rows.play(world)
    learning_rows.play(world)
    coding_rows.play(world)
    export_rows.play(world)
    mailing(world)
    dialogues.open_thread(
        workshop=world.workshop,
        actor=world.ada,
        kind="poll",
        prompt="Which day?",
        options={"choices": ["Monday", "Tuesday"]},
        until=clock.now() + timedelta(days=3),
    )


def grouping(world: World) -> None:
    """A meeting that is on in small groups: Ben sits in the first, takes its notes and has said something there."""
    soon = clock.now() + timedelta(minutes=5)
    meeting = sessions.plan_session(
        workshop=world.workshop, actor=world.ada, title="Talk", starts_at=soon, ends_at=soon + timedelta(hours=1)
    )
    step = activities.plan_activity(
        workshop=world.workshop,
        actor=world.ada,
        session=meeting,
        kind="small_groups",
        prompt="What would help?",
        options={"rule": "choice", "size": 9},
    )
    running.start(session=meeting, actor=world.ada)
    made = groups.make_groups(activity=step, actor=world.ada, count=2)
    for name, group in (("Ben", made[0]), ("Chidi", made[1])):
        groups.move_person(activity=step, actor=world.ada, person=world[name].participant, group=group)
    group_work.name_note_taker(group=made[0], actor=world["Ben"], person=world["Ben"].participant)
    group_work.keep_notes(group=made[0], actor=world["Ben"], text="A lamp.")
    post(world, made[0], "Ben", "A lamp in the hall.")


def group_of(world: World) -> Group:
    """Ben's."""
    return Group.objects.select_related("activity", "dialogue").get(activity__workshop=world.workshop, number=1)


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


def carrying(world: World) -> None:
    """Two threads about the card that was sorted: one carries it on, in the other Chidi has said it back."""
    source = Dialogue.objects.get(activity__workshop=world.workshop, activity__kind="clustering").activity
    card = Contribution.objects.get(dialogue__activity=source)
    for kind in ("together", "say_it_back"):
        until = clock.now() + timedelta(days=3)
        made = dialogues.open_thread(
            workshop=world.workshop, actor=world.ada, kind=kind, prompt="And then?", until=until
        )
        Activity.objects.filter(pk=made.pk).update(comes_from=source)
    dialogue = Dialogue.objects.select_related("activity__workshop").get(activity=made)
    sent = QueryDict(f"about={card.pk}&reason=x")
    responses.give_answer(dialogue=dialogue, actor=world["Chidi"], sent=sent, via="thread", reason="To sit down.")


def first_said(world: World, step: int) -> uuid.UUID:
    return Contribution.objects.filter(dialogue=world.dialogue(step)).order_by("seq")[0].pk


def waiting_in(world: World) -> Participant:
    found = Participant.objects.filter(workshop=world.workshop, admitted_at=None).first()
    return found or world["Ben"].participant


def things(cast: Cast, world: World) -> dict[str, dict[str, tuple]]:
    """Arguments of each address, by state ("" is the usual one), taken from WORLD."""
    slug, session = world.workshop.slug, world.session.pk
    shown, hidden = (first_said(world, step) for step in (0, 1))
    waiting = waiting_in(world)
    of_kind = dict(Dialogue.objects.filter(activity__workshop=world.workshop).values_list("activity__kind", "pk"))
    card = Contribution.objects.get(dialogue__activity__workshop=world.workshop, dialogue__activity__kind="clustering")
    group = group_of(world)
    cards = (shown, hidden, group.dialogue.contributions.order_by("seq")[0].pk)
    known: dict[str, dict[str, tuple]] = (
        hall_things(world, shown, hidden)
        | meeting_things(world)
        | trace_rows.things(world, *cards)
        | coding_rows.things(world, *cards)
        | (learning_rows.things(world) | export_rows.things(world))
        | {
            "groups find_seat": {"": (group.activity_id,)},
            "group group_news change_group join_group note_taker group_notes": {"": (group.pk,)},
            "answer ballots objections": {"": (of_kind["poll"],)},
            **{"carry": {"": (of_kind["together"],)}, "meant": {"": (of_kind["say_it_back"],)}},
            "remove_template": {"": (SavedPlan.objects.get(user=world.ada.participant.user).pk,)},
            **{"door poster": {"": (world.session.code,)}, "guide": {"": ("citizen",)}},
            "workshop change_workshop remove_workshop copy_workshop close_workshop people lobby": {"": (slug,)},
            "me research needs place leave away before record new_meeting new_thread share_workshop end_practice": {
                "": (slug,)
            },
            **{"roles remove_person": {"": (slug, world["Chidi"].participant.pk)}, "admit": {"": (slug, waiting.pk)}},
            "own ask_turn signal answer_signals": {"": (session,)},
            **{
                "change_step move_step minutes remove_step": {"": (world.steps[2].pk,)},
                "window": {"": (world.steps[0].pk,)},
            },
            **{"headings": {"": (card.dialogue_id,)}, "turn": {"": (session, Turn.objects.get(session=session).pk)}},
            "file_contribution": {"": (card.pk,), "face_down": (hidden,)},
            "change_contribution withdraw_contribution": {"": (shown,), "face_down": (hidden,)},
            "thread thread_news bring post": {"": (world.dialogue(0).pk,), "to_come": (world.dialogue(2).pk,)},
        }
    )
    return {name: states for names, states in known.items() for name in names.split()}


def meeting_things(world: World) -> dict[str, dict[str, tuple]]:
    """The same of the meeting that is on, and of one that is planned."""
    session = world.session.pk
    return {
        "methods": {"": (session,)},
        "plan save_template change_meeting after share practise new_step room room_earlier controls room_news replay": {
            "": (session,)
        },
        "remove_meeting cancel_meeting": {"": (world.workshop.sessions.get(state="planned").pk,)},
        "console console_news send_message private_note hand_over mirror scribe": {"": (session,)},
        "withdraw_message": {"": (session, Message.objects.get(session=session).pk)},
        **record_rows.things(world),
        **agreement_rows.things(world),
        **mail_things(world),
    }


def hall_things(world: World, shown: uuid.UUID, hidden: uuid.UUID) -> dict[str, dict[str, tuple]]:
    """The same of the hall; SHOWN is a card that lies face up."""
    return {
        "slips pack tablet screen screen_news set_screen tell_of_room": {"": (world.session.pk,)},
        "slip": {"": (Slip.objects.get(session=world.session, contribution=shown).code,)},
        "count_paper": {"": (world.dialogue(1).pk,)},
        "read_aloud": {"": (shown,), "face_down": (hidden,)},
    }
