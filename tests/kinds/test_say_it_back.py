"""Say it back: one sentence about somebody else's words, and only who said them tells whether that was it."""

from datetime import timedelta

import pytest
from django.http import QueryDict
from hypothesis import given as drawn
from hypothesis import strategies as st

from sessions_app import anonymity, clock
from sessions_app.errors import BadText, Closed, NotAllowed, NotFound, Refused
from sessions_app.kinds import Given
from sessions_app.kinds.say_it_back import MARKS, SayItBack
from sessions_app.models import Activity, Contribution, Event, Identity
from sessions_app.operations import activities, ballots, contributions, responses, running
from sessions_app.operations.meaning import tell_meaning
from sessions_app.policy import OUTSIDER
from sessions_app.queries.meant import said_back
from sessions_app.queries.responses import board_of, own_answer
from sessions_app.verification import verify
from tests.kinds.choosing import give, with_step

pytestmark = pytest.mark.django_db
HEARD = "Whoever waits wants to be seen."


@pytest.fixture
def step(world):
    """The world's meeting with the step second, after one in which people write."""
    planned = activities.plan_activity(
        workshop=world.workshop, actor=world.ada, session=world.session, kind="say_it_back", prompt="What did we hear?"
    )
    while planned.position > 2:
        planned = activities.move_activity(activity=planned, actor=world.ada, earlier=True)
    return planned


def after_cards(world, *, identity: str = "named", here: str = "named", blind: bool = False) -> Contribution:
    """Ben's card lies on the table, and the group says back what it heard."""
    activities.change_activity(activity=world.steps[0], actor=world.ada, identity=identity)
    activities.change_activity(activity=world.steps[1], actor=world.ada, identity=here, blind=blind)
    world.go_live()
    card = world.say("Ben", "I sat there for two hours.")
    running.next_step(session=world.session, actor=world.ada)
    return card


def heard(world, who: str, card, words: str = HEARD, **more):
    answer = give_second(world, who, f"about={card.pk}&reason=x", reason=words, **more)
    answer.dialogue = world.dialogue(1)
    return answer


def give_second(world, who: str, sent: str, **more):
    return responses.give_answer(
        dialogue=world.dialogue(1), actor=world[who], sent=QueryDict(sent), **{"via": "room", **more}
    )


def tell(world, who: str, answer, meant: str = "almost", words: str = ""):
    return tell_meaning(dialogue=world.dialogue(1), actor=world[who], response=answer.pk, meant=meant, words=words)


def test_who_said_it_tells_whether_that_was_it(world, step):
    card = after_cards(world)
    answer = heard(world, "Chidi", card)

    tell(world, "Ben", answer, "almost", "Seen, and told how long it takes.")

    (row,) = board_of(world.dialogue(1)).result["rows"]
    assert (row["card"].words, row["said"].who, row["said"].reason) == (card.body, "Chidi", HEARD)
    assert (row["mark"], row["words"].body) == ("almost", "Seen, and told how long it takes.")
    words = Contribution.objects.get(body="Seen, and told how long it takes.")
    assert (words.author, words.reply_to_id) == (world["Ben"].participant, answer.reason_id)
    event = Event.objects.get(verb="answer.marked")
    assert (event.actor, event.data) == (world["Ben"].participant, {"round": 1})
    assert list(verify(world.workshop.slug)) == []


@pytest.mark.parametrize(("who", "refusal"), [("Chidi", NotAllowed), ("Hella", NotAllowed), ("Rana", NotFound)])
def test_nobody_else_tells_what_was_meant(world, step, who, refusal):
    answer = heard(world, "Chidi", after_cards(world))

    with pytest.raises(refusal):
        tell(world, who, answer)
    with pytest.raises(NotFound):
        tell_meaning(dialogue=world.dialogue(1), actor=OUTSIDER, response=answer.pk, meant="yes")
    assert "meant" not in board_of(world.dialogue(1)).result["rows"][0]["said"].value


def test_the_scribe_tells_it_for_somebody_in_the_hall(world, step):
    answer = heard(world, "Chidi", after_cards(world))

    assert said_back(world.dialogue(1), world["Sam"]) == []  # in the room stands what is one's own
    (open_,) = said_back(world.dialogue(1), world["Sam"], for_others=True)
    assert (open_.card.who, open_.is_own) == ("Ben", False)
    tell(world, "Sam", answer, "no", "I was not angry.")

    words = Contribution.objects.get(body="I was not angry.")
    assert (words.author, words.recorded_by, words.via) == (
        world["Ben"].participant,
        world["Sam"].participant,
        "scribe",
    )


