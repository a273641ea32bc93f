"""The speaking queue: one line, as asked, for the hall and online; nobody is skipped by the software."""

from datetime import timedelta

import pytest

from sessions_app import clock
from sessions_app.errors import BadText, Closed, NotAllowed, NotFound, Refused, TooLong
from sessions_app.models import Event, Participant, Turn
from sessions_app.operations import activities, participants, running, turns
from sessions_app.operations.participants import NeedsName
from sessions_app.queries.turns import queue_view
from sessions_app.verification import verify
from tests.world import add, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def live(world):
    world.go_live()
    return world


def ask(world, who, **more):
    return turns.ask_for_word(session=world.session, actor=world[who], **more)


def line(world):
    return [turn.participant.name for turn in queue_view(world.session).waiting]


def spoken(world, name, place):
    """Somebody of PLACE gets the word at once, and finishes."""
    add(world, name, usual_place=place)
    turn = ask(world, name)
    turns.give_word(turn=turn, actor=world.ada)
    turns.end_turn(turn=turn, actor=world.ada)


def test_hall_and_online_stand_in_one_line_as_they_asked(live):
    add(live, "Lars", usual_place="hall")
    ask(live, "Ben")
    turns.ask_for_word(session=live.session, actor=live["Sam"], person=live["Lars"].participant)
    ask(live, "Chidi")

    assert line(live) == ["Ben", "Lars", "Chidi"]
    lars = Turn.objects.get(participant=live["Lars"].participant)
    assert (lars.via, lars.place, lars.recorded_by) == ("scribe", "hall", live["Sam"].participant)
    assert queue_view(live.session).number_of(live["Chidi"].participant.pk) == 3


def test_who_asks_twice_stands_there_once(live):
    assert ask(live, "Ben").pk == ask(live, "Ben", is_reply=True).pk
    assert Event.objects.filter(verb="turn.asked").count() == 1


def test_the_word_is_given_prolonged_and_ended_with_its_seconds(live):
    turn = ask(live, "Ben")
    now = clock.now()
    with clock.at(now):
        turns.give_word(turn=turn, actor=live.ada)
        turns.more_time(turn=turn, actor=live["Ben"])
    with clock.at(now + timedelta(seconds=75)):
        turns.end_turn(turn=turn, actor=live["Ben"])

    ended = Event.objects.get(verb="turn.ended")
    assert (ended.data, ended.participant, turn.seconds) == ({"seconds": 75}, live["Ben"].participant, 150)
    assert list(verify(live.workshop.slug)) == []


def test_giving_the_word_ends_the_turn_before_and_can_be_undone(live):
    first, second = ask(live, "Ben"), ask(live, "Chidi")
    turns.give_word(turn=first, actor=live.ada)
    turns.give_word(turn=second, actor=live.ada)
    assert queue_view(live.session).speaks == second
    turns.put_back(turn=second, actor=live.ada)

    assert (queue_view(live.session).speaks, line(live)) == (None, ["Chidi"])
    assert list(verify(live.workshop.slug)) == []


def test_a_note_for_the_meeting_is_left_before_it_begins(world):
    with pytest.raises(BadText):
        ask(world, "Ben")
    turn = ask(world, "Ben", note="  Ask about\nthe lift. ", via="thread")

    assert (turn.note, turn.via) == ("Ask about the lift.", "thread")
    with pytest.raises(TooLong):
        ask(world, "Chidi", note="a" * 201)
    with pytest.raises(Refused):
        turns.give_word(turn=turn, actor=world.ada)
    turns.withdraw_turn(turn=turn, actor=world["Ben"])
    assert Turn.objects.get().note == ""


def test_a_guest_says_what_to_call_them(live):
    with pytest.raises(NeedsName):
        ask(live, "Gil")
    ask(live, "Gil", name="Gilbert")

    assert line(live) == ["Gilbert"]


