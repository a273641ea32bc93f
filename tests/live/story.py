"""Anything that can happen in a workshop, in any order: small acts by number, for tests that try many orders."""

import uuid
from datetime import timedelta

from sessions_app import clock
from sessions_app.errors import Refused
from sessions_app.models import Activity, Contribution, Dialogue, Participant, SignalKind, Turn
from sessions_app.operations import (
    activities,
    contributions,
    dialogues,
    messages,
    participants,
    running,
    sessions,
    signals,
    translations,
    turns,
    workshops,
)
from sessions_app.policy import Actor
from tests.live.grouping import GROUPING, begin_groups
from tests.live.sorting import SORTING
from tests.world import World, make_world

SPEAKERS = ("Ada", "Sam", "Ben", "Chidi", "Gil")
PRESSES = {
    "start": running.start,
    "next": running.next_step,
    "back": running.previous_step,
    "extend": running.extend,
    "pause": running.pause,
    "resume": running.resume,
    "reveal": running.reveal,
    "close": running.close_session,
    "undo": running.undo,
}
DAY = timedelta(days=1)


class Story:
    """A world to which things happen. `act` takes a name of ACTS and a number that says whom and what it is about."""

    def __init__(self):
        self.world: World = make_world()
        self.words = 0
        self.grouped = begin_groups(self.world)
        with_a_thread = dialogues.open_thread(
            workshop=self.world.workshop, actor=self.world.ada, prompt="And between?", until=clock.now() + 9 * DAY
        )
        self.thread = with_a_thread.dialogues.get()
        self.sorted, self.chosen = (
            dialogues.open_thread(
                workshop=self.world.workshop,
                actor=self.world.ada,
                prompt="And by heading?",
                until=clock.now() + 9 * DAY,
                kind=kind,
            ).dialogues.get()
            for kind in ("clustering", "what_i_bring")
        )

    def act(self, name: str, number: int) -> bool:
        """Let it happen. False when it was refused, as it would be for people."""
        try:
            ACTS[name](self, number)
        except Refused:
            return False
        return True

    @property
    def dialogues(self) -> list[Dialogue]:
        found = Dialogue.objects.select_related("activity__workshop", "activity__session").order_by("pk")
        return list(found.filter(activity__workshop=self.world.workshop))

    def dialogue(self, number: int) -> Dialogue:
        """Mostly the one that is on in the room, else one of all."""
        everything = self.dialogues
        on = [found for found in everything if found.activity.is_on]
        return on[0] if on and number % 3 else everything[number % len(everything)]

    def all_said(self) -> list[Contribution]:
        return list(Contribution.objects.select_related("dialogue__activity").order_by("seq"))

    def contribution(self, number: int) -> Contribution:
        said = self.all_said()
        if not said:
            raise Refused
        return said[number % len(said)]

    def actor(self, number: int) -> Actor:
        person = self.world[SPEAKERS[number % len(SPEAKERS)]].participant
        return Actor(Participant.objects.select_related("workshop").get(pk=person.pk))

    def new_words(self) -> str:
        self.words += 1
        return f"words-{self.words}-of-somebody"

    def author_of(self, contribution: Contribution) -> Actor:
        for number in range(len(SPEAKERS)):
            actor = self.actor(number)
            if contributions.is_own(contribution, actor.participant):
                return actor
        raise Refused


def press(name):
    return lambda story, number: PRESSES[name](session=story.world.session, actor=story.world.ada)


def say(story, number):
    dialogue, actor = story.dialogue(number), story.actor(number)
    earlier = list(dialogue.contributions.all())
    contributions.post_contribution(
        dialogue=dialogue,
        actor=actor,
        body=story.new_words(),
        via="room" if number % 2 else "thread",
        client_id=uuid.uuid4(),
        name=f"Guest {number}",
        heading=number % 2,
        reply_to=earlier[number % len(earlier)].pk if earlier and number % 4 == 0 else None,
    )


def write_down(story, number):
    contributions.post_contribution(
        dialogue=story.dialogue(number),
        actor=story.world["Sam"],
        author=story.actor(number).participant,
        body=story.new_words(),
        via="scribe",
        client_id=uuid.uuid4(),
        name="Guest on paper",
        heading=number % 2,
    )


def revise(story, number):
    said = story.contribution(number)
    contributions.revise_contribution(contribution=said, actor=story.author_of(said), body=story.new_words())


def withdraw(story, number):
    said = story.contribution(number)
    contributions.withdraw_contribution(contribution=said, actor=story.author_of(said))


