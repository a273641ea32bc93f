"""Mails as people's programs write them: their own words are found exactly, and no word of others is among them.

The mails were written for this test in the shapes that the programs are known for; `NAME.txt` beside each says what
its writer wrote. Those of `robots` no person wrote.
"""

from pathlib import Path

import pytest

from sessions_app.inbox.cleaning import cleaned
from sessions_app.inbox.message import read

CORPUS = Path(__file__).parent / "corpus"
PEOPLE = sorted((CORPUS / "people").glob("*.eml"))
ROBOTS = sorted((CORPUS / "robots").glob("*.eml"))
KEY = b"reply+aaaaa4dqaaaaab3yqk2m7n5v6w3x4z2q@workshops.example"  # the address in them
NAMES = ("Ben Åkesson",)
# What only the quoted mails say: the words of Greta, the foot of our mail, the addresses of its links.
OF_OTHERS = ("quokka", "Greta Falk", "workshops.example", "Karin Lindh", "14 March", "14 mars")
BARE = {"mutt_tight_interleaved_sv", "no_quote_sv"}  # they quote nothing of that


def words_of(path: Path) -> str:
    return cleaned(read(path.read_bytes()).written, NAMES)


def test_there_are_enough_of_each():
    programs = {path.stem.partition("_")[0] for path in PEOPLE}

    assert len(PEOPLE) >= 40
    assert len(ROBOTS) >= 12
    assert {"gmail", "outlook", "apple", "iphone", "mutt", "thunderbird", "k9", "samsung"} <= programs
    assert {
        path.stem for path in PEOPLE if not any(word in read(path.read_bytes()).written.text for word in OF_OTHERS)
    } <= BARE


@pytest.mark.parametrize("path", PEOPLE, ids=lambda path: path.stem)
def test_what_somebody_wrote_is_found_exactly(path):
    assert words_of(path) == path.with_suffix(".txt").read_text().rstrip("\n")


@pytest.mark.parametrize("path", PEOPLE, ids=lambda path: path.stem)
def test_no_word_of_others_is_taken_for_the_writers(path):
    assert [word for word in OF_OTHERS if word in words_of(path)] == []


@pytest.mark.parametrize("path", PEOPLE, ids=lambda path: path.stem)
def test_people_are_not_taken_for_programs(path):
    found = read(path.read_bytes())

    assert not found.is_automatic
    assert found.sender == "ben@example.org"
    assert found.sender_name == "Ben Åkesson"
    assert len(found.recipients) == 1
    assert found.has_files == (path.stem == "iphone_photo_en")


@pytest.mark.parametrize("path", ROBOTS, ids=lambda path: path.stem)
def test_programs_are_known(path):
    assert read(path.read_bytes()).is_automatic
