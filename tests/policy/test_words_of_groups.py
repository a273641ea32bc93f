"""What is said in a small group is heard in it and nowhere else, until it is carried to everybody's table.

Marked words are looked for in every page, part and frame that others can get hold of, while the meeting goes on: with
groups out, in the steps that quote what was said before, and long after.
"""

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import settings
from django.http import QueryDict
from django.test import Client

from sessions_app import clock
from sessions_app.models import Activity, Contribution, Dialogue, Group
from sessions_app.operations import (
    activities,
    carrying,
    carrying_on,
    circles,
    contributions,
    dialogues,
    group_work,
    groups,
    limits,
    responses,
    running,
    sessions,
    translations,
)
from tests.e2e.hall_scenes import keyed
from tests.kinds.filling import lay_out_cards
from tests.operations.carried import post
from tests.policy.cast import researcher
from tests.policy.onlooking import Seen, everything, frames
from tests.world import add, make_world

pytestmark = pytest.mark.django_db
MARK = "zebrafinch"
IN_THE_GROUP = ("Lea", "Ben")
BESIDE_IT = ("Nora", "Chidi")
STEPS = ("small_groups", "say_it_back", "together", "check_out")
Stage = Callable[["Meeting"], None]


class Meeting:
    """Two small groups after a step of cards. Nora sat in the first before she was moved to the second."""

    def __init__(self) -> None:
        self.world = world = make_world()
        for step in world.steps:
            activities.remove_activity(activity=step, actor=world.ada)
        self.cards = lay_out_cards(world)
        for kind in STEPS:
            activities.plan_activity(
                workshop=world.workshop,
                actor=world.ada,
                session=world.session,
                kind=kind,
                prompt=f"What about {kind}?",
                options={"rule": "choice", "size": 9} if kind == "small_groups" else {},
            )
        for name in ("Lea", "Nora", "Olle"):
            add(world, name)
        for name in (*IN_THE_GROUP, *BESIDE_IT):
            sessions.enter_room(session=world.session, person=world[name].participant)
        self.rana = researcher(world)

    @property
    def step(self) -> Activity:
        return Activity.objects.select_related("workshop", "session").get(
            kind="small_groups", workshop=self.world.workshop
        )

    @property
    def groups(self) -> list[Group]:
        found = Group.objects.standing().select_related("dialogue__activity", "activity__workshop", "activity__session")
        return list(found.filter(activity=self.step).order_by("number"))

    def seat(self, name: str, number: int) -> None:
        person, group = self.world[name].participant, self.groups[number]
        groups.move_person(activity=self.step, actor=self.world.ada, person=person, group=group)

    def browser(self, who: str) -> Client:
        client = Client(raise_request_exception=False)
        if who == "researcher":
            client.force_login(self.rana)
        elif who != "outsider":
            client.cookies[settings.DEVICE_COOKIE] = self.world.cookies[who]
        return client

    def sees(self, who: str) -> Seen:
        found = everything(self.browser(who), self.world.workshop)
        if who in self.world.cookies:
            sits = {"memberships__participant": self.world[who].participant, "memberships__left_at": None}
            own = [one.dialogue for one in self.groups if Group.objects.filter(pk=one.pk, **sits).exists()]
            found.pages |= frames(self.world.workshop, groups=own, is_host=who == "Hella").pages
        return found

    def in_the_hall(self) -> Seen:
        """What its devices show."""
        return Seen({purpose: self._device(purpose) for purpose in ("screen", "tablet")})

    def _device(self, purpose: str) -> str:
        """All of it, also after somebody sat down at the tablet."""
        address, device = keyed(self.world, purpose, "Ada"), Client(raise_request_exception=False)
        told = [device.get(address)]
        if purpose == "screen":
            told.append(
                device.get(f"{address.replace('/screen/', '/screen/news/')}&after=0&epoch={self.world.workshop.epoch}")
            )
        else:
            told.append(device.post(address, {"press": "new", "name": f"Lars {uuid.uuid4().hex[:4]}"}))
        assert {answer.status_code for answer in told} <= {200, 422}, purpose  # 422 while nothing is asked
        return "\n".join(answer.content.decode() for answer in told)


def talk(meeting: Meeting) -> None:
    """Words of every sort are said in the first group, changed, answered, taken back; to Nora, too, who has moved."""
    world, first = meeting.world, meeting.groups[0]
    noras = post(world, first, "Nora", "Before I moved.")
    meeting.seat("Nora", 1)
    words = [post(world, first, who, f"{MARK} of {who}") for who in ("Lea", "Ben", "Lea", "Ben")]
    post(world, first, "Lea", f"{MARK} for Nora", reply_to=noras.pk)
    post(world, first, "Sam", f"{MARK} typed", via="scribe", author=world["Lea"].participant)
    post(world, meeting.groups[1], "Chidi", "Said at the other table.")
    contributions.revise_contribution(contribution=words[2], actor=world["Lea"], body=f"{MARK} put otherwise")
    contributions.withdraw_contribution(contribution=words[3], actor=world["Ben"])
    for actor in (world["Sam"], world["Lea"]):
        given = {"text": f"{MARK} in Swedish", "language": "sv"}
        translations.gloss_contribution(contribution=words[0], actor=actor, **given)
    group_work.change_group(group=first, actor=world.ada, name="The door", call_link=f"https://meet.example/{MARK}")
    group_work.name_note_taker(group=first, actor=world["Lea"], person=world["Lea"].participant)
    group_work.keep_notes(group=first, actor=world["Lea"], text=f"{MARK} as a note")
    group_work.tell_groups(activity=meeting.step, actor=world.ada, text=f"{MARK} from the host", group=first)


