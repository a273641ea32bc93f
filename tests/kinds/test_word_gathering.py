"""Words: one to three, short, the same ones together whatever their capitals."""

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from sessions_app.errors import BadText
from sessions_app.kinds import Given
from sessions_app.kinds.word_gathering import WordGathering
from sessions_app.models import Event, Response
from tests.kinds.choosing import give, revealed, with_step


@pytest.fixture
def words(world):
    return with_step(world, "word_gathering")


@pytest.mark.django_db
def test_the_same_words_lie_together(world, words):
    give(world, "Ben", "word=Calm&word=Ärlig&word=")
    give(world, "Chidi", "word=calm&word=CALM&word=ärlig")
    give(world, "Gil", "word=calm")

    rows = [(row["text"], row["count"], row["size"]) for row in revealed(world)]

    assert rows == [("calm", 3, 4), ("Ärlig", 2, 3)]
    assert Response.objects.get(participant=world["Chidi"].participant).value == ["calm", "ärlig"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("sent", "text"),
    [("word=&word= ", "at least one word"), ("", "at least one word"), (f"word={'o' * 41}", "at most 40 signs")],
)
def test_no_word_or_a_long_one_is_refused(world, words, browser_of, sent, text):
    with pytest.raises(BadText, match=text):
        give(world, "Ben", sent)


@pytest.mark.django_db
def test_a_long_word_stays_in_its_field(world, words, browser_of):
    page = browser_of("Ben").post(
        f"/dialogues/{words.pk}/answer/", {"word": ["calm", "o" * 41], "round": 1, "view": "room"}
    )

    assert (page.status_code, "o" * 41 in page.content.decode()) == (422, True)


@pytest.mark.django_db
def test_words_are_in_no_event(world, words):
    give(world, "Ben", "word=secretly")

    assert "secretly" not in str([event.data for event in Event.objects.all()])


@drawn(st.lists(st.lists(st.sampled_from(["a", "A", "b", "ß", "SS", "c"]), min_size=1, max_size=3), max_size=30))
def test_every_word_is_counted(answers):
    rows = WordGathering.result([Given(one) for one in answers], {})

    assert sum(row["count"] for row in rows) == sum(map(len, answers))
    assert len({row["text"].casefold() for row in rows}) == len(rows)
    assert all(1 <= row["size"] <= 4 for row in rows)
    assert not rows or rows[0]["size"] == 4