def test_words_from_the_room_are_told_about_by_the_scribe_who_typed_them(world, step):
    after_cards(world)
    running.previous_step(session=world.session, actor=world.ada)
    card = world.say("Sam", "The bench is too low.", unnamed=True)
    running.next_step(session=world.session, actor=world.ada)
    answer = heard(world, "Chidi", card, "A higher bench, please.")

    tell(world, "Sam", answer, "yes", "Exactly.")

    assert Contribution.objects.get(body="Exactly.").is_from_room
    assert board_of(world.dialogue(1)).result["rows"][0]["mark"] == "yes"


def test_nobody_says_themselves_back(world, step):
    card = after_cards(world)

    assert own_answer(world.dialogue(1), world["Ben"].participant).choices == []
    assert [c.key for c, _ in own_answer(world.dialogue(1), world["Chidi"].participant).choices] == [str(card.pk)]
    with pytest.raises(BadText, match="no words"):
        heard(world, "Ben", card)


@pytest.mark.parametrize(
    ("sent", "words"),
    [("reason=x", "Choose first"), ("about=nonsense&reason=x", "not there any more"), ("about={card}", "Write what")],
)
def test_an_answer_names_a_card_and_says_a_sentence(world, step, sent, words):
    card = after_cards(world)

    with pytest.raises(BadText, match=words):
        give_second(world, "Chidi", sent.format(card=card.pk))


def test_a_new_sentence_has_not_been_told_about(world, step):
    card = after_cards(world)
    answer = heard(world, "Chidi", card)
    tell(world, "Ben", answer, "no")

    heard(world, "Chidi", card, "Two hours are too long.")

    assert board_of(world.dialogue(1)).result["rows"][0]["mark"] == ""


def test_what_is_told_can_be_changed_and_its_words_taken_back(world, step):
    answer = heard(world, "Chidi", after_cards(world))
    tell(world, "Ben", answer, "no", "Not at all.")
    tell(world, "Ben", answer, "yes")

    (row,) = board_of(world.dialogue(1)).result["rows"]
    assert (row["mark"], row["words"]) == ("yes", None)
    assert not Contribution.objects.filter(body="Not at all.").exists()
    assert list(verify(world.workshop.slug)) == []


def test_face_down_nobody_tells_and_nobody_sees(world, step, browser_of):
    answer = heard(world, "Chidi", after_cards(world, blind=True))

    assert said_back(world.dialogue(1), world["Ben"]) == []
    assert board_of(world.dialogue(1)).result is None
    with pytest.raises(Refused):
        tell(world, "Ben", answer)
    for who in ("Ben", "Ada", "Sam"):
        for address in (f"/meetings/{world.session.pk}/room/", f"/dialogues/{answer.dialogue_id}/meant/"):
            assert HEARD not in browser_of(who).get(address).content.decode()


def test_cards_that_lie_face_down_are_not_said_back(world, step):
    after_cards(world)
    running.next_step(session=world.session, actor=world.ada)
    dialogue = world.dialogue(2)
    assert dialogue.activity.is_hidden
    world.say("Ben", "Face down", 2)
    while step.position < 4:
        step = activities.move_activity(activity=step, actor=world.ada, earlier=False)
    running.next_step(session=world.session, actor=world.ada)

    words = [card.words for card, _ in own_answer(world.dialogue(3), world["Chidi"].participant).choices]
    assert words == ["I sat there for two hours."]  # of the step before that


def test_the_words_of_who_is_known_to_facilitators_only_stay_without_a_name(world, step):
    card = after_cards(world, identity=Identity.GROUP)
    answer = heard(world, "Chidi", card)

    with pytest.raises(NotAllowed, match="only yes, almost or no"):
        tell(world, "Ben", answer, "almost", "Seen.")
    tell(world, "Ben", answer, "almost")

    (row,) = board_of(world.dialogue(1)).result["rows"]
    assert (row["card"].who, row["mark"]) == ("Someone", "almost")
    assert not Contribution.objects.filter(dialogue=world.dialogue(1), author=world["Ben"].participant).exists()