def are_carried(meeting: Meeting) -> None:
    for what in (carrying.CARDS, carrying.NOTES):
        carrying.carry_back(activity=meeting.step, actor=meeting.world.ada, what=what)


def are_back(meeting: Meeting) -> None:
    """What was carried to everybody's table was taken from it again."""
    groups.bring_back(activity=meeting.step, actor=meeting.world.ada)
    are_carried(meeting)
    carrying.undo_carrying(activity=meeting.step, actor=meeting.world.ada)


def say_back(meeting: Meeting) -> None:
    """The next step quotes; meanwhile somebody still changes and takes back what they said in the group."""
    world = meeting.world
    running.next_step(session=world.session, actor=world.ada)
    contributions.revise_contribution(contribution=_of(meeting, "Ben"), actor=world["Ben"], body=f"{MARK}, later")
    contributions.withdraw_contribution(contribution=_of(meeting, "Lea"), actor=world["Lea"])
    card = meeting.cards.contributions.earliest("seq")
    sent = {"sent": QueryDict(f"about={card.pk}&reason=x"), "via": "room", "reason": "Nobody rang."}
    responses.give_answer(dialogue=_on(meeting), actor=world["Nora"], **sent)


def carry_on(meeting: Meeting) -> None:
    world = meeting.world
    running.next_step(session=world.session, actor=world.ada)
    circles.name_circles(session=world.session, actor=world.ada, here={world[n].participant.pk for n in BESIDE_IT})
    card = meeting.cards.contributions.latest("seq")
    given = {"cards": [str(card.pk)], "client_id": uuid.uuid4(), "via": "room"}
    carrying_on.carry_on(dialogue=_on(meeting), actor=world["Nora"], **given)


def is_over(meeting: Meeting) -> None:
    """The meeting has ended, and its steps stay open between the meetings."""
    world = meeting.world
    running.close_session(session=world.session, actor=world.ada)
    for step in world.steps[:4]:
        dialogues.keep_open(activity=step, actor=world.ada, until=clock.now() + timedelta(days=2))
    limits._buckets.clear()
    post(world, meeting.groups[0], "Lea", f"{MARK} after the meeting", via="thread")


def _of(meeting: Meeting, who: str) -> Contribution:
    found = Contribution.objects.select_related("dialogue__activity__workshop", "dialogue__group")
    mine = found.filter(dialogue=meeting.groups[0].dialogue, author=meeting.world[who].participant, withdrawn_at=None)
    return mine.latest("seq")


def _on(meeting: Meeting) -> Dialogue:
    current = meeting.world.workshop.sessions.get(pk=meeting.world.session.pk).current_activity
    return Dialogue.objects.select_related("activity__workshop", "activity__session").get(activity=current, group=None)


# Who looks after which stage: Nora, who sits in the other group, after each of them.
STAGES: dict[Stage, tuple[str, ...]] = {
    talk: ("Nora", "Hella"),
    are_back: ("Nora",),
    say_back: ("Nora", "Olle", "Hella", "outsider", "researcher"),
    carry_on: ("Nora",),
    is_over: ("Nora",),
}


@pytest.fixture
def meeting(db) -> Meeting:
    """The groups are out: Lea, Ben and Nora in the first, Chidi in the second, Olle in none."""
    made = Meeting()
    running.next_step(session=made.world.session, actor=made.world.ada)
    groups.make_groups(activity=made.step, actor=made.world.ada, count=2)
    for name, number in (("Lea", 0), ("Ben", 0), ("Nora", 0), ("Chidi", 1)):
        made.seat(name, number)
    for name in ("Olle", "Hella"):
        groups.move_person(activity=made.step, actor=made.world.ada, person=made.world[name].participant, group=None)
    return made


def test_nobody_beside_a_group_finds_what_was_said_in_it(meeting):
    for stage, onlookers in STAGES.items():
        stage(meeting)
        assert meeting.in_the_hall().holding(MARK) == [], stage.__name__
        for who in onlookers:
            seen = meeting.sees(who)
            assert seen.holding(MARK) == [], (stage.__name__, who)
            assert len(seen.pages) > 100


def test_who_was_moved_out_finds_only_their_own_words(meeting):
    talk(meeting)
    meeting.seat("Ben", 1)
    said = [
        one.body for one in meeting.groups[0].dialogue.contributions.exclude(author=meeting.world["Ben"].participant)
    ]
    seen = meeting.sees("Ben")

    for words in filter(None, said):
        assert seen.holding(words) == [], words


def test_who_sits_there_finds_it_and_so_does_everybody_when_it_is_carried(meeting):
    """Else the tests above would prove nothing."""
    talk(meeting)
    for who, least in (("Lea", 3), ("Sam", 3)):
        assert len(meeting.sees(who).holding(MARK)) >= least, who

    are_carried(meeting)

    assert meeting.in_the_hall().holding(MARK) == ["screen"]
    running.next_step(session=meeting.world.session, actor=meeting.world.ada)
    assert [where for where in meeting.sees("Nora").holding(MARK) if where.endswith("/answer/")]
