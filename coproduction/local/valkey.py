"""A private Valkey (or Redis): on this machine only, behind a password, ended with the process that started it."""

import json
import secrets
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

import redis

from . import places, processes
from .trouble import LocalTrouble, last_lines

SECONDS_TO_START = 20.0


class Valkey:
    """One Valkey server whose files are in `folder`. `url` is the value for REDIS_URL and stays the same over restarts.

    `durable=True` writes every command to disk once a second, which is enough for a broker whose tasks can be repeated.
    """

    def __init__(self, folder: Path, *, durable: bool) -> None:
        self.durable = durable
        self.program = places.valkey_program()
        self.folder = folder / "valkey"
        self.log = folder / "valkey.log"
        self._address = folder / "valkey.json"
        self._pid = folder / "valkey.pid"
        self._process: subprocess.Popen[bytes] | None = None
        self._port, self._password = self._remembered_address()

    @property
    def url(self) -> str:
        return f"redis://:{self._password}@127.0.0.1:{self._port}/0"

    @property
    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        """End a left-over server, start on the remembered port (or a free one), wait."""
        if leftover := processes.pid_in(self._pid):
            processes.stop_leftover(leftover, str(self.folder))
        places.owned_folder(self.folder, 0o700)
        if not self._started():
            # What it holds may be lost: tasks are repeatable sweeps over the database.
            shutil.rmtree(self.folder)
            places.owned_folder(self.folder, 0o700)
            self._port = 0
            if not self._started():
                raise LocalTrouble(f"Valkey does not start. Its log {self.log} ends with:\n{last_lines(self.log, 5)}")

    def stop(self, *, kill: bool = False) -> None:
        """Stop it; with `kill` as if it had crashed."""
        if self._process:
            processes.stop(self._process, signal.SIGKILL if kill else signal.SIGTERM)
            self._process = None
            self._pid.unlink(missing_ok=True)

    def restart(self, *, kill: bool = False) -> None:
        """Stop and start on the same address. Without `durable` everything it held is gone."""
        self.stop(kill=kill)
        self.start()

    def flush(self) -> None:
        """Forget all keys; connections and subscriptions stay."""
        with redis.Redis.from_url(self.url) as client:
            client.flushall()

    def _remembered_address(self) -> tuple[int, str]:
        try:
            known = json.loads(self._address.read_text())
            return int(known["port"]), str(known["password"])
        except (OSError, ValueError, KeyError):
            return 0, secrets.token_urlsafe(24)

    def _write_settings(self) -> Path:
        if not self._port or not _is_free(self._port):
            self._port = _free_port()
        settings = self.folder / "valkey.conf"
        settings.touch(mode=0o600)
        settings.write_text(
            f'bind 127.0.0.1\nport {self._port}\nrequirepass {self._password}\ndir "{self.folder}"\n'
            f'databases 64\nsave ""\nappendonly {"yes" if self.durable else "no"}\ndaemonize no\n'
            "set-proc-title no\n"  # a left-over server is recognised by the folder in its command line
        )
        self._address.touch(mode=0o600)
        self._address.write_text(json.dumps({"port": self._port, "password": self._password}))
        return settings

    def _started(self) -> bool:
        settings = self._write_settings()
        self.log.unlink(missing_ok=True)
        self._process = processes.spawn([self.program, settings], log=self.log, folder=self.folder)
        self._pid.write_text(str(self._process.pid))
        deadline = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < deadline and self._process.poll() is None:
            try:
                with redis.Redis.from_url(self.url) as client:
                    client.ping()
                return True
            except redis.RedisError:
                time.sleep(0.03)
        self.stop(kill=True)
        return False


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
