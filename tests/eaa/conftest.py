"""Fixtures of the tests of records and of the learning log."""

import pytest

from eaa.operations.checks import return_record
from sessions_app.operations import running, sessions
from tests.eaa.making import a_week, interpret


@pytest.fixture
def returned(world):
    """An interpretation that is with Ben and Chidi, and their cards."""
    record, said = interpret(world)
    return return_record(record=record, actor=world.ada, head=1, until=a_week()), said


@pytest.fixture
def over(world):
    """A meeting that is over, in which Ben and Sam were."""
    running.start(session=world.session, actor=world.ada)
    for name in ("Ben", "Sam"):
        sessions.enter_room(session=world.session, person=world[name].participant)
    running.close_session(session=world.session, actor=world.ada)
    return world
