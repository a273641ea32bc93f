"""What the group calls somebody: any name, as long as it can be read and is nobody else's."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sessions_app.errors import BadText, TooLong
from sessions_app.text import BYTES_PER_GRAPHEME, KEY_LENGTH, NAME_GRAPHEMES, clean_name, graphemes, name_key
from tests.text.nasty import LIGATURE, NASTY, ZALGO

ANY = st.text(st.characters(exclude_categories=())) | st.sampled_from(NASTY)


def cleaned(text):
    try:
        return clean_name(text)
    except (BadText, TooLong):
        return None


@settings(max_examples=400)
@given(ANY)
@example(LIGATURE)
@example(ZALGO)
def test_names_are_refused_or_short_and_visible(text):
    name = cleaned(text)
    if name is not None:
        assert clean_name(name) == name
        assert graphemes(name) <= NAME_GRAPHEMES
        assert len(name.encode()) <= BYTES_PER_GRAPHEME * NAME_GRAPHEMES
        assert any(char.isalnum() for char in name)
        assert 0 < len(name_key(name)) <= KEY_LENGTH


@settings(max_examples=200)
@given(st.text(max_size=30))
def test_case_and_form_make_no_new_name(text):
    name = cleaned(text)
    if name is not None and (loud := cleaned(name.upper())) and loud.casefold() == name.casefold():
        assert name_key(loud) == name_key(name)


@pytest.mark.parametrize(
    "name", ["Ana", "Åke Ö", "Dr. Ana-María", "李雷", "مريم", "நிலா", "Ana 2", "O\u2019Neil", "X Æ A-12"]
)
def test_names_of_the_world_are_fine(name):
    assert clean_name(f"  {name} ") == name


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Ana", "ana"),
        ("Ana", "\u0410na"),  # Cyrillic A
        ("Ana", "An\u0251"),
        ("Ida", "lda"),
        ("Olof", "0lof"),
        ("Ana", "\uff21\uff4e\uff41"),
        ("Paul", "Pau1"),
        ("Bo Ek", "Bo  Ek"),
    ],
)
def test_look_alikes_are_one_name(name, other):
    assert name_key(clean_name(name)) == name_key(clean_name(other))


@pytest.mark.parametrize(("name", "other"), [("Ana", "Anna"), ("Åke", "Ake"), ("Bo", "Böö"), ("Ana", "Ana (2)")])
def test_different_names_stay_different(name, other):
    assert name_key(name) != name_key(other)


@pytest.mark.parametrize("name", ["facilitator", "Facilitator", "H0ST", "\u0405ystem", "Samtalsledare", "du", "guest"])
def test_words_for_roles_are_no_names(name):
    with pytest.raises(BadText, match="meaning here"):
        clean_name(name)


@pytest.mark.parametrize("name", ["", " ", "!!!", "\u200b", "\U0001f600", "\u202e", "\x00\x07"])
def test_a_name_needs_a_letter(name):
    with pytest.raises(BadText):
        clean_name(name)


def test_directions_and_invisible_signs_are_left_out():
    assert clean_name("\u202eA\u200bn\ufeffa\u2069") == "Ana"


def test_forty_signs_fit_and_one_more_does_not():
    assert clean_name("a" * NAME_GRAPHEMES) == "a" * NAME_GRAPHEMES
    with pytest.raises(TooLong):
        clean_name("a" * (NAME_GRAPHEMES + 1))
