"""Promises, suggestions and what minorities say together: who may, what is kept, what comes back."""

import uuid

import pytest

from eaa.models import Commitment, Statement, Suggestion
from eaa.operations import agreements, commitments, statements, suggestions
from eaa.queries.agreements import agreement_view
from eaa.queries.waiting import waiting_for
from sessions_app import clock
from sessions_app.errors import BadText, Closed, NotAllowed, NotFound, Refused, TooLong
from sessions_app.operations import contributions
from sessions_app.verification import verify
from tests.eaa.agreed import DAY, TWO, answer, drafted, opened, revised

NEW = ("Nobody is decided over", "Those who do not read e-mail are rung.")


@pytest.fixture
def agreement(world):
    return opened(world)


def promised(world, agreement, who: str, *people: str, **more) -> Commitment:
    named = [world[name].participant for name in (people or (who,))]
    more.setdefault("due_words", "Before we meet again")
    return commitments.promise(agreement=agreement, actor=world[who], people=named, what="Ring three people", **more)


def test_everybody_promises_for_themselves_and_writers_for_others(world, agreement):
    promised(world, agreement, "Ben")
    promised(world, agreement, "Sam", "Ben", "Chidi")
    for people in (("Chidi",), ("Ben", "Chidi")):
        with pytest.raises(NotAllowed):
            promised(world, agreement, "Ben", *people)
    for name in ("Rana", "Gil"):
        with pytest.raises((NotAllowed, NotFound)):
            promised(world, agreement, name, "Ben")

    assert [one.who for one in agreement_view(agreement).commitments] == ["Ben", "Ben and Chidi"]


def test_nothing_is_promised_under_a_draft_or_what_holds_no_more(world, agreement):
    with pytest.raises(Refused):
        promised(world, drafted(world), "Sam")
    agreements.end_agreement(agreement=agreement, actor=world.ada)
    with pytest.raises(Refused):
        promised(world, agreement, "Ben")

    assert not Commitment.objects.exists()


def test_a_promise_says_by_when(world, agreement):
    today = clock.now().date()
    with pytest.raises(BadText):
        promised(world, agreement, "Ben", due_words="")
    with pytest.raises(BadText):
        promised(world, agreement, "Ben", due_on=today - DAY)
    promised(world, agreement, "Ben", due_words="", starts_on=today)
    promised(world, agreement, "Ben", due_on=today)

    first, second = agreement_view(agreement, world["Ben"]).commitments
    assert (first.when.startswith("From "), first.is_due, second.is_due, second.is_mine) == (True, False, True, True)


def test_whoever_promised_tells_how_it_is_and_can_undo(world, agreement):
    one = promised(world, agreement, "Sam", "Ben", "Chidi", due_on=clock.now().date())
    assert [waits.text for waits in waiting_for(world["Ben"].participant)][
        -1
    ] == "Your promise is due: Ring three people"
    about = {"agreement": agreement, "commitment": one}
    commitments.tell_of(**about, actor=world["Chidi"], state="done", told="All three said yes.")

    assert one.done_on == world.workshop.local(clock.now()).date()
    assert len(list(waiting_for(world["Ben"].participant))) == 1
    commitments.tell_of(**about, actor=world["Ben"], state="not_yet")
    assert one.done_on is None
    with pytest.raises(NotAllowed):
        commitments.tell_of(**about, actor=world["Hella"], state="done")
    commitments.remove_commitment(**about, actor=world["Ben"])
    assert agreement_view(agreement).commitments == []
    commitments.remove_commitment(**about, actor=world["Ben"], gone=False)
    assert len(agreement_view(agreement).commitments) == 1


def test_what_waits_is_told_until_it_is_done(world, agreement):
    drafted(world, title="Another one")
    ben = world["Ben"].participant
    assert [one.text for one in waiting_for(ben)] == ["Tell where you stand on: How we decide"]
    answer(world, agreement, "Ben")
    assert [one.text for one in waiting_for(ben)] == ["Sign or say why not: How we decide"]
    answer(world, agreement, "Ben", "talk_first", "What does it cost?")
    assert list(waiting_for(ben)) == []
    revised(world, agreement, NEW, TWO[1])
    assert [one.text for one in waiting_for(ben)] == ["Tell where you stand on: How we decide"]
    with clock.at(clock.now() + 8 * DAY):
        assert list(waiting_for(ben)) == []
    assert list(waiting_for(world["Gil"].participant)) == []


