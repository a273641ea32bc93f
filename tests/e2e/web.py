"""Real web servers for tests: processes on the test database and the run's own Valkey."""

import os
import select
import signal
import socket
import sys
import urllib.error
import urllib.request
from collections.abc import Collection, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection

from coproduction.local import processes

ROOT = Path(__file__).resolve().parents[2]
WORKER = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))  # each of them has ports of its own
FIRST_PORT = int(os.environ.get("E2E_PORT", "8140")) + 40 * WORKER
PORTS = range(FIRST_PORT, FIRST_PORT + 40)
SECONDS_TO_START = 30
NO_PROXY = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class Web:
    """One web process. It can be killed and started again on the same port, as when a machine restarts.

    `words` are more arguments for it. Without any it ends in a second, since nobody waits for its people to move.
    """

    words: Sequence[str] = ("--notice", "0", "--spread", "0")

    def __init__(self, folder: Path, taken: Collection[int] = (), **environ: str) -> None:
        self.port = free_port(taken)
        self.address = f"http://127.0.0.1:{self.port}"
        self.log = folder / f"web-{self.port}.log"
        self.environ = {
            **os.environ,
            "DATABASE_URL": _address_of_test_database(),
            "REDIS_URL": settings.REDIS_URL,
            "SECRET_KEY": settings.SECRET_KEY,
            "PUBLIC_URL": self.address,
            "PYTHONUNBUFFERED": "1",
            "DATABASE_POOL": "4",
            **environ,
        }
        self.environ.pop("DJANGO_ALLOW_ASYNC_UNSAFE", None)
        self.process = None

    def start(self) -> "Web":
        self.spawn()
        self.wait_until_it_answers()
        return self

    def spawn(self) -> None:
        command = [sys.executable, "-m", "coproduction.serve", "--port", str(self.port), *self.words]
        self.process = processes.spawn(command, log=self.log, environ=self.environ, folder=ROOT)

    def ask_to_end(self) -> None:
        """What `systemctl stop` does; it goes on until its people have moved."""
        self.process.terminate()

    def stop(self) -> None:
        if self.process is not None:
            processes.stop(self.process, seconds=5)
            self.process = None

    def kill(self) -> None:
        """End it without a goodbye, as a crash does."""
        processes.stop(self.process, signal.SIGKILL)
        self.process = None

    def wait_until_it_answers(self) -> None:
        ended = os.pidfd_open(self.process.pid)
        try:
            for _ in range(SECONDS_TO_START * 10):
                if self._answers():
                    return
                if select.select([ended], [], [], 0.1)[0]:
                    break
        finally:
            os.close(ended)
        raise AssertionError(f"the web process did not start:\n{self.log.read_text()[-3000:]}")

    def _answers(self) -> bool:
        try:
            return NO_PROXY.open(f"{self.address}/health/live", timeout=5).status == 200
        except (urllib.error.URLError, OSError):
            return False


def _address_of_test_database() -> str:
    """DATABASE_URL with the name that the tests gave to their own database."""
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}").geturl()


def free_port(taken: Collection[int] = ()) -> int:
    """A port that nobody listens on and that is not among those TAKEN for what is started later."""
    for port in PORTS:
        if port in taken:
            continue
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise AssertionError(f"Every port from {PORTS[0]} to {PORTS[-1]} is in use. Set E2E_PORT to the first of 40.")
