"""Small groups on three devices: one by keyboard alone, one by mouse on a phone, one through the scribe."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from sessions_app import clock
from sessions_app.models import Contribution, Group, Participant
from sessions_app.operations import activities, group_work, groups, sessions
from tests.e2e.keyboard import never_reached, press, tab_to, type_into, walk
from tests.e2e.person import DESK
from tests.world import add

QUESTION = "What would make the first hour calmer?"


@pytest.fixture
def step(world):
    """A step in small groups is on. Ben and Chidi are online, Hanna sits in the hall without a device."""
    add(world, "Hanna", usual_place="hall")
    made = activities.plan_activity(
        workshop=world.workshop, actor=world.ada, session=world.session, kind="small_groups", prompt=QUESTION
    )
    world.go_live(step=4)
    for name in ("Ben", "Chidi"):
        sessions.enter_room(session=world.session, person=world[name].participant)
    return made


def group_of(step, name: str) -> Group:
    return Group.objects.get(activity=step, memberships__participant__name=name, memberships__left_at=None)


def seat(world, step, **where: Group) -> None:
    for name, group in where.items():
        groups.move_person(activity=step, actor=world.ada, person=world[name].participant, group=group)


def says_where(person, group) -> None:
    expect(person.page.get_by_text(f"You are in {group.label}.")).to_be_visible()


def test_three_people_in_groups_and_back(world, step, come):
    """Made, moved, written by three roads, timed, told, called back, and carried back once."""
    ben, chidi = (come(name).enters_room(world.session) for name in ("Ben", "Chidi"))
    host, scribe = come("Ada", viewport=DESK), come("Sam", viewport=DESK)
    one = makes_and_moves(world, step, host, ben, chidi)
    all_write(world, one, ben, chidi, scribe)
    come_back(host, ben, chidi)
    carries_back_once(one, host, ben, chidi)


def makes_and_moves(world, step, host, ben, chidi) -> Group:
    """Two groups are made; Chidi is moved to Ben by two lists and a button, and Hanna joins them."""
    host.goes_to(f"/steps/{step.pk}/groups/")
    host.page.get_by_label("How people come into groups").select_option("number")
    host.page.get_by_label("People in a group").fill("2")
    host.page.get_by_role("button", name="Make the groups").click()
    expect(host.page.get_by_role("heading", name="2 groups")).to_be_visible()
    for person, name in ((ben, "Ben"), (chidi, "Chidi")):
        says_where(person, group_of(step, name))

    one, two = group_of(step, "Ben"), group_of(step, "Chidi")
    row = host.page.locator(f"#group-{two.pk}")
    row.get_by_label("Move", exact=True).select_option(label="Chidi")
    row.get_by_label("to", exact=True).select_option(label=one.label)
    row.get_by_role("button", name="Move").click()
    says_where(chidi, one)
    seat(world, step, Hanna=one)
    return one


def all_write(world, one, ben, chidi, scribe) -> None:
    """Ben with the keyboard alone, Chidi on his phone, and Hanna, who has no device, through the scribe."""
    press(ben.page, "Go to my group")
    expect(ben.page.locator("#group-h")).to_be_focused()
    ben.is_connected()
    type_into(ben.page, ben.page.locator("#composer-body"), "A lamp by the door")
    press(ben.page, "Put it on the table")
    expect(ben.page.locator("#thread-says").get_by_text("A lamp by the door")).to_be_visible()

    chidi.page.get_by_role("link", name="Go to my group").click()
    chidi.is_connected()
    expect(chidi.page.get_by_text("A lamp by the door")).to_be_visible()
    chidi.page.locator("#composer-body").fill("And a chair")
    chidi.page.get_by_role("button", name="Put it on the table").click()
    scribe.goes_to(f"/meetings/{world.session.pk}/scribe/?step={one.dialogue.pk}")
    scribe.page.get_by_label("What was said").fill("A map")
    scribe.page.get_by_label("On behalf of").select_option(label="Hanna")
    scribe.page.get_by_role("button", name="Put on the table").click()
    for person in (ben, chidi):
        for words in ("And a chair", "A map"):
            expect(person.page.locator("#thread-says").get_by_text(words)).to_be_visible()


def come_back(host, ben, chidi) -> None:
    """Nobody's page is taken away; each goes by their own press, and lands on the question."""
    host.page.get_by_role("button", name="Bring everybody back").click()
    expect(ben.page.get_by_text("Finish your sentence")).to_be_visible()
    press(ben.page, "Back to everybody")
    expect(ben.page.locator("#question")).to_be_focused()
    ben.is_connected()
    chidi.page.locator("[data-back]").get_by_role("link", name="Back to everybody").click()
    chidi.is_connected()


