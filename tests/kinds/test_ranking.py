"""Orders: each place once, points after Borda, ties told as ties."""

import pytest
from django.http import QueryDict
from hypothesis import given as drawn
from hypothesis import strategies as st

from sessions_app.errors import BadText
from sessions_app.kinds import Given
from sessions_app.kinds.ranking import Ranking
from sessions_app.models import Response
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


@pytest.mark.parametrize(
    ("sent", "places"),
    [
        ("place-1=1&place-2=2&place-3=3&move=3-up", ["1", "3", "2"]),
        ("place-1=1&place-2=2&place-3=3&move=1-up", ["1", "2", "3"]),
        ("place-1=1&place-2=2&place-3=3&move=3-down", ["1", "2", "3"]),
        ("place-1=3&place-2=1&place-3=2&move=2-down", ["3", "2", "1"]),
        ("move=2-up", ["2", "1", "3"]),  # nothing was given yet: they stood as they were written
        ("place-1=2&place-2=2&move=1-down", ["2", "1", "3"]),
        ("place-1=1&move=9-up", ["1", "", ""]),
        ("place-1=1&move=1-sideways", ["1", "", ""]),
    ],
)
def test_a_thing_goes_up_and_down(sent, places):
    assert Ranking.as_sent(QueryDict(sent), OPTIONS) == places


@drawn(
    st.lists(st.sampled_from(["", "1", "2", "3", "9", "x"]), min_size=3, max_size=3),
    st.integers(1, 3),
    st.sampled_from(["up", "down"]),
)
def test_whatever_stood_there_a_move_gives_each_thing_a_place(typed, number, where):
    sent = QueryDict(mutable=True)
    sent.update({f"place-{place}": value for place, value in enumerate(typed, start=1)})
    sent["move"] = f"{number}-{where}"

    assert sorted(Ranking.as_sent(sent, OPTIONS)) == ["1", "2", "3"]


@pytest.mark.django_db
def test_the_buttons_move_without_script_and_send_nothing_yet(world, order, browser_of):
    ben, address = browser_of("Ben"), f"/dialogues/{order.pk}/answer/"
    sent = {"place-1": "1", "place-2": "2", "place-3": "3", "round": 1, "view": "room"}

    page = ben.post(address, {**sent, "move": "3-up"}).content.decode()

    assert page.index("Chairs") < page.index("Time") < page.index("Light")
    assert not Response.objects.exists()
    ben.post(address, {**sent, "place-2": "3", "place-3": "2"})
    assert Response.objects.get().value == [1, 3, 2]
