"""PostgreSQL and Valkey for the demo and the tests: those of the environment, else private ones."""

import contextlib
import fcntl
import os
import shutil
import signal
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import redis

from . import places, processes
from .postgres import Postgres
from .trouble import LocalTrouble
from .valkey import Valkey


@dataclass
class LocalServers:
    """The running servers. `postgres` or `valkey` is None when the environment names one: that is not ours to stop."""

    environ: dict[str, str]
    postgres: Postgres | None
    valkey: Valkey | None

    def stopped(self) -> str:
        """The name of a private server that runs no more, or nothing."""
        for name, server in (("PostgreSQL", self.postgres), ("Valkey", self.valkey)):
            if server and not server.is_running:
                return name
        return ""


@contextlib.contextmanager
def local_servers(
    folder: Path, *, durable: bool = True, private: bool = False, throwaway: bool = False
) -> Iterator[LocalServers]:
    """Run servers for as long as the `with` block lasts; `.environ` has their DATABASE_URL and REDIS_URL.

    `private` ignores servers that the environment names; `throwaway` deletes all files at the end.
    Raises LocalTrouble with a sentence for people. The processes end with ours, however ours ends.
    """
    folder = folder.resolve()
    database = "" if private else named_database()
    broker = "" if private else named_broker()
    with contextlib.ExitStack() as stack:
        stack.enter_context(processes.signals_end_the_program())
        stack.enter_context(sole_user(folder))
        if throwaway:
            stack.callback(forget, folder)
        try:
            postgres = None if database else Postgres(folder, durable=durable)
            valkey = None if broker else Valkey(folder, durable=durable)
            for server in (postgres, valkey):
                if server:
                    stack.callback(server.stop)
                    server.start()
        except OSError as error:
            raise LocalTrouble(
                f"The servers cannot keep their files in {folder}: {error.strerror} ({error.filename}). "
                "Check who owns the folder and whether the disk is full."
            ) from error
        environ = {
            "DATABASE_URL": postgres.url if postgres else database,
            "REDIS_URL": valkey.url if valkey else broker,
        }
        yield LocalServers(environ, postgres, valkey)


def named_database() -> str:
    """DATABASE_URL of the environment, if that database answers."""
    url = os.environ.get("DATABASE_URL", "")
    if url.startswith(("postgres:", "postgresql:")):
        try:
            psycopg.connect(url, connect_timeout=5).close()
        except psycopg.OperationalError as error:
            raise LocalTrouble(
                f"DATABASE_URL names a database that cannot be used: {str(error).splitlines()[0].strip()}\n"
                "Correct or start it, or unset DATABASE_URL to use a private PostgreSQL."
            ) from error
    return url


def named_broker() -> str:
    """REDIS_URL of the environment, if that server answers."""
    url = os.environ.get("REDIS_URL", "")
    if url:
        try:
            with redis.Redis.from_url(url, socket_connect_timeout=5) as client:
                client.ping()
        except (redis.RedisError, ValueError) as error:
            raise LocalTrouble(
                f"REDIS_URL names a server that cannot be used: {error}\n"
                "Correct or start it, or unset REDIS_URL to use a private Valkey."
            ) from error
    return url


@contextlib.contextmanager
def sole_user(folder: Path, what: str = "This") -> Iterator[None]:
    """Hold `folder` for this process alone, which runs `what`; the hold ends with the process."""
    if not folder.exists():
        places.owned_folder(folder, 0o755)
    file = folder / "in-use-by"
    try:
        handle = file.open("a+")
    except OSError as error:
        raise LocalTrouble(f"The folder {folder} is not writable ({error.strerror}). Check who owns it.") from error
    with handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise LocalTrouble(
                f"{what} is already running (process {processes.pid_in(file) or 'unknown'}). "
                "Stop it there first, with Ctrl-C in its window."
            ) from error
        handle.truncate(0)
        handle.write(f"{os.getpid()}\n")
        handle.flush()
        yield


def forget(folder: Path) -> None:
    """Delete all files of servers in `folder`, ending those that still run."""
    twin = places.short_twin(folder, places.server_user())
    for place in (folder, twin):
        if pid := processes.pid_in(place / "postgres" / "postmaster.pid"):
            processes.stop_leftover(pid, str(place), signal.SIGQUIT)
        for file in place.glob("**/valkey.pid"):
            processes.stop_leftover(processes.pid_in(file), str(file.with_name("valkey")))
        shutil.rmtree(place, ignore_errors=True)
