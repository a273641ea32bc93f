"""Answers from the hall: by name or by the number of a paper, one vote each, and asked before one is replaced."""

import pytest
from django.http import QueryDict

from sessions_app.errors import BadText, NotAllowed, NotFound
from sessions_app.models import Contribution, Place, Response
from sessions_app.operations.ballots import AnsweredAlready, type_answer
from sessions_app.policy import OUTSIDER
from sessions_app.queries.ballots import ballots_of
from sessions_app.verification import verify
from tests.kinds.choosing import give, revealed, with_step
from tests.world import add

pytestmark = pytest.mark.django_db
OPTIONS = {"choices": ["Red", "Green"], "several": False}


@pytest.fixture
def poll(world):
    for name in ("Lars", "Siv"):
        add(world, name, usual_place=Place.HALL)
    return with_step(world, "poll", options=OPTIONS)


def type_in(world, who="Sam", *, choice=1, **more):
    return type_answer(dialogue=world.dialogue(0), actor=world[who], sent=QueryDict(f"choice={choice}"), **more)


def test_for_a_person_and_from_paper(world, poll):
    type_in(world, person=world["Lars"].participant)
    type_in(world, ballot=" a7 ", choice=2)

    assert [row["count"] for row in revealed(world)] == [1, 1]
    found = ballots_of(world.dialogue(0))
    assert (found.numbers, found.hall) == (("A7",), 3)  # Ada, too
    assert {one.person.name: one.has_answered for one in found.voters if one.is_in_hall} == {
        "Ada": False,
        "Lars": True,
        "Siv": False,
    }
    assert list(verify(world.workshop.slug)) == []


def test_an_answer_by_phone_is_not_replaced_unasked(world, poll):
    give(world, "Lars", "choice=1")
    with pytest.raises(AnsweredAlready):
        type_in(world, person=world["Lars"].participant, choice=2)
    assert Response.objects.get().value == [1]

    type_in(world, person=world["Lars"].participant, choice=2, replaces=True)
    assert Response.objects.get().value == [2]


def test_a_paper_is_not_typed_twice_unasked(world, poll):
    type_in(world, ballot="A7")
    with pytest.raises(AnsweredAlready):
        type_in(world, ballot="a7", choice=2)


@pytest.mark.parametrize("both", [{}, {"ballot": "A1", "person": "Lars"}, {"ballot": "  "}])
def test_a_person_or_a_paper_one_of_the_two(world, poll, both):
    person = world[both["person"]].participant if "person" in both else None
    with pytest.raises(BadText, match="one of the two"):
        type_in(world, ballot=both.get("ballot", ""), person=person)


@pytest.mark.parametrize(("who", "refusal"), [("Ben", NotAllowed), ("Hella", NotAllowed), ("Rana", NotFound)])
def test_only_scribes_and_facilitators_type_for_others(world, poll, who, refusal):
    with pytest.raises(refusal):
        type_in(world, who, ballot="A1")
    with pytest.raises(NotFound):
        type_answer(dialogue=world.dialogue(0), actor=OUTSIDER, sent=QueryDict("choice=1"), ballot="A1")
    assert type_in(world, "Ada", ballot="A1").ballot == "A1"


def test_where_nobody_may_know_only_papers_are_taken(world):
    with_step(world, "poll", options=OPTIONS, identity="anonymous")
    give(world, "Ben", "choice=1")

    with pytest.raises(NotAllowed, match="paper ballot"):
        type_in(world, person=world["Chidi"].participant)
    type_in(world, ballot="A1")

    assert ballots_of(world.dialogue(0)).voters == ()


def test_more_answers_than_people_in_the_hall_is_noticed(world, poll):
    give(world, "Lars", "choice=1")
    type_in(world, ballot="A1")
    type_in(world, ballot="A3")
    assert not ballots_of(world.dialogue(0)).is_more_than_hall

    type_in(world, ballot="A2")
    assert ballots_of(world.dialogue(0)).is_more_than_hall


@pytest.mark.parametrize("identity", ["named", "group", "anonymous"])
def test_words_on_a_paper_are_nobodys(world, identity):
    with_step(world, "gradients", options={"steps": "8"}, identity=identity)
    given = {"dialogue": world.dialogue(0), "sent": QueryDict("step=6"), "ballot": "A7"}
    type_answer(**given, actor=world["Sam"], reason="Too slow.")
    type_answer(**given, actor=world["Sam"], reason="Too slow for me.", replaces=True)

    said = Contribution.objects.get()
    assert (said.author, said.body) == (None, "Too slow for me.")
    voice = revealed(world)["reservations"][0]["said"]
    assert (voice.reason, voice.who) == ("Too slow for me.", "")
    assert list(verify(world.workshop.slug)) == []


def test_another_scribe_may_type_the_paper_anew(world):
    with_step(world, "gradients", options={"steps": "8"})
    given = {"dialogue": world.dialogue(0), "sent": QueryDict("step=6"), "ballot": "A7"}
    type_answer(**given, actor=world["Sam"], reason="To slow.")
    type_answer(**given, actor=world.ada, reason="Too slow.", replaces=True)

    assert Contribution.objects.get().body == "Too slow."


def test_page_tells_who_has_answered_and_not_what(world, poll, browser_of):
    give(world, "Lars", "choice=2")
    address = f"/dialogues/{poll.pk}/ballots/"
    sam = browser_of("Sam")

    page = sam.get(address).content.decode()
    assert "checked" not in page
    assert page.count("has answered") == 2  # in the list of names, and in the list below

    lars = world["Lars"].participant.pk
    asked = sam.post(address, {"person": lars, "choice": 1, "round": 1})
    assert (asked.status_code, "Replace the answer" in asked.content.decode()) == (422, True)
    assert 'value="1" checked' in asked.content.decode()
    assert Response.objects.get().value == [2]

    assert sam.post(address, {"person": lars, "choice": 1, "round": 1, "replace": 1}).status_code == 302
    assert Response.objects.get().value == [1]


def test_page_keeps_what_was_typed_when_it_is_refused(world, poll, browser_of):
    sent = {"ballot": "A9", "round": 1}
    page = browser_of("Sam").post(f"/dialogues/{poll.pk}/ballots/", sent).content.decode()

    assert 'value="A9"' in page
    assert "Choose an answer first." in page


def test_there_is_nothing_to_type_where_nothing_is_chosen(world, browser_of):
    world.go_live()

    assert browser_of("Sam").get(f"/dialogues/{world.dialogue(0).pk}/ballots/").status_code == 404
