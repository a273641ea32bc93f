"""Dots: as many as there are, at most so many on one thing, added up exactly, sorted only when turned over."""

import pytest
from django.http import QueryDict
from hypothesis import given as drawn
from hypothesis import strategies as st

from sessions_app.errors import BadText
from sessions_app.kinds import Given
from sessions_app.kinds.dot_voting import DotVoting
from sessions_app.models import Response
from sessions_app.queries.responses import board_of
from tests.kinds.choosing import give, revealed, with_step

OPTIONS = {"things": ["Chairs", "Light", "Time"], "dots": 3, "most": 2}


@pytest.fixture
def dots(world):
    return with_step(world, "dot_voting", options=OPTIONS)


@pytest.mark.django_db
def test_dots_are_added_up_and_sorted_only_when_turned_over(world, dots):
    give(world, "Ben", "dots-1=1&dots-2=2&dots-3=0")
    give(world, "Chidi", "dots-2=2&dots-3=1")
    assert board_of(world.dialogue(0)).result is None

    rows = [(row["text"], row["count"], row["people"]) for row in revealed(world)]

    assert rows == [("Light", 4, 2), ("Chairs", 1, 1), ("Time", 1, 1)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ("dots-1=2&dots-2=2", "too many: you have 3 dots"),
        ("dots-1=3", "At most 2 dots can lie on one thing.*Chairs"),
        ("dots-2=-1", "“Light” as a whole number"),
        ("dots-2=two", "“Light” as a whole number"),
        ("dots-2=1.5", "whole number"),
        ("dots-2=²", "whole number"),
        ("dots-2=99999999999999999999", "whole number"),
        ("", "at least one dot"),
    ],
)
def test_what_is_not_so_many_dots_is_refused_in_words_and_changes_nothing(world, dots, sent, words):
    give(world, "Ben", "dots-1=1")

    with pytest.raises(BadText, match=words):
        give(world, "Ben", sent)

    assert Response.objects.get().value == [1, 0, 0]


@pytest.mark.django_db
def test_refused_dots_stay_in_the_fields(world, dots, browser_of):
    sent = {"dots-1": "2", "dots-2": "2", "dots-3": "x", "round": 1, "view": "room"}

    page = browser_of("Ben").post(f"/dialogues/{dots.pk}/answer/", sent)

    assert page.status_code == 422
    for value in ('name="dots-1" value="2"', 'name="dots-2" value="2"', 'name="dots-3" value="x"'):
        assert value in page.content.decode()


def test_words_say_how_many_dots_are_left():
    assert DotVoting.choices(OPTIONS, None)["left"] == "3 of 3 dots left"
    assert DotVoting.choices(OPTIONS, [1, 1, 0])["left"] == "1 of 3 dots left"
    assert DotVoting.choices(OPTIONS, ["2", "2", "-1"])["left"].startswith("Those are too many")


@drawn(st.lists(st.lists(st.integers(0, 2), min_size=3, max_size=3).filter(lambda one: 0 < sum(one) <= 3), max_size=30))
def test_every_allowed_answer_counts_exactly(answers):
    kept = [
        DotVoting.clean_answer(QueryDict("&".join(f"dots-{n}={d}" for n, d in enumerate(one, 1))), OPTIONS)
        for one in answers
    ]
    rows = DotVoting.result([Given(one) for one in kept], OPTIONS)

    assert kept == answers
    assert {row["text"]: row["count"] for row in rows} == {
        thing: sum(one[place] for one in answers) for place, thing in enumerate(OPTIONS["things"])
    }
    assert [row["count"] for row in rows] == sorted((row["count"] for row in rows), reverse=True)
    assert all(0 <= row["share"] <= 100 for row in rows)