def gloss(story, number):
    words = story.new_words() if number % 3 else ""
    translations.gloss_contribution(
        contribution=story.contribution(number), actor=story.world["Sam"], text=words, language="sv"
    )


def keep_open(story, number):
    activity = story.dialogue(number).activity
    dialogues.keep_open(activity=activity, actor=story.world.ada, until=clock.now() + 2 * DAY)


def end_window(story, number):
    dialogues.end_window(activity=story.dialogues[number % len(story.dialogues)].activity, actor=story.world.ada)


def end_due(story, number):
    with clock.at(clock.now() + number * DAY):
        dialogues.end_due_windows()


def bring(story, number):
    dialogues.bring_to_meeting(dialogue=story.thread, session=story.world.session, actor=story.world.ada)


def plan(story, number):
    activities.plan_activity(
        workshop=story.world.workshop,
        actor=story.world.ada,
        session=story.world.session,
        kind=("cards", "kettle", "check_out", "clustering", "four_lists")[number % 5],
    )


def step_of(story, number) -> Activity:
    return story.dialogues[number % len(story.dialogues)].activity


def change(story, number):
    fields = (
        {"title": f"Title {number}"},
        {"prompt": f"Prompt {number}?"},
        {"identity": "group"},
        {"identity": "anonymous"},
        {"blind": True},
        {"minutes": number + 1},
        {"stages": ["agreement"]},
    )[number % 7]
    activities.change_activity(activity=step_of(story, number), actor=story.world.ada, **fields)


def move_step(story, number):
    activities.move_activity(activity=step_of(story, number), actor=story.world.ada, earlier=number % 2 == 0)


def remove_step(story, number):
    operation = activities.put_back_activity if number % 3 == 0 else activities.remove_activity
    operation(activity=step_of(story, number), actor=story.world.ada)


def rename(story, number):
    actor = story.actor(number)
    participants.rename(person=actor.participant, actor=actor, name=f"Name {number % 4}")


def move(story, number):
    actor = story.actor(number)
    participants.move(person=actor.participant, actor=actor, place=("hall", "phone")[number % 2])


def change_workshop(story, number):
    fields = ({"title": f"Workshop {number}"}, {"time_zone": ("Asia/Kathmandu", "America/New_York")[number % 2]})
    workshops.change_workshop(workshop=story.world.workshop, actor=story.world.ada, **fields[number % 2])


def change_session(story, number):
    fields = ({"title": f"Meeting {number}"}, {"link": f"https://call.example/{number}"})[number % 2]
    sessions.change_session(session=story.world.session, actor=story.world.ada, **fields)


def come_in(story, number):
    guest = participants.join(workshop=story.world.workshop).participant
    sessions.enter_room(session=story.world.session, person=guest)


def ask(story, number):
    given = {"is_reply": number % 2 == 0, "note": story.new_words(), "name": f"Guest {number}"}
    turns.ask_for_word(session=story.world.session, actor=story.actor(number), **given)


def turn(story, number):
    line = list(Turn.objects.filter(session=story.world.session).select_related("session", "participant"))
    if not line:
        raise Refused
    presses = (turns.give_word, turns.end_turn, turns.more_time, turns.put_back, turns.withdraw_turn)
    presses[number % 5](turn=line[-1 - number % len(line)], actor=story.world.ada)


def signal(story, number):
    kind = SignalKind.values[number % 4] if number % 3 else SignalKind.CANT_FOLLOW
    operation = (signals.raise_signal, signals.raise_signal, signals.take_back_signal, signals.answer_signals)[
        number % 4
    ]
    actor = story.world.ada if operation == signals.answer_signals else story.actor(number)
    operation(session=story.world.session, actor=actor, kind=kind)


def message(story, number):
    to = None if number % 2 else story.actor(number).participant
    said = messages.send_message(session=story.world.session, actor=story.world.ada, text=story.new_words(), to=to)
    if number % 3 == 0:
        messages.withdraw_message(message=said, actor=story.world.ada)


ACTS = (
    {name: press(name) for name in PRESSES}
    | SORTING
    | GROUPING
    | {
        "say": say,
        "write down": write_down,
        "revise": revise,
        "withdraw": withdraw,
        "gloss": gloss,
        "keep open": keep_open,
        "end window": end_window,
        "end due windows": end_due,
        "bring": bring,
        "plan": plan,
        "change": change,
        "move step": move_step,
        "remove step": remove_step,
        "rename": rename,
        "move": move,
        "change workshop": change_workshop,
        "change session": change_session,
        "come in": come_in,
        "ask": ask,
        "turn": turn,
        "signal": signal,
        "message": message,
    }
)