def test_anonymous_words_are_told_about_while_their_key_is_there_and_leave_no_trace(world, step):
    card = after_cards(world, identity=Identity.ANONYMOUS)
    answer = heard(world, "Chidi", card)

    assert said_back(world.dialogue(1), world["Sam"], for_others=True) == []
    tell(world, "Ben", answer, "yes")
    assert Event.objects.get(verb="answer.marked").actor is None
    with pytest.raises(NotAllowed):
        tell(world, "Sam", answer, "no")

    anonymity.AnonymityKey.objects.all().delete()
    assert said_back(world.dialogue(1), world["Ben"]) == []
    assert own_answer(world.dialogue(1), world["Ben"].participant).choices  # nobody can know that it was Ben


def test_a_card_that_is_taken_back_takes_its_words_along(world, step, browser_of):
    card = after_cards(world)
    heard(world, "Chidi", card)

    contributions.withdraw_contribution(contribution=card, actor=world["Ben"])

    page = browser_of("Ada").get(f"/meetings/{world.session.pk}/room/").content.decode()
    assert ("I sat there for two hours." in page, HEARD in page) == (False, True)


def test_when_it_is_over_nothing_more_is_told(world, step):
    answer = heard(world, "Chidi", after_cards(world))
    running.next_step(session=world.session, actor=world.ada)
    Activity.objects.filter(pk=step.pk).update(closed_at=clock.now() - timedelta(minutes=5))
    with pytest.raises(Closed):
        tell(world, "Ben", answer)


def test_the_page_tells_without_script_and_keeps_what_was_refused(world, step, browser_of):
    answer = heard(world, "Chidi", after_cards(world))
    ben, address = browser_of("Ben"), f"/dialogues/{answer.dialogue_id}/meant/"

    refused = ben.post(address, {"response": answer.pk, "meant": "", "words": "Told how long"})
    assert (refused.status_code, "Told how long" in refused.content.decode()) == (422, True)
    ben.post(address, {"response": answer.pk, "meant": "almost", "words": "Told how long"})

    room = browser_of("Ada").get(f"/meetings/{world.session.pk}/room/").content.decode()
    assert "Told how long" in room
    assert browser_of("Chidi").post(address, {"response": answer.pk, "meant": "yes"}).status_code in {302, 403}
    assert board_of(world.dialogue(1)).result["rows"][0]["mark"] == "almost"
    assert browser_of("Rana").get(address).status_code == 404


def test_a_paper_ballot_and_somebody_in_the_hall_say_it_back_through_the_scribe(world, step):
    card = after_cards(world)
    sent = QueryDict(f"about={card.pk}&reason=x")
    given = {"dialogue": world.dialogue(1), "actor": world["Sam"], "sent": sent}

    ballots.type_answer(person=world["Hella"].participant, reason="Two hours!", **given)
    ballots.type_answer(ballot="B7", reason="Nobody came.", **given)

    rows = board_of(world.dialogue(1)).result["rows"]
    assert sorted((row["said"].who, row["said"].reason) for row in rows) == [
        ("", "Nobody came."),
        ("Hella", "Two hours!"),
    ]


@drawn(st.lists(st.sampled_from([*MARKS, ""]), max_size=30))
def test_every_sentence_is_counted_once_and_what_was_missed_comes_first(marks):
    given = [Given({"about": "x", **({"meant": mark} if mark else {})}, reason="Why") for mark in marks]
    result = SayItBack.result(given, {"cards": [], "meant": {}})

    assert sum(number for _mark, _words, number, _share in result["counts"]) == result["total"] == len(marks)
    assert result["told"] == sum(bool(mark) for mark in marks)
    order = ["no", "almost", "", "yes"]
    places = [order.index(row["mark"]) for row in result["rows"]]
    assert places == sorted(places)


def test_a_step_without_words_before_it_says_so(world, browser_of):
    with_step(world, "say_it_back")

    assert "no words to say back yet" in browser_of("Ben").get(f"/meetings/{world.session.pk}/room/").content.decode()
    with pytest.raises(BadText, match="no words"):
        give(world, "Ben", "about=1&reason=x")


def test_what_a_scribe_tells_anew_takes_the_place_of_what_was_told(world, step):
    answer = heard(world, "Chidi", after_cards(world))
    tell(world, "Ben", answer, "almost", "Not quite: waiting hurts.")
    tell(world, "Sam", answer, "no", "Something else.")

    standing = Contribution.objects.filter(dialogue=world.dialogue(1), withdrawn_at=None).order_by("seq")
    assert [one.body for one in standing] == [HEARD, "Something else."]
    assert list(verify(world.workshop.slug)) == []
