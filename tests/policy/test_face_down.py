"""Blind is blind, for every way of working: what lies face down is in nothing that others can get hold of.

Two proofs. Marked words are looked for everywhere. And everything that can be known of an answer (what it says, what
was chosen, who gave it, on which list it lies) is changed under the pages: none of them may change with it.
"""

from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from django.conf import settings
from django.db.models import F
from django.test import Client

from sessions_app import clock
from sessions_app.kinds import Kind, all_kinds
from sessions_app.models import Activity, Contribution, Dialogue, Response
from sessions_app.operations import activities, dialogues, limits, running
from tests.kinds.filling import hand_in_paper, lay_out_cards, options_for, say, write_down
from tests.policy.cast import Cast, researcher
from tests.policy.onlooking import everything, frames
from tests.world import World, add, make_world

pytestmark = pytest.mark.django_db
ASKED = {key: kind for key, kind in all_kinds().items() if kind.invites()}
SOON = timedelta(days=3)
WRITERS = ("Ben", "Chidi", "Hella")
ONLOOKERS = ("participant", "outsider", "from elsewhere", "researcher")


@dataclass
class Table:
    """A workshop in which everything lies face down: each kind as a step that is over, and as a thread."""

    cast: Cast
    dialogues: dict[str, list[Dialogue]] = field(default_factory=dict)
    source: int = 0  # the dialogue whose cards lie face up, for those who quote

    @property
    def world(self) -> World:
        return self.cast.world

    def browser(self, who: str) -> Client:
        """Of somebody who takes part and wrote nothing, or has no business here at all."""
        role = {"participant": "part", "outsider": "out", "from elsewhere": "seat", "researcher": "rese"}[who]
        return self.cast.browser(role)

    def sees(self, who: str):
        found = everything(self.browser(who), self.world.workshop)
        if who == "participant":
            found.pages |= frames(self.world.workshop).pages
        return found


@pytest.fixture
def table(db, browser_of_writer) -> Table:
    made = Table(Cast(make_world(), make_world("Another one", host="Olga")))
    world = made.world
    for name in ("Nils", "Nora"):
        add(world, name)
    made.cast.users = {"rese": researcher(world)}
    made.cast.cookies = {"part": world.cookies["Nora"], "seat": made.cast.other.cookies["Ben"]}
    for step in world.steps:
        activities.remove_activity(activity=step, actor=world.ada)
    source = lay_out_cards(world)
    for key, kind in ASKED.items():
        given = {"workshop": world.workshop, "actor": world.ada, "kind": key, "options": options_for(kind)}
        step = activities.plan_activity(session=world.session, prompt=f"What about {key}?", blind=True, **given)
        thread = dialogues.open_thread(prompt=f"And {key}?", until=clock.now() + SOON, blind=True, **given)
        # A thread has no step before it whose words could be said back.
        made.dialogues[key] = [_dialogue(activity) for activity in ((step,) if kind.quotes else (step, thread))]
    made.source = source.pk
    for key, both in made.dialogues.items():
        running.next_step(session=world.session, actor=world.ada)
        for dialogue in both:
            contribute(world, ASKED[key], _dialogue(dialogue.activity), browser_of_writer(world))
    for page in (f"/meetings/{world.session.pk}/room/", f"/w/{world.workshop.slug}/away/"):
        made.browser("participant").get(page)  # a first visit is in the log
    return made


@pytest.fixture
def browser_of_writer():
    """Draws the form in which somebody answers."""

    def _browser(world: World):
        def draw(dialogue: Dialogue) -> str:
            client = Client()
            client.cookies[settings.DEVICE_COOKIE] = world.cookies["Ben"]
            return client.get(f"/dialogues/{dialogue.pk}/answer/").content.decode()

        return draw

    return _browser


def _dialogue(activity: Activity) -> Dialogue:
    return Dialogue.objects.select_related("activity__workshop", "activity__session").get(activity=activity)


def mark(kind: type[Kind], who: str) -> str:
    """Words that stand nowhere else."""
    return f"zebrafinch {kind.key.replace('_', ' ')} {who}"[:40]


def contribute(world: World, kind: type[Kind], dialogue: Dialogue, draw) -> None:
    limits._buckets.clear()  # nobody writes so much in one minute
    form = draw(dialogue) if kind.takes_answers else ""
    for turn, who in enumerate(("Ben", "Chidi")):
        say(world, dialogue, who, mark(kind, who), turn=turn, form=form)
    write_down(world, dialogue, "Hella", mark(kind, "Hella"), turn=2, form=form)
    hand_in_paper(world, dialogue, mark(kind, "paper"), turn=3, form=form)


def change_all_that_is_hidden(table: Table) -> None:
    """The same answers with other words, other choices, by somebody else, on other lists."""
    world = table.world
    said = Contribution.objects.filter(dialogue__activity__workshop=world.workshop).exclude(dialogue=table.source)
    ben, nils = world["Ben"].participant, world["Nils"].participant
    said.update(body=F("via"), heading=F("heading") * 0 + 1)
    said.filter(author=ben).update(author=nils)
    given = Response.objects.filter(dialogue__activity__workshop=world.workshop)
    for dialogue in Dialogue.objects.filter(responses__in=given).distinct():
        values = list(given.filter(dialogue=dialogue).order_by("seq").values_list("value", flat=True))
        other = next((value for value in values[1:] if value != values[0]), values[0])
        given.filter(dialogue=dialogue).update(value=other)
    given.filter(participant=ben).update(participant=nils)


def test_nobody_else_learns_anything_of_what_lies_face_down(table):
    with clock.at(clock.now()):
        before = {who: table.sees(who) for who in ONLOOKERS}
        change_all_that_is_hidden(table)
        after = {who: table.sees(who) for who in ONLOOKERS}

    for who in ONLOOKERS:
        assert before[who].holding("zebrafinch") == [], who
        changed = after[who].differing(before[who])
        assert not changed, who + "\n" + "\n".join(changed)
        assert len(before[who].pages) > 100


def test_what_is_turned_over_can_be_found_and_changes_with_the_answers(table):
    """Else the test above would prove nothing."""
    Activity.objects.filter(workshop=table.world.workshop).update(revealed_at=clock.now())
    before = table.sees("participant")
    change_all_that_is_hidden(table)
    changed = "\n".join(table.sees("participant").differing(before))

    for key, both in table.dialogues.items():
        for dialogue in both:
            assert f"/threads/{dialogue.pk}/" in changed, key
            assert f"line of thread {dialogue.pk}" in changed, key
        if ASKED[key].takes_words or ASKED[key].takes_reasons:
            for whose in ("Ben", "Hella", "paper"):
                assert before.holding(mark(ASKED[key], whose)), (key, whose)
