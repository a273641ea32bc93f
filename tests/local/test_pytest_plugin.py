"""A test run brings its own servers: before Django's settings are read, one Valkey for each worker, gone at the end."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from coproduction.local.pytest_plugin import RUN, SETTINGS

ROOT = Path(__file__).resolve().parents[2]
OURS = {"DATABASE_URL", "REDIS_URL", "PYTEST_XDIST_WORKER", "PYTEST_ADDOPTS", RUN, *SETTINGS}
TEST = """
import os
import psycopg, pytest, redis
from django.conf import settings

@pytest.mark.parametrize("number", range(4))
def test_servers(number):
    with redis.Redis.from_url(settings.REDIS_URL) as client, psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        client.incr("runs")
        fsync = connection.execute("SHOW fsync").fetchone()[0]
        with open("seen", "a") as seen:
            seen.write(f"{os.environ['DATABASE_URL']} {settings.REDIS_URL} {fsync}\\n")
"""


@pytest.fixture
def project(tmp_path):
    (tmp_path / "test_it.py").write_text(TEST)
    (tmp_path / "some_settings.py").write_text(
        "import os\nREDIS_URL = os.environ['REDIS_URL']\nSECRET_KEY = os.environ['SECRET_KEY']\n"
    )
    (tmp_path / "pytest.ini").write_text("[pytest]\naddopts = -p coproduction.local.pytest_plugin\npythonpath = .\n")
    return tmp_path


def run_tests(project, *words, **environ):
    """Run the small project's tests; returns the process and the servers that its tests saw."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "pytest", "--ds=some_settings", "-p", "no:cacheprovider", *words],
        cwd=project,
        env={name: value for name, value in os.environ.items() if name not in OURS}
        | {"PYTHONPATH": f"{ROOT}:{project}"}
        | environ,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    seen = project / "seen"
    return done, [line.split() for line in seen.read_text().splitlines()] if seen.exists() else []


def folder_of(database):
    """The folder of the servers, from the address of the database."""
    return Path(database.partition("@")[2].partition("/")[0].replace("%2F", "/")).parent


def test_workers_share_a_database_server_and_have_a_valkey_each(project):
    done, seen = run_tests(project, "-n", "2")

    assert "4 passed" in done.stdout
    assert len({database for database, _, _ in seen}) == 1
    assert len({valkey for _, valkey, _ in seen}) == 2
    assert not folder_of(seen[0][0]).exists()


def test_fsync_is_off_unless_asked_for(project):
    _, quick = run_tests(project)
    _, durable = run_tests(project, TEST_DURABLE="1")

    assert {fsync for _, _, fsync in quick} == {"off"}
    assert durable[-1][2] == "on"


def test_what_a_killed_run_left_is_deleted_by_the_next(project):
    left = Path(tempfile.gettempdir()) / f"coproduction-tests-{os.geteuid()}" / "run-that-was-killed"
    left.mkdir(parents=True)
    (left / "in-use-by").write_text("1")

    run_tests(project)

    assert not left.exists()


def test_a_server_of_the_environment_that_does_not_answer_is_a_sentence(project):
    done, _ = run_tests(project, DATABASE_URL="postgres://127.0.0.1:1/nothing")

    assert "ERROR: DATABASE_URL names a database that cannot be used" in done.stderr
    assert "Traceback" not in done.stderr