def test_suggestions_are_typed_or_point_at_words(world):
    world.go_live()
    said, mine = world.say("Chidi", "Ring before ten."), world.say("Ben", "Let it ring.")
    agreement = opened(world)
    given = {"agreement": agreement, "version": 1}
    suggestions.suggest(**given, actor=world["Ben"], text="Eight days.", clause=1)
    suggestions.suggest(**given, actor=world["Ben"], contribution=mine.pk, clause=1)
    suggestions.suggest(**given, actor=world["Sam"], contribution=said.pk)
    with pytest.raises(NotAllowed):
        suggestions.suggest(**given, actor=world["Ben"], contribution=said.pk)
    contributions.withdraw_contribution(contribution=said, actor=world["Chidi"])

    views = agreement_view(agreement, world["Ben"]).suggestions
    assert [(one.words, one.clause_number, one.is_gone) for one in views] == [
        ("Eight days.", 1, False),
        ("Let it ring.", 1, False),
        ("", None, True),
    ]
    with pytest.raises(BadText):
        suggestions.suggest(**given, actor=world["Sam"], contribution=said.pk)
    assert list(verify(world.workshop.slug)) == []


def test_suggestions_come_back_when_they_can_not_be_kept(world, agreement):
    given = {"agreement": agreement, "actor": world["Ben"], "version": 1}
    for wrong in ({"text": " "}, {"text": "x", "clause": 9}, {"contribution": uuid.uuid4()}):
        with pytest.raises(BadText):
            suggestions.suggest(**given, **wrong)
    with pytest.raises(TooLong):
        suggestions.suggest(**given, text="x" * 50_000)
    once = uuid.uuid4()
    assert suggestions.suggest(**given, text="x", client_id=once) == suggestions.suggest(
        **given, text="x", client_id=once
    )


def test_a_suggestion_is_answered_once_and_only_its_maker_takes_it_back(world, agreement):
    made = suggestions.suggest(agreement=agreement, actor=world["Ben"], version=1, text="Eight days.")
    about = {"agreement": agreement, "suggestion": made.pk}
    with pytest.raises(NotAllowed):
        suggestions.withdraw_suggestion(**about, actor=world["Sam"])
    with pytest.raises(NotAllowed):
        suggestions.settle_suggestion(**about, actor=world["Ben"], accepted=True)
    with pytest.raises(BadText):
        suggestions.settle_suggestion(**about, actor=world["Sam"], accepted=False)
    suggestions.settle_suggestion(**about, actor=world["Sam"], accepted=False, because="We have it.")
    with pytest.raises(Refused):
        suggestions.settle_suggestion(**about, actor=world["Sam"], accepted=True)
    with pytest.raises(Refused):
        suggestions.withdraw_suggestion(**about, actor=world["Ben"])
    other = suggestions.suggest(agreement=agreement, actor=world["Ben"], version=1, text="Nine days.")
    suggestions.withdraw_suggestion(agreement=agreement, actor=world["Ben"], suggestion=other.pk)
    assert Suggestion.objects.get(pk=other.pk).text == ""


def test_a_minority_says_something_together(world, agreement):
    about = {"agreement": agreement, "version": 1}
    made = statements.make_statement(**about, actor=world["Ben"], text="A full hall decides.")
    for _ in range(2):
        statements.join_statement(agreement=agreement, actor=world["Chidi"], statement=made.pk)
    (view,) = agreement_view(agreement, world["Chidi"]).statements
    assert (view.names, view.has_joined, view.is_mine) == (("Ben", "Chidi"), True, False)

    statements.leave_statement(agreement=agreement, actor=world["Chidi"], statement=made.pk)
    assert agreement_view(agreement).statements[0].count == 1
    with pytest.raises(NotAllowed):
        statements.withdraw_statement(agreement=agreement, actor=world["Chidi"], statement=made.pk)
    statements.join_statement(agreement=agreement, actor=world["Hella"], statement=made.pk)
    statements.withdraw_statement(agreement=agreement, actor=world["Ben"], statement=made.pk)
    assert (agreement_view(agreement).statements, Statement.objects.get().text) == ([], "")
    assert list(verify(world.workshop.slug)) == []


def test_a_statement_is_about_the_words_under_which_it_was_written(world, agreement):
    made = statements.make_statement(agreement=agreement, actor=world["Ben"], version=1, text="A full hall decides.")
    revised(world, agreement, NEW, TWO[1])

    assert agreement_view(agreement).statements == []
    assert len(agreement_view(agreement, version=1).statements) == 1
    with pytest.raises(NotFound):
        statements.join_statement(agreement=agreement, actor=world["Chidi"], statement=made.pk)
    with clock.at(clock.now() + 8 * DAY), pytest.raises(Closed):
        statements.make_statement(agreement=agreement, actor=world["Ben"], version=2, text="Late.")
