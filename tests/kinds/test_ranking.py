"""Orders: each place once, points after Borda, ties told as ties."""

import pytest
from django.http import QueryDict
from hypothesis import given as drawn
from hypothesis import strategies as st

from sessions_app.errors import BadText
from sessions_app.kinds import Given
from sessions_app.kinds.ranking import Ranking
from tests.kinds.choosing import give, revealed, with_step

OPTIONS = {"things": ["Chairs", "Light", "Time"]}


@pytest.fixture
def order(world):
    return with_step(world, "ranking", options=OPTIONS)


@pytest.mark.django_db
def test_orders_add_up_and_ties_are_told(world, order):
    give(world, "Ben", "place-1=1&place-2=2&place-3=3")
    give(world, "Chidi", "place-1=2&place-2=1&place-3=3")

    rows = [(row["place"], row["is_tied"], row["text"], row["points"], row["first"]) for row in revealed(world)]

    assert rows == [(1, True, "Chairs", 5, 1), (1, True, "Light", 5, 1), (3, False, "Time", 2, 0)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ("place-1=1&place-2=1&place-3=2", "Place 1 is given more than once"),
        ("place-1=1&place-2=2", "“Time” has no place yet"),
        ("place-1=1&place-2=2&place-3=4", "“Time” has no place yet"),
        ("place-1=0&place-2=2&place-3=1", "“Chairs” has no place yet"),
    ],
)
def test_what_is_no_order_is_refused_and_stays_in_the_fields(world, order, browser_of, sent, words):
    with pytest.raises(BadText, match=words):
        give(world, "Ben", sent)

    page = browser_of("Ben").post(
        f"/dialogues/{order.pk}/answer/", {**QueryDict(sent).dict(), "round": 1, "view": "room"}
    )
    assert '<option value="2" selected>' in page.content.decode()


@drawn(st.lists(st.permutations([1, 2, 3]), max_size=30))
def test_points_are_shared_out_whole(answers):
    rows = Ranking.result([Given(one) for one in answers], OPTIONS)

    assert sum(row["points"] for row in rows) == 6 * len(answers)
    assert sum(row["first"] for row in rows) == len(answers)
    assert [row["points"] for row in rows] == sorted((row["points"] for row in rows), reverse=True)
    for row in rows:
        alike = [other for other in rows if other["points"] == row["points"]]
        assert {other["place"] for other in alike} == {row["place"]}
        assert row["is_tied"] == (len(alike) > 1)
