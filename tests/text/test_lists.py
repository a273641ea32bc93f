"""Lists of people, in the shapes in which programs and people write them."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions_app.errors import BadText, TooLong
from sessions_app.lists import MOST, rows_of, text_of

AINO, BO = ("Aino Virtanen", "aino@example.org"), ("Bo Åberg", "bo@example.org")
SHAPES = {
    "commas": "Aino Virtanen,aino@example.org\nBo Åberg,bo@example.org",
    "address first": "aino@example.org,Aino Virtanen\nbo@example.org,Bo Åberg",
    "a heading": "Name,E-mail\nAino Virtanen,aino@example.org\nBo Åberg,bo@example.org",
    "semicolons and Swedish": "Namn;E-post\r\nAino Virtanen;aino@example.org\r\nBo Åberg;bo@example.org\r\n",
    "two names": "Efternamn;Förnamn;Telefon;E-postadress\nVirtanen;Aino;070;aino@example.org\nÅberg;Bo;;bo@example.org",
    "tabs": "First name\tLast name\tEmail\nAino\tVirtanen\taino@example.org\nBo\tÅberg\tbo@example.org",
    "quotes": '"Aino Virtanen","aino@example.org"\n"Bo Åberg","bo@example.org"',
    "from a mail": 'Aino Virtanen <aino@example.org>\n"Bo Åberg" <bo@example.org>',
    "Excel says its mark": "sep=;\nNamn;Mejl\nAino Virtanen;aino@example.org\nBo Åberg;bo@example.org",
    "empty lines and a mark in front": "\ufeff\n\nAino Virtanen,aino@example.org\n,,\n\nBo Åberg,bo@example.org\n\n",
    "old Mac": "Aino Virtanen,aino@example.org\rBo Åberg,bo@example.org",
}


@pytest.mark.parametrize("shape", SHAPES)
def test_a_list_is_read_whatever_wrote_it(shape):
    assert [(row.name, row.address, row.trouble) for row in rows_of(SHAPES[shape])] == [(*AINO, ""), (*BO, "")]


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "windows-1252", "utf-16"])
def test_a_file_is_read_in_the_letters_of_its_program(codec):
    data = SHAPES["semicolons and Swedish"].encode(codec)

    assert [(row.name, row.address) for row in rows_of(text_of(data))] == [AINO, BO]


@pytest.mark.parametrize("data", [b"PK\x03\x04workbook", b"%PDF-1.7", b"a\0b", b"\xff\xfe\x00", b"caf\x81"])
def test_what_is_no_list_is_refused_in_words(data):
    with pytest.raises(BadText) as refusal:
        text_of(data)

    assert refusal.value.field == "file"


def test_languages_and_lone_names_and_lone_addresses():
    rows = rows_of("Namn;Språk;E-post\nAino;svenska;aino@example.org\nBo;Klingon;\n;;carin@example.org")

    assert [(row.name, row.language, row.address) for row in rows] == [
        ("Aino", "sv", "aino@example.org"),
        ("Bo", "", ""),
        ("", "", "carin@example.org"),
    ]
    assert [(row.name, row.address) for row in rows_of("Aino\nbo@example.org")] == [
        ("Aino", ""),
        ("", "bo@example.org"),
    ]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('"Eve\nBcc: victim@example.org",eve@example.org', "line break"),
        ("=HYPERLINK(1),eve@example.org", "formula"),
        ("＝1+1,eve@example.org", "formula"),
        ("Eve,=cmd@example.org", "formula"),
        ("Eve,eve@", "not an e-mail address"),
        ("Eve eve@example.org,", "not an e-mail address"),
        ("…,eve@example.org", "at least one letter"),
        ("Facilitator,eve@example.org", "has a meaning here already"),
        (f"{'x' * 41},eve@example.org", "too long"),
    ],
)
def test_a_line_with_trouble_says_which_and_the_others_are_read(line, words):
    rows = rows_of(f"Aino,aino@example.org\n{line}\nBo,bo@example.org")

    assert [row.name for row in rows if not row.trouble] == ["Aino", "Bo"]
    assert [(row.number, words in str(row.trouble)) for row in rows if row.trouble] == [(2, True)]


@pytest.mark.parametrize("text", ["", " \n\t\n", "Name;E-mail\n", ",,\n,"])
def test_an_empty_list_is_told_of(text):
    with pytest.raises(BadText):
        rows_of(text)


def test_fifty_thousand_lines_are_too_many_and_told_of_at_once():
    with pytest.raises(TooLong) as refusal:
        rows_of("\n".join(f"P{number},p{number}@x.org" for number in range(50_000)))

    assert "50000" in str(refusal.value.message)
    assert len(rows_of("\n".join(f"P{number},p{number}@x.org" for number in range(MOST)))) == MOST


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=300))
def test_whatever_is_pasted_is_read_or_refused(text):
    try:
        rows = rows_of(text)
    except (BadText, TooLong):
        return
    assert all("\n" not in row.name and "\n" not in row.address for row in rows if not row.trouble)


@given(st.binary(max_size=200))
def test_whatever_file_is_sent_is_read_or_refused(data):
    with suppress(BadText):
        text_of(data)
