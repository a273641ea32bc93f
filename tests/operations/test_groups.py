"""Small groups: made by each rule, people moved, chosen, late or gone; everybody back."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sessions_app.errors import BadText, Closed, NotAllowed, NotFound, Refused
from sessions_app.models import Event, Group, Membership
from sessions_app.operations import activities, group_work, groups, participants, running, sessions
from sessions_app.verbs import Verb
from sessions_app.verification import verify
from tests.operations.carried import post
from tests.world import add, make_world

pytestmark = pytest.mark.django_db
HALL, REMOTE = ("Hanna", "Hugo", "Hilda"), ("Rita", "Rolf", "Runa")


@pytest.fixture
def world():
    world = make_world()
    for names, place in ((HALL, "hall"), (REMOTE, "remote")):
        for name in names:
            add(world, name, usual_place=place)
    activities.plan_activity(workshop=world.workshop, actor=world.ada, session=world.session, kind="small_groups")
    world.go_live(4)
    for name in (*HALL, *REMOTE, "Ben", "Chidi"):
        sessions.enter_room(session=world.session, person=world[name].participant)
    return world


@pytest.fixture
def step(world):
    return world.steps[4]


def tables(step) -> list[set[str]]:
    """Who sits in each group that stands, by name."""
    return [
        set(group.memberships.filter(left_at=None).values_list("participant__name", flat=True))
        for group in Group.objects.standing().filter(activity=step)
    ]


def make(world, step, **more):
    return groups.make_groups(activity=step, actor=world.ada, **more)


def is_sound(world) -> bool:
    return list(verify(world.workshop.slug)) == []


def test_counting_off_seats_everybody_who_came_once(world, step):
    make(world, step, rule="number", size=4)

    assert sorted(len(people) for people in tables(step)) == [4, 4]
    assert set.union(*tables(step)) == {*HALL, *REMOTE, "Ben", "Chidi"}
    assert is_sound(world)


def test_mixed_groups_hold_people_from_the_hall_and_online(world, step):
    make(world, step, rule="mixed", size=4)

    for people in tables(step):
        assert people & set(HALL)
        assert people - set(HALL)


def test_by_place_keeps_the_hall_together(world, step):
    make(world, step, rule="place", size=5)

    assert set(HALL) in tables(step)


def test_by_language_names_the_groups_after_their_language(world, step):
    for name in ("Rita", "Rolf"):
        person = world[name].participant
        participants.change_me(person=person, actor=world[name], language="sv", access_needs="")
    make(world, step, rule="language", size=6)

    assert {"Rita", "Rolf"} in tables(step)
    assert set(Group.objects.filter(activity=step).values_list("name", flat=True)) == {"English", "svenska"}


def test_the_names_of_the_plan_are_the_groups_names(world):
    options = {"rule": "number", "size": 4, "names": ["Door", "Chair"]}
    step = activities.change_activity(activity=world.steps[4], actor=world.ada, options=options)
    make(world, step)

    assert [group.label for group in Group.objects.filter(activity=step)] == ["Group 1: Door", "Group 2: Chair"]


def test_dealing_anew_keeps_groups_that_hold_words(world, step):
    first = make(world, step, rule="number", size=2)
    said = say(world, first[3], "Ben")
    make(world, step, rule="number", size=4)

    standing = list(Group.objects.standing().filter(activity=step))
    assert [group.number for group in standing] == [1, 2, 4]
    assert said.dialogue.group == first[3]
    assert is_sound(world)


def say(world, group, who):
    """Somebody sits down in GROUP and says something there."""
    groups.move_person(activity=group.activity, actor=world.ada, person=world[who].participant, group=group)
    return post(world, group, who)


def test_people_are_moved_and_moved_back(world, step):
    one, two = make(world, step, rule="number", size=4)
    ben = world["Ben"].participant
    for group in (two, one, two, two):
        groups.move_person(activity=step, actor=world.ada, person=ben, group=group)

    assert Membership.objects.get(participant=ben, left_at=None).group == two
    assert is_sound(world)


def test_nobody_is_moved_into_a_group_that_is_gone(world, step):
    make(world, step, rule="number", size=4)
    gone = groups.add_group(activity=step, actor=world.ada)
    groups.remove_group(group=gone, actor=world.ada)
    before = tables(step)

    with pytest.raises(BadText) as refusal:
        groups.move_person(activity=step, actor=world.ada, person=world["Ben"].participant, group=gone)

    assert refusal.value.field == "group"
    assert "not there any more" in str(refusal.value.message)
    assert tables(step) == before
    assert is_sound(world)


def test_a_group_with_people_or_words_is_not_taken_away(world, step):
    one, _two = make(world, step, rule="number", size=4)

    with pytest.raises(Refused):
        groups.remove_group(group=one, actor=world.ada)


def test_people_choose_a_group_until_it_is_full(world, step):
    one, two, *_others = make(world, step, rule="choice", size=2)
    assert tables(step)[0] == set()
    for name in ("Ben", "Rita"):
        groups.join_group(group=one, actor=world[name])

    with pytest.raises(BadText, match="full"):
        groups.join_group(group=one, actor=world["Rolf"])
    groups.join_group(group=two, actor=world["Rolf"])
    groups.join_group(group=two, actor=world["Ben"])

    assert tables(step)[:2] == [{"Rita"}, {"Rolf", "Ben"}]
    assert is_sound(world)


def test_nobody_chooses_where_the_host_deals(world, step):
    one, _two = make(world, step, rule="number", size=4)

    with pytest.raises(NotAllowed):
        groups.join_group(group=one, actor=world["Ben"])


def test_who_comes_late_sits_in_the_smallest_group(world, step):
    make(world, step, rule="number", size=4)
    late = add(world, "Lina", usual_place="remote")
    groups.move_person(activity=step, actor=world.ada, person=world["Ben"].participant, group=None)
    smallest = min(tables(step), key=len)
    sessions.enter_room(session=world.session, person=late.participant)

    assert smallest | {"Lina"} in tables(step)
    assert is_sound(world)


def test_who_comes_late_sits_with_those_of_their_language(world, step):
    for name in ("Rita", "Rolf"):
        participants.change_me(person=world[name].participant, actor=world[name], language="sv", access_needs="")
    make(world, step, rule="language", size=6)
    late = add(world, "Lina", language="sv")
    sessions.enter_room(session=world.session, person=late.participant)

    assert {"Rita", "Rolf", "Lina"} in tables(step)


def test_who_comes_late_chooses_where_people_choose(world, step):
    make(world, step, rule="choice", size=2)
    sessions.enter_room(session=world.session, person=add(world, "Lina").participant)

    assert not any("Lina" in people for people in tables(step))


def test_who_finds_no_seat_asks_for_one(world, step):
    make(world, step, rule="number", size=4)
    groups.move_person(activity=step, actor=world.ada, person=world["Ben"].participant, group=None)
    groups.find_seat(activity=step, actor=world["Ben"])
    groups.find_seat(activity=step, actor=world["Ben"])

    assert sum("Ben" in people for people in tables(step)) == 1


def test_everybody_who_is_left_gets_a_seat(world, step):
    make(world, step, rule="choice", size=4)
    number = groups.seat_the_rest(activity=step, actor=world.ada)

    assert number == 8
    assert sorted(map(len, tables(step))) == [4, 4]
    assert is_sound(world)


def test_a_hundred_who_are_left_cost_no_more_than_ten(world, step):
    make(world, step, rule="mixed", size=4)
    asked = {}
    for count in (10, 100):
        for number in range(count):
            place = "hall" if number % 2 else "phone"
            person = add(world, f"Late {count} {number}", usual_place=place).participant
        with CaptureQueriesContext(connection) as found:
            assert groups.seat_the_rest(activity=step, actor=world.ada) == count
        asked[count] = len(found)
        assert not groups.seat_the_rest(activity=step, actor=world.ada)

    assert asked[100] == asked[10] <= 16
    moved = Event.objects.filter(workshop=world.workshop, verb=Verb.GROUP_PERSON_MOVED, participant=person)
    assert [event.dialogue.group for event in moved] == list(Group.objects.filter(memberships__participant=person))
    assert is_sound(world)


def test_who_is_taken_out_leaves_the_group_and_its_notes(world, step):
    one, _two = make(world, step, rule="number", size=4)
    ben = world["Ben"].participant
    groups.move_person(activity=step, actor=world.ada, person=ben, group=one)
    group_work.name_note_taker(group=one, actor=world.ada, person=ben)
    participants.remove(person=ben, actor=world.ada)

    assert not any("Ben" in people for people in tables(step))
    assert Group.objects.get(pk=one.pk).note_taker is None
    assert is_sound(world)


def test_bringing_back_and_sending_out_again(world, step):
    make(world, step, rule="number", size=4)
    groups.bring_back(activity=step, actor=world.ada)
    groups.bring_back(activity=step, actor=world.ada)
    assert not Group.objects.filter(activity=step, gathered_at=None).exists()
    groups.send_out(activity=step, actor=world.ada)

    assert Group.objects.filter(activity=step, gathered_at=None).count() == 2
    verbs = Event.objects.filter(workshop=world.workshop).values_list("verb", flat=True)
    assert [verb for verb in verbs if verb.startswith("groups.")] == [
        *(Verb.GROUPS_ARRANGED, Verb.GROUPS_GATHERED, Verb.GROUPS_SENT_OUT)
    ]
    assert is_sound(world)


def test_what_is_sent_while_everybody_is_called_back_still_arrives(world, step):
    one, _two = make(world, step, rule="number", size=4)
    groups.move_person(activity=step, actor=world.ada, person=world["Ben"].participant, group=one)
    groups.bring_back(activity=step, actor=world.ada)

    assert post(world, one, "Ben").dialogue.group == one


def test_a_step_without_groups_has_none(world):
    with pytest.raises(Closed):
        groups.make_groups(activity=world.steps[1], actor=world.ada)


@pytest.mark.parametrize("name", ["Ben", "Sam", "Hella", "Rana"])
def test_only_facilitators_arrange(world, step, name):
    one, _two = make(world, step, rule="number", size=4)
    ben = world["Chidi"].participant
    presses = (
        lambda actor: groups.make_groups(activity=step, actor=actor),
        lambda actor: groups.add_group(activity=step, actor=actor),
        lambda actor: groups.remove_group(group=one, actor=actor),
        lambda actor: groups.move_person(activity=step, actor=actor, person=ben, group=one),
        lambda actor: groups.bring_back(activity=step, actor=actor),
        lambda actor: groups.send_out(activity=step, actor=actor),
        lambda actor: group_work.set_timer(activity=step, actor=actor, minutes=3),
        lambda actor: group_work.change_group(group=one, actor=actor, name="Ours", call_link=""),
    )
    head = Event.objects.filter(workshop=world.workshop).count()
    for press in presses:
        with pytest.raises((NotAllowed, NotFound)):
            press(world[name])
    assert Event.objects.filter(workshop=world.workshop).count() == head


def test_the_next_step_leaves_groups_as_they_are(world, step):
    make(world, step, rule="number", size=4)
    running.previous_step(session=world.session, actor=world.ada)
    sessions.enter_room(session=world.session, person=add(world, "Lina").participant)

    assert not any("Lina" in people for people in tables(step))
    assert is_sound(world)
