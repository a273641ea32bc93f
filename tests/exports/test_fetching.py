"""An export is handed out whole, as long as everybody in it still says yes, and for a week."""

import asyncio
from datetime import timedelta

import pytest

from sessions_app import clock, tasks
from sessions_app.models import Event, ExportDownload, ExportState
from sessions_app.operations import contributions, exports
from sessions_app.views.exports import BLOCK, _BlocksSoon
from tests.exports.asked import address, made, page
from tests.exports.opened import says


@pytest.mark.parametrize("what", ["yes", "words"])
def test_what_was_taken_back_since_is_not_handed_out(spoken, browser_of, what):
    export = made(spoken)
    if what == "yes":
        says(spoken, "Ben", yes=False)
    else:
        said = spoken.workshop.activities.get(pk=spoken.steps[0].pk).plenary.contributions.get()
        contributions.withdraw_contribution(contribution=said, actor=spoken["Ben"])

    answer = browser_of("Rana").post(address(export), HTTP_ACCEPT="application/json")
    assert (answer.status_code, answer.json()["error"]) == (409, "outdated")
    shown = browser_of("Rana").get(page(spoken)).content.decode()
    assert "Make a new export" in shown
    assert address(export) not in shown
    assert not ExportDownload.objects.exists()


def test_what_is_taken_back_while_somebody_fetches_it_is_not_handed_out(spoken, monkeypatch):
    export, lock = made(spoken), exports.events.lock

    def waits_for_ben(workshop_id):
        """Ben holds the lock until his answer is kept."""
        monkeypatch.setattr(exports.events, "lock", lock)
        says(spoken, "Ben", yes=False)
        return lock(workshop_id)

    monkeypatch.setattr(exports.events, "lock", waits_for_ben)
    with pytest.raises(exports.Outdated):
        exports.download(export=export, actor=spoken["Rana"])

    assert not ExportDownload.objects.exists()
    assert not Event.objects.filter(verb="export.downloaded").exists()


def test_what_is_being_fetched_comes_whole_also_when_its_time_is_over(spoken, browser_of):
    export = made(spoken)
    answer = browser_of("Rana").post(address(export))
    with clock.at(clock.now() + timedelta(days=8)):
        assert exports.drop_expired() == 1

    assert len(b"".join(answer.streaming_content)) == export.size


def test_blocks_are_the_same_from_a_thread(tmp_path):
    (tmp_path / "file").write_bytes(whole := bytes(3 * BLOCK + 1))

    async def sent():
        with (tmp_path / "file").open("rb") as file:
            return [block async for block in _BlocksSoon(file)]

    assert b"".join(asyncio.run(sent())) == whole


def test_a_file_that_is_gone_is_told_of_before_anything_is_sent(spoken, browser_of):
    export = made(spoken)
    exports.file_of(export).unlink()

    answer = browser_of("Rana").post(address(export), HTTP_ACCEPT="application/json")
    assert (answer.status_code, answer.json()["error"]) == (410, "expired")
    assert not ExportDownload.objects.exists()


def test_after_a_week_it_is_gone(spoken, browser_of, folder):
    export = made(spoken)
    with clock.at(clock.now() + timedelta(days=7, minutes=1)):
        answer = browser_of("Rana").post(address(export), HTTP_ACCEPT="application/json")
        assert (answer.status_code, answer.json()["error"]) == (410, "expired")
        assert tasks.drop_exports() == 1
    export.refresh_from_db()

    assert (export.state, list(folder.iterdir())) == (ExportState.EXPIRED, [])
    assert "It is not kept any more." in browser_of("Rana").get(page(spoken)).content.decode()
