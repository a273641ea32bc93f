"""What programs of researchers stumble over (tried in five of them): each is a rule for our projects, by name."""

import re
from collections import Counter

import pytest

from tests.exports.opened import exported
from tests.exports.projects import BOOK, SPACE, TWIN, Project, errors, is_packed_alike
from tests.exports.studied import LONG, study

GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


@pytest.fixture
def opened(world, tmp_path):
    study(world)
    return exported(world.workshop, tmp_path)


@pytest.fixture
def project(opened):
    return Project(opened)


def test_project_and_codebook_follow_the_schema(opened, project):
    assert errors(project.xml, "Project.xsd") == []
    assert errors(opened.members[BOOK], "Codebook.xsd") == []


def test_the_schema_finds_what_is_wrong(project):
    assert errors(project.xml.replace(b' isCodable="false"', b"", 1), "Project.xsd") != []


def test_everything_of_the_world_is_in_it(project):
    names = Counter(one.tag.removeprefix(SPACE) for one in project.root.iter())

    assert [
        name for name in ("Case", "Note", "Link", "Set", "TextSource", "Coding", "SelectionRef") if not names[name]
    ] == []
    assert set(project.named("Link").values()) == {"replies to", "takes up"}


def test_texts_are_files_beside_the_project(project):
    for one in (*project.all("TextSource"), *project.all("Note")):
        assert one.get("plainTextPath") == f"internal://{one.get('guid')}.txt"
        assert project.raw(one)
    assert project.all("PlainTextContent") == []


def test_members_are_project_qde_and_the_folder_sources(project):
    names = sorted(project.members)

    assert (names[0], {name.partition("/")[0] for name in names[1:]}) == ("project.qde", {"sources"})
    assert [name for name in names[1:] if not re.fullmatch(rf"sources/{GUID.pattern}\.txt", name)] == []
    assert len(names) - 1 == len(project.all("TextSource")) + len(project.all("Note"))


def test_lines_end_with_one_sign_and_there_is_no_byte_order_mark(project):
    for name, content in project.members.items():
        assert b"\r" not in content, name
        assert not content.startswith(b"\xef\xbb\xbf"), name


def test_the_twin_has_other_line_ends_and_is_the_same_otherwise(opened, project):
    twin = Project(opened, TWIN)

    assert twin.xml == project.xml
    assert twin.members.keys() == project.members.keys()
    for name in project.members.keys() - {"project.qde"}:
        assert twin.members[name] == project.members[name].replace(b"\n", b"\r\n"), name


def test_the_end_of_a_place_is_not_part_of_it_and_its_name_proves_it(project):
    long = [place for place in project.places() if place.words != place.name]

    assert {(place.words, place.name) for place in long} == {(LONG.strip(), f"{LONG[:254]}…")}
    assert len(project.places()) > 5


def test_the_project_has_an_origin_that_starts_no_special_treatment(project):
    assert project.root.get("origin") == "Coproduction"


def test_names_of_codes_are_there_once_in_whatever_letters(project):
    names = [one.get("name").casefold() for one in project.all("Code")]

    assert [name for name, often in Counter(names).items() if often > 1] == []


def test_folders_are_not_coded_with_and_nothing_is_deeper_than_a_code_in_a_folder(project):
    folders = project.root.findall(f"{SPACE}CodeBook/{SPACE}Codes/{SPACE}Code")
    leaves = [leaf for folder in folders for leaf in folder.findall(f"{SPACE}Code")]

    assert {folder.get("isCodable") for folder in folders} == {"false"}
    assert {leaf.get("isCodable") for leaf in leaves} == {"true"}
    assert len(folders) + len(leaves) == len(project.all("Code"))
    coded = {one.get("targetGUID") for one in project.all("CodeRef")}
    assert coded <= {leaf.get("guid") for leaf in leaves}


def test_guids_have_one_spelling_and_none_is_there_twice(project):
    guids = [one.get("guid") for one in project.root.iter() if one.get("guid")]

    assert [guid for guid in guids if not GUID.fullmatch(guid)] == []
    assert len(guids) == len(set(guids))


