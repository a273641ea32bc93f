"""Servers that write to disk for real, on which things are broken on purpose, and two web processes on them."""

import tempfile
from contextlib import ExitStack
from pathlib import Path

import dj_database_url
import pytest
from django.conf import settings
from django.db import connections
from django.test.utils import setup_databases, teardown_databases

from coproduction.local.servers import local_servers
from tests.e2e.web import Web
from tests.live_processes.crowd import Crowd
from tests.live_processes.meeting import Meeting
from tests.slow.faults import Faults


@pytest.fixture(scope="session")
def servers(django_test_environment):
    """PostgreSQL with fsync on and Valkey, of this run alone; Django of this process uses them too."""
    folder = Path(tempfile.mkdtemp(prefix="coproduction-slow-"))
    folder.chmod(0o711)
    with pytest.MonkeyPatch.context() as patch, local_servers(folder, private=True, throwaway=True) as made:
        for name, value in made.environ.items():
            patch.setenv(name, value)
        for name, value in dj_database_url.parse(made.environ["DATABASE_URL"]).items():
            if name in {"NAME", "USER", "PASSWORD", "HOST", "PORT"}:
                patch.setitem(connections.settings["default"], name, value)
        patch.setattr(settings, "REDIS_URL", made.environ["REDIS_URL"])
        yield made


@pytest.fixture(scope="session")
def database(servers, django_db_blocker):
    """A database that is committed to, since other processes read it. Each test has a workshop of its own in it."""
    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False, aliases=["default"])
        yield
        teardown_databases(made, verbosity=0)


@pytest.fixture(scope="session")
def both_webs(database):
    with tempfile.TemporaryDirectory(prefix="coproduction-webs-") as folder, ExitStack() as stack:
        both = []
        for _ in range(2):
            both.append(Web(Path(folder), DATABASE_POOL="8"))
            stack.callback(both[-1].stop)
            both[-1].start()
        yield both


@pytest.fixture
def webs(both_webs):
    """Two web processes that run, whatever the test before has done to them."""
    for web in both_webs:
        if web.process is None or web.process.poll() is not None:
            web.start()
    return both_webs


@pytest.fixture
def crowd(webs):
    with Crowd() as crowd:
        yield crowd


@pytest.fixture
def meeting(crowd, webs):
    return Meeting(crowd, webs)


@pytest.fixture
def faults(servers, webs):
    """What can be broken; all of it runs again when the test is over."""
    with Faults(servers) as faults:
        yield faults
