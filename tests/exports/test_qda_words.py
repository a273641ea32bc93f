"""Places in the texts of a project are the words, sign by sign, whatever was said."""

import csv
from types import SimpleNamespace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from eaa.exports.qda.project import write_qda
from eaa.exports.qda.turns import Judgements
from sessions_app import clock
from sessions_app.exports.redaction import Redactor
from sessions_app.exports.writing import cell
from tests.exports.opened import exported, unzipped
from tests.exports.projects import MAIN, TWIN, Project
from tests.exports.studied import EMOJI, LONG, study

ODD = [
    "👩🏽‍🌾",
    "𝒱",
    "é",
    "n\u0308",
    "x\u0336",
    "مرحبا",
    "\u202eabc\u202c",
    "\n",
    "\r\n",
    "\r",
    "\t",
    "\u2028",
    "\x85",
    "\x00",
    "￾",
]
SIGNS = st.one_of(st.sampled_from(ODD), st.characters(), st.sampled_from(["P-1: x", "]]>", "&amp;", '"', "'", "<b>"]))
WORDS = st.lists(SIGNS, min_size=1, max_size=12).map("".join).filter(lambda text: cell(text) != "")
PART = st.tuples(st.integers(0, 20), st.integers(1, 20))
TABLES = {
    "sessions": "session_id session_no time space",
    "activities": "activity_id kind stages mechanisms title prompt opened_at",
    "dialogues": "dialogue_id activity_id session_id kind group_no",
    "contributions": "contribution_id dialogue_id participant_id status posted_at t_s place late reply_to builds_on "
    "carried_from text",
    "people": "participant_id role place n_sessions n_contributions n_words ever_spoke consent_quote",
    "codes": "code_id scheme key counts_for colour name description",
    "codings": "coding_id contribution_id code_id coder_id at covers start end",
    **{"agreements": "is_newest", "clauses": "clause_id agreement_version_id"},
    **{"evidence": "contribution_id clause_id", "records": "is_newest written_by text"},
}


def write_tables(folder, **rows) -> None:
    """The tables as an export writes them, with empty cells for all that is not given."""
    for name, columns in TABLES.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns.split(), lineterminator="\n")
            writer.writeheader()
            writer.writerows({key: cell(value) for key, value in row.items()} for row in rows.get(name, []))


def about():
    scope = SimpleNamespace(
        ids=SimpleNamespace(study="W-1"), workshop=SimpleNamespace(title="x"), redactor=Redactor([])
    )
    return SimpleNamespace(scope=scope, as_of=clock.now(), head_seq=1)


def project_of(folder, member: str = MAIN) -> Project:
    return Project(SimpleNamespace(members={member: (folder / member).read_bytes()}), member)


@settings(max_examples=60)
@given(st.lists(st.tuples(WORDS, st.booleans(), PART), min_size=1, max_size=5))
@example([("a\r\nb: 👩🏽‍🌾\n", True, (1, 3)), ("\n", False, (0, 1))])
def test_places_are_the_words_whatever_is_said(tmp_path_factory, said):
    folder = tmp_path_factory.mktemp("qda")
    texts = [cell(words) for words, _named, _part in said]
    parts = [text[start : start + length] for text, (_words, _named, (start, length)) in zip(texts, said, strict=True)]
    turns, judged = [], []
    for number, (text, (_words, named, (start, length))) in enumerate(zip(texts, said, strict=True)):
        card = {"contribution_id": f"C-{number}", "dialogue_id": "D-1", "status": "active", "text": text}
        turns.append({**card, "participant_id": "P-1" if named else ""})
        whole = {
            "coding_id": f"CODING-{number}",
            "contribution_id": f"C-{number}",
            "code_id": "CODE-1",
            "covers": "whole",
        }
        judged += [
            {**whole, "covers": "part", "start": start, "end": min(start + length, len(text)), "coder_id": "P-1"}
        ]
    write_tables(
        folder,
        activities=[{"activity_id": "ACT-1", "title": "Why: us?\nHere"}],
        dialogues=[{"dialogue_id": "D-1", "activity_id": "ACT-1", "kind": "thread"}],
        contributions=turns,
        people=[{"participant_id": "P-1"}],
        codes=[{"code_id": "CODE-1", "scheme": "own", "counts_for": "CODE-1", "name": "calm"}],
        codings=judged,
    )
    list(write_qda(folder, about()))

    for member in (MAIN, TWIN):
        places = project_of(folder, member).places()
        assert [place.words for place in places if ("Mode: async", "automatic") in place.codes] == texts
        assert [place.words for place in places if ("calm", "P-1") in place.codes] == [part for part in parts if part]
    names = [place for place in project_of(folder).places() if len(place.words) <= 255]
    assert [place.name for place in names] == [place.words for place in names]


def test_each_turn_of_a_workshop_has_its_words_and_no_more(world, tmp_path):
    study(world)
    opened = exported(world.workshop, tmp_path)
    said = [row["text"] for row in opened["contributions"] if row["status"] == "active"]

    for member in (MAIN, TWIN):
        places = Project(opened, member).places()
        assert [place.words for place in places if ("Mode: sync", "automatic") in place.codes] == said
    assert {EMOJI, LONG.strip()} < set(said)


def test_a_project_of_a_workshop_in_which_nobody_spoke(tmp_path):
    write_tables(tmp_path)
    list(write_qda(tmp_path, about()))
    project = project_of(tmp_path)

    assert list(project.members) == ["project.qde"]
    assert [one.tag.rpartition("}")[2] for one in project.root] == ["Users", "CodeBook", "Variables", "Description"]


def test_codings_in_another_order_than_the_words_stop_the_export():
    judged = Judgements(iter([{"contribution_id": "C-2"}, {"contribution_id": "C-1"}]))
    assert [judged.of(card) for card in ("C-1", "C-2")] == [[], [{"contribution_id": "C-2"}]]

    with pytest.raises(LookupError, match="C-1"):
        judged.check_that_none_is_left()


def test_the_same_tables_give_the_same_bytes(world, tmp_path):
    study(world)
    first, second = (exported(world.workshop, tmp_path, f"{number}.zip") for number in (1, 2))

    assert first.bytes == second.bytes
    assert unzipped(first.members[MAIN]).keys() == unzipped(second.members[TWIN]).keys()