def test_whatever_is_pointed_at_is_there(project):
    guids = {one.get("guid") for one in project.root.iter()}
    named = ("targetGUID", "originGUID", "creatingUser", "creatingUserGUID")

    assert {one.get(name) for one in project.root.iter() for name in named if one.get(name)} - guids == set()


def test_notes_texts_places_and_codings_have_a_user_and_a_moment_in_whole_seconds(project):
    for name in ("Note", "TextSource", "PlainTextSelection", "Coding"):
        for one in project.all(name):
            assert MOMENT.fullmatch(one.get("creationDateTime")), name
            assert one.get("creatingUser"), name
    assert [one.text for one in project.all("DateTimeValue") if not MOMENT.fullmatch(one.text)] == []


def test_no_note_hangs_on_a_text(project):
    assert project.all("NoteRef") == []


def test_every_turn_of_a_case_is_coded_with_its_speaker(project):
    places = {place.guid: place for place in project.places()}
    for case in project.all("Case"):
        for one in case.findall(f"{SPACE}SelectionRef"):
            codes = places[one.get("targetGUID")].codes
            assert (f"Speaker: {case.get('name')}", "automatic") in codes


def test_silent_people_are_cases_too(opened, project):
    assert sorted(project.named("Case").values()) == [row["participant_id"] for row in opened["people"]]
    assert any(case.find(f"{SPACE}SelectionRef") is None for case in project.all("Case"))


def test_a_case_is_not_the_code_of_its_speaker(project):
    assert project.named("Case").keys() & project.named("Code").keys() == set()


def test_facts_of_a_meeting_are_variables_and_not_codings_of_a_text(project):
    sources = project.all("TextSource")

    assert [one for one in sources if one.find(f"{SPACE}Coding") is not None] == []
    assert any(one.find(f"{SPACE}VariableValue") is not None for one in sources)


def test_only_what_was_taken_back_is_a_place_without_a_code(project):
    bare = [(place.words, bool(place.about)) for place in project.places() if not place.codes]

    assert bare == [("[withdrawn]", True)]
    assert [place for place in project.places() if place.codes and place.about] == []


def test_names_of_texts_are_short_plain_and_there_once(project):
    names = [*project.named("TextSource").values(), *project.named("Note").values()]

    assert [name for name in names if not re.fullmatch(r"[A-Za-z0-9 _-]{1,60}", name)] == []
    assert len({name.casefold() for name in names}) == len(names)


def test_no_text_is_empty(project):
    assert [one.get("name") for one in (*project.all("TextSource"), *project.all("Note")) if not project.raw(one)] == []


def test_variables_of_people_and_of_texts_are_apart_and_no_set_has_their_names(project):
    used = {
        name: {ref.get("targetGUID") for one in project.all(name) for ref in one.iter(f"{SPACE}VariableRef")}
        for name in ("Case", "TextSource")
    }
    names = project.named("Variable")

    assert {names[guid][:2] for guid in used["Case"]} == {"p "}
    assert {names[guid][:2] for guid in used["TextSource"]} == {"s "}
    assert set(names.values()) & set(project.named("Set").values()) == set()


def test_no_list_is_empty(project):
    lists = ["Users", "CodeBook", "Codes", "Variables", "Cases", "Sources", "Notes", "Links", "Sets"]

    assert [name for name in lists for one in project.all(name) if not len(one)] == []


def test_the_automatic_user_is_the_first(opened, project):
    names = list(project.named("User").values())
    wrote = {row["coder_id"] for row in opened["codings"]} | {row["written_by"] for row in opened["records"]}

    assert names == ["automatic", *sorted(wrote)]


def test_first_line_of_a_text_is_nobodys_turn(project):
    for one in project.all("TextSource"):
        first = project.text(one).partition("\n")[0]
        assert ":" not in first[:63], first


def test_archives_tell_nothing_of_when_they_were_packed(opened, project):
    assert is_packed_alike(project.packed)
    assert is_packed_alike(opened.members[TWIN])
