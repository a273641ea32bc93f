"""Inside small groups: time, notes and their note-taker, what hosts tell, a call."""

from datetime import timedelta

import pytest

from sessions_app import clock
from sessions_app.errors import BadText, NotAllowed, NotFound, Stale
from sessions_app.models import Group, Role
from sessions_app.operations import group_work, groups
from tests.operations.test_groups import is_sound, make, step, world
from tests.world import add

pytestmark = pytest.mark.django_db
__all__ = ["step", "world"]


@pytest.mark.parametrize("minutes", [0, 600, -5, 181])
def test_a_timer_of_nothing_or_of_ten_hours_is_refused_and_the_old_one_stays(world, step, minutes):
    one, _two = make(world, step, rule="number", size=4)
    group_work.set_timer(activity=step, actor=world.ada, minutes=10, group=one)
    one.refresh_from_db()

    with pytest.raises(BadText) as refusal:
        group_work.set_timer(activity=step, actor=world.ada, minutes=minutes, group=one)

    assert refusal.value.field == "minutes"
    assert Group.objects.get(pk=one.pk).ends_at == one.ends_at is not None


def test_each_group_has_a_time_of_its_own(world, step):
    one, two = make(world, step, rule="number", size=4)
    group_work.set_timer(activity=step, actor=world.ada, minutes=10)
    group_work.set_timer(activity=step, actor=world.ada, minutes=5, group=one)
    now = clock.now()

    ends = dict(Group.objects.filter(activity=step).values_list("pk", "ends_at"))
    assert ends[one.pk] < now + timedelta(minutes=6) < ends[two.pk]
    group_work.set_timer(activity=step, actor=world.ada, minutes=None)
    assert set(Group.objects.filter(activity=step).values_list("ends_at", flat=True)) == {None}
    assert is_sound(world)


def test_a_call_link_has_to_be_a_link(world, step):
    one, _two = make(world, step, rule="number", size=4)
    group_work.change_group(group=one, actor=world.ada, name="Door", call_link="https://meet.example/door")

    with pytest.raises(BadText) as refusal:
        group_work.change_group(group=one, actor=world.ada, name="Door", call_link="javascript:alert(1)")

    assert refusal.value.field == "call_link"
    assert Group.objects.get(pk=one.pk).call_link == "https://meet.example/door"


def test_only_the_note_taker_writes_notes(world, step):
    one, two = make(world, step, rule="number", size=4)
    for name, group in (("Ben", one), ("Rita", one), ("Rolf", two)):
        groups.move_person(activity=step, actor=world.ada, person=world[name].participant, group=group)
    group_work.name_note_taker(group=one, actor=world["Ben"], person=world["Ben"].participant)
    group_work.keep_notes(group=one, actor=world["Ben"], text="A calm room")

    for name, trouble in (("Rita", NotAllowed), ("Rolf", NotFound), ("Sam", NotAllowed)):
        with pytest.raises(trouble):
            group_work.keep_notes(group=one, actor=world[name], text="Mine")
    with pytest.raises(NotAllowed):
        group_work.name_note_taker(group=one, actor=world["Rita"], person=world["Ben"].participant)
    with pytest.raises(BadText):
        group_work.name_note_taker(group=one, actor=world["Sam"], person=world["Rolf"].participant)
    group_work.name_note_taker(group=one, actor=world["Rita"], person=world["Rita"].participant)
    assert Group.objects.get(pk=one.pk).notes == "A calm room"
    with pytest.raises(NotAllowed, match="copy it"):
        group_work.keep_notes(group=one, actor=world["Ben"], text="A calm room, and warm")
    assert is_sound(world)


def test_who_moves_on_gives_the_notes_back(world, step):
    one, two = make(world, step, rule="number", size=4)
    ben = world["Ben"].participant
    groups.move_person(activity=step, actor=world.ada, person=ben, group=one)
    group_work.name_note_taker(group=one, actor=world["Ben"], person=ben)
    groups.move_person(activity=step, actor=world.ada, person=ben, group=two)

    assert Group.objects.get(pk=one.pk).note_taker is None
    assert is_sound(world)


def test_hosts_tell_one_group_or_all(world, step):
    one, two = make(world, step, rule="number", size=4)
    group_work.tell_groups(activity=step, actor=world["Hella"], text="Two more minutes")
    group_work.tell_groups(activity=step, actor=world.ada, text="Look at the door", group=one)

    assert [g.told for g in Group.objects.filter(pk__in=[one.pk, two.pk])] == ["Look at the door", "Two more minutes"]
    group_work.tell_groups(activity=step, actor=world.ada, text=" ")
    assert set(Group.objects.filter(activity=step).values_list("told", flat=True)) == {""}
    with pytest.raises(NotAllowed):
        group_work.tell_groups(activity=step, actor=world["Ben"], text="Me too")


def test_whoever_takes_the_notes_can_give_them_back(world, step):
    group, _two = make(world, step, rule="number", size=4)
    for name in ("Ben", "Chidi"):
        groups.move_person(activity=step, actor=world.ada, person=world[name].participant, group=group)
    group_work.name_note_taker(group=group, actor=world["Ben"], person=world["Ben"].participant)
    with pytest.raises(NotAllowed):
        group_work.name_note_taker(group=group, actor=world["Chidi"], person=None)

    group_work.name_note_taker(group=group, actor=world["Ben"], person=None)

    assert Group.objects.get(pk=group.pk).note_taker is None


def test_who_saves_a_name_second_is_told_who_was_faster(world, step):
    one, _two = make(world, step, rule="number", size=4)
    eva = add(world, "Eva", [Role.FACILITATOR])
    seen = group_work.seen_group(one)
    group_work.change_group(group=one, actor=eva, name="The door", call_link="", seen=seen)

    with pytest.raises(Stale) as refusal:
        group_work.change_group(group=one, actor=world.ada, name="The window", call_link="", seen=seen)

    assert str(refusal.value.message).startswith("Eva changed this while you were writing.")
    assert Group.objects.get(pk=one.pk).name == "The door"
