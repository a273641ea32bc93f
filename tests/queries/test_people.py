"""Who is at the table and in the workshop; who wrote; what somebody missed."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse

from sessions_app import clock
from sessions_app.models import Dialogue, Participant
from sessions_app.operations import activities, dialogues, participants, running, sessions
from sessions_app.operations.contributions import post_contribution, withdraw_contribution
from sessions_app.queries.away import away_view
from sessions_app.queries.before import before_view
from sessions_app.queries.people import SHOWN_AT_MOST, members_of, table_of
from sessions_app.queries.threads import meetings_to_come, thread_view, writers
from sessions_app.queries.workshops import workshop_view, workshops_of
from tests.kinds.choosing import give, with_step
from tests.world import add, make_world

DAY = timedelta(days=1)


def away(world, name):
    return away_view(Participant.objects.select_related("workshop").get(pk=world[name].participant.pk))


def dialogue(world, number=0):
    return Dialogue.objects.select_related("activity__workshop", "activity__session").get(activity=world.steps[number])


def test_table_tells_how_many_and_from_where(world):
    participants.move(person=world["Ben"].participant, actor=world["Ben"], place="hall")
    people = [world[name].participant for name in ("Gil", "Ben", "Chidi")]

    table = table_of(people)

    assert (table.count, table.heading) == (3, "3 people are here")
    assert table.sentence == "1 in the hall, 2 online"
    assert [seat["initials"] for seat in table.seated] == ["B", "C", "?"]


def test_empty_table_says_so():
    assert (table_of([]).count, table_of([]).sentence) == (0, "Nobody is here yet")


def test_large_table_shows_some_and_counts_all():
    people = [Participant(name=f"P{number}") for number in range(SHOWN_AT_MOST + 7)]

    table = table_of(people)

    assert (len(table.people), table.more, table.count) == (SHOWN_AT_MOST, 7, SHOWN_AT_MOST + 7)


def test_those_who_wait_come_first_and_those_who_left_are_gone(world):
    waiting = participants.join(workshop=world.workshop, to_lobby=True).participant
    participants.remove(person=world["Chidi"].participant, actor=world.ada)
    world.go_live()
    world.say("Ben", "Once")
    withdraw_contribution(contribution=world.say("Ben", "Twice"), actor=world["Ben"])

    members = list(members_of(world.workshop))

    assert members[0] == waiting
    assert world["Chidi"].participant not in members
    assert {person.name: person.words for person in members}["Ben"] == 1


def test_writers_are_told_only_where_names_are_shown(world):
    world.go_live()
    world.say("Ben", "Named")
    assert [person.name for person in writers(dialogue(world)).people] == ["Ben"]

    activities.change_activity(activity=world.steps[0], actor=world.ada, identity="group")

    assert writers(dialogue(world)).count == 0


def test_writers_of_face_down_words_are_not_told(world):
    world.go_live(1)
    world.say("Ben", "Face down", 1)

    assert writers(dialogue(world, 1)).count == 0


def test_meetings_to_come_leave_out_those_that_are_over(world):
    start = clock.now() + DAY
    second = sessions.plan_session(
        workshop=world.workshop, actor=world.ada, title="Second", starts_at=start, ends_at=start + DAY
    )
    running.close_session(session=world.session, actor=world.ada)

    assert meetings_to_come(dialogue(world)) == [second]


def test_away_tells_what_was_missed(world):
    running.open_doors(session=world.session, actor=world.ada)
    sessions.enter_room(session=world.session, person=world["Ben"].participant)
    running.start(session=world.session, actor=world.ada)
    mine = world.say("Chidi", "My own")
    answer = world.say("Ben", "An answer", reply_to=mine.pk)
    running.close_session(session=world.session, actor=world.ada)

    absent, present = away(world, "Chidi"), away(world, "Ben")

    assert (absent.missed, present.missed) == ((world.session,), ())
    assert absent.answered == (answer,)
    assert absent.news_count == 1
    assert present.news_count == 1


def test_away_asks_what_is_still_open(world):
    thread = dialogues.open_thread(workshop=world.workshop, actor=world.ada, prompt="And you?", until=clock.now() + DAY)

    assert [(question.dialogue.activity, question.has_answered) for question in away(world, "Ben").questions] == [
        (thread, False)
    ]
    with clock.at(clock.now() + DAY):
        assert away(world, "Ben").questions == ()


def test_away_shows_no_face_down_words(world):
    world.go_live(1)
    world.say("Chidi", "Face down", 1)
    dialogues.keep_open(activity=world.steps[1], actor=world.ada, until=clock.now() + DAY)

    for name in ("Ben", "Chidi", "Ada"):
        view = away(world, name)
        assert [said for question in view.questions for said in question.said] == []
        assert view.said == ()
        assert view.answered == ()


def test_away_begins_where_the_person_left(world):
    world.go_live()
    seen = world.say("Chidi", "Seen")
    sessions.note_visit(person=world["Ben"].participant, head_seq=seen.seq)
    new = world.say("Chidi", "New")

    ((_dialogue, said),) = away(world, "Ben").said

    assert [item.contribution for item in said] == [new]


def test_brought_words_are_told_to_who_wrote_them(world):
    thread = dialogues.open_thread(workshop=world.workshop, actor=world.ada, prompt="And you?", until=clock.now() + DAY)
    found = Dialogue.objects.select_related("activity__workshop", "activity__session").get(activity=thread)
    post_contribution(dialogue=found, actor=world["Ben"], body="This", via="thread", client_id=uuid.uuid4())
    step = dialogues.bring_to_meeting(dialogue=found, session=world.session, actor=world.ada)

    assert (away(world, "Ben").brought, away(world, "Chidi").brought) == ((step,), ())


def test_workshops_are_those_of_the_user(world):
    make_world("Other", host="Olga")
    add(world, "Bea", ["facilitator"])

    assert workshops_of(world.ada.participant.user) == [world.workshop]


@pytest.mark.parametrize("item_count", [1, 3])
def test_workshop_page_takes_two_queries(world, item_count, django_assert_num_queries):
    for number in range(item_count):
        dialogues.open_thread(
            workshop=world.workshop, actor=world.ada, prompt=f"Question {number}?", until=clock.now() + DAY
        )

    with django_assert_num_queries(2):
        view = workshop_view(world.workshop)
        assert len(view.open_questions) == item_count
        assert (view.next_meeting, len(view.meetings[0].dialogues)) == (world.session, 4)


@pytest.mark.parametrize("item_count", [1, 3])
def test_thread_takes_two_queries(world, item_count, django_assert_num_queries):
    world.go_live()
    for number in range(item_count):
        world.say("Ben", f"Thought {number}")
    found = dialogue(world)

    with django_assert_num_queries(2):
        view = thread_view(found, viewer=world["Ben"].participant)
        assert (view.count, view.earlier, len(view.said), view.accepts, view.is_live_now) == (
            item_count,
            0,
            item_count,
            True,
            True,
        )


def asked_of(world, name):
    person = Participant.objects.select_related("workshop").get(pk=world[name].participant.pk)
    return away_view(person).questions[0].has_answered, before_view(person).has_done


def test_a_question_is_done_once_words_stand_there(world):
    world.go_live()
    dialogues.keep_open(activity=world.steps[0], actor=world.ada, until=clock.now() + DAY)
    assert asked_of(world, "Ben") == (False, False)

    said = world.say("Ben", "Mine")
    assert (asked_of(world, "Ben"), asked_of(world, "Chidi")) == ((True, True), (False, False))

    withdraw_contribution(contribution=said, actor=world["Ben"])
    assert asked_of(world, "Ben") == (False, False)


def test_a_question_is_done_once_something_is_chosen_and_asked_anew_in_the_next_round(world, browser_of):
    step = with_step(world, "poll", options={"choices": ["Tea", "Coffee"]}).activity
    dialogues.keep_open(activity=step, actor=world.ada, until=clock.now() + DAY)
    assert asked_of(world, "Ben") == (False, False)
    page = browser_of("Ben").get(reverse("away", args=[world.workshop.slug])).content.decode()
    assert "Answer it" in page
    assert 'name="body"' not in page

    give(world, "Ben", "choice=1")
    assert asked_of(world, "Ben") == (True, True)

    running.ask_again(session=world.session, actor=world.ada)
    assert asked_of(world, "Ben") == (False, False)
