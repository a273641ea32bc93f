"""Every way of working, played by three people on three devices; the same picture and table for all of them."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from sessions_app.kinds import all_kinds
from sessions_app.models import Session
from sessions_app.operations import activities, limits, running
from tests.e2e.cookies import cookies_of
from tests.e2e.person import DESK, Person
from tests.e2e.plays import PLAYED_ELSEWHERE, PLAYS
from tests.world import make_world

ROWS = (
    "rows => rows.map((row) => [row.querySelector('th').textContent.trim(), row.querySelector('.bars__n').textContent])"
)


class Stage:
    """A meeting that goes on from play to play; everybody keeps their page open."""

    def __init__(self, browser, web) -> None:
        self.world = make_world()
        for step in self.world.steps:
            activities.remove_activity(activity=step, actor=self.world.ada)
        ada, ben, chidi, sam = (
            Person(browser, web, cookies=cookies_of(self.world, name), **more)
            for name, more in (("Ada", {"viewport": DESK}), ("Ben", {}), ("Chidi", {"viewport": DESK}), ("Sam", {}))
        )
        self.ada, self.ben, self.chidi, self.sam = ada, ben, chidi, sam
        self.sam.forgive("422")  # in a break he is told that nothing is written down
        self.sam.room = f"/meetings/{self.world.session.pk}/"

    @property
    def everybody(self) -> tuple[Person, ...]:
        return (self.ada, self.ben, self.chidi)

    def opens(self, key: str):
        """The next step is of this kind. Everybody is there already, but for the first one."""
        limits._buckets.clear()
        world, options = self.world, PLAYS[key].options
        planned = {"workshop": world.workshop, "actor": world.ada, "session": world.session, "kind": key}
        step = activities.plan_activity(prompt=f"What about {key}?", options=options, **planned)
        session = Session.objects.select_related("workshop").get(pk=world.session.pk)
        (running.next_step if session.started_at else running.start)(session=session, actor=world.ada)
        self.sam.dialogue = step.dialogues.get().pk
        for person in self.everybody:
            if person.page.url == "about:blank":
                person.enters_room(session)
            person.sees_question(f"What about {key}?")
        return step


@pytest.fixture(scope="module")
def stage(browser, web):
    made = Stage(browser, web)
    yield made
    for person in (*made.everybody, made.sam):
        person.leaves()


def test_every_way_of_working_has_a_play():
    tests = {key: (Path(__file__).parent / name).read_text() for key, name in PLAYED_ELSEWHERE.items()}

    assert all_kinds().keys() == PLAYS.keys() | PLAYED_ELSEWHERE.keys()
    assert all(f'"{key}"' in test for key, test in tests.items())


@pytest.mark.parametrize("key", PLAYS)
def test_three_people_on_three_devices(stage, key):
    play, step = PLAYS[key], stage.opens(key)

    play.phone(stage.ben)
    play.keyboard(stage.chidi)
    play.scribe(stage.sam)
    if step.blind:
        told = stage.ada.page.locator("#room-wall, #room-board").all_inner_texts()
        assert not any(words in str(told) for words in ("From a phone", "Nobody asked", "calm"))
        stage.ada.presses("Show the answers" if all_kinds()[key].takes_answers else "Turn the cards over")
    if play.cards:
        for words in {card for lists in play.cards.values() for card in lists}:
            stage.ben.sees_card(words)
    play.afterwards(stage.ben)

    for person in stage.everybody:
        all_see(person, play)
        assert person.unforgiven() == []
    assert stage.sam.unforgiven() == []


def all_see(person: Person, play) -> None:
    """The words, the cards under their headings, the numbers, and the picture beside them."""
    for words in play.words:
        person.sees(words)
    if play.cards and list(play.cards) == [""]:
        expect(person.page.locator("#room-wall .card__words")).to_have_text(play.cards[""])
    for title, words in (play.cards or {}).items():
        if title:
            heading = person.page.get_by_role("heading", name=title)
            section = person.page.locator(".outline > section", has=heading)
            expect(section.locator(".card__words")).to_have_text(words)
    if play.rows:
        table = person.page.locator("#room-board table.bars").first.locator("tbody tr")
        expect(table).to_have_count(len(play.rows))
        found = table.evaluate_all(ROWS)
        assert [n for _text, n in found] == [n for _text, n in play.rows]
        assert all(text.startswith(first) for (text, _n), (first, _) in zip(found, play.rows, strict=True)), found
    if play.picture:
        expect(person.page.locator(f"#room-board {play.picture[0]}")).to_have_count(play.picture[1])
