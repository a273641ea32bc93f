"""The ZIP: the same bytes again, whole or not there, readable by the programs that researchers use."""

import errno
import hashlib
import json
import subprocess
import sys

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db.models import F

from sessions_app.exports import building
from sessions_app.models import Event, Export, Participant, Workshop
from sessions_app.operations.exports import export_to
from sessions_app.verification import verify
from tests.exports.opened import Opened, exported, says
from tests.world import make_world


def unpacked(opened: Opened, folder):
    for name, content in opened.members.items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    return folder


def validate(folder) -> subprocess.CompletedProcess:
    """In a process of its own, as researchers run it."""
    command = [sys.executable, "-m", "frictionless", "validate", "datapackage.json"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_frictionless_finds_nothing_and_then_one_changed_byte(story, tmp_path):
    folder = unpacked(exported(story.workshop, tmp_path), tmp_path / "open")

    done = validate(folder)
    assert done.returncode == 0, done.stdout[-3000:]

    for name in ("contributions.csv", "people.csv"):
        kept = (folder / name).read_bytes()
        (folder / name).write_bytes(kept.replace(b"e", b"f", 1))
        assert validate(folder).returncode == 1, name
        (folder / name).write_bytes(kept)


def test_every_table_has_rows_in_the_story(story, tmp_path):
    opened = exported(story.workshop, tmp_path)

    empty = [name for name in opened.members if name.endswith(".csv") and not opened[name.removesuffix(".csv")]]
    assert empty == ["withdrawn_ids.csv"]


def stirred() -> None:
    """Every second row of each table lies elsewhere on the disk: who asks for no order gets another one than before."""
    for model in apps.get_models():
        if model._meta.app_label in {"sessions_app", "eaa"} and model is not Event:  # the log can't be changed
            rows, key = model._default_manager, model._meta.pk.attname
            rows.filter(pk__in=list(rows.order_by("pk").values_list("pk", flat=True))[::2]).update(**{key: F(key)})


def test_the_same_state_gives_the_same_bytes_whatever_happens_elsewhere(story, tmp_path):
    first = exported(story.workshop, tmp_path, "1.zip")
    other = make_world("Another one", host="Eva")
    says(other, "Ben", "Chidi")
    other.go_live()
    other.say("Ben", "zebrafinch")
    stirred()
    second = exported(story.workshop, tmp_path, "2.zip")

    assert list(first.members) == list(second.members)
    assert [name for name, content in first.members.items() if second.members[name] != content] == []
    assert first.bytes == second.bytes
    assert len({*Export.objects.order_by("-pk").values_list("export_id", "sha256")[:2]}) == 1


def test_sums_and_manifest_say_what_is_there(story, tmp_path):
    opened = exported(story.workshop, tmp_path)
    sums = dict(line.split("  ")[::-1] for line in opened.members["SHA256SUMS"].decode().splitlines())
    manifest = json.loads(opened.members["manifest.json"])
    made = Export.objects.last()

    told = {name: hashlib.sha256(content).hexdigest() for name, content in opened.members.items()}
    del told["SHA256SUMS"]
    assert sums == told
    assert {one["path"] for one in manifest["files"]} == told.keys() - {"manifest.json"}
    assert manifest["export_id"] == made.export_id
    assert made.sha256 == hashlib.sha256(opened.bytes).hexdigest()
    unsigned = building.package.as_json({**manifest, "export_id": ""})
    assert hashlib.sha256(unsigned.encode()).hexdigest()[:12] == made.export_id


def test_making_one_is_recorded_and_the_log_stays_whole(world, tmp_path):
    exported(world.workshop, tmp_path)

    last = Event.objects.filter(workshop=world.workshop).order_by("-seq")[0]
    assert (last.verb, last.actor, last.data) == ("export.made", None, {"export": Export.objects.last().pk})
    assert list(verify(world.workshop.slug)) == []


def test_no_half_file_when_the_disk_is_full(world, tmp_path, monkeypatch):
    def full(*args):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(building, "write_zip", full)
    with pytest.raises(CommandError, match=r"could not be made.*No space left"):
        call_command("export_workshop", world.workshop.slug, "--output", str(tmp_path / "x.zip"))

    assert list(tmp_path.iterdir()) == []
    assert not Export.objects.exists()


def test_what_was_there_stays_when_the_next_one_fails(world, tmp_path, monkeypatch):
    before = exported(world.workshop, tmp_path)
    monkeypatch.setattr(building, "write_zip", lambda *args: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        export_to(workshop=world.workshop, target=tmp_path / "export.zip")

    assert [one.name for one in tmp_path.iterdir()] == ["export.zip"]
    assert Opened(tmp_path / "export.zip").bytes == before.bytes


def test_command_says_what_is_wrong(world, tmp_path, capsys):
    with pytest.raises(CommandError, match="There is no workshop"):
        call_command("export_workshop", "nowhere", "--output", str(tmp_path / "x.zip"))
    with pytest.raises(CommandError, match="There is no folder"):
        call_command("export_workshop", world.workshop.slug, "--output", str(tmp_path / "no" / "x.zip"))
    Workshop.objects.filter(pk=world.workshop.pk).update(practice_of=world.session)
    with pytest.raises(CommandError, match="pretend people"):
        call_command("export_workshop", world.workshop.slug, "--output", str(tmp_path / "x.zip"))

    assert list(tmp_path.iterdir()) == []


def test_a_workshop_in_which_nobody_said_yes(world, tmp_path):
    world.go_live()
    world.say("Ben", "zebrafinch")
    opened = exported(world.workshop, tmp_path)

    assert (opened["people"], opened["contributions"], opened.where("zebrafinch")) == ([], [], [])
    assert {"table": "contributions", "reason": "no_consent", "n_rows": "1", "n_participants": ""} in opened[
        "exclusions"
    ]
    assert validate(unpacked(opened, tmp_path / "open")).returncode == 0


def test_people_named_like_columns_and_cells_like_formulas(world, tmp_path):
    says(world, "Ben", "Chidi")
    Participant.objects.filter(pk=world["Chidi"].participant.pk).update(name="participant_id")
    world.go_live()
    said = ["=1+1", "+46 is not all", '@SUM(A1)", "', "-2\n=cmd|' /C calc'!A0", "مرحبا \u202eabc\u202c, x", "a\tb"]
    for words in said:
        world.say("Ben", words)
    opened = exported(world.workshop, tmp_path)

    assert [row["text"] for row in opened["contributions"]] == said
    assert validate(unpacked(opened, tmp_path / "open")).returncode == 0
