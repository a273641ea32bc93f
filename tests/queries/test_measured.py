"""Measures of a workshop, counted by hand from what people did: silent people count, hosts and hidden words do not."""

import pytest
from django.urls import reverse

from eaa.models import Mechanism
from eaa.operations.evidence import Rests
from eaa.operations.records import make_record
from sessions_app.measures.shares import gini_corrected
from sessions_app.models import Session
from sessions_app.operations import activities, contributions, participants, running, sessions, turns
from sessions_app.queries.ground import ground_of
from sessions_app.queries.measured import measured
from tests.world import add

pytestmark = pytest.mark.django_db
HALL, ONLINE = ("Aina", "Bo", "Cai", "Dag", "Eli"), ("Fia", "Gro", "Hedda", "Ivo", "Jon")


@pytest.fixture
def met(world):
    """Ten people came; five of them are in the hall."""
    world.go_live()
    for name in (*HALL, *ONLINE):
        add(world, name, usual_place="hall" if name in HALL else "remote")
        sessions.enter_room(session=world.session, person=world[name].participant)
    return world


def by_name(workshop) -> dict[str, str]:
    return {one.name: one.value for one in measured(workshop).figures}


def test_silent_people_are_counted(met):
    for _ in range(3):
        met.say("Aina", "By bus, at eight.")
    met.say("Fia", "On foot.")
    turn = turns.ask_for_word(session=met.session, actor=met["Bo"])
    turns.give_word(turn=turn, actor=met.ada)
    turns.end_turn(turn=turn, actor=met.ada)

    ground = ground_of(met.workshop)

    assert sorted(ground.counts()) == [0] * 8 + [1, 3]
    assert sorted(ground.counts(words=True)) == [0] * 8 + [2, 12]
    found = by_name(met.workshop)
    assert found["Inequality of contributions (G*)"] == f"{gini_corrected([0] * 8 + [1, 3]):.2f}"
    assert found["Reach"] == "3 of 10 were heard from, 7 stayed silent, 0 got an answer"
    assert found["Taking turns"] == "0.33"


def test_hosts_and_researchers_are_left_out(met):
    participants.change_roles(person=met["Jon"].participant, actor=met.ada, roles=["researcher"])
    met.say("Ada", "Welcome.")
    met.say("Aina", "Thank you.")

    found = measured(met.workshop)

    assert (found.people, found.hosts, found.by_hosts) == (9, 1, 1)
    assert sum(ground_of(met.workshop).counts()) == 1


def test_nobody_is_counted_by_name_where_words_have_none(met):
    activities.change_activity(activity=met.steps[2], actor=met.ada, identity="anonymous")
    running.next_step(session=met.session, actor=met.ada)
    met.say("Aina", "Face down.", 1)
    running.next_step(session=met.session, actor=met.ada)
    met.say("Bo", "Nobody knows.", 2)

    found = measured(met.workshop)

    assert found.without_name == 2
    assert not any(ground_of(met.workshop).counts())
    assert by_name(met.workshop)["Inequality of contributions (G*)"] == "–"


def test_who_was_answered_and_who_answers_back(met):
    first = met.say("Aina", "Why?")
    second = met.say("Fia", "Because.", reply_to=first.pk)
    met.say("Aina", "I see.", reply_to=second.pk)
    met.say("Gro", "Me too.", reply_to=second.pk)
    met.say("Gro", "And me again.", reply_to=second.pk)
    alone = met.say("Bo", "To myself.")
    met.say("Bo", "Yes.", reply_to=alone.pk)

    ground = ground_of(met.workshop)

    assert ground.heard == {met["Aina"].participant.pk, met["Fia"].participant.pk}
    found = by_name(met.workshop)
    assert found["Answers that are returned"] == "0.50"
    assert ground.replies().total() == 4
    assert [answered for _wait, answered in ground.waits(live=True)].count(True) == 2


def test_words_taken_back_count_for_nothing(met):
    said = met.say("Aina", "Oh.")
    contributions.withdraw_contribution(contribution=said, actor=met["Aina"])

    assert ground_of(met.workshop).said == ()


@pytest.mark.parametrize(("time", "live"), [("same", True), ("blended", True), ("different", False)])
def test_a_meeting_that_everybody_holds_in_their_own_time_is_not_live(met, time, live):
    Session.objects.filter(pk=met.session.pk).update(time=time)
    met.say("Aina", "At night.")

    assert [one.live for one in ground_of(met.workshop).said] == [live]


def test_few_people_are_not_measured(world):
    world.go_live()
    for name in ("Ben", "Chidi"):
        sessions.enter_room(session=world.session, person=world[name].participant)
    world.say("Ben", "Hello.")

    found = measured(world.workshop)

    assert {one.key for one in found.figures} == {"M10a", "M10b", "M11"}
    (meeting,) = found.meetings
    assert (meeting.present, meeting.silent, meeting.equality) == (2, "–", "–")
    assert [(row.said, row.words, row.people) for row in found.shares] == [(1, 1, "fewer than five")]


def test_places_are_weighed_by_who_came(met):
    for name in HALL:
        met.say(name, "In the hall.")
    for name in (*ONLINE, *ONLINE, *ONLINE):
        met.say(name, "Online.")

    found = measured(met.workshop)

    assert found.voices == (("in the hall", "0.50"), ("elsewhere", "1.50"))
    assert [(row.label, row.said, row.people) for row in found.shares] == [
        ("live, in the hall", 5, "5"),
        ("live, elsewhere", 15, "5"),
    ]


def test_what_a_record_rests_on_is_taken_up(met):
    said = [met.say(name, "Calm visits.") for name in (*HALL, *ONLINE)]
    make_record(
        workshop=met.workshop,
        actor=met.ada,
        mechanism=Mechanism.DOCUMENTATION,
        text="Calm.",
        rests=[Rests(one.pk) for one in said[:6]],
    )

    found = by_name(met.workshop)

    assert found["Taken up"] == "6 of 10 (31 to 83 %)"
    assert found["Taken up, by place"] == "in the hall 5 of 5 (57 to 100 %); elsewhere 1 of 5 (4 to 62 %)"


def test_the_page_says_what_each_measure_means_and_nobodys_name(met, browser_of):
    met.say("Aina", "Zebrafinch.")

    page = browser_of("Ada").get(reverse("record", args=[met.workshop.slug])).content.decode()

    for one in measured(met.workshop).figures:
        assert one.name in page
        assert one.formula.replace("<", "&lt;") in page
    assert "Zebrafinch" not in page
    assert "Aina" not in page


def test_what_is_told_of_people_is_asked_once(met, django_assert_num_queries):
    for name in HALL:
        met.say(name, "Here.")

    with django_assert_num_queries(5):
        ground_of(met.workshop)
