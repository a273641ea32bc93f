"""A round: online and the hall by turns, online first; to pass is a full answer; who is away keeps their place."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from sessions_app import clock
from sessions_app.errors import NotAllowed, NotFound, Refused
from sessions_app.models import Contribution, Turn
from sessions_app.operations import participants, running
from sessions_app.operations.rounds import begin_round, finish_turn, has_answered, in_order
from sessions_app.policy import OUTSIDER
from sessions_app.queries.turns import queue_view
from sessions_app.verification import verify
from tests.world import add

ONLINE, HALL = ("Ben", "Chidi", "Gro"), ("Eva", "Finn")


@pytest.fixture
def round_(world):
    for name in (*HALL, "Gro"):
        add(world, name)
    for name in HALL:
        participants.move(person=world[name].participant, actor=world[name], place="hall")
        world.refresh(name)
    world.go_live()
    return world


def ids(world, *names: str) -> set[int]:
    return {world[name].participant.pk for name in names}


def line(world) -> list[str]:
    queue = queue_view(world.session)
    return [turn.participant.name for turn in (queue.speaks, *queue.waiting) if turn]


def speaks(world) -> str:
    turn = queue_view(world.session).speaks
    return turn.participant.name if turn else ""


def turn_of(world, name: str) -> Turn:
    found = Turn.objects.select_related("participant", "step", "session__workshop")
    return found.get(participant=world[name].participant, ended_at=None, withdrawn_at=None)


def begin(world, *here: str) -> None:
    begin_round(session=world.session, actor=world.ada, here=ids(world, *here))


def finish(world, name: str, *here: str, passes: bool = False) -> None:
    finish_turn(turn=turn_of(world, name), actor=world[name], here=ids(world, *here), passes=passes)


@pytest.mark.django_db
def test_the_order_begins_online_and_goes_by_turns(round_):
    begin(round_, *ONLINE, "Sam")

    assert line(round_) == ["Ben", "Eva", "Chidi", "Finn", "Gro"]
    assert speaks(round_) == "Ben"
    assert queue_view(round_.session).is_round
    assert list(verify(round_.workshop.slug)) == []


@pytest.mark.django_db
def test_who_is_done_or_passes_hands_the_word_on(round_):
    begin(round_, *ONLINE)

    finish(round_, "Ben", *ONLINE)
    assert speaks(round_) == "Eva"
    finish(round_, "Chidi", *ONLINE, passes=True)  # before it was their turn
    assert (speaks(round_), line(round_)) == ("Eva", ["Eva", "Finn", "Gro"])
    finish(round_, "Eva", *ONLINE, passes=True)

    assert speaks(round_) == "Finn"
    assert set(Contribution.objects.values_list("author__name", "body")) == {("Chidi", "Pass."), ("Eva", "Pass.")}
    assert list(verify(round_.workshop.slug)) == []


@pytest.mark.django_db
def test_who_writes_has_had_their_turn_also_through_the_scribe(round_):
    begin(round_, *ONLINE)
    activity, here = round_.dialogue(0).activity, ids(round_, *ONLINE)

    round_.say("Ben", "Hello")
    has_answered(activity=activity, person=round_["Ben"].participant.pk, actor=round_["Ben"], here=here)
    assert speaks(round_) == "Eva"
    round_.say("Sam", "Good morning", author=round_["Eva"].participant, via="scribe")
    has_answered(activity=activity, person=round_["Eva"].participant.pk, actor=round_["Sam"], here=here)

    assert line(round_) == ["Chidi", "Finn", "Gro"]


@pytest.mark.django_db
def test_who_is_away_keeps_their_place_and_can_answer_later(round_):
    begin(round_, *ONLINE)

    finish(round_, "Ben", "Gro")
    finish(round_, "Eva", "Gro")
    assert (speaks(round_), line(round_)) == ("Finn", ["Finn", "Chidi", "Gro"])
    finish(round_, "Finn", "Gro", "Chidi")  # Chidi is back

    assert speaks(round_) == "Chidi"
    finish(round_, "Chidi", "Gro")
    finish(round_, "Gro")
    assert line(round_) == []


@pytest.mark.django_db
def test_pressed_again_it_takes_in_who_came_later_and_nobody_twice(round_):
    begin(round_, "Ben")
    finish(round_, "Ben")
    begin(round_, *ONLINE)

    assert line(round_) == ["Eva", "Finn", "Chidi", "Gro"]
    for name in ("Eva", "Finn", "Chidi", "Gro"):
        finish(round_, name, *ONLINE)
    with pytest.raises(Refused, match="Nobody is left"):
        begin(round_, *ONLINE)


@pytest.mark.django_db
def test_the_next_step_ends_the_round(round_):
    begin(round_, *ONLINE)

    running.next_step(session=round_.session, actor=round_.ada)

    assert line(round_) == []  # nor does whoever had the word keep it
    assert list(verify(round_.workshop.slug)) == []
    with pytest.raises(Refused, match="no round"):
        begin(round_, *ONLINE)


@pytest.mark.django_db
def test_only_facilitators_begin_it_and_only_oneself_passes(round_):
    for who in ("Ben", "Sam", "Hella"):
        with pytest.raises(NotAllowed):
            begin_round(session=round_.session, actor=round_[who], here=set())
    with pytest.raises(NotFound):
        begin_round(session=round_.session, actor=OUTSIDER, here=set())
    begin(round_, *ONLINE)
    with pytest.raises(NotAllowed):
        finish_turn(turn=turn_of(round_, "Ben"), actor=round_["Chidi"], here=set())
    finish_turn(turn=turn_of(round_, "Ben"), actor=round_.ada, here=ids(round_, *ONLINE), passes=True)
    assert not Contribution.objects.exists()  # nobody says Pass for somebody else


@pytest.mark.django_db
def test_the_room_begins_and_passes_without_script(round_, browser_of):
    room = f"/meetings/{round_.session.pk}"
    ada = browser_of("Ada")
    assert "Begin the round" in ada.get(f"{room}/room/").content.decode()
    ada.post(f"{room}/controls/", {"press": "round", "rev": round_.session.rev})

    assert speaks(round_) == "Eva"  # nobody is online: the hall needs no screen
    browser_of("Eva").post(f"{room}/turns/{turn_of(round_, 'Eva').pk}/", {"press": "pass"})
    assert (speaks(round_), Contribution.objects.get().body) == ("Finn", "Pass.")
    assert "The round" in browser_of("Ben").get(f"{room}/room/").content.decode()


@drawn(st.lists(st.sampled_from(["hall", "remote", "phone"]), max_size=30))
def test_whoever_they_are_the_order_alternates_as_long_as_it_can(places):
    people = [SimpleNamespace(usual_place=place, number=number) for number, place in enumerate(places)]

    ordered = in_order(people)

    assert sorted(one.number for one in ordered) == list(range(len(places)))
    hall = [one.usual_place == "hall" for one in ordered]
    shorter = min(hall.count(True), hall.count(False))
    assert hall[: 2 * shorter] == [False, True] * shorter


def test_passing_after_the_step_has_ended_ends_the_turn_all_the_same(round_):
    begin(round_, "Ben")
    turn = turn_of(round_, "Ben")
    running.next_step(session=round_.session, actor=round_.ada)

    with clock.at(clock.now() + timedelta(minutes=10)):
        finish_turn(turn=turn, actor=round_["Ben"], here=set(), passes=True)
        with pytest.raises(NotAllowed):
            finish_turn(turn=turn, actor=round_["Chidi"], here=set(), passes=True)

    turn.refresh_from_db()
    assert turn.ended_at is not None
    assert not Contribution.objects.exists()
