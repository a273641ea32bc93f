"""Consent: only an objection needs a reason; objections come first and are taken in by facilitators, in the open."""

import pytest
from django.urls import reverse
from hypothesis import given as drawn
from hypothesis import strategies as st

from sessions_app.errors import BadText, NotAllowed, NotFound, Refused
from sessions_app.kinds import Given
from sessions_app.kinds.consent_round import ConsentRound
from sessions_app.models import Event, Response
from sessions_app.operations import ballots, contributions, responses
from sessions_app.policy import OUTSIDER
from sessions_app.queries.ballots import standing_objections
from sessions_app.verification import verify
from tests.kinds.choosing import give, revealed, with_step

PROPOSAL = {"proposal": ["Nothing is decided that those at home could not answer."]}


@pytest.fixture
def round_(world):
    return with_step(world, "consent_round", options=PROPOSAL)


@pytest.mark.django_db
def test_an_objection_says_what_would_go_wrong(world, round_):
    give(world, "Ben", "objects=no")
    with pytest.raises(BadText, match="what would go wrong"):
        give(world, "Chidi", "objects=yes&reason= ")
    give(world, "Chidi", "objects=yes&reason=Too slow.", reason="Too slow.")

    result = revealed(world)

    assert (result["total"], result["standing"], result["without"]) == (2, 1, 1)
    assert [voice["said"].reason for voice in result["objections"]] == ["Too slow."]


@pytest.mark.django_db
def test_what_is_said_to_an_objection_stands_under_the_result(world, round_, browser_of):
    """Once each: a reason lies beside its answer, and one that was taken back is a gap there."""
    give(world, "Ben", "objects=yes&reason=Too slow.", reason="Too slow.")
    give(world, "Hella", "objects=yes&reason=Too loud.", reason="Too loud.")
    too_slow = Response.objects.get(participant=world["Ben"].participant).reason
    responses.take_back_answer(dialogue=world.dialogue(0), actor=world["Hella"])
    replied = world.say("Chidi", "Three days, then.", reply_to=too_slow.pk)

    page = browser_of("Sam").get(reverse("thread", args=[round_.pk])).content.decode()

    assert [page.count(words) for words in ("Too loud.", "Too slow.</", "Three days, then.</")] == [0, 1, 1]
    assert "taken back" not in page.lower()
    contributions.withdraw_contribution(contribution=replied, actor=world["Chidi"])
    page = browser_of("Sam").get(reverse("thread", args=[round_.pk])).content.decode()
    assert "Three days, then." not in page
    assert f"said-{replied.pk}" in page


@pytest.mark.django_db
@pytest.mark.parametrize(("sent", "words"), [("", "whether you object"), ("objects=maybe", "Choose again")])
def test_there_is_no_third_answer(world, round_, sent, words):
    with pytest.raises(BadText, match=words):
        give(world, "Ben", sent)


@pytest.mark.django_db
def test_a_facilitator_notes_how_an_objection_was_taken_in(world, round_):
    answer = give(world, "Chidi", "objects=yes&reason=Too slow.", reason="Too slow.")
    answer.dialogue = world.dialogue(0)

    ballots.take_in(response=answer, actor=world.ada, how="Within three days.")

    result = revealed(world)
    assert (result["standing"], result["objections"][0]["mended"]) == (0, "Within three days.")
    event = Event.objects.get(verb="answer.taken_in")
    assert (event.actor, event.data) == (world.ada.participant, {"round": 1, "stands": False})
    assert list(verify(world.workshop.slug)) == []

    ballots.take_in(response=answer, actor=world.ada, how="")
    assert revealed(world)["standing"] == 1


@pytest.mark.django_db
def test_who_answers_anew_has_not_been_taken_in_yet(world, round_):
    answer = give(world, "Chidi", "objects=yes&reason=Too slow.", reason="Too slow.")
    answer.dialogue = world.dialogue(0)
    ballots.take_in(response=answer, actor=world.ada, how="Within three days.")

    give(world, "Chidi", "objects=yes&reason=Still.", reason="Still too slow.")

    assert [voice["mended"] for voice in revealed(world)["objections"]] == [""]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("who", "refusal"), [("Sam", NotAllowed), ("Hella", NotAllowed), ("Chidi", NotAllowed), ("Rana", NotFound)]
)
def test_only_facilitators_take_objections_in(world, round_, who, refusal):
    answer = give(world, "Chidi", "objects=yes&reason=Too slow.", reason="Too slow.")
    answer.dialogue = world.dialogue(0)

    with pytest.raises(refusal):
        ballots.take_in(response=answer, actor=world[who], how="Away with it.")
    with pytest.raises(NotFound):
        ballots.take_in(response=answer, actor=OUTSIDER, how="Away with it.")
    assert Response.objects.get().value == {"objects": True}


@pytest.mark.django_db
def test_what_is_no_objection_cannot_be_taken_in(world, round_):
    answer = give(world, "Ben", "objects=no")
    answer.dialogue = world.dialogue(0)

    with pytest.raises(Refused):
        ballots.take_in(response=answer, actor=world.ada, how="Well.")


@pytest.mark.django_db
def test_face_down_objections_are_not_told_to_facilitators_either(world, browser_of):
    dialogue = with_step(world, "consent_round", options=PROPOSAL, blind=True)
    give(world, "Chidi", "objects=yes&reason=Too slow.", reason="Too slow.")

    assert standing_objections(dialogue) == []
    assert "Too slow." not in browser_of("Ada").get(f"/dialogues/{dialogue.pk}/objections/").content.decode()


@pytest.mark.django_db
def test_the_page_of_objections_takes_one_in_and_keeps_what_is_too_long(world, round_, browser_of):
    answer = give(world, "Chidi", "objects=yes&reason=Too slow.", reason="Too slow.")
    ada, address = browser_of("Ada"), f"/dialogues/{round_.pk}/objections/"

    long = ada.post(address, {"objection": answer.pk, "how": "o" * 401})
    assert (long.status_code, "o" * 401 in long.content.decode()) == (422, True)
    ada.post(address, {"objection": answer.pk, "how": "Within three days."})

    assert "Within three days." in browser_of("Ben").get(f"/meetings/{world.session.pk}/room/").content.decode()
    assert ada.post(address, {"objection": "0", "how": "x"}).status_code == 422


@drawn(st.lists(st.tuples(st.booleans(), st.booleans()), max_size=30))
def test_everybody_is_counted_once_and_what_stands_comes_first(answers):
    given = [
        Given({"objects": objects, **({"mended": "So."} if objects and mended else {})}, reason="Why")
        for objects, mended in answers
    ]
    result = ConsentRound.result(given, PROPOSAL)

    assert result["without"] + len(result["objections"]) == result["total"] == len(answers)
    stands = [not voice["mended"] for voice in result["objections"]]
    assert stands == sorted(stands, reverse=True)
    assert sum(stands) == result["standing"]
