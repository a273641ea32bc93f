"""Who is moved out of a small group hears nothing more of it, and who sits in it is here."""

import pytest

from sessions_app.live import presence
from sessions_app.models import Group, Workshop
from sessions_app.operations import activities, contributions, groups, sessions
from tests.live.conftest import wait_until_whole
from tests.live.lines import until
from tests.operations.carried import post

REMOVED = 4403


@pytest.fixture
def step(world, process):
    made = activities.plan_activity(
        workshop=world.workshop, actor=world.ada, session=world.session, kind="small_groups"
    )
    world.go_live(4)
    for name in ("Ben", "Chidi"):
        sessions.enter_room(session=world.session, person=world[name].participant)
    groups.make_groups(activity=made, actor=world.ada, rule="number", count=2)
    return made


@pytest.fixture
def sit(world, process, cookies_of):
    """Opens somebody's line to the page of a group."""

    def _sit(name, group):
        line = process.line(f"/live/group/{group.dialogue.pk}/", cookies_of(name))
        line.next("hello")
        workshop = Workshop.objects.get(pk=world.workshop.pk)
        line.since(workshop.head_seq, workshop.epoch)
        wait_until_whole(line)
        return line

    return _sit


def both(step):
    return list(Group.objects.filter(activity=step).select_related("dialogue", "activity").order_by("number"))


def test_who_is_moved_hears_nothing_more(world, step, sit):
    one, two = both(step)
    ben, sam = sit("Ben", one), sit("Sam", one)
    groups.move_person(activity=step, actor=world.ada, person=world["Ben"].participant, group=two)
    said = post(world, one, "Sam", "Now that Ben has gone")

    assert ben.next("closed")["code"] == REMOVED
    until(lambda: f'"through":{said.seq},' in sam.all[-1] or "Now that Ben has gone" in sam.all[-1])
    assert not any("Now that Ben has gone" in frame for frame in ben.all)
    assert sam.code is None


def test_dealing_anew_closes_the_pages_of_all_groups_but_the_hosts(world, step, sit):
    one, two = both(step)
    lines = {name: sit(name, group) for name, group in (("Ben", one), ("Chidi", two), ("Ada", one), ("Sam", two))}
    groups.make_groups(activity=step, actor=world.ada, rule="number", count=1)

    assert [lines[name].next("closed")["code"] for name in ("Ben", "Chidi")] == [REMOVED, REMOVED]
    assert [lines[name].code for name in ("Ada", "Sam")] == [None, None]


def test_words_of_one_group_are_in_no_frame_of_another(world, step, sit, enter):
    one, two = both(step)
    here, there, room = sit("Ben", one), sit("Chidi", two), enter("Chidi")
    said = post(world, one, "Ben", "Only in here")
    contributions.revise_contribution(contribution=said, actor=world["Ben"], body="Only in here, too")
    groups.bring_back(activity=step, actor=world.ada)

    for line in (there, room):
        wait_until_whole(line)
    until(lambda: any("Only in here, too" in frame for frame in here.all))
    assert not any("Only in here" in frame for line in (there, room) for frame in line.all)


def test_who_sits_in_a_group_is_here(world, step, sit):
    one, _two = both(step)
    sit("Ben", one)
    ben = world["Ben"].participant.pk

    until(lambda: ben in presence.people_here(world.session.pk))