def carries_back_once(one, host, ben, chidi) -> None:
    """One press carries everything, a second one nothing, and a third takes it back from the table."""
    host.page.get_by_role("button", name="Carry all cards back").click()
    expect(host.page.get_by_text("3 cards are on the table.")).to_be_visible()
    for person in (ben, chidi):
        for words in ("A lamp by the door", "And a chair", "A map"):
            expect(person.page.locator("#room-wall").get_by_text(words)).to_be_visible()
        expect(person.page.locator("#room-wall").get_by_text(f"From {one.label}")).to_have_count(3)
        typed = person.page.locator("#room-wall .say", has_text="A map").locator(".say__via")
        expect(typed).to_have_count(2)  # its group, and who wrote it down: one line below the other
        first, second = typed.nth(0).bounding_box(), typed.nth(1).bounding_box()
        assert first["y"] + first["height"] <= second["y"]
    host.page.get_by_role("button", name="Carry all cards back").click()
    expect(host.page.get_by_text("Nothing new lies in the groups.")).to_be_visible()
    host.page.get_by_role("button", name="Take them from the table again").click()
    expect(ben.page.locator("#room-wall").get_by_text("A map")).to_have_count(0)
    assert Contribution.objects.filter(dialogue__group=one, withdrawn_at=None).count() == 3


def test_who_is_moved_while_writing_loses_nothing_and_reads_nothing_more(world, step, come):
    groups.make_groups(activity=step, actor=world.ada, rule="number", count=2)
    one, two = group_of(step, "Ben"), group_of(step, "Chidi")
    ben = come("Ben").forgive("404").goes_to(f"/groups/{one.pk}/").is_connected()
    ben.page.locator("#composer-body").fill("Half a sent")
    seat(world, step, Ben=two)

    expect(ben.page.locator("#group-gone")).to_be_visible()
    expect(ben.page.get_by_label("What you were writing is still here.")).to_have_value("Half a sent")
    expect(ben.page.locator("#thread-says")).to_have_count(0)
    ben.page.locator("#group-gone").get_by_role("link", name="Back to everybody").click()
    says_where(ben, two)


def test_notes_are_written_by_one_and_read_by_all(world, step, come):
    groups.make_groups(activity=step, actor=world.ada, rule="number", count=1)
    one = group_of(step, "Ben")
    ben, chidi = (come(name).goes_to(f"/groups/{one.pk}/").is_connected() for name in ("Ben", "Chidi"))
    ben.page.get_by_role("button", name="I take the notes").click()
    ben.is_connected()
    expect(chidi.page.get_by_text("Ben takes the notes.")).to_be_visible()
    ben.page.get_by_label("You take the notes.").fill("A lamp, a chair, a map")
    expect(chidi.page.locator("#group-notes").get_by_text("A lamp, a chair, a map")).to_be_visible()
    expect(ben.page.locator("#notes-state")).to_have_text(re.compile("Kept"))


def test_two_minutes_left_is_said_twice_and_shown(world, step, come):
    groups.make_groups(activity=step, actor=world.ada, rule="number", count=1)
    group_work.set_timer(activity=step, actor=world.ada, minutes=3)
    Group.objects.filter(activity=step).update(ends_at=clock.now() + timedelta(seconds=123))
    ben = come("Ben")
    ben.page.clock.install()
    ben.goes_to(f"/groups/{group_of(step, 'Ben').pk}/").is_connected()
    heard = ben.page.locator("#announce")
    expect(ben.page.locator("#two-left")).to_be_hidden()

    ben.page.clock.run_for(5_000)
    expect(ben.page.locator("#two-left")).to_be_visible()
    expect(heard).to_have_text("2 min left")
    ben.page.clock.run_for(15_000)
    expect(heard).to_have_text("Once more: 2 min left")


@pytest.mark.parametrize("who", ["Ben", "Ada"])
def test_every_control_has_a_stop_and_every_stop_is_seen(world, step, come, who):
    groups.make_groups(activity=step, actor=world.ada, rule="number", count=2)
    one, ben = group_of(step, "Ben"), world["Ben"].participant
    group_work.name_note_taker(group=one, actor=world.ada, person=ben)
    person = come(who, viewport=DESK) if who == "Ada" else come(who)
    for path in [f"/groups/{one.pk}/"] if who == "Ben" else [f"/steps/{step.pk}/groups/", f"/groups/{one.pk}/change/"]:
        stops = walk(person.goes_to(path).page)

        assert never_reached(person.page) == []
        assert [stop["name"] for stop in stops if not (stop["ring"] and stop["seen"])] == []


def test_people_choose_and_who_comes_late_too(world, step, come):
    groups.make_groups(activity=step, actor=world.ada, rule="choice", size=2, count=2)
    one, two = Group.objects.filter(activity=step)
    ben = come("Ben").enters_room(world.session)
    ben.page.get_by_role("button", name=one.label).click()
    expect(ben.page.locator("#group-h")).to_have_text(one.label)
    gil = come("Gil").enters_room(world.session)
    expect(gil.page.get_by_text("1 place left")).to_be_visible()
    tab_to(gil.page, gil.page.get_by_role("button", name=two.label))
    gil.page.keyboard.press("Enter")
    expect(gil.page.locator("#group-h")).to_have_text(two.label)
    assert Participant.objects.get(memberships__group=two, memberships__left_at=None) == world["Gil"].participant
