"""Two web processes on the test database, and a crowd of scripted people."""

import tempfile
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.e2e.web import Web
from tests.live_processes.crowd import Crowd


@pytest.fixture
def webs(transactional_db):
    with tempfile.TemporaryDirectory(prefix="coproduction-webs-") as folder, ExitStack() as stack:
        both = []
        for _ in range(2):
            both.append(Web(Path(folder)))
            stack.callback(both[-1].stop)
            both[-1].start()
        yield both


@pytest.fixture
def crowd(webs):
    with Crowd() as crowd:
        yield crowd
