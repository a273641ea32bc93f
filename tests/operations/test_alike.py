"""Cards that are alike are put together: under the heading of one of them, or under a new one with nobody's words."""

import uuid

import pytest

from sessions_app.errors import BadText, Closed, NotFound
from sessions_app.models import Dialogue, Event
from sessions_app.operations import dialogues, headings
from sessions_app.operations.contributions import withdraw_contribution
from sessions_app.policy import OUTSIDER
from sessions_app.verification import verify
from tests.headed import lists, say, thread
from tests.kinds.choosing import with_step
from tests.together import kinds, together
from tests.world import make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def wall(world) -> Dialogue:
    return thread(world, "clustering")


def put(world, card, other, who="Ben"):
    return headings.file_beside(contribution=card, actor=world[who], other=other)


def test_two_cards_that_are_alike_get_a_heading_of_their_own(world, wall):
    card, other, third = (say(world, wall, words=words) for words in ("A bench", "A chair", "A lamp"))

    put(world, card, other)
    assert lists(wall) == {"Alike 1": ["A bench", "A chair"], "Not sorted yet": ["A lamp"]}
    put(world, third, card)

    assert lists(wall) == {"Alike 1": ["A bench", "A chair", "A lamp"], "Not sorted yet": []}
    told = Event.objects.filter(workshop=world.workshop).order_by("seq").values_list("verb", flat=True)
    assert list(told)[-4:] == ["heading.added", *["contribution.filed"] * 3]
    assert list(verify(world.workshop.slug)) == []


def test_a_card_goes_under_the_heading_of_the_one_that_it_is_like(world, wall):
    card, other = (say(world, wall, words=words) for words in ("A bench", "A chair"))
    headings.file_under_new(contribution=other, actor=world["Chidi"], title="To sit on")

    put(world, card, other)

    assert lists(wall) == {"To sit on": ["A bench", "A chair"], "Not sorted yet": []}


def test_a_title_that_is_taken_is_not_given_twice(world, wall):
    cards = [say(world, wall, words=f"Card {number}") for number in range(4)]
    headings.add_heading(dialogue=wall, actor=world["Ben"], title="alike 1")

    put(world, cards[0], cards[1])
    put(world, cards[2], cards[3])

    assert list(lists(wall)) == ["alike 1", "Alike 2", "Alike 3", "Not sorted yet"]


def test_a_card_is_not_put_beside_itself_a_gap_or_one_that_lies_elsewhere(world, wall):
    card, gone = say(world, wall), say(world, wall)
    elsewhere = say(world, thread(world, "clustering"))
    withdraw_contribution(contribution=gone, actor=world["Ben"])

    for other in (card, gone, elsewhere):
        with pytest.raises(BadText, match="not there any more"):
            put(world, card, other)
    assert "Alike 1" not in lists(wall)


def test_outsiders_and_late_comers_put_nothing_together(world, wall):
    card, other = say(world, wall), say(world, wall)
    for actor in (OUTSIDER, world["Rana"], make_world("Another", host="Olga").ada):
        with pytest.raises(NotFound):
            headings.file_beside(contribution=card, actor=actor, other=other)
    dialogues.end_window(activity=wall.activity, actor=world.ada)
    with pytest.raises(Closed):
        put(world, card, other)


@pytest.mark.django_db(transaction=True)
def test_two_who_put_the_same_cards_together_make_one_heading(world):
    wall = thread(world, "clustering")
    card, other = say(world, wall), say(world, wall)

    results = together(lambda: put(world, card, other), lambda: put(world, other, card, "Chidi"))

    assert kinds(results) == ["Contribution", "Contribution"]
    assert list(lists(wall)) == ["Alike 1", "Not sorted yet"]


def test_the_form_offers_the_other_cards_and_keeps_a_heading_that_is_typed_first(world, browser_of):
    with_step(world, "clustering")
    card, other = world.say("Ben", "A bench"), world.say("Chidi", "A chair " + "with arms " * 20)
    ben, address = browser_of("Ben"), f"/contributions/{card.pk}/heading/"

    page = ben.get(address).content.decode()
    assert (f'value="{other.pk}"' in page, f'value="{card.pk}"' in page) == (True, False)
    assert "A chair with arms" in page
    for wrong in ("x", str(uuid.uuid4())):
        assert ben.post(address, {"beside": wrong, "heading": "none"}).status_code in {404, 422}
    ben.post(address, {"beside": str(other.pk), "heading": "none"})
    assert lists(world.dialogue(0)) == {"Alike 1": ["A bench", other.body], "Not sorted yet": []}
    ben.post(address, {"beside": str(other.pk), "heading": "none", "title": "To sit on"})
    assert lists(world.dialogue(0)) == {"Alike 1": [other.body], "To sit on": ["A bench"], "Not sorted yet": []}
