"""Exports beside what others do at the same moment, on connections of their own."""

import contextlib

import pytest
from django.db import OperationalError, connection

from sessions_app import tasks
from sessions_app.exports.building import build
from sessions_app.models import Event, Export, ExportState
from sessions_app.operations import exports
from sessions_app.queries.exports import stale_among
from tests.exports.asked import asked
from tests.exports.opened import Opened, says
from tests.together import together

pytestmark = pytest.mark.django_db(transaction=True)


def once(call):
    """CALL, from another connection, the first time that this is called."""
    results = []

    def called(*args):
        if not results:
            results.append(None)
            results[:] = together(call)

    return called, results


def test_it_is_the_state_of_one_moment_and_stops_nobody_from_writing(spoken, tmp_path):
    head = Event.objects.order_by("seq").last().seq

    def write():
        spoken.say("Chidi", "nuthatch")
        says(spoken, "Ben", yes=False)
        return "written"

    progress, results = once(write)
    made = build(spoken.workshop, tmp_path / "export.zip", progress)
    opened = Opened(tmp_path / "export.zip")

    assert results == ["written"]
    assert opened.where("nuthatch") == []
    assert [row["text"] for row in opened["contributions"]] == ["goldcrest"]
    assert (len(opened["people"]), made.head_seq, opened["events"][-1]["seq"]) == (2, head, str(head))


def test_who_takes_the_yes_back_while_it_is_made_is_handed_out_to_nobody(spoken, monkeypatch):
    export = asked(spoken)
    tell, results = once(lambda: says(spoken, "Ben", yes=False))
    monkeypatch.setattr(exports, "_tell", tell)

    assert tasks.make_exports() == 1
    assert results == [None]
    export.refresh_from_db()
    assert stale_among([export]) == {export.pk}
    with pytest.raises(exports.Outdated):
        exports.download(export=export, actor=spoken["Rana"])


def test_two_workers_make_it_once(spoken, monkeypatch):
    asked(spoken)
    tell, results = once(tasks.make_exports)
    monkeypatch.setattr(exports, "_tell", tell)

    assert tasks.make_exports() == 1
    assert results == [0]
    assert Event.objects.filter(verb="export.made").count() == 1
    assert Export.objects.get().attempts == 1


def test_the_lock_of_a_worker_that_dies_is_free(spoken):
    export = asked(spoken)
    held = []

    def hold_and_die():
        with contextlib.suppress(OperationalError), exports._alone(export) as is_mine:
            held.append(is_mine)
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    together(hold_and_die)
    assert held == [True]
    assert tasks.make_exports() == 1
    export.refresh_from_db()
    assert export.state == ExportState.READY
