"""One's own words can be changed while the question is open, and taken back at any time."""

from datetime import timedelta

import pytest

from sessions_app import clock
from sessions_app.errors import BadText, Closed, NotAllowed, NotFound
from sessions_app.models import Contribution, Event, Revision
from sessions_app.operations import participants, running, workshops
from sessions_app.operations.contributions import revise_contribution, withdraw_contribution
from sessions_app.policy import OUTSIDER
from tests.together import kinds, together
from tests.world import make_world


@pytest.fixture
def said(world):
    world.go_live()
    return world.say("Ben", "First")


def last_event(world):
    return Event.objects.filter(workshop=world.workshop).latest("seq")


def test_changed_words_keep_what_they_were(world, said):
    for words in ("Second", "Third"):
        revise_contribution(contribution=said, actor=world["Ben"], body=words)

    kept = Contribution.objects.get(pk=said.pk)
    assert (kept.body, kept.revised_at is None) == ("Third", False)
    assert list(Revision.objects.values_list("body", flat=True)) == ["First", "Second"]
    assert (last_event(world).verb, last_event(world).data) == ("contribution.revised", {})


def test_same_words_again_record_nothing(world, said):
    last = last_event(world).seq

    revise_contribution(contribution=said, actor=world["Ben"], body=" First ")

    assert (last_event(world).seq, Revision.objects.count()) == (last, 0)


def test_empty_words_are_no_change(world, said):
    with pytest.raises(BadText):
        revise_contribution(contribution=said, actor=world["Ben"], body=" ")


def test_words_stay_as_they_were_once_the_question_has_closed(world, said):
    running.next_step(session=world.session, actor=world.ada)

    with clock.at(clock.now() + timedelta(seconds=4)):
        revise_contribution(contribution=said, actor=world["Ben"], body="In time")
    with clock.at(clock.now() + timedelta(seconds=6)), pytest.raises(Closed):
        revise_contribution(contribution=said, actor=world["Ben"], body="Too late")

    assert Contribution.objects.get(pk=said.pk).body == "In time"


def test_taken_back_words_are_gone_with_what_they_were(world, said):
    revise_contribution(contribution=said, actor=world["Ben"], body="Second")

    withdraw_contribution(contribution=said, actor=world["Ben"])

    kept = Contribution.objects.get(pk=said.pk)
    assert (kept.body, kept.gloss, kept.is_withdrawn, Revision.objects.count()) == ("", "", True, 0)
    assert (kept.seq, kept.author) == (said.seq, world["Ben"].participant)
    assert last_event(world).verb == "contribution.withdrawn"


def test_words_can_be_taken_back_long_after_the_question_has_closed(world, said):
    running.close_session(session=world.session, actor=world.ada)

    with clock.at(clock.now() + timedelta(days=30)):
        withdraw_contribution(contribution=said, actor=world["Ben"])

    assert Contribution.objects.get(pk=said.pk).body == ""


@pytest.mark.parametrize("operation", ["revise", "withdraw"])
def test_taken_back_words_do_not_come_back(world, said, operation):
    withdraw_contribution(contribution=said, actor=world["Ben"])
    last = last_event(world).seq

    with pytest.raises(Closed, match="taken back already"):
        act(operation, said, world["Ben"])

    assert last_event(world).seq == last


@pytest.mark.parametrize("operation", ["revise", "withdraw"])
def test_only_the_author_changes_words(world, said, operation):
    for who in ("Ada", "Sam", "Hella", "Chidi", "Gil"):
        with pytest.raises(NotAllowed):
            act(operation, said, world[who])
    for stranger in (world["Rana"], make_world("Other", host="Olga").ada, OUTSIDER):
        with pytest.raises(NotFound):
            act(operation, said, stranger)

    assert Contribution.objects.get(pk=said.pk).body == "First"


@pytest.mark.parametrize("operation", ["revise", "withdraw"])
def test_removed_author_changes_nothing(world, said, operation):
    participants.remove(person=world["Ben"].participant, actor=world.ada)

    with pytest.raises(NotFound):
        act(operation, said, world.refresh("Ben"))


@pytest.mark.parametrize("operation", ["revise", "withdraw"])
def test_closed_workshop_keeps_words_as_they_are(world, said, operation):
    workshops.close_workshop(workshop=world.workshop, actor=world.ada)

    with pytest.raises(NotAllowed):
        act(operation, said, world.refresh("Ben"))


@pytest.mark.django_db(transaction=True)
def test_change_and_taking_back_at_the_same_moment_leave_no_words(world, said):
    """Two tabs: whichever comes first, what was taken back is gone."""
    copies = [Contribution.objects.select_related("dialogue__activity").get(pk=said.pk) for _ in range(2)]

    results = together(
        lambda: revise_contribution(contribution=copies[0], actor=world["Ben"], body="Changed"),
        lambda: withdraw_contribution(contribution=copies[1], actor=world["Ben"]),
    )

    assert kinds(results) in (["Contribution", "Contribution"], ["Closed", "Contribution"])
    assert (Contribution.objects.get(pk=said.pk).body, Revision.objects.count()) == ("", 0)


@pytest.mark.django_db(transaction=True)
def test_changes_at_the_same_moment_are_all_kept(world, said):
    def change(number):
        mine = Contribution.objects.select_related("dialogue__activity").get(pk=said.pk)
        return revise_contribution(contribution=mine, actor=world["Ben"], body=f"Words {number}")

    results = together(*[lambda number=number: change(number) for number in range(6)])

    assert kinds(results) == ["Contribution"] * 6
    bodies = {*Revision.objects.values_list("body", flat=True), Contribution.objects.get(pk=said.pk).body}
    assert bodies == {"First", *(f"Words {number}" for number in range(6))}


def act(operation, contribution, actor):
    if operation == "revise":
        return revise_contribution(contribution=contribution, actor=actor, body="Other words")
    return withdraw_contribution(contribution=contribution, actor=actor)
