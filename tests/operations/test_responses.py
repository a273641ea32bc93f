"""Answers that are chosen: one per person and round, by every road; replaced, taken back, asked again."""

from datetime import timedelta

import pytest
from django.http import QueryDict

from sessions_app import anonymity, clock
from sessions_app.errors import BadText, Closed, NotAllowed, NotFound, Refused, Stale
from sessions_app.models import AnonymityKey, Dialogue, Event, Response, Role
from sessions_app.operations import activities, dialogues, participants, responses, running
from sessions_app.policy import OUTSIDER
from sessions_app.queries.responses import board_of, own_answer
from sessions_app.verification import verify
from tests.world import World, add, make_world

pytestmark = pytest.mark.django_db
COLOURS = {"choices": ["Red", "Green", "Blue"], "several": False}


def chosen(*numbers: int) -> QueryDict:
    return QueryDict("&".join(f"choice={number}" for number in numbers))


def with_poll(world: World, **fields) -> Dialogue:
    """The world's meeting with a poll as its first step, which is on."""
    given = {"options": COLOURS, "prompt": "Which colour?", **fields}
    activities.plan_activity(workshop=world.workshop, actor=world.ada, session=world.session, kind="poll", **given)
    poll = world.steps[-1]
    while poll.position > 1:
        poll = activities.move_activity(activity=poll, actor=world.ada, earlier=True)
    world.go_live()
    return world.dialogue(0)


@pytest.fixture
def poll(world) -> Dialogue:
    return with_poll(world)


def give(world: World, who: str, *numbers: int, **more) -> Response:
    given = {"via": "room", **more}
    return responses.give_answer(dialogue=world.dialogue(0), actor=world[who], sent=chosen(*numbers), **given)


def counts(world: World) -> list[int]:
    return [row["count"] for row in board_of(world.dialogue(0)).result]


def test_answer_lies_face_down_until_it_is_turned_over(world, poll):
    give(world, "Ben", 1)
    give(world, "Chidi", 3)

    assert (board_of(world.dialogue(0)).count, board_of(world.dialogue(0)).result) == (2, None)

    running.reveal(session=world.session, actor=world.ada)

    assert counts(world) == [1, 0, 1]


def test_last_answer_of_a_person_counts(world, poll):
    give(world, "Ben", 1)
    give(world, "Ben", 2)
    running.reveal(session=world.session, actor=world.ada)

    assert counts(world) == [0, 1, 0]
    assert Response.objects.count() == 1
    assert [event.data["first"] for event in Event.objects.filter(verb="answer.given")] == [True, False]


def test_one_person_has_one_answer_by_whatever_road(world, poll):
    give(world, "Ben", 1)
    give(world, "Ben", 1, via="thread")
    ben = world["Ben"].participant
    responses.give_answer(dialogue=poll, actor=world["Sam"], sent=chosen(3), via="paper", person=ben)
    running.reveal(session=world.session, actor=world.ada)

    assert counts(world) == [0, 0, 1]
    assert (Response.objects.get().via, Response.objects.get().recorded_by) == ("paper", world["Sam"].participant)


def test_a_paper_ballot_counts_once(world, poll):
    for number in ("a7", " A7 "):
        responses.give_answer(dialogue=poll, actor=world["Sam"], sent=chosen(2), via="paper", ballot=number)
    running.reveal(session=world.session, actor=world.ada)

    assert counts(world) == [0, 1, 0]


@pytest.mark.parametrize("who", ["Ben", "Hella", "Gil"])
def test_only_scribes_answer_for_others(world, poll, who):
    chidi = world["Chidi"].participant

    with pytest.raises(NotAllowed):
        responses.give_answer(dialogue=poll, actor=world[who], sent=chosen(2), via="room", person=chidi)
    with pytest.raises(NotAllowed):
        responses.give_answer(dialogue=poll, actor=world[who], sent=chosen(2), via="paper", ballot="A1")


@pytest.mark.parametrize("outsider", ["nobody", "other workshop", "researcher"])
def test_outsider_is_told_that_there_is_nothing(world, poll, outsider):
    actors = {"nobody": OUTSIDER, "other workshop": make_world("Other").ada, "researcher": world["Rana"]}

    with pytest.raises(NotFound):
        responses.give_answer(dialogue=poll, actor=actors[outsider], sent=chosen(1), via="room")


def test_answering_for_somebody_who_left_is_refused_in_words(world, poll):
    ben = world["Ben"]
    participants.remove(person=ben.participant, actor=ben)
    ben.participant.refresh_from_db()

    with pytest.raises(Refused, match="not in this workshop any more"):
        responses.give_answer(dialogue=poll, actor=world["Sam"], sent=chosen(1), via="scribe", person=ben.participant)


@pytest.mark.parametrize("numbers", [(), (4,), (0,), (1, 2), ("x",)])
def test_what_is_not_a_choice_is_refused_and_changes_nothing(world, poll, numbers):
    give(world, "Ben", 2)

    with pytest.raises(BadText):
        give(world, "Ben", *numbers)

    assert Response.objects.get().value == [2]


def test_answer_after_closing_is_refused(world, poll):
    running.next_step(session=world.session, actor=world.ada)

    with clock.at(clock.now() + timedelta(seconds=30)), pytest.raises(Closed):
        give(world, "Ben", 1)


