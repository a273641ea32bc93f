"""What people take back: earlier exports are not handed out any more, and the next one says what to delete."""

import pytest

from sessions_app import events, tasks
from sessions_app.models import Contribution, Export
from sessions_app.operations import contributions
from sessions_app.operations.exports import export_to
from sessions_app.queries.exports import stale_among
from tests.exports.asked import asked


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
