"""The same rows in other forms: OCEL 2.0, transcripts, subtitles, a workbook."""

import io
import json
import re
import zipfile
from collections import Counter
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions_app.exports import transcripts
from tests.exports.opened import exported, says

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
CUE = re.compile(r"(\S+)\n(\d\d+:\d\d:\d\d\.\d{3}) --> (\d\d+:\d\d:\d\d\.\d{3})\n<v ([^>]+)>(.*)")


@pytest.fixture
def opened(story, tmp_path):
    return exported(story.workshop, tmp_path)


def test_ocel_has_the_lines_of_the_table_and_every_thing_that_they_name(opened):
    log = json.loads(opened.members["events/ocel2.json"])
    rows = opened["events"]

    assert Counter(one["type"] for one in log["events"]) == Counter(row["verb"] for row in rows)
    assert [one["id"] for one in log["events"]] == [row["event_id"] for row in rows]
    assert log.keys() == {"objectTypes", "eventTypes", "objects", "events"}
    things = {one["id"] for one in log["objects"]}
    named = {link["objectId"] for one in (*log["events"], *log["objects"]) for link in one["relationships"]}
    assert named - things == set()
    assert len(things) == len(log["objects"])
    assert {one["type"] for one in log["objects"]} == {one["name"] for one in log["objectTypes"]}
    assert {one["type"] for one in log["events"]} == {one["name"] for one in log["eventTypes"]}


def test_transcripts_hold_every_turn_once(opened):
    lines = [
        line
        for name, content in opened.members.items()
        if name.endswith(".txt")
        for line in content.decode().splitlines()[1:]
    ]

    gap = "[{status}]"
    told = [
        f"{row['participant_id'] or 'Somebody'}: {' '.join(row['text'].split()) or gap.format_map(row)}"
        for row in opened["contributions"]
    ]
    assert sorted(lines) == sorted(told)


def test_first_line_of_a_transcript_is_nobodys_turn(opened):
    heads = [content.decode().split("\n")[0] for name, content in opened.members.items() if name.endswith(".txt")]

    assert heads
    assert [head for head in heads if ":" in head or len(head) > 63 or not head] == []


def test_subtitles_have_id_voice_and_words(opened):
    cues = [
        cue
        for name, content in opened.members.items()
        if name.endswith(".vtt")
        for cue in CUE.findall(content.decode())
    ]
    live = {row["contribution_id"]: row for row in opened["contributions"] if row["t_s"]}

    assert {cue[0] for cue in cues} == live.keys()
    assert [cue for cue in cues if cue[3] != (live[cue[0]]["participant_id"] or "Somebody")] == []
    assert [cue for cue in cues if not cue[1] < cue[2]] == []


@given(st.lists(st.tuples(st.floats(-10, 100_000), st.text(min_size=1)), min_size=1, max_size=8))
def test_subtitles_can_be_read_whatever_was_said(tmp_path_factory, said):
    folder = tmp_path_factory.mktemp("vtt")
    rows = [
        {"t_s": str(t), "text": text, "status": "active", "participant_id": "P-1", "contribution_id": f"C-{number}"}
        for number, (t, text) in enumerate(said)
    ]
    transcripts._subtitles(folder, "x.vtt", rows)
    read = (folder / "x.vtt").read_text(encoding="utf-8")

    assert read.startswith("WEBVTT\n\n")
    assert len(CUE.findall(read)) == len(said)
    assert read.count("-->") == len(said)
    assert read.count("\n\n") == len(said)


def test_workbook_has_every_table_and_no_formula(world, tmp_path):
    says(world, "Ben")
    world.go_live()
    world.say("Ben", "=1+1")
    world.say("Ben", "@SUM(A1)")
    opened = exported(world.workshop, tmp_path)

    with zipfile.ZipFile(io.BytesIO(opened.members["tables.xlsx"])) as book:
        names = re.findall(r'<sheet name="([^"]+)"', book.read("xl/workbook.xml").decode())
        sheets = {
            name: ElementTree.fromstring(book.read(f"xl/worksheets/sheet{number}.xml"))
            for number, name in enumerate(names, start=1)
        }
    assert {f"{name}.csv" for name in names} == {name for name in opened.members if name.endswith(".csv")}
    assert [name for name, sheet in sheets.items() if next(sheet.iter(f"{SHEET}f"), None) is not None] == []
    assert {"=1+1", "@SUM(A1)"} <= {text.text for text in sheets["contributions"].iter(f"{SHEET}t")}
    for name, sheet in sheets.items():
        assert len(list(sheet.iter(f"{SHEET}row"))) == len(opened[name]) + 1, name
