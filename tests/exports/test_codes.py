"""Codes and codings in an export: by the yes of who spoke and of who coded, with places in the text as exported."""

import io
import re
import zipfile

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from eaa.models import Code
from eaa.operations import codes, coding
from sessions_app.exports.redaction import Redactor, moved
from sessions_app.operations import contributions
from tests.exports.opened import exported, says
from tests.exports.test_export import unpacked, validate
from tests.world import add

REDACTOR = Redactor([("[P-1]", ["Kerstin Bergman"]), ("[P-2]", ["Åke"])])
WORDS = "We want 🌳 and Wilhelmina at Torsks table, goldcrest."


@pytest.fixture
def coded(world):
    """Ben and Wilhelmina say yes and are coded by Ada and Rana, who say yes too; Hella is coded and was never asked."""
    add(world, "Wilhelmina Torsk")
    says(world, "Ben", "Wilhelmina Torsk", "Ada", "Rana")
    world.go_live()
    said = {name: _said(world, name) for name in ("Ben", "Wilhelmina Torsk", "Hella")}
    wishes, fears = (_code(world, who, name) for who, name in (("Ada", "Siskin"), ("Rana", "Linnet")))
    for one in said.values():
        coding.judge(said=one, actor=world.ada, codes={wishes.pk})
    coding.judge(said=said["Ben"], actor=world["Rana"], codes={fears.pk})
    return world, said, wishes, fears


def _said(world, name):
    said = world.say(name, WORDS)
    said.dialogue.activity.workshop = world.workshop
    return said


def _code(world, who, name, description="for Torsk"):
    return codes.add_code(workshop=world.workshop, actor=world[who], name=name, description=description)


def _by_name(opened):
    return {row["name"]: row for row in opened["codes"]}


def test_only_words_and_judgements_of_those_who_say_yes_are_there(coded, tmp_path):
    world = coded[0]
    opened = exported(world.workshop, tmp_path)
    named = {row["code_id"]: row["name"] for row in opened["codes"]}

    assert sorted(named[row["code_id"]] for row in opened["codings"]) == ["Linnet", "Siskin", "Siskin"]
    assert {row["contribution_id"] for row in opened["codings"]} == {
        row["contribution_id"] for row in opened["contributions"]
    }
    assert {row["coder_id"] for row in opened["codings"]} < {row["participant_id"] for row in opened["people"]}
    assert {"table": "codings", "reason": "no_consent", "n_rows": "1", "n_participants": ""} in opened["exclusions"]
    assert {row["description"][:7] for row in opened["codes"]} == {"for [P-"}
    assert validate(unpacked(opened, tmp_path / "open")).returncode == 0


def test_codings_of_words_of_who_takes_the_yes_back_are_gone(coded, tmp_path):
    world, said, *_codes = coded
    before = exported(world.workshop, tmp_path, "before.zip")
    says(world, "Wilhelmina Torsk", yes=False)
    contributions.withdraw_contribution(contribution=said["Ben"], actor=world["Ben"])
    after = exported(world.workshop, tmp_path)

    assert (len(before["codings"]), after["codings"]) == (3, [])
    for trace in ("ilhelmina", "orsk", "goldcrest", *(row["coding_id"] for row in before["codings"])):
        assert after.where(trace) == [], trace


def test_a_researcher_who_takes_the_yes_back_leaves_neither_judgement_nor_words(coded, tmp_path):
    world, said, _wishes, fears = coded
    coding.judge(said=said["Ben"], actor=world.ada, codes={fears.pk})
    before = exported(world.workshop, tmp_path, "before.zip")
    rana = _by_name(before)["Linnet"]["created_by"]
    says(world, "Rana", yes=False)
    after = exported(world.workshop, tmp_path)

    assert after.where("Linnet") == []
    assert after.where(rana) == ["tables.xlsx", "withdrawn_ids.csv"]
    kept = [row for row in before["codings"] if row["coder_id"] != rana]
    assert len(kept) == len(before["codings"]) - 1
    assert after["codings"] == kept
    blank = _by_name(after)[""]
    assert (blank["created_by"], blank["description"]) == ("", "")
    assert blank["code_id"] in {row["code_id"] for row in kept}
    assert validate(unpacked(after, tmp_path / "open")).returncode == 0


def test_words_that_another_gave_a_code_need_their_yes_too(coded, tmp_path):
    world, _said, wishes, _fears = coded
    codes.change_code(code=wishes, actor=world["Rana"], name="Dunnock", description="Whinchat", colour="plum")
    says(world, "Rana", yes=False)
    opened = exported(world.workshop, tmp_path)

    assert opened.where("Dunnock") == opened.where("Whinchat") == []


