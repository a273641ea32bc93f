"""Pictures in an export: those who are in it and nobody else, each drawing whole by itself, the same bytes again."""

from datetime import timedelta
from xml.etree import ElementTree

import pytest

from sessions_app import clock
from sessions_app.operations import sessions
from tests.exports.opened import exported, says
from tests.world import add

NAMES = ("Aina", "Bo", "Cai", "Dag", "Eli", "Fia")
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def talked(world):
    """Six people came and say yes; Aina says most. Hella, who was never asked, says more than all of them."""
    world.go_live()
    for name in NAMES:
        add(world, name)
        sessions.enter_room(session=world.session, person=world[name].participant)
    says(world, *NAMES)
    first = world.say("Aina", "Why do we wait?")
    world.say("Bo", "Nobody sees us.", reply_to=first.pk)
    world.say("Aina", "I see.")
    for number in range(6):
        world.say("Hella", f"waxwing {number}", reply_to=first.pk)
    return world


def page(opened) -> str:
    return opened.members["charts/index.html"].decode()


def test_pictures_count_those_who_are_in_the_export(talked, tmp_path):
    told = page(exported(talked.workshop, tmp_path))

    assert "The quieter half of 6 people wrote 0 % of all contributions." in told
    assert "3 contributions came live, 0 between the meetings." in told


def test_who_takes_the_yes_back_is_not_counted(talked, tmp_path):
    says(talked, "Aina", yes=False)
    told = page(exported(talked.workshop, tmp_path))

    assert "The quieter half of 5 people" in told
    assert "1 contributions came live" in told


def test_fewer_than_five_people_are_not_drawn(talked, tmp_path):
    says(talked, "Aina", "Eli", yes=False)
    opened = exported(talked.workshop, tmp_path)

    assert "charts/days.svg" in opened.members
    assert "charts/shares.svg" not in opened.members


def test_each_drawing_is_whole_by_itself_and_says_what_the_page_says(talked, tmp_path):
    opened = exported(talked.workshop, tmp_path)
    drawings = [name for name in opened.members if name.endswith(".svg")]

    assert drawings == ["charts/days.svg", "charts/shares.svg", "charts/waiting.svg"]
    for name in drawings:
        root = ElementTree.fromstring(opened.members[name])
        assert root.tag == f"{SVG}svg"
        assert [text.text for text in root.iter(f"{SVG}text")] != []
        assert root.find(f"{SVG}style").text == "\n" + opened.members["charts/charts.css"].decode()
    assert page(opened).count("<table>") == len(drawings)


def test_no_clock_is_in_the_pictures(talked, tmp_path, time_machine):
    first = exported(talked.workshop, tmp_path, "first.zip")
    time_machine.move_to(clock.now() + timedelta(days=1))
    second = exported(talked.workshop, tmp_path, "second.zip")

    assert [name for name in first.members if first.members[name] != second.members.get(name)] == []
    assert first.bytes == second.bytes


def test_nothing_is_drawn_when_there_is_nothing(world, tmp_path):
    opened = exported(world.workshop, tmp_path)

    assert [name for name in opened.members if name.startswith("charts/")] == []
