"""The script in the ZIP works out from the tables alone what the workshop's own page shows."""

import csv
import subprocess
import sys
import uuid
from datetime import timedelta

import pytest

from sessions_app import clock
from sessions_app.measures import waits
from sessions_app.models import Consent, Participant
from sessions_app.operations import contributions, dialogues, running, sessions, turns
from sessions_app.queries.ground import ground_of
from sessions_app.queries.measured import measured
from tests.exports.opened import exported
from tests.exports.test_export import unpacked
from tests.world import add

NAMES = ("Aina", "Bo", "Cai", "Dag", "Eli", "Fia")
PAGE = {
    "Inequality of contributions (G*)": ("M1", "contributions"),
    "Inequality of words (G*)": ("M1", "words"),
    "Evenness of contributions": ("M2", "contributions"),
    "Diversity of places": ("M3", "places"),
    "Taking turns": ("M6", "live"),
    "Answers that are returned": ("M8", "answers"),
    "Does one person answer all?": ("M9", "answers"),
}


@pytest.fixture
def talked(world):
    """Six people came, two of them stayed silent; they answered each other live and in a thread, and so did a host."""
    world.go_live()
    for number, name in enumerate(NAMES):
        add(world, name, usual_place="hall" if number % 2 else "remote")
        sessions.enter_room(session=world.session, person=world[name].participant)
    first = world.say("Aina", "Why do we wait so long at the door?")
    second = world.say("Bo", "Nobody sees us.", reply_to=first.pk)
    third = world.say("Aina", "I see.", reply_to=second.pk)
    fourth = world.say("Cai", "Me too.", reply_to=second.pk)
    world.say("Cai", "It is cold.", reply_to=fourth.pk), world.say("Ada", "Thank you.", reply_to=third.pk)
    for name, put_back in (("Dag", False), ("Eli", True)):
        turn = turns.ask_for_word(session=world.session, actor=world[name])
        turns.give_word(turn=turn, actor=world.ada)
        (turns.put_back if put_back else turns.end_turn)(turn=turn, actor=world.ada)
    running.next_step(session=world.session, actor=world.ada)
    _thread(world)
    for person in Participant.objects.filter(workshop=world.workshop):
        Consent.objects.create(participant=person, purpose="research", given_at=clock.now())
    return world


def _thread(world) -> None:
    until = clock.now() + timedelta(days=3)
    step = dialogues.open_thread(workshop=world.workshop, actor=world.ada, prompt="And at night?", until=until)
    asked = _post(world, step, "Bo", "Who is there?")
    _post(world, step, "Aina", "I am.", reply_to=asked.pk)


def _post(world, step, who, body, **more):
    said = {"dialogue": step.plenary, "actor": world[who], "body": body, "via": "thread", "client_id": uuid.uuid4()}
    return contributions.post_contribution(**said, **more).contribution


def recomputed(folder) -> dict[tuple[str, str], str]:
    """What the script says, run without anything that was ever installed."""
    done = subprocess.run(
        [sys.executable, "-I", "-S", "measures/recompute.py"], cwd=folder, capture_output=True, text=True, check=True
    )
    return {(row["measure"], row["what"]): row["value"] for row in csv.DictReader(done.stdout.splitlines())}


def test_the_figures_are_those_of_the_page(talked, tmp_path):
    found = recomputed(unpacked(exported(talked.workshop, tmp_path), tmp_path / "open"))
    shown = {one.name: one.value for one in measured(talked.workshop).figures}

    assert {name: f"{float(found[key]):.2f}" for name, key in PAGE.items()} == {name: shown[name] for name in PAGE}
    assert "–" not in {shown[name] for name in PAGE}
    spoke, silent, heard = (found["M5", what] for what in ("spoke", "silent", "heard"))
    told = f"{spoke} of 6 were heard from, {silent} stayed silent, {heard} got an answer"
    assert (told, shown["Reach"]) == (shown["Reach"], "4 of 6 were heard from, 2 stayed silent, 2 got an answer")


def test_so_are_the_waits_behind_them(talked, tmp_path):
    found = recomputed(unpacked(exported(talked.workshop, tmp_path), tmp_path / "open"))
    ground = ground_of(talked.workshop)
    live, between = ground.waits(live=True), ground.waits(live=False)

    quartiles = waits.quartiles([wait for wait, answered in live if answered])
    names = ("lower quartile, s", "median, s", "upper quartile, s")
    assert [float(found["M10a", name]) for name in names] == pytest.approx(quartiles, abs=0.01)
    assert float(found["M10b", "median, s"]) == pytest.approx(waits.median_wait(between), abs=0.01)
    assert found["M10a", "unanswered"] == str(sum(not answered for _wait, answered in live))
    assert found["M10b", "unanswered"] == str(sum(not answered for _wait, answered in between))


def test_an_export_without_anybody_has_no_figures(world, tmp_path):
    found = recomputed(unpacked(exported(world.workshop, tmp_path), tmp_path / "open"))

    assert set(found.values()) == {"", "0"}
