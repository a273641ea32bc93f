"""Our own servers as the bench runs them: the settings, the database made ready, workshops to meet in."""

import json
import os
import secrets
import subprocess
from pathlib import Path

from bench.client import Processes
from bench.dialects import Dialect
from bench.entrants import DAPHNE, IN_PAIRS, UVICORN, Entrant
from bench.live import Live, Seed
from bench.processes import HOST, ROOT, Fleet, Trouble, python, wait_until_up
from bench.stores import Stores

_COMMANDS = {
    DAPHNE: ("-m", "daphne", "-v", "0", "-b", HOST, "-p", "{port}", "coproduction.asgi:application"),
    UVICORN: (
        "-m",
        "uvicorn",
        "coproduction.asgi:application",
        *("--host", HOST, "--port", "{port}", "--loop", "uvloop", "--log-level", "warning"),
        *("--ws", "websockets-sansio", "--ws-per-message-deflate", "false"),
    ),
}


class Project:
    """Our project in one bench run: its database is made once, its workshops are shared by all servers."""

    def __init__(self, work: Path) -> None:
        self._work = work
        self._key = secrets.token_urlsafe(48)
        self._seeds: dict[int, Seed] = {}
        self._ready = False

    def environ(self, stores: Stores, ports: list[int]) -> dict[str, str]:
        """The environment of processes that serve the same people on several ports."""
        origins = [f"http://{HOST}:{port}" for port in ports or [8000]]
        return {
            **stores.environ,
            "CELERY_BROKER_URL": stores.environ["REDIS_URL"],
            "DJANGO_SETTINGS_MODULE": "coproduction.settings",
            "SECRET_KEY": self._key,
            "ALLOWED_HOSTS": HOST,
            "PUBLIC_URL": origins[0],
            "SOCKET_ORIGINS": ",".join(origins[1:]),
            "STATIC_ROOT": str(self._work / "static"),
            "EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend",
            # Fifty people post for five hundred, and much faster than a person may.
            "POSTS_AT_ONCE": "1000000",
            "POSTS_PER_SECOND": "100000",
        }

    def start(self, kind: str, fleet: Fleet, stores: Stores, *, count: int = IN_PAIRS, name: str = "") -> Entrant:
        """Start `count` processes of ours on this kind of server."""
        self._make_ready(stores)
        ports = fleet.reserve(count)
        environ = self.environ(stores, ports)
        command = _COMMANDS[kind]
        running = [
            fleet.start(
                (name or kind).replace(", ", "-"), python(*(part.format(port=port) for part in command)), environ, port
            )
            for port in ports
        ]
        wait_until_up(running)
        addresses = [process.address for process in running]

        async def talk(members: int) -> Dialect:
            return Live(addresses, self.seed(stores, members))

        return Entrant(name or kind, running, Processes(tuple(process.pid for process in running), stores.pids), talk)

    def seed(self, stores: Stores, people: int, *, fresh: bool = False) -> Seed:
        """A workshop with this many people; the same one each time, unless a fresh one is asked for."""
        self._make_ready(stores)
        if fresh or people not in self._seeds:
            made = self._manage(stores, "-m", "bench.seed", str(people))
            self._seeds[people] = Seed(**json.loads(made.splitlines()[-1]))
        return self._seeds[people]

    def _make_ready(self, stores: Stores) -> None:
        if not self._ready:
            self._manage(stores, "manage.py", "migrate", "--verbosity=0")
            self._manage(stores, "manage.py", "collectstatic", "--noinput", "--verbosity=0")
            self._ready = True

    def _manage(self, stores: Stores, *arguments: str) -> str:
        done = subprocess.run(
            python(*arguments),
            cwd=ROOT,
            env={**os.environ, **self.environ(stores, [])},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            said = "\n".join(f"  {line}" for line in done.stderr.strip().splitlines()[-8:])
            raise Trouble(f"`{' '.join(arguments)}` did not work. It said:\n{said}")
        return done.stdout