def test_a_break_begins_when_the_speaker_has_finished(live):
    activities.plan_activity(workshop=live.workshop, actor=live.ada, session=live.session, kind="kettle")
    for _step in live.steps[2:]:
        running.next_step(session=live.session, actor=live.ada)
    ask(live, "Chidi")
    turns.give_word(turn=ask(live, "Ben"), actor=live.ada)

    running.next_step(session=live.session, actor=live.ada)

    assert (queue_view(live.session).speaks, line(live)) == (None, ["Chidi"])
    assert list(verify(live.workshop.slug)) == []


def test_whoever_speaks_may_finish_in_the_next_step(live):
    turn = ask(live, "Ben")
    turns.give_word(turn=turn, actor=live.ada)

    running.next_step(session=live.session, actor=live.ada)

    assert queue_view(live.session).speaks == turn


def test_nobody_is_next_once_the_meeting_is_over(live):
    ask(live, "Ben")
    running.close_session(session=live.session, actor=live.ada)
    assert (queue_view(live.session).next, line(live)) == (None, [])

    running.undo(session=live.session, actor=live.ada)
    assert line(live) == ["Ben"]


def test_when_the_meeting_closes_the_speaker_has_finished(live):
    turn = ask(live, "Ben")
    turns.give_word(turn=turn, actor=live.ada)
    running.close_session(session=live.session, actor=live.ada)
    turn.refresh_from_db()

    assert turn.ended_at is not None
    with pytest.raises(Closed):
        ask(live, "Chidi")
    assert list(verify(live.workshop.slug)) == []


def test_who_left_the_workshop_stands_in_no_line(live):
    ask(live, "Ben")
    participants.remove(person=live["Ben"].participant, actor=live.ada)

    assert line(live) == []


@pytest.mark.parametrize(
    ("operation", "who", "trouble"),
    [
        ("withdraw_turn", "Chidi", NotAllowed),
        ("withdraw_turn", "Hella", NotAllowed),
        ("give_word", "Ben", NotAllowed),
        ("give_word", "Sam", NotAllowed),
        ("end_turn", "Chidi", NotAllowed),
        ("more_time", "Sam", NotAllowed),
        ("put_back", "Ben", NotAllowed),
        ("give_word", "Rana", NotFound),
        ("withdraw_turn", "Rana", NotFound),
    ],
)
def test_who_may_not(live, operation, who, trouble):
    turn = ask(live, "Ben")
    with pytest.raises(trouble):
        getattr(turns, operation)(turn=turn, actor=live[who])
    outsider = make_world("Other", host="Olga").ada
    with pytest.raises(NotFound):
        getattr(turns, operation)(turn=turn, actor=outsider)
    assert line(live) == ["Ben"]


def test_only_scribes_and_facilitators_put_somebody_else_in_the_line(live):
    for who in ("Chidi", "Hella"):
        with pytest.raises(NotAllowed):
            turns.ask_for_word(session=live.session, actor=live[who], person=live["Ben"].participant)
    stranger = Participant.objects.get(pk=make_world("Other", host="Olga").ada.participant.pk)
    with pytest.raises(Refused):
        turns.ask_for_word(session=live.session, actor=live.ada, person=stranger)
    assert line(live) == []


def test_three_turns_from_the_hall_are_a_hint_and_change_no_order(live):
    for name in ("Lars", "Siv", "Mehmet"):
        spoken(live, name, "hall")
    add(live, "Greta", usual_place="hall")
    ask(live, "Greta")
    ask(live, "Ben")
    queue = queue_view(live.session)

    assert line(live) == ["Greta", "Ben"]
    assert (queue.first_online.participant.name, queue.other_place.participant.name) == ("Ben", "Ben")
    spoken(live, "Elsa", "phone")
    assert queue_view(live.session).first_online is None


def test_who_was_not_heard_yet_is_a_hint(live):
    spoken(live, "Lars", "hall")
    ask(live, "Lars")
    ask(live, "Ben")
    queue = queue_view(live.session)

    assert (queue.next.participant.name, queue.first_unheard.participant.name) == ("Lars", "Ben")
