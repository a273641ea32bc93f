"""The tree of codes in a project and alone: merged codes, names that others have, and the way back into a codebook."""

import io

import pytest

from eaa.codebooks import read_codebook
from eaa.exports.qda.codes import tree_of
from eaa.operations import codes, coding
from eaa.stages import DEFINITIONS
from sessions_app.models import Contribution
from sessions_app.operations import contributions
from tests.exports.opened import exported, says
from tests.exports.projects import BOOK, MAIN, Project
from tests.exports.studied import EMOJI, study


@pytest.fixture
def studied(world):
    study(world)
    return world


def code(world, name: str):
    return world.workshop.eaa_codes.get(name=name)


def said(world, words: str) -> Contribution:
    found = Contribution.objects.select_related("dialogue__activity").get(body=words)
    found.dialogue.activity.workshop = world.workshop
    return found


def test_judgements_lie_on_the_words_and_the_parts_that_people_put_them_on(studied, tmp_path):
    coded = Project(exported(studied.workshop, tmp_path)).coded(by_people=True)

    assert {words: names for words, names in coded.items() if names} == {
        EMOJI: ["EAA: intention", "Siskin", "Linnet"],
        **{part: ["Linnet"] for part in ("👩🏽‍🌾 and 𝒱", "n\u0308oise", "بالجميع", "Quite so: yes!")},
    }


def test_what_is_known_without_a_judgement_is_coded_by_nobody(studied, tmp_path):
    project = Project(exported(studied.workshop, tmp_path))
    names = [name for name, user in next(p for p in project.places() if p.words == EMOJI).codes if user == "automatic"]

    assert [name.partition(": ")[0] for name in names] == [
        "Speaker",
        "Mode",
        "Modality",
        "Phase",
        "Planned",
        "Taken up",
    ]
    assert names[1:5] == ["Mode: sync", "Modality: digital", "Phase: alignment", "Planned: dialogue"]


def test_a_clause_takes_up_the_words_that_it_rests_on(studied, tmp_path):
    project = Project(exported(studied.workshop, tmp_path))
    words = {place.guid: place.words for place in project.places()}
    links = [
        (one.get("name"), words[one.get("originGUID")], words[one.get("targetGUID")]) for one in project.all("Link")
    ]

    assert links == [
        ("replies to", "Quite so: yes!", EMOJI),
        ("replies to", "But you said it?", "[withdrawn]"),
        ("takes up", "The square\nstays green.", EMOJI),
    ]


def test_a_merged_code_stands_as_the_one_it_went_into_and_no_judgement_is_there_twice(studied, tmp_path):
    codes.merge_code(code=code(studied, "Siskin"), actor=studied.ada, into=code(studied, "Linnet"))
    coding.judge(said=said(studied, EMOJI), actor=studied.ada, codes={code(studied, "Linnet").pk})
    opened = exported(studied.workshop, tmp_path)
    project = Project(opened)

    assert "Siskin" not in project.named("Code").values()
    place = next(place for place in project.places() if place.words == EMOJI)
    by_people = [pair for pair in place.codes if pair[1] != "automatic"]
    assert [name for name, _user in by_people] == ["Linnet"] * 2
    assert len(set(by_people)) == 2
    assert opened.members[BOOK].count(b"Siskin") == 0


def test_a_code_without_a_name_and_two_of_one_name_can_be_told_apart(studied, tmp_path):
    codes.change_code(code=code(studied, "Siskin"), actor=studied["Rana"], name="Serin", description="", colour="plum")
    codes.add_code(workshop=studied.workshop, actor=studied.ada, name="mode: SYNC")
    codes.add_code(workshop=studied.workshop, actor=studied.ada, name="Speakers")
    says(studied, "Rana", yes=False)
    opened = exported(studied.workshop, tmp_path)
    nameless = next(row["code_id"] for row in opened["codes"] if not row["name"])
    names = list(Project(opened).named("Code").values())

    assert {f"Without a name {nameless}", "mode: SYNC", "Mode: sync (2)", "Speakers (2)", "Speakers"} < set(names)
    assert opened.where("Serin") == []


def test_before_a_codebook_was_begun_the_frameworks_codes_are_offered_under_the_same_ids(world, tmp_path):
    empty = Project(exported(world.workshop, tmp_path, "before.zip"))
    codes.begin_codebook(workshop=world.workshop, actor=world.ada)
    says(world, "Ada")
    begun = Project(exported(world.workshop, tmp_path))

    offered = {guid: name for guid, name in empty.named("Code").items() if name.startswith(("EAA", "CMO"))}
    assert len(offered) == len(DEFINITIONS) + 3
    assert offered.items() <= begun.named("Code").items()


def test_a_code_that_was_taken_away_is_gone_from_the_frameworks_too(studied, tmp_path):
    codes.remove_code(code=code(studied, "EAA: assets"), actor=studied.ada)

    assert "EAA: assets" not in Project(exported(studied.workshop, tmp_path)).named("Code").values()


def test_a_part_of_words_that_changed_since_is_told_of_and_not_placed(studied, tmp_path):
    contributions.revise_contribution(contribution=said(studied, EMOJI), actor=studied["Ben"], body="Other words.")
    project = Project(exported(studied.workshop, tmp_path))

    assert [place for place in project.places() if place.words == "👩🏽‍🌾 and 𝒱"] == []
    assert "3 codings of parts whose words have changed are only in codings.csv." in project.root[-1].text


@pytest.mark.parametrize("member", [BOOK, MAIN])
def test_our_own_import_reads_the_codes_back(studied, tmp_path, member):
    opened = exported(studied.workshop, tmp_path)
    content = opened.members[member]
    found = {one.name: one.description for one in read_codebook(io.BytesIO(content), len(content))}

    standing = {row["name"]: row["description"] for row in opened["codes"]}
    assert standing.items() <= found.items()
    leaves = [
        leaf.name
        for folder in tree_of(opened["codes"], opened["people"], opened["agreements"])
        for leaf in folder.leaves
    ]
    assert list(found) == leaves


def test_the_codebook_alone_has_the_tree_of_the_project(studied, tmp_path):
    opened = exported(studied.workshop, tmp_path)
    alone = opened.members[BOOK].partition(b"<Codes>")[2].partition(b"</Codes>")[0]

    assert alone == Project(opened).xml.partition(b"<Codes>")[2].partition(b"</Codes>")[0]


def test_what_others_code_with_these_codes_can_be_told_by_colour(studied, tmp_path):
    project = Project(exported(studied.workshop, tmp_path))
    colours = {one.get("name"): one.get("color") for one in project.all("Code")}

    assert (colours["EAA: intention"], colours["CMO: outcome"], colours["Mode: sync"]) == ("#A8431F", "#76356B", None)
