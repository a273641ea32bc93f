"""A private PostgreSQL: made on first use, reached through a Unix socket, ended with the process that started it."""

import contextlib
import os
import re
import shutil
import signal
import subprocess
import time
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

from . import places, processes
from .trouble import LocalTrouble, last_lines

DATABASE = "coproduction"
HOW_TO_STOP = {"smart": signal.SIGTERM, "fast": signal.SIGINT, "immediate": signal.SIGQUIT, "kill": signal.SIGKILL}
SECONDS_TO_START = 60.0


class Postgres:
    """One PostgreSQL server whose files are in `folder`, or in a twin of it that its user can reach.

    `durable=False` switches fsync off: the server's own death loses nothing even then, a power cut may.
    `data` is its data folder, `log` its log file, `url` the value for DATABASE_URL.
    """

    def __init__(self, folder: Path, *, durable: bool) -> None:
        self.durable = durable
        self.user = places.server_user()
        fits = places.reachable(folder / "postgres", self.user)
        self.folder = folder if fits else places.short_twin(folder, self.user)
        self.programs = places.postgres_programs(self.user, self.folder)
        self.data = self.folder / "postgres"
        short = len(str(self.folder)) <= places.LONGEST_SOCKET_FOLDER
        self.sockets = (self.folder if short else places.short_twin(folder, self.user)) / "socket"
        self.log = self.folder / "postgres.log"
        self.url = f"postgres://postgres@{quote(str(self.sockets), safe='')}/{DATABASE}"
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        """Make the data folder if there is none, end a left-over server, start, wait, make the database."""
        self._make_data_folder()
        self._end_leftover()
        places.give(self.sockets, self.user)
        deadline = time.monotonic() + SECONDS_TO_START
        while not self._started(deadline):
            time.sleep(0.2)  # processes of a killed server still hold its memory for a moment
        with contextlib.suppress(psycopg.errors.DuplicateDatabase), self._connect() as connection:
            connection.execute(f"CREATE DATABASE {DATABASE}")

    def stop(self, mode: str = "fast") -> None:
        """Stop it; `mode` as in pg_ctl (smart, fast, immediate), or kill."""
        if self._process:
            processes.stop(self._process, HOW_TO_STOP[mode])
            self._process = None

    def restart(self, mode: str = "immediate") -> None:
        """What `pg_ctl restart -m MODE` does: connections break, committed work stays, the address is the same."""
        self.stop(mode)
        self.start()

    @property
    def note(self) -> str:
        """A word that the database keeps about itself and that goes when it goes."""
        with self._connect() as connection:
            found = connection.execute(
                "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [DATABASE]
            ).fetchone()
        return str(found[0] or "") if found else ""

    @note.setter
    def note(self, text: str) -> None:
        with self._connect() as connection:
            connection.execute(sql.SQL("COMMENT ON DATABASE {} IS {}").format(sql.Identifier(DATABASE), text))

    def _make_data_folder(self) -> None:
        if self.data.exists():
            return self._check_data_folder()
        new = places.give(self.folder / "postgres.new", self.user)
        shutil.rmtree(new)
        places.give(new, self.user)
        newest = self._version() >= 17
        words = (
            ["--no-locale", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"] if newest else ["--locale=C.UTF-8"]
        )
        made = subprocess.run(
            processes.leashed(
                [
                    self.programs / "initdb",
                    "-D",
                    new,
                    "-U",
                    "postgres",
                    "-A",
                    "trust",
                    "-E",
                    "UTF8",
                    "--no-sync",
                    *words,
                ],
                user=self.user,
            ),
            capture_output=True,
            text=True,
            check=False,
            cwd="/",
        )
        if made.returncode:
            reason = (made.stderr.strip() or made.stdout.strip()).splitlines() or ["no reason given"]
            raise LocalTrouble(f"PostgreSQL could not make its data folder in {self.folder}. It says: {reason[0]}")
        new.rename(self.data)

    def _check_data_folder(self) -> None:
        try:
            made_by = int((self.data / "PG_VERSION").read_text())
        except (OSError, ValueError) as error:
            raise self._afresh("is not complete") from error
        if made_by != self._version():
            raise self._afresh(f"was made by PostgreSQL {made_by}, and this is PostgreSQL {self._version()}")

    def _afresh(self, what: str) -> LocalTrouble:
        return LocalTrouble(
            f"The database folder {self.data} {what}. "
            f"If you can do without what is in it, delete it and start again: rm -rf {self.data}"
        )

    def _version(self) -> int:
        said = subprocess.run([self.programs / "postgres", "--version"], capture_output=True, text=True, check=False)
        found = re.search(r"\d+", said.stdout)
        if not found:
            raise LocalTrouble(
                f"The PostgreSQL in {self.programs} does not run on this machine. It says: {said.stderr.strip()} "
                "Install PostgreSQL from your system's packages, or set DATABASE_URL to a database that you have."
            )
        return int(found[0])

    def _end_leftover(self) -> None:
        file = self.data / "postmaster.pid"
        if (pid := processes.pid_in(file)) and pid != os.getpid():
            processes.stop_leftover(pid, str(self.data), signal.SIGINT)

    def _started(self, deadline: float) -> bool:
        """Start the server once. False when it is worth trying again; raises when it is not."""
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.sockets),
            "unix_socket_permissions": "0700",
            "max_connections": "150",
            "shared_buffers": "64MB",
            "synchronous_commit": "on",
            "fsync": "on" if self.durable else "off",
            "full_page_writes": "on" if self.durable else "off",
            "logging_collector": "off",
        }
        options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        self.log.unlink(missing_ok=True)
        self._process = processes.spawn(
            [self.programs / "postgres", "-D", self.data, *options],
            log=self.log,
            user=self.user,
            death_signal=signal.SIGINT,
        )
        while time.monotonic() < deadline:
            if self._process.poll() is not None:
                if "pre-existing shared memory" in last_lines(self.log):
                    return False
                break
            with contextlib.suppress(psycopg.OperationalError), self._connect():
                return True
            time.sleep(0.05)
        self.stop("immediate")
        raise LocalTrouble(
            f"The database in {self.data} does not start. Its log ends with:\n{last_lines(self.log, 5)}\n"
            f"If you can do without what is in it, delete it and start again: rm -rf {self.data}"
        )

    def _connect(self) -> psycopg.Connection:
        return psycopg.connect(host=str(self.sockets), user="postgres", dbname="postgres", autocommit=True)
