"""What the room asks of the database while each way of working is on: few queries, and no more in a full hall."""

import uuid

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sessions_app.kinds import Kind, all_kinds
from sessions_app.models import Contribution, Dialogue, Group, Place
from sessions_app.operations import activities, carrying, circles, groups, limits, rounds, running, sessions
from tests.kinds.filling import lay_out_cards, options_for, say, write_down
from tests.operations.carried import post
from tests.world import World, add

pytestmark = pytest.mark.django_db
MOST = 15
MOST_BESIDE = 20  # where the room also shows cards of the step before, who works with whom, or who sits where
ROUND = "check_in_round"
NEWCOMER = "newcomer"
VIEWERS = ("Ben", "Sam", "Ada", NEWCOMER)


class Room:
    """A meeting in which a step of one kind is on, with cards in the step before it."""

    def __init__(self, world: World, key: str) -> None:
        self.world, self.key, self.kind = world, key, all_kinds()[key]
        for step in world.steps:
            activities.remove_activity(activity=step, actor=world.ada)
        lay_out_cards(world)
        options = {**options_for(self.kind), **({"rule": "choice", "size": 9} if self.kind.in_groups else {})}
        given = {"workshop": world.workshop, "actor": world.ada, "session": world.session}
        self.step = activities.plan_activity(kind=key, prompt="What about it?", options=options, **given)
        running.next_step(session=world.session, actor=world.ada)
        self.number = 0

    @property
    def dialogue(self) -> Dialogue:
        found = Dialogue.objects.select_related("activity__workshop", "activity__session")
        return found.get(activity=self.step, group=None)

    def browser(self, who: str) -> Client:
        browser = Client()
        if who == "Ada":
            browser.force_login(self.world.ada.participant.user)
        else:
            browser.cookies[settings.DEVICE_COOKIE] = self.world.cookies[who]
        return browser

    def people_come(self, count: int) -> None:
        """So many more in the hall and at home, who do all that the step asks of them."""
        names = [f"Person {self.number + place}" for place in range(count)]
        self.number += count
        for place, name in enumerate(names):
            add(self.world, name, usual_place=Place.HALL if place % 2 else Place.REMOTE)
            sessions.enter_room(session=self.world.session, person=self.world[name].participant)
        here = {self.world[name].participant.pk for name in names}
        if self.kind.carries:
            circles.name_circles(session=self.world.session, actor=self.world.ada, here=here)
        if self.key == ROUND:
            rounds.begin_round(session=self.world.session, actor=self.world.ada, here=here)
        if self.kind.in_groups:
            self._sit(names)
        if self.kind.quotes or self.kind.carries:
            self._more_cards(count)
        if self.kind.invites():
            self._answer(names)

    def _more_cards(self, count: int) -> None:
        """In the step before."""
        one = Contribution.objects.filter(dialogue__activity__kind="open_dialogue").earliest("seq")
        for place in range(count):
            one.pk, one.client_id, one.seq = uuid.uuid4(), uuid.uuid4(), -self.number - place
            one.save(force_insert=True)

    def _answer(self, names: list[str]) -> None:
        limits._buckets.clear()
        dialogue, form = self.dialogue, ""
        if self.kind.takes_answers:
            form = self.browser("Chidi").get(f"/dialogues/{dialogue.pk}/answer/").content.decode()
        for turn, name in enumerate(names):
            (write_down if turn % 3 == 2 else say)(self.world, dialogue, name, f"{name} said.", turn=turn, form=form)

    def _sit(self, names: list[str]) -> None:
        given = {"activity": self.step, "actor": self.world.ada}
        groups.make_groups(**given, count=max(2, self.number // 3))
        made = list(Group.objects.standing().filter(activity=self.step))
        for place, name in enumerate(names):
            group = made[place % len(made)]
            groups.move_person(**given, person=self.world[name].participant, group=group)
            post(self.world, group, name)
        carrying.carry_back(**given)

    def asked(self) -> dict[str, int]:
        """Queries of the room's page for each of those who look, and of all that belongs to it: who and where -> how
        many. The newcomer was never here before."""
        add(self.world, NEWCOMER)
        if self.dialogue.activity.is_hidden:
            running.reveal(session=self.world.session, actor=self.world.ada)
        room = f"/meetings/{self.world.session.pk}/room/"
        found = {f"{who}: room": self._asked(who, room) for who in VIEWERS}
        return found | {f"{who}: {name}": self._asked(who, address) for name, (who, address) in self._beside().items()}

    def _beside(self) -> dict[str, tuple[str, str]]:
        dialogue, meeting = self.dialogue.pk, self.world.session.pk
        pages = {name: ("Sam", f"/meetings/{meeting}/{name}/") for name in ("console", "scribe", "screen", "slips")}
        pages |= {"thread": ("Ben", f"/threads/{dialogue}/"), "replay": ("Ada", f"/meetings/{meeting}/replay/")}
        if self.kind.takes_answers:
            pages |= {name: ("Sam", f"/dialogues/{dialogue}/{name}/") for name in ("ballots", "answer")}
        if self.kind.quotes:
            pages["meant"] = ("Sam", f"/dialogues/{dialogue}/meant/")
        if self.kind.carries:
            pages["carry"] = ("Ben", f"/dialogues/{dialogue}/carry/")
        if self.kind.headings == "sorted":
            pages["headings"] = ("Sam", f"/dialogues/{dialogue}/headings/")
        if self.kind.in_groups:
            group = Group.objects.filter(activity=self.step).earliest("number")
            pages |= {"group": ("Sam", f"/groups/{group.pk}/"), "groups": ("Ada", f"/steps/{self.step.pk}/groups/")}
        return pages

    def _asked(self, who: str, address: str) -> int:
        browser = self.browser(who)
        if who != NEWCOMER:
            browser.get(address)  # a first visit is written into the log
        with CaptureQueriesContext(connection) as found:
            assert browser.get(address).status_code == 200, address
        return len(found)


def most(kind: type[Kind]) -> int:
    return MOST_BESIDE if kind.quotes or kind.carries or kind.in_groups else MOST


@pytest.mark.parametrize("key", sorted(all_kinds()))
def test_few_queries_whatever_is_on_and_however_many_there_are(world, key):
    room = Room(world, key)
    room.people_come(6)
    before = room.asked()
    room.people_come(12)
    after = room.asked()

    assert {where: (before[where], many) for where, many in after.items() if many > before[where]} == {}
    rooms = {where: many for where, many in after.items() if where.endswith(" room")}
    assert max(rooms.values()) <= most(room.kind), rooms
