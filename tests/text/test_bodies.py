"""What people write is kept as they wrote it, or refused in words; never cut, never dangerous to keep."""

import unicodedata

import pytest
import regex
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sessions_app.errors import BadText, TooLong
from sessions_app.text import BODY_GRAPHEMES, BYTES_PER_GRAPHEME, clean_body, clean_line, graphemes, shortened
from tests.text.nasty import FAMILY, FLAG, NASTY

ANY = st.text(st.characters(exclude_categories=())) | st.sampled_from(NASTY)
HARMLESS = regex.compile(r"[^\p{Cc}\p{Cs}]|[\n\t]")
CLEANERS = (clean_body, clean_line)


def cleaned(clean, text):
    try:
        return clean(text)
    except (BadText, TooLong):
        return None


@settings(max_examples=400)
@given(ANY)
@example("e\u034f\u0301")
@example("\u200e")
def test_only_words_that_are_safe_to_keep_come_through(text):
    for clean in CLEANERS:
        kept = cleaned(clean, text)
        if kept is not None:
            kept.encode()
            assert all(HARMLESS.fullmatch(char) for char in kept)
            assert kept == unicodedata.normalize("NFC", kept).strip() != ""
            assert regex.search(r"[^\s\p{Default_Ignorable_Code_Point}\u2800]", kept)


@settings(max_examples=400)
@given(ANY)
@example("e\u034f\u0301")
@example("a" + "\u0489\u20dd" * 40)
def test_cleaning_twice_changes_nothing_more(text):
    for clean in CLEANERS:
        kept = cleaned(clean, text)
        if kept is not None:
            assert clean(kept) == kept


@settings(max_examples=200)
@given(ANY)
def test_words_are_never_cut(text):
    """All that is gone is what cannot be seen: every sign that a person sees is still whole and in its place."""
    kept = cleaned(clean_body, text)
    if kept is not None:
        seen = regex.sub(r"[\p{Cc}--[\n\t]]", "", text.replace("\r\n", "\n").replace("\r", "\n"), flags=regex.V1)
        assert kept == unicodedata.normalize("NFC", seen).strip()


@given(st.integers(1, 60), st.sampled_from([FAMILY, FLAG, "x\u0302", "\u1112\u1161\u11ab", "a", "\u0ba8\u0bbf"]))
def test_limit_counts_what_people_see(number, sign):
    line, limit = " ".join([unicodedata.normalize("NFC", sign)] * number), 40
    fits = graphemes(line) <= limit and len(line.encode()) <= BYTES_PER_GRAPHEME * limit

    assert (cleaned(lambda text: clean_body(text, limit=limit), line) is not None) == fits


@pytest.mark.parametrize("text", NASTY)
def test_nasty_texts_are_kept_or_refused(text):
    for clean in CLEANERS:
        assert cleaned(clean, text) != ""


def test_line_ends_become_one_kind():
    assert clean_body("a\r\nb\rc\n\td") == "a\nb\nc\n\td"


def test_bodies_keep_joiners_and_directions():
    """Emoji families need the joiner, Persian the non-joiner; turned words are shown inside a bdi."""
    for text in (FAMILY, "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", "a\u202eb\u202c"):
        assert clean_body(text) == text


def test_body_limits():
    assert clean_body("ä" * BODY_GRAPHEMES) == "ä" * BODY_GRAPHEMES
    with pytest.raises(TooLong):
        clean_body("ä" * (BODY_GRAPHEMES + 1))
    with pytest.raises(TooLong):
        clean_body(FAMILY * (BODY_GRAPHEMES // 2))


@pytest.mark.parametrize("text", ["\u200e", "\u3164", "\u00ad\u2060", "\u2800 \u2800", "\x00"])
def test_what_nobody_can_see_is_nothing(text):
    for clean in CLEANERS:
        with pytest.raises(BadText, match="nothing in it"):
            clean(text)


def test_line_is_one_line_without_anything_that_turns_or_hides():
    assert clean_line(" A\u202e calm\n\nroom\u200b\u2028today ") == "A calm room today"


def test_line_keeps_the_joiners_that_spell():
    for text in (FAMILY, "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", "\u2764\ufe0f"):
        assert clean_line(f"\u200b{text}\u2060") == text


@given(ANY, st.integers(1, 30))
def test_shortened_text_is_a_beginning_that_fits(text, limit):
    short = shortened(text, limit)

    assert text.startswith(short)
    assert graphemes(short) <= limit
    assert graphemes(short) + graphemes(text[len(short) :]) == graphemes(text)
    assert len(short.encode("utf-8", "replace")) <= limit * BYTES_PER_GRAPHEME


def test_line_has_no_towers_of_marks():
    assert clean_line("q" + "\u0323\u0331\u0301\u0302\u0303\u0304") == "q\u0323\u0331\u0301\u0302"
    assert len(clean_line("a" + "\u0489" * 30)) == 5


def test_line_keeps_the_marks_that_scripts_need():
    for text in ("\u0e40\u0e1b\u0e47\u0e19\u0e17\u0e35\u0e48", "\u05e9\u05b8\u05c1\u05dc", "\u0915\u094d\u0937\u093f"):
        assert clean_line(text) == unicodedata.normalize("NFC", text)
