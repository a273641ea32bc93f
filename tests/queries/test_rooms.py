"""The live room as it is read: its steps, what lies on the table, what was brought along."""

import uuid
from datetime import timedelta

import pytest

from sessions_app import clock
from sessions_app.models import Session
from sessions_app.operations import activities, dialogues, running
from sessions_app.operations.contributions import post_contribution, withdraw_contribution
from sessions_app.queries.rooms import room_view
from tests.live.story import Story

DAY = timedelta(days=1)


def view(world, who="Ben", **more):
    session = Session.objects.select_related("workshop", "current_activity").get(pk=world.session.pk)
    return room_view(session, viewer=world[who].participant, is_facilitator=world[who].is_facilitator, **more)


def test_room_before_the_meeting_lists_what_is_to_come(world):
    room = view(world)

    assert (room.number, room.activity, room.accepts, room.count) == (0, None, False, 0)
    assert [step.activity for step in room.coming] == world.steps
    assert [step.is_open_shape for step in room.steps] == [True] * 4


def test_room_knows_where_it_is(world):
    world.go_live(1)

    room = view(world)

    assert (room.number, room.is_last, room.next_title) == (2, False, "Open dialogue")
    assert [(step.is_past, step.is_current) for step in room.steps] == [
        (True, False),
        (False, True),
        (False, False),
        (False, False),
    ]


def test_last_step_and_the_end(world):
    world.go_live(3)
    assert view(world).is_last

    running.close_session(session=world.session, actor=world.ada)

    room = view(world)
    assert (room.activity, room.coming, room.accepts) == (None, (), False)


def test_timer_counts_from_when_the_step_opened(world):
    now = clock.now()
    with clock.at(now):
        world.go_live()
    step = world.steps[0]

    with clock.at(now + timedelta(seconds=90)):
        room = view(world)
    with clock.at(now + timedelta(hours=5)):
        late = view(world)

    assert (room.seconds_left, room.total_seconds) == (step.minutes * 60 - 90, step.minutes * 60)
    assert late.seconds_left == 0


def test_face_down_room_shows_backs_and_ones_own(world):
    world.go_live(1)
    mine = world.say("Ben", "Mine", 1)
    for number in range(8):
        world.say("Chidi", f"Theirs {number}", 1)

    room = view(world)

    assert (room.is_hidden, room.said, room.count, len(room.face_down)) == (True, (), 9, 6)
    assert [said.contribution for said in room.mine] == [mine]
    assert view(world, "Ada").mine == ()


def test_count_leaves_out_what_was_taken_back(world):
    world.go_live()
    said = world.say("Ben", "First")
    world.say("Chidi", "Second")
    withdraw_contribution(contribution=said, actor=world["Ben"])

    room = view(world)

    assert (room.count, len(room.said), room.counted) == (1, 2, "1 card")


def test_long_room_shows_the_last_page_and_how_much_lies_before(world, monkeypatch):
    monkeypatch.setattr("sessions_app.queries.rooms.PAGE", 3)
    world.go_live()
    said = [world.say("Ben", f"Thought {number}") for number in range(8)]

    room = view(world)
    older = view(world, before=room.first_seq)

    assert ([seen.contribution for seen in room.said], room.earlier) == (said[-3:], 5)
    assert ([seen.contribution for seen in older.said], older.earlier) == (said[2:5], 2)


@pytest.fixture
def brought(db):
    story = Story()
    world = story.world
    story.act("say", 0)
    dialogues.bring_to_meeting(dialogue=story.thread, session=world.session, actor=world.ada)
    world.go_live(len(world.steps) - 1)
    return story


def say_in_thread(story, who, words):
    number = next(n for n, found in enumerate(story.dialogues) if found.activity_id == story.thread.activity_id)
    return post_contribution(
        dialogue=story.dialogues[number], actor=story.world[who], body=words, via="thread", client_id=uuid.uuid4()
    ).contribution


def test_what_was_written_between_comes_along_without_names(brought):
    said = say_in_thread(brought, "Ben", "From the thread")
    gone = say_in_thread(brought, "Chidi", "Taken back")
    withdraw_contribution(contribution=gone, actor=brought.world["Chidi"])

    room = view(brought.world, "Ada")

    assert [(seen.contribution, seen.who, seen.initials, seen.place) for seen in room.brought] == [
        (said, "Someone", "?", "")
    ]


def test_face_down_words_of_a_thread_are_not_brought_along(db):
    story = Story()
    world = story.world
    thread = dialogues.open_thread(
        workshop=world.workshop, actor=world.ada, prompt="Face down?", until=clock.now() + DAY, blind=True
    )
    story.thread = thread.dialogues.get()
    say_in_thread(story, "Ben", "Not yet")
    dialogues.bring_to_meeting(dialogue=story.thread, session=world.session, actor=world.ada)
    world.go_live(4)

    assert view(world, "Ada").brought == ()


@pytest.mark.parametrize("item_count", [1, 3])
def test_room_takes_few_queries_whatever_it_holds(world, item_count, django_assert_num_queries):
    for _ in range(item_count):
        activities.plan_activity(workshop=world.workshop, actor=world.ada, session=world.session, kind="cards")
    world.go_live()
    for number in range(item_count):
        world.say("Ben", f"Thought {number}")
    session = Session.objects.select_related("workshop", "current_activity").get(pk=world.session.pk)

    with django_assert_num_queries(3):
        room = room_view(session, viewer=world["Ben"].participant)
        assert (len(room.said), room.counted) == (item_count, ["", "1 card", "", "3 cards"][item_count])
        assert room.promise
        assert [step.stage for step in room.steps]
