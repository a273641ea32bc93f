"""What Celery runs: numbers in, nobody's words; no task that nobody wrote; no times on a clock that may change."""

import inspect

import pytest
from django.conf import settings

from coproduction.celery import app
from sessions_app import tasks

app.loader.import_default_modules()
OURS = {name: task for name, task in app.tasks.items() if not name.startswith("celery.")}


@pytest.mark.parametrize("name", sorted(OURS))
def test_tasks_take_numbers_alone(name):
    parameters = inspect.signature(OURS[name].run).parameters.values()

    assert [one for one in parameters if one.annotation is not int] == []


def test_the_beat_asks_for_tasks_that_are_there_and_by_seconds():
    schedule = settings.CELERY_BEAT_SCHEDULE

    assert {entry["task"] for entry in schedule.values()} <= OURS.keys()
    assert [name for name, entry in schedule.items() if not isinstance(entry["schedule"], float)] == []
    assert {tasks.open_windows.name, tasks.close_due_windows.name} <= {entry["task"] for entry in schedule.values()}


def test_a_task_that_ends_badly_or_whose_worker_dies_is_not_lost():
    assert (settings.CELERY_TASK_ACKS_LATE, settings.CELERY_TASK_REJECT_ON_WORKER_LOST) == (True, True)
