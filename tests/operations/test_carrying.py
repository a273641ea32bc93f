"""What small groups wrote goes back to everybody in one press: once, with its origin, and back again."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sessions_app.errors import BadText, NotAllowed, Refused
from sessions_app.models import Contribution, Event, Group, Slip
from sessions_app.operations import (
    activities,
    carrying,
    contributions,
    group_work,
    groups,
    running,
    scribing,
    sessions,
    slips,
)
from sessions_app.queries.balance import balance_of
from sessions_app.queries.slips import slip_by_code
from sessions_app.queries.timeline import counts_of, timeline
from sessions_app.verbs import Verb
from sessions_app.verification import verify
from tests.operations.carried import post
from tests.world import make_world

pytestmark = pytest.mark.django_db


def grouped(**step):
    world = make_world()
    activities.plan_activity(
        workshop=world.workshop, actor=world.ada, session=world.session, kind="small_groups", **step
    )
    world.go_live(4)
    for name in ("Ben", "Chidi"):
        sessions.enter_room(session=world.session, person=world[name].participant)
    groups.make_groups(activity=world.steps[4], actor=world.ada, rule="number", count=2)
    return world


@pytest.fixture
def world():
    return grouped()


def of(world, who):
    """The group in which somebody sits."""
    found = Group.objects.select_related("activity__session", "activity__workshop", "dialogue")
    return found.get(
        activity=world.steps[4], memberships__participant=world[who].participant, memberships__left_at=None
    )


def carry(world, **more):
    return carrying.carry_back(activity=world.steps[4], actor=world.ada, **more)


def on_the_table(world, *, is_facilitator=True):
    return timeline(world.dialogue(4), is_facilitator=is_facilitator)


def is_sound(world):
    return list(verify(world.workshop.slug)) == []


def test_cards_keep_their_author_and_say_where_they_come_from(world):
    source = post(world, of(world, "Ben"), "Ben", "A calm room")
    post(world, of(world, "Chidi"), "Sam", "A chair", via="scribe", author=world["Chidi"].participant)
    assert on_the_table(world) == []

    assert carry(world) == 2
    calm, chair = on_the_table(world)
    assert (calm.who, calm.contribution.body, calm.from_group) == ("Ben", "A calm room", of(world, "Ben").label)
    assert calm.contribution.carried_from_id == source.pk
    assert (chair.who, chair.road_words) == ("Chidi", "Sam wrote this down.")
    assert calm.shows_source
    assert not on_the_table(world, is_facilitator=False)[0].shows_source
    assert is_sound(world)


def test_pressing_twice_carries_once_and_a_later_press_what_is_new(world):
    post(world, of(world, "Ben"), "Ben", "A calm room")

    assert [carry(world), carry(world)] == [1, 0]
    post(world, of(world, "Ben"), "Ben", "And a warm one")
    assert carry(world) == 1
    assert [said.contribution.body for said in on_the_table(world)] == ["A calm room", "And a warm one"]
    assert is_sound(world)


def test_one_group_alone_can_be_carried(world):
    post(world, of(world, "Ben"), "Ben", "A calm room")
    post(world, of(world, "Chidi"), "Chidi", "A chair")

    assert carry(world, group=of(world, "Chidi")) == 1
    assert [said.who for said in on_the_table(world)] == ["Chidi"]


def test_an_answer_answers_what_was_carried(world):
    ben = of(world, "Ben")
    first = post(world, ben, "Ben", "A calm room")
    carry(world)
    answer = post(world, ben, "Ben", "Yes", reply_to=first.pk)
    post(world, ben, "Ben", "Yes indeed", reply_to=answer.pk)
    carry(world)

    first, second, third = on_the_table(world)
    assert second.contribution.reply_to_id == first.contribution.pk
    assert third.contribution.reply_to_id == second.contribution.pk


def test_only_the_notes(world):
    ben = of(world, "Ben")
    post(world, ben, "Ben", "A calm room")
    group_work.name_note_taker(group=ben, actor=world["Ben"], person=world["Ben"].participant)
    group_work.keep_notes(group=ben, actor=world["Ben"], text="Calm\n\nWarm\nCalm")

    assert [carry(world, what="notes"), carry(world, what="notes")] == [3, 0]
    said = on_the_table(world)
    assert [one.contribution.body for one in said] == ["Calm", "Warm", "Calm"]
    assert {(one.who, one.road_words) for one in said} == {(ben.label, "Ben wrote this down.")}
    group_work.keep_notes(group=ben, actor=world["Ben"], text="Calm\nWarm\nCalm\nDry")
    assert carry(world, what="notes") == 1
    assert is_sound(world)


def test_undone_it_is_gone_from_the_table_and_stays_in_the_group(world):
    source = post(world, of(world, "Ben"), "Ben", "A calm room")
    carry(world)

    assert carrying.undo_carrying(activity=world.steps[4], actor=world.ada) == 1
    assert on_the_table(world) == []
    assert counts_of(world.dialogue(4), 10**9).earlier == 0
    assert not Contribution.objects.filter(dialogue=world.dialogue(4)).exclude(body="").exists()
    source.refresh_from_db()
    assert source.body == "A calm room"
    assert is_sound(world)
    assert [carry(world), carry(world)] == [1, 0]
    assert [said.contribution.body for said in on_the_table(world)] == ["A calm room"]
    assert is_sound(world)


def test_words_that_their_author_took_back_do_not_come_again(world):
    post(world, of(world, "Ben"), "Ben", "A calm room")
    carry(world)
    (copy,) = Contribution.objects.filter(dialogue=world.dialogue(4)).select_related("dialogue__activity__workshop")
    contributions.withdraw_contribution(contribution=copy, actor=world["Ben"])

    assert carry(world) == 0
    assert [said.contribution.is_withdrawn for said in on_the_table(world)] == [True]
    assert is_sound(world)


def test_words_taken_back_in_the_group_go_from_the_table_too(world):
    source = post(world, of(world, "Ben"), "Ben", "A calm room")
    carry(world)
    contributions.withdraw_contribution(contribution=source, actor=world["Ben"])

    assert not Contribution.objects.exclude(body="").exists()
    assert is_sound(world)


def test_the_author_may_change_what_was_carried(world):
    post(world, of(world, "Ben"), "Ben", "A calm room")
    carry(world)
    (copy,) = Contribution.objects.filter(dialogue=world.dialogue(4)).select_related("dialogue__activity__workshop")
    contributions.revise_contribution(contribution=copy, actor=world["Ben"], body="A warm room")

    with pytest.raises(NotAllowed):
        contributions.revise_contribution(contribution=copy, actor=world.ada, body="A cold room")
    assert is_sound(world)


def test_anonymous_words_stay_anonymous_and_name_no_group():
    world = grouped(identity="anonymous")
    post(world, of(world, "Ben"), "Ben", "A calm room")
    carry(world)
    (said,) = on_the_table(world)

    assert (said.who, said.from_group, said.place) == ("Someone", "", "")
    assert said.contribution.author is None
    (event,) = Event.objects.filter(workshop=world.workshop, verb=Verb.CONTRIBUTION_CARRIED)
    assert event.actor is None
    copy = said.contribution
    copy.dialogue = world.dialogue(4)
    contributions.revise_contribution(contribution=copy, actor=world["Ben"], body="A warm room")
    assert is_sound(world)


def test_words_known_to_the_facilitators_stay_so():
    world = grouped(identity="group")
    post(world, of(world, "Ben"), "Ben", "A calm room")
    carry(world)

    assert on_the_table(world)[0].who == "Ben"
    assert on_the_table(world, is_facilitator=False)[0].who == "Someone"


def test_words_that_lie_face_down_lie_face_down_on_the_table_too():
    world = grouped(blind=True)
    post(world, of(world, "Ben"), "Ben", "A calm room")
    carry(world)

    assert on_the_table(world) == []
    running.reveal(session=world.session, actor=world.ada)
    assert len(on_the_table(world)) == 1


def test_what_was_said_once_counts_once(world):
    post(world, of(world, "Ben"), "Ben", "A calm room")
    carry(world)

    assert balance_of(world.session).measures[0].total == 1


def test_many_cards_are_carried_in_few_queries(world, django_assert_max_num_queries):
    ben = of(world, "Ben")
    for number in range(40):
        post(world, ben, "Sam", f"Card {number}", via="scribe", author=world["Ben"].participant)
    with django_assert_max_num_queries(16):
        assert carry(world) == 40
    seqs = [said.seq for said in on_the_table(world)]
    assert seqs == sorted(set(seqs))
    assert is_sound(world)


@pytest.mark.parametrize("name", ["Ben", "Sam", "Hella"])
def test_only_facilitators_carry(world, name):
    post(world, of(world, "Ben"), "Ben", "A calm room")

    for press in (carrying.carry_back, carrying.undo_carrying):
        with pytest.raises(NotAllowed):
            press(activity=world.steps[4], actor=world[name])
    assert on_the_table(world) == []


def test_bad_presses_are_refused_in_words(world):
    with pytest.raises(BadText):
        carry(world, what="everything")
    later = activities.plan_activity(
        workshop=world.workshop, actor=world.ada, session=world.session, kind="small_groups"
    )
    with pytest.raises(Refused):
        carrying.carry_back(activity=later, actor=world.ada)


def test_words_taken_back_by_a_slip_go_from_the_table_too(world):
    group = of(world, "Ben")
    given = {"dialogue_id": group.dialogue.pk, "author": world["Ben"].participant, "form_id": uuid.uuid4()}
    scribing.write_lines(session=world.session, actor=world["Sam"], text="Secret word.", **given)
    carry(world)

    slips.correct(slip=slip_by_code(Slip.objects.get().code), body="Another word.")
    assert [said.contribution.body for said in on_the_table(world)] == ["Another word."]
    slips.take_back(slip=slip_by_code(Slip.objects.get().code))

    assert [said.contribution.body for said in on_the_table(world)] == [""]
    is_sound(world)


def test_a_copy_that_its_author_changed_stays_when_carrying_is_undone(world):
    for words in ("A calm room", "A clock"):
        post(world, of(world, "Ben"), "Ben", words)
    carry(world)
    copy = on_the_table(world)[0].contribution
    copy.dialogue = world.dialogue(4)
    contributions.revise_contribution(contribution=copy, actor=world["Ben"], body="A calm room with tea")

    carrying.undo_carrying(activity=world.steps[4], actor=world.ada)

    assert [said.contribution.body for said in on_the_table(world)] == ["A calm room with tea"]
    is_sound(world)


def test_answers_to_what_was_carried_before_cost_no_query_each(world):
    first = post(world, of(world, "Ben"), "Ben", "A calm room")
    carry(world)
    counts = []
    for number in (2, 8):
        for place in range(number):
            post(world, of(world, "Ben"), "Ben", f"And {place} of {number}", reply_to=first.pk)
        with CaptureQueriesContext(connection) as found:
            carry(world)
        counts.append(len(found))

    assert counts[0] == counts[1]
