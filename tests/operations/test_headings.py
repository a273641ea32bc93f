"""Cards that everybody sorts: who may, when, and what is told to who comes too late."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sessions_app.errors import BadText, Closed, NotAllowed, NotFound, Refused, TooLong
from sessions_app.models import Contribution, Dialogue, Event
from sessions_app.operations import contributions, dialogues, headings, running
from sessions_app.policy import OUTSIDER
from sessions_app.verification import verify
from tests.headed import lists, say, thread
from tests.world import make_world

pytestmark = pytest.mark.django_db


def last(world) -> Event:
    return Event.objects.filter(workshop=world.workshop).latest("seq")


@pytest.fixture
def wall(world) -> Dialogue:
    return thread(world, "clustering")


@pytest.mark.parametrize("who", ["Ada", "Sam", "Hella", "Ben", "Gil"])
def test_everybody_who_may_write_may_make_a_heading_and_move_any_card(world, wall, who):
    card = say(world, wall)

    heading = headings.add_heading(dialogue=wall, actor=world[who], title=" Waiting ")
    headings.file_under(contribution=card, actor=world[who], heading=heading)

    assert lists(wall) == {"Waiting": ["A calm room"], "Not sorted yet": []}
    event = last(world)
    assert (event.verb, event.data) == ("contribution.filed", {"heading": 0, "heading_before": None})
    assert (event.actor, event.contribution_id) == (world[who].participant, card.pk)
    assert list(verify(world.workshop.slug)) == []


def test_nobody_else_may(world, wall):
    card = say(world, wall)
    for actor in (OUTSIDER, world["Rana"], make_world("Another", host="Olga").ada):
        with pytest.raises(NotFound):
            headings.file_under(contribution=card, actor=actor, heading=None)
        with pytest.raises(NotFound):
            headings.add_heading(dialogue=wall, actor=actor, title="Waiting")


@pytest.mark.parametrize("who", ["Hella", "Ben", "Gil"])
def test_only_facilitators_and_scribes_reword_headings_and_take_them_away(world, wall, who):
    heading = headings.add_heading(dialogue=wall, actor=world["Ben"], title="Waiting")
    with pytest.raises(NotAllowed):
        headings.rename_heading(dialogue=wall, actor=world[who], heading=heading, title="Mine")
    with pytest.raises(NotAllowed):
        headings.remove_heading(dialogue=wall, actor=world[who], heading=heading)

    headings.rename_heading(dialogue=wall, actor=world["Sam"], heading=heading, title="The wait")
    headings.remove_heading(dialogue=wall, actor=world.ada, heading=heading)

    assert list(lists(wall)) == ["Not sorted yet"]


def test_cards_of_a_heading_that_goes_are_not_sorted_any_more_and_its_place_stays_empty(world, wall):
    card = say(world, wall)
    waiting, phone = (headings.add_heading(dialogue=wall, actor=world["Ben"], title=t) for t in ("Waiting", "Phone"))
    headings.file_under(contribution=card, actor=world["Ben"], heading=waiting)

    headings.remove_heading(dialogue=wall, actor=world.ada, heading=waiting)
    third = headings.add_heading(dialogue=wall, actor=world["Ben"], title="Lift")

    assert lists(wall) == {"Phone": [], "Lift": [], "Not sorted yet": ["A calm room"]}
    assert (waiting, phone, third) == (0, 1, 2)
    for gone in (waiting, 7):
        with pytest.raises(BadText) as refusal:
            headings.file_under(contribution=card, actor=world["Ben"], heading=gone)
        assert (refusal.value.field, "not there any more" in str(refusal.value)) == ("heading", True)
    with pytest.raises(BadText):
        headings.rename_heading(dialogue=wall, actor=world.ada, heading=waiting, title="Back")


def test_a_card_that_can_not_be_moved_makes_no_heading(world, wall):
    card = say(world, wall)
    contributions.withdraw_contribution(contribution=card, actor=world["Ben"])
    with pytest.raises(Closed):
        headings.file_under_new(contribution=card, actor=world["Chidi"], title="Waiting")

    assert list(lists(wall)) == ["Not sorted yet"]


def test_two_who_want_the_same_heading_get_the_same(world, wall):
    first = headings.add_heading(dialogue=wall, actor=world["Ben"], title="Waiting")
    seen = last(world).seq

    assert headings.add_heading(dialogue=wall, actor=world["Chidi"], title="waiting") == first
    assert last(world).seq == seen
    other = headings.add_heading(dialogue=wall, actor=world["Chidi"], title="Phone")
    with pytest.raises(BadText):
        headings.rename_heading(dialogue=wall, actor=world.ada, heading=other, title="WAITING")


def test_the_last_press_wins_and_the_same_press_twice_is_one(world, wall):
    card = say(world, wall)
    for title in ("Waiting", "Phone"):
        headings.add_heading(dialogue=wall, actor=world["Ben"], title=title)

    stale = Contribution.objects.select_related("dialogue__activity__workshop").get(pk=card.pk)
    headings.file_under(contribution=card, actor=world["Ben"], heading=0)
    headings.file_under(contribution=stale, actor=world["Chidi"], heading=1)
    seen = last(world).seq
    headings.file_under(contribution=card, actor=world["Chidi"], heading=1)

    assert lists(wall)["Phone"] == ["A calm room"]
    assert last(world).seq == seen
    assert last(world).data == {"heading": 1, "heading_before": 0}


@pytest.mark.parametrize(("title", "refused"), [("", BadText), (" \u200b ", BadText), ("a" * 61, TooLong)])
def test_a_heading_needs_words_and_not_too_many(world, wall, title, refused):
    with pytest.raises(refused) as refusal:
        headings.add_heading(dialogue=wall, actor=world["Ben"], title=title)

    assert refusal.value.field == "title"


def test_there_can_be_too_many_headings(world, wall):
    for number in range(20):
        headings.add_heading(dialogue=wall, actor=world["Ben"], title=f"Heading {number}")
    with pytest.raises(Refused):
        headings.add_heading(dialogue=wall, actor=world["Ben"], title="One more")

    headings.remove_heading(dialogue=wall, actor=world.ada, heading=3)
    assert headings.add_heading(dialogue=wall, actor=world["Ben"], title="One more") == 20


def test_cards_are_sorted_only_when_they_are_turned_over(world):
    world.go_live(step=1)
    own = world.say("Ben", "Face down", 1)
    step = world.dialogue(1)

    for who, refused in (("Ben", NotAllowed), ("Chidi", NotFound)):
        with pytest.raises(refused):
            headings.file_under(contribution=own, actor=world[who], heading=None)
    with pytest.raises(NotAllowed):
        headings.add_heading(dialogue=step, actor=world.ada, title="Waiting")

    running.reveal(session=world.session, actor=world.ada)
    heading = headings.add_heading(dialogue=world.dialogue(1), actor=world["Chidi"], title="Waiting")
    own = Contribution.objects.select_related("dialogue__activity__workshop").get(pk=own.pk)
    headings.file_under(contribution=own, actor=world["Chidi"], heading=heading)
    assert lists(step)["Waiting"] == ["Face down"]


def test_nothing_moves_once_the_step_is_over_or_the_words_are_gone(world, wall):
    card, gone = say(world, wall), say(world, wall, "Not this")
    heading = headings.add_heading(dialogue=wall, actor=world["Ben"], title="Waiting")
    contributions.withdraw_contribution(contribution=gone, actor=world["Ben"])
    with pytest.raises(Closed):
        headings.file_under(contribution=gone, actor=world["Ben"], heading=heading)

    dialogues.end_window(activity=wall.activity, actor=world.ada)

    for act in (
        lambda: headings.file_under(contribution=card, actor=world.ada, heading=heading),
        lambda: headings.add_heading(dialogue=wall, actor=world.ada, title="Late"),
        lambda: headings.rename_heading(dialogue=wall, actor=world.ada, heading=heading, title="Late"),
        lambda: headings.remove_heading(dialogue=wall, actor=world.ada, heading=heading),
    ):
        with pytest.raises(Closed):
            act()


@pytest.mark.parametrize("kind", ["open_dialogue", "what_i_bring"])
def test_nothing_is_sorted_where_nothing_is_sorted(world, kind):
    dialogue = thread(world, kind)
    card = say(world, dialogue, heading=0)
    with pytest.raises(NotAllowed):
        headings.file_under(contribution=card, actor=world.ada, heading=None)
    with pytest.raises(NotAllowed):
        headings.add_heading(dialogue=dialogue, actor=world.ada, title="Waiting")


def test_where_nobody_knows_who_said_it_nobody_knows_who_sorted_it(world):
    wall = thread(world, "clustering", identity="anonymous")
    card = say(world, wall)

    heading = headings.add_heading(dialogue=wall, actor=world["Ben"], title="Waiting")
    headings.file_under(contribution=card, actor=world["Ben"], heading=heading)

    about = Event.objects.filter(dialogue=wall)
    assert {event.actor for event in about} == {None}
    assert list(verify(world.workshop.slug)) == []


# --- any order of anything ------------------------------------------------------------------------------

ACT = st.tuples(st.sampled_from(["say", "file", "add", "remove", "rename"]), st.integers(0, 7), st.integers(0, 4))


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(ACT, min_size=4, max_size=24))
def test_every_card_lies_in_exactly_one_list_and_the_log_says_the_same(acts):
    with transaction.atomic():
        world = make_world()
        wall, cards = thread(world, "clustering"), []
        for act, number, place in acts:
            try:
                if act == "say" or not cards:
                    cards.append(say(world, wall, f"Card {len(cards)}", via="scribe", who="Sam"))
                elif act == "file":
                    where = None if place == 4 else place
                    headings.file_under(contribution=cards[number % len(cards)], actor=world["Ben"], heading=where)
                elif act == "add":
                    headings.add_heading(dialogue=wall, actor=world["Ben"], title=f"Heading {number}")
                elif act == "remove":
                    headings.remove_heading(dialogue=wall, actor=world.ada, heading=place)
                else:
                    headings.rename_heading(dialogue=wall, actor=world.ada, heading=place, title=f"Heading {number}")
            except BadText:  # a heading that is gone, or that is there already
                continue
        lying = [words for said in lists(wall).values() for words in said]
        assert sorted(lying) == sorted(card.body for card in cards)
        assert list(verify(world.workshop.slug)) == []
        transaction.set_rollback(True)