def test_the_frameworks_own_codes_keep_their_words_whoever_put_them_in(world, tmp_path):
    first, second, *_rest = codes.begin_codebook(workshop=world.workshop, actor=world.ada)
    codes.change_code(code=second, actor=world.ada, name=second.name, description="Siskin", colour="plum")
    opened = exported(world.workshop, tmp_path)

    by_key = {row["key"]: row for row in opened["codes"]}
    assert (by_key["intention"]["name"], by_key["intention"]["description"]) == (first.name, first.description)
    assert (by_key["assets"]["name"], by_key["assets"]["description"]) == (second.name, "")
    assert opened.where("Siskin") == []


def test_merged_codes_say_for_which_they_count_and_removed_ones_are_gone(coded, tmp_path):
    world, _said, wishes, fears = coded
    last = _code(world, "Ada", "Serin")
    codes.merge_code(code=fears, actor=world.ada, into=wishes)
    codes.merge_code(code=wishes, actor=world.ada, into=last)
    opened = exported(world.workshop, tmp_path, "merged.zip")
    rows = _by_name(opened)

    ids = {name: row["code_id"] for name, row in rows.items()}
    assert {name: row["merged_into"] for name, row in rows.items()} == {
        **{"Linnet": ids["Siskin"], "Siskin": ids["Serin"], "Serin": ""}
    }
    assert {row["counts_for"] for row in (*opened["codes"], *opened["codings"])} == {ids["Serin"]}
    assert {row["code_id"] for row in opened["codings"]} == {ids["Linnet"], ids["Siskin"]}
    codes.remove_code(code=Code.objects.get(pk=last.pk), actor=world.ada)
    after = exported(world.workshop, tmp_path)
    assert (after["codes"], after["codings"]) == ([], [])
    assert [after.where(name) for name in rows] == [[], [], []]


def test_a_judgement_that_was_taken_off_is_none(coded, tmp_path):
    world, said, *_codes = coded
    coding.judge(said=said["Ben"], actor=world.ada, codes=set())

    assert len(exported(world.workshop, tmp_path)["codings"]) == 2


@pytest.mark.parametrize(
    ("quote", "there"),
    [
        ("🌳 and", "🌳 and"),
        ("goldcrest", "goldcrest"),
        ("at Torsks table", "at [P-]s table"),
        ("mina at", "[P-] at"),
        ("and Wilhel", "and [P-]"),
    ],
)
def test_a_part_lies_in_the_text_as_it_is_exported(coded, tmp_path, quote, there):
    world, said, wishes, _fears = coded
    coding.code_part(said=said["Ben"], actor=world.ada, code=wishes.pk, quote=quote)
    opened = exported(world.workshop, tmp_path)
    (row,) = [row for row in opened["codings"] if row["covers"] == "part"]

    texts = {one["contribution_id"]: one["text"] for one in opened["contributions"]}
    part = texts[row["contribution_id"]][int(row["start"]) : int(row["end"])]
    assert re.sub(r"P-\w+", "P-", part) == there


def test_a_part_of_words_that_changed_since_has_no_place(coded, tmp_path):
    world, said, wishes, _fears = coded
    coding.code_part(said=said["Ben"], actor=world.ada, code=wishes.pk, quote="goldcrest")
    contributions.revise_contribution(contribution=said["Ben"], actor=world["Ben"], body="Quite other words.")
    opened = exported(world.workshop, tmp_path)

    (row,) = [row for row in opened["codings"] if row["covers"] == "part"]
    assert (row["start"], row["end"], row["words_changed"]) == ("", "", "true")


def test_the_same_bytes_again_and_a_sheet_for_each(coded, tmp_path):
    first, second = (exported(coded[0].workshop, tmp_path, f"{number}.zip") for number in (1, 2))

    assert first.bytes == second.bytes
    with zipfile.ZipFile(io.BytesIO(first.members["tables.xlsx"])) as book:
        assert {"codes", "codings"} <= set(re.findall(r'<sheet name="([^"]+)"', book.read("xl/workbook.xml").decode()))


PARTS = st.lists(st.sampled_from(["Kerstin", " ", "Bergmans", "x", "\n", "a@b.se", "🌳", "Åke"]), max_size=12)


@given(PARTS, st.integers(0, 80), st.integers(1, 80))
@example(["Åke", " ", "Kerstin"], 2, 4)
def test_a_part_moves_with_what_stands_around_it(parts, start, length):
    """Signs that were not taken out are in the part after, if and only if they were before."""
    text = "".join(parts)
    start = min(start, len(text))
    end = min(start + length, len(text))
    clean, marks = REDACTOR.redact(text)
    places, at = [], 0  # where each sign of the text is now; None if it was taken out
    for mark in marks:
        places += [*range(at, mark.start), *[None] * mark.took]
        at = mark.end
    places += range(at, len(clean))
    new_start, new_end = moved(start, end, marks)

    assert len(places) == len(text)
    assert [one for one in places[start:end] if one is not None] == [
        one for one in places if one is not None and new_start <= one < new_end
    ]
    assert 0 <= new_start <= new_end <= len(clean)
