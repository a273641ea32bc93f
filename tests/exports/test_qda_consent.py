"""Nobody is in a project whom the tables do not hold: who takes a yes back leaves no byte, and neighbours stay."""

import pytest

from tests.exports.opened import exported, says
from tests.exports.projects import BOOK, MAIN, SPACE, TWIN, Project
from tests.exports.studied import study

QDA = [BOOK, TWIN, MAIN]


@pytest.fixture
def studied(world):
    study(world)
    return world


def guids_of(project: Project, name: str) -> set[str]:
    """The ids of the case of NAME, of the code of their words, and of them as a user."""
    named = {**project.named("Case"), **project.named("Code"), **project.named("User")}
    return {guid for guid, label in named.items() if label in {name, f"Speaker: {name}"}}


def by_guid(project: Project) -> dict[str, tuple]:
    return {place.guid: (place.words, place.codes) for place in project.places()}


def leaves(world, tmp_path, name: str) -> tuple[Project, Project, str]:
    before = exported(world.workshop, tmp_path, "before.zip")
    texts = {row["text"]: row["participant_id"] for row in before["contributions"]}
    coders = {row["coder_id"] for row in before["codings"]}
    hosts = {row["participant_id"] for row in before["people"] if row["role"] == "facilitator"}
    who = {"Chidi": texts["Quite so: yes!"], "Rana": next(iter(coders - hosts))}[name]
    says(world, name, yes=False)
    after = exported(world.workshop, tmp_path, "after.zip")
    assert set(before.where(who)) >= set(QDA)
    assert [one for one in after.where(who) if one in QDA] == []
    return Project(before), Project(after), who


def test_who_was_never_asked_is_not_there(studied, tmp_path):
    assert exported(studied.workshop, tmp_path).where("waxwing") == []


def test_words_that_were_taken_back_are_not_there(studied, tmp_path):
    assert exported(studied.workshop, tmp_path).where("nuthatch") == []


def test_who_takes_it_back_leaves_no_byte(studied, tmp_path):
    before, after, who = leaves(studied, tmp_path, "Chidi")
    gone = guids_of(before, who)
    links = {one.get("guid") for one in before.all("Link") if one.get("name") == "replies to"}

    assert len(gone) == 2
    everything = b"".join(after.members.values())
    for trace in (*gone, "Quite so", "Chidi"):
        assert trace.encode() not in everything, trace
    assert len(links) == 2


def test_neighbours_stay_as_they_were_and_a_place_without_a_code_is_left(studied, tmp_path):
    before, after, _who = leaves(studied, tmp_path, "Chidi")
    was, now = by_guid(before), by_guid(after)

    assert now.keys() == was.keys()
    changed = {guid: now[guid] for guid in now if now[guid] != was[guid]}
    assert list(changed.values()) == [("[withdrawn]", [])]


def test_a_coder_who_takes_it_back_leaves_no_judgement(studied, tmp_path):
    before, after, who = leaves(studied, tmp_path, "Rana")
    user = next(guid for guid, name in before.named("User").items() if name == who)

    theirs = {one.get("guid") for one in before.all("Coding") if one.get("creatingUser") == user}
    assert len(theirs) == 1
    assert {one.get("guid") for one in before.all("Coding")} - {
        one.get("guid") for one in after.all("Coding")
    } == theirs
    assert user not in after.xml.decode()


def test_nobody_is_coded_where_they_were_told_that_they_are_not_named(studied, tmp_path):
    from sessions_app.models import Activity

    Activity.objects.filter(pk=studied.steps[0].pk).update(identity="group")
    project = Project(exported(studied.workshop, tmp_path))

    assert [code for place in project.places() for code, _user in place.codes if code.startswith("Speaker")] == []
    assert project.all("SelectionRef") == []
    assert "Somebody: We want" in project.text(project.all("TextSource")[0])


def test_only_those_who_are_in_the_tables_are_cases(studied, tmp_path):
    opened = exported(studied.workshop, tmp_path)
    project = Project(opened)

    assert set(project.named("Case").values()) == {row["participant_id"] for row in opened["people"]}
    values = {
        case.get("name"): [value.text for value in case.iter(f"{SPACE}TextValue")] for case in project.all("Case")
    }
    assert values == {
        row["participant_id"]: [one for one in (row["role"], row["place"]) if one] for row in opened["people"]
    }
