"""Names and addresses are taken out of texts; the places that are noted are right, whatever the text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions_app.exports.pseudonyms import Pseudonyms
from sessions_app.exports.redaction import Redactor, _patterns
from sessions_app.exports.registry import ID
from sessions_app.exports.writing import cell, readable

ROSTER = [
    ("[P-1]", ["Kerstin Bergman", "kerstin.b"]),
    ("[P-2]", ["Åke", "ake_sol"]),
    ("[P-3]", ["A quiet listener"]),
    ("[P-4]", ["Ana (2)"]),
    ("[P-5]", ["Ana"]),
    ("[P-6]", ["نور"]),
]


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("Kerstin said so.", "[P-1] said so."),
        ("KERSTIN BERGMAN, kerstin bergman", "[P-1], [P-1]"),
        ("Kerstins kalkyl, Bergmans bil", "[P-1]s kalkyl, [P-1]s bil"),
        ("Kerstin-Bergman and Kerstin  Bergman", "[P-1] and [P-1]"),
        ("Kerstinas is nobody here", "Kerstinas is nobody here"),
        ("åkes båt, @ake_sol", "[P-2]s båt, @[P-2]"),
        ("A quiet listener came; she is quiet.", "[P-3] came; she is quiet."),
        ("Ana and Ana", "[person] and [person]"),
        ("قالت نور شيئا", "قالت [P-6] شيئا"),
        ("kerstin.b@example.org rang", "[email] rang"),
        ("see https://x.example/?a=1, or www.y.example", "see [url] or [url]"),
        ("070-123 45 67 or +44 20 7946 0958", "[phone] or [phone]"),
        ("19811218-9876, 811218-9876", "[idnumber], [idnumber]"),
        ("943 476 5919", "[idnumber]"),
        ("SW1A 1AA; 553 18 Jönköping", "[postcode]; [postcode] Jönköping"),
        ("On 2026-11-27 at 08.30-10.45 we were 25 of 100 000.", "On 2026-11-27 at 08.30-10.45 we were 25 of 100 000."),
        ("811218-9875 is no number of a person", "811218-9875 is no number of a person"),
    ],
)
def test_names_and_addresses_go(text, clean):
    assert Redactor(ROSTER).redact(text)[0] == clean


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("https://x.se/Ana Berg", "[url][P-7]"),
        ("ana berg@firma.se", "[P-7][email]"),
        ("+46 70-123 45 67 553 18 Jönköping", "[phone][postcode] Jönköping"),
    ],
)
def test_what_lies_half_in_something_else_goes_too(text, clean):
    assert Redactor([("[P-7]", ["Ana Berg"])]).redact(text)[0] == clean


CUTTING = ["Ana", " ", "Berg", "@firma.se", "https://x.se/", "www.y.", "+46 70-123 45 67", "553 18 ", "J", ".", "s"]


@given(st.lists(st.sampled_from(CUTTING), max_size=9))
def test_all_that_was_found_goes_and_nothing_else(parts):
    text, redactor = "".join(parts), Redactor([("[P-7]", ["Ana Berg"])])
    clean, marks = redactor.redact(text)
    found = {at for span in [*_patterns(text), *redactor._names(text)] for at in range(span.start, span.end)}

    gone, read, written = set(), 0, 0
    for mark in marks:
        read += mark.start - written
        gone |= set(range(read, read + mark.took))
        read, written = read + mark.took, mark.end
    assert gone == found
    assert [clean[mark.start : mark.end] for mark in marks] == [mark.replacement for mark in marks]


@given(st.lists(st.sampled_from(["Kerstin", " ", "Bergmans", "x", "\n", "a@b.se", "070-123 45 67", "🌳", "Åke"])))
def test_what_is_noted_stands_there(parts):
    text, marks = Redactor(ROSTER).redact("".join(parts))

    assert [text[mark.start : mark.end] for mark in marks] == [mark.replacement for mark in marks]


@given(st.text())
def test_readable_text_is_writable(text):
    clean = readable(text + "\ud800\x00\r\n\r￾")

    assert clean.encode() is not None
    assert not {"\x00", "\r", "\ud800"} & set(clean)
    assert clean.endswith("\n\n")


@pytest.mark.parametrize(
    ("value", "written"), [(None, ""), (True, "true"), (0.5, "0.5"), (3.0, "3"), (["a", "b"], "a b")]
)
def test_cells(value, written):
    assert cell(value) == written


def test_ids_are_keyed_stable_and_of_one_shape(settings):
    import re

    ids = Pseudonyms(1, [5, 6])
    said = [ids.person(5), ids.person(6), ids.thing("C", 5), ids.study]
    assert [one for one in said if not re.fullmatch(ID, one)] == []
    assert len(set(said)) == 4
    assert said == [(again := Pseudonyms(1, [5, 6])).person(5), again.person(6), again.thing("C", 5), again.study]
    assert Pseudonyms(2, [5]).person(5) != ids.person(5)
    settings.PSEUDONYM_KEY = "another"
    assert Pseudonyms(1, [5]).person(5) != ids.person(5)
    assert Pseudonyms(1).key_id != ids.key_id
    settings.PSEUDONYM_KEY = ""
    assert Pseudonyms(1, [5]).person(5) == Pseudonyms(1, [5]).person(5)


def test_everybody_gets_longer_ids_when_two_would_be_the_same(monkeypatch):
    made = Pseudonyms._made
    monkeypatch.setattr(
        Pseudonyms, "_made", lambda self, prefix, pk, n: made(self, prefix, pk, n)[: 3 if n == 8 else None]
    )

    ids = Pseudonyms(1, range(200))

    assert len({ids.person(pk) for pk in range(200)}) == 200
    assert {len(ids.person(pk)) for pk in range(200)} == {len("P-") + 10}
