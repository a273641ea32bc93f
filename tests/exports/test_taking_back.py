"""What people take back: earlier exports are not handed out any more, and the next one says what to delete."""

import uuid

import pytest

from eaa.operations import learning
from eaa.operations.learning import Told
from sessions_app import events, tasks
from sessions_app.models import Contribution, Export
from sessions_app.operations import activities, carrying, contributions, groups, responses, sessions
from sessions_app.operations.exports import export_to
from sessions_app.queries.exports import stale_among
from tests.exports.asked import asked
from tests.exports.opened import exported, says
from tests.kinds.choosing import give, with_step
from tests.operations.carried import post


def by_worker(world, tmp_path) -> None:
    tasks.make_exports()


def by_command(world, tmp_path) -> None:
    export_to(workshop=world.workshop, target=tmp_path / "export.zip")


@pytest.mark.parametrize("make", [by_worker, by_command])
def test_who_was_in_the_middle_of_it_has_taken_it_back_before(spoken, tmp_path, monkeypatch, make):
    lock, said = events.lock, Contribution.objects.get()

    def waits_for_ben(workshop_id):
        """Ben holds the lock until his words are gone."""
        monkeypatch.setattr(events, "lock", lock)
        contributions.withdraw_contribution(contribution=said, actor=spoken["Ben"])
        return lock(workshop_id)

    if make is by_worker:
        asked(spoken)
    monkeypatch.setattr(events, "lock", waits_for_ben)
    make(spoken, tmp_path)
    export = Export.objects.get()

    assert export.taken_at > said.withdrawn_at
    assert stale_among([export]) == set()


@pytest.fixture
def chosen(world):
    """Ben and Chidi say yes to research and answer a poll, whose result names nobody."""
    says(world, "Ben", "Chidi")
    with_step(world, "poll", options={"choices": ["Rain", "Sun"]}, blind=False)
    for name in ("Ben", "Chidi"):
        give(world, name, "choice=1")
    return world


def noted(world, who: str, body: str):
    return learning.tell(
        about=world.session,
        actor=world[who],
        told=Told(effect="easier", body=body),
        language="en",
        client_id=uuid.uuid4(),
    )


def to_delete(opened) -> dict[str, str]:
    return {row["id"]: row["first_export_id"] for row in opened["withdrawn_ids"]}


def test_an_answer_that_was_taken_back_is_told_of(chosen, tmp_path):
    before = exported(chosen.workshop, tmp_path)
    first = Export.objects.get()
    responses.take_back_answer(dialogue=chosen.dialogue(0), actor=chosen["Ben"])

    assert stale_among([first]) == {first.pk}
    after = exported(chosen.workshop, tmp_path)
    ids = [{row["response_id"] for row in opened["responses"]} for opened in (before, after)]
    assert to_delete(after) == dict.fromkeys(ids[0] - ids[1], first.export_id)
    assert len(to_delete(after)) == 1


def test_what_was_said_of_the_tools_and_taken_back_is_told_of(spoken, tmp_path):
    note = noted(spoken, "Ben", "nuthatch")
    (row,) = exported(spoken.workshop, tmp_path)["learning"]
    first = Export.objects.get()
    learning.withdraw_note(note=note, actor=spoken["Ben"])

    assert stale_among([first]) == {first.pk}
    assert to_delete(exported(spoken.workshop, tmp_path)) == {row["note_id"]: first.export_id}


def test_who_takes_back_the_yes_takes_back_what_does_not_bear_their_name(chosen, tmp_path):
    noted(chosen, "Ben", "nuthatch")
    before = exported(chosen.workshop, tmp_path)
    says(chosen, "Ben", yes=False)
    after = exported(chosen.workshop, tmp_path)

    assert after["learning"] == []
    assert before["learning"][0]["note_id"] in to_delete(after)
    ids = [{row["response_id"] for row in opened["responses"]} for opened in (before, after)]
    assert len(ids[0] - ids[1]) == 1
    assert ids[0] - ids[1] < to_delete(after).keys()


def test_the_first_export_that_held_it_is_named(spoken, tmp_path):
    exported(spoken.workshop, tmp_path)
    said = spoken.say("Ben", "nuthatch")
    exported(spoken.workshop, tmp_path)
    second = Export.objects.last()
    exported(spoken.workshop, tmp_path)
    said.dialogue.activity.workshop = spoken.workshop
    contributions.withdraw_contribution(contribution=said, actor=spoken["Ben"])

    assert list(to_delete(exported(spoken.workshop, tmp_path)).values()) == [second.export_id]


def test_what_was_taken_back_before_any_export_held_it_is_told_of_in_none(spoken, tmp_path):
    exported(spoken.workshop, tmp_path)
    said = spoken.say("Ben", "nuthatch")
    said.dialogue.activity.workshop = spoken.workshop
    contributions.withdraw_contribution(contribution=said, actor=spoken["Ben"])
    second, third = (exported(spoken.workshop, tmp_path) for _ in range(2))

    assert to_delete(second) == {}
    assert second.bytes == third.bytes


def test_carrying_back_that_is_undone_takes_nobodys_words_back(world, tmp_path):
    says(world, "Ben", "Chidi")
    step = activities.plan_activity(
        workshop=world.workshop, actor=world.ada, session=world.session, kind="small_groups"
    )
    world.go_live(4)
    sessions.enter_room(session=world.session, person=world["Ben"].participant)
    groups.make_groups(activity=step, actor=world.ada, rule="number", count=1)
    post(world, step.groups.get(), "Ben", "nuthatch")
    step.refresh_from_db()
    carrying.carry_back(activity=step, actor=world.ada)
    before = exported(world.workshop, tmp_path)
    carrying.undo_carrying(activity=step, actor=world.ada)
    after = exported(world.workshop, tmp_path)

    assert stale_among(Export.objects.all()) == set()
    assert after["withdrawn_ids"] == []
    assert [row for row in after["exclusions"] if row["reason"] == "taken_back"] == []
    assert [row["status"] for row in before["contributions"]] == ["active", "active"]
    assert sorted((row["status"], row["text"]) for row in after["contributions"]) == [
        *(("active", "nuthatch"), ("undone", ""))
    ]