def test_answer_is_taken_back_and_given_again(world, poll):
    give(world, "Ben", 1)
    responses.take_back_answer(dialogue=poll, actor=world["Ben"])

    assert board_of(world.dialogue(0)).count == 0
    assert own_answer(world.dialogue(0), world["Ben"].participant).response is None
    assert responses.take_back_answer(dialogue=poll, actor=world["Ben"]) is None

    give(world, "Ben", 2)
    running.reveal(session=world.session, actor=world.ada)

    assert counts(world) == [0, 1, 0]


def test_asking_again_keeps_the_round_before(world, poll):
    give(world, "Ben", 1)
    running.reveal(session=world.session, actor=world.ada)
    running.ask_again(session=world.session, actor=world.ada)

    board = board_of(world.dialogue(0))
    assert (board.count, board.now) == (0, None)
    assert [row["count"] for row in board.before.result] == [1, 0, 0]

    give(world, "Ben", 3)
    running.reveal(session=world.session, actor=world.ada)
    assert counts(world) == [0, 0, 1]


def test_answer_to_an_earlier_round_is_told_so(world, poll):
    running.reveal(session=world.session, actor=world.ada)
    running.ask_again(session=world.session, actor=world.ada)

    with pytest.raises(Stale, match="once more"):
        give(world, "Ben", 1, round_=1)

    assert Response.objects.count() == 0


def test_asking_again_can_be_undone(world, poll):
    give(world, "Ben", 1)
    running.reveal(session=world.session, actor=world.ada)
    running.ask_again(session=world.session, actor=world.ada)
    running.undo(session=world.session, actor=world.ada)

    assert counts(world) == [1, 0, 0]
    assert list(verify(world.workshop.slug)) == []


def test_anonymous_answer_is_nobodys_and_still_once(world):
    with_poll(world, identity="anonymous")
    give(world, "Ben", 1)
    give(world, "Ben", 2)

    response = Response.objects.get()
    assert (response.participant, response.recorded_by) == (None, None)
    assert {event.actor_id for event in Event.objects.filter(verb="answer.given")} == {None}
    assert {event.participant_id for event in Event.objects.filter(verb="answer.given")} == {None}
    assert own_answer(world.dialogue(0), world["Ben"].participant).response == response

    AnonymityKey.objects.all().delete()
    assert own_answer(world.dialogue(0), world["Ben"].participant).response is None


def test_nobody_answers_twice_in_a_round_that_forgot_who_has_answered(world):
    """The step was left, its key destroyed, and the step opened again: a new round begins."""
    with_poll(world, identity="anonymous")
    give(world, "Ben", 1)
    running.reveal(session=world.session, actor=world.ada)
    running.next_step(session=world.session, actor=world.ada)

    with clock.at(clock.now() + running.UNDO_WITHIN + timedelta(seconds=1)):
        assert anonymity.destroy_old_keys() == 1
        running.previous_step(session=world.session, actor=world.ada)
        give(world, "Ben", 2)

        assert sorted(Response.objects.values_list("round", flat=True)) == [1, 2]
        assert world.dialogue(0).activity.is_hidden
        assert list(verify(world.workshop.slug)) == []


def test_a_window_opened_later_begins_a_new_round_too(world):
    with_poll(world, identity="anonymous")
    give(world, "Ben", 1)
    running.next_step(session=world.session, actor=world.ada)

    with clock.at(clock.now() + timedelta(minutes=1)):
        anonymity.destroy_old_keys()
        dialogues.keep_open(activity=world.steps[0], actor=world.ada, until=clock.now() + timedelta(days=1))
        give(world, "Ben", 2)

    assert sorted(Response.objects.values_list("round", flat=True)) == [1, 2]
    assert list(verify(world.workshop.slug)) == []


def test_the_key_lives_as_long_as_the_step_can_come_back_by_undo(world):
    with_poll(world, identity="anonymous")
    give(world, "Ben", 1)
    running.next_step(session=world.session, actor=world.ada)

    with clock.at(clock.now() + running.UNDO_WITHIN - timedelta(seconds=1)):
        assert anonymity.destroy_old_keys() == 0
        running.undo(session=world.session, actor=world.ada)
        give(world, "Ben", 2)

    assert Response.objects.count() == 1


def test_who_asks_again_too_late_is_told_who_was_faster(world, poll):
    rev = world.session.rev
    running.ask_again(session=world.session, actor=world.ada)
    second = add(world, "Eva", [Role.FACILITATOR])

    with pytest.raises(Stale, match=r"Ada was faster: the question is put once more\."):
        running.ask_again(session=world.session, actor=second, rev=rev)


def test_options_stay_once_somebody_has_answered(world, poll):
    give(world, "Ben", 1)

    with pytest.raises(NotAllowed, match="already answered"):
        activities.change_activity(activity=poll.activity, actor=world.ada, options={"choices": ["A", "B"]})


def test_log_says_nothing_of_what_was_chosen(world, poll):
    give(world, "Ben", 2)
    responses.take_back_answer(dialogue=poll, actor=world["Ben"])

    assert [sorted(event.data) for event in Event.objects.filter(verb__startswith="answer.")] == [
        ["first", "late", "place", "round", "via"],
        ["round"],
    ]
    assert list(verify(world.workshop.slug)) == []


def test_a_poll_is_kept_open_after_the_meeting_and_answered_as_a_thread(world, poll):
    running.close_session(session=world.session, actor=world.ada)
    dialogues.keep_open(activity=poll.activity, actor=world.ada, until=clock.now() + timedelta(days=2))
    with clock.at(clock.now() + timedelta(days=1)):
        give(world, "Ben", 2, via="thread")

    answer = Response.objects.get()
    assert (answer.late, answer.place) == (True, "afterwards")
