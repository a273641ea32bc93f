"""A meeting whose people sit in small groups: one has notes, a call and little time; later all are called back."""

from datetime import timedelta

from sessions_app import clock
from sessions_app.models import Activity, Group
from sessions_app.operations import activities, carrying, group_work, groups, running, sessions
from tests.e2e.company import CROWD, WORDS
from tests.operations.carried import post
from tests.world import World, add, make_world

HOST = "Karin Lindh"
QUESTION = "What would make the first hour calmer?"
Pages = dict[str, tuple[str | None, str]]


def in_groups() -> tuple[World, Pages]:
    """Two groups, dealt so that hall and online are in each, with words in both."""
    world = make_world("Calmer visits", host=HOST)
    for name, place in CROWD:
        add(world, name, usual_place=place)
    step = activities.plan_activity(
        workshop=world.workshop,
        actor=world.ada,
        session=world.session,
        kind="small_groups",
        prompt=QUESTION,
        options={"rule": "mixed", "size": 5, "names": ["The door"]},
    )
    world.go_live(step=4)
    for name, _place in CROWD:
        sessions.enter_room(session=world.session, person=world[name].participant)
    groups.make_groups(activity=step, actor=world.ada)
    for group in Group.objects.filter(activity=step):
        for number, seat in enumerate(group.memberships.select_related("participant")[:3]):
            post(world, group, seat.participant.name, WORDS[number])
    mine = _first(step)
    return world, _pages(world, mine, _furnish(world, mine))


def called_back() -> tuple[World, Pages]:
    """Everybody is back, and all cards lie on the table."""
    world, pages = in_groups()
    step = world.steps[4]
    carrying.carry_back(activity=step, actor=world.ada)
    groups.bring_back(activity=step, actor=world.ada)
    return world, {name: pages[name] for name in ("room", "room of the host", "group", "groups")}


def _first(step: Activity) -> Group:
    found = Group.objects.select_related("dialogue", "activity__session", "activity__workshop")
    return found.get(activity=step, number=1)


def _furnish(world: World, mine: Group) -> str:
    """Give it a call, notes and a time of its own, and tell it something. Returns who takes the notes."""
    taker = str(mine.memberships.select_related("participant").earliest("pk").participant.name)
    group_work.change_group(group=mine, actor=world.ada, name=mine.name, call_link="https://meet.example/the-door")
    group_work.name_note_taker(group=mine, actor=world.ada, person=world[taker].participant)
    group_work.keep_notes(group=mine, actor=world[taker], text="Somebody at the door says what happens next.\nA clock.")
    group_work.set_timer(activity=mine.activity, actor=world.ada, minutes=8)
    group_work.tell_groups(
        activity=mine.activity, actor=world.ada, text="Agree on one thing to bring back.", group=mine
    )
    return taker


def _pages(world: World, mine: Group, taker: str) -> Pages:
    meeting, step = world.session.pk, mine.activity
    other = Group.objects.get(activity=step, number=2)
    there = other.memberships.select_related("participant").exclude(participant__name="").earliest("pk").participant
    return {
        "room": (taker, f"/meetings/{meeting}/room/"),
        "room of a guest": ("Gil", f"/meetings/{meeting}/room/"),
        "room of the host": (HOST, f"/meetings/{meeting}/room/"),
        "console": (HOST, f"/meetings/{meeting}/console/"),
        "group": (taker, f"/groups/{mine.pk}/"),
        "other group": (there.name, f"/groups/{other.pk}/"),
        "group of the host": (HOST, f"/groups/{mine.pk}/"),
        "groups": (HOST, f"/steps/{step.pk}/groups/"),
        "group, change": (HOST, f"/groups/{mine.pk}/change/"),
        "scribe": ("Sam", f"/meetings/{meeting}/scribe/?step={mine.dialogue.pk}"),
    }


def in_cyrillic(world: World) -> list[str]:
    """A meeting of test_pseudo's world in two small groups: Бен's page, all groups, and the form of his."""
    soon = clock.now() + timedelta(minutes=5)
    meeting = sessions.plan_session(
        workshop=world.workshop, actor=world.ada, title="Группы", starts_at=soon, ends_at=soon + timedelta(hours=1)
    )
    asked = {"title": "Шаг", "prompt": "Что поможет?"}
    step = activities.plan_activity(
        workshop=world.workshop, actor=world.ada, session=meeting, kind="small_groups", **asked
    )
    running.start(session=meeting, actor=world.ada)
    made, ben = groups.make_groups(activity=step, actor=world.ada, rule="number", count=2)[0], world["Бен"]
    groups.move_person(activity=step, actor=world.ada, person=ben.participant, group=made)
    group_work.name_note_taker(group=made, actor=ben, person=ben.participant)
    group_work.tell_groups(activity=step, actor=world.ada, text="Скоро.")
    return [f"/groups/{made.pk}/", f"/steps/{step.pk}/groups/", f"/groups/{made.pk}/change/"]


GROUPED = {"in groups": in_groups, "called back": called_back}
