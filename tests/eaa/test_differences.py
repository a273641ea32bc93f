"""What changed between two texts is told word by word, and nothing of either is lost."""

from hypothesis import given
from hypothesis import strategies as st

from eaa.queries.differences import Part, difference, is_changed


def test_changed_words_stand_beside_each_other():
    parts = difference("They have seven days.", "They have two long weeks.")

    assert [(part.kind, part.text) for part in parts] == [
        ("same", "They have "),
        ("removed", "seven days"),
        ("added", "two long weeks"),
        ("same", "."),
    ]


def test_the_same_text_has_no_change():
    assert difference("Silence is silence.", "Silence is silence.") == [Part("same", "Silence is silence.")]
    assert not is_changed(difference("a b", "a b"))


def test_very_long_texts_are_told_apart_as_wholes():
    before, after = "word " * 3000, "other " * 3000

    assert difference(before, after) == [Part("removed", before), Part("added", after)]


@given(st.text(max_size=60), st.text(max_size=60))
def test_both_texts_can_be_read_from_the_difference(before, after):
    parts = difference(before, after)

    assert "".join(part.text for part in parts if part.kind != "added") == before
    assert "".join(part.text for part in parts if part.kind != "removed") == after
