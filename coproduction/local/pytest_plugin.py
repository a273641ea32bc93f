"""Gives every test run its own PostgreSQL and Valkey, before Django reads its settings.

Switch it on with `-p coproduction.local.pytest_plugin`. DATABASE_URL and REDIS_URL of the environment win.
With pytest-xdist all workers share one PostgreSQL (pytest-django gives each its own database) and each worker has its
own Valkey, because publish and subscribe ignore database numbers; with a REDIS_URL of the environment each worker
takes the database of its number instead. TEST_DURABLE=1 keeps fsync on.
"""

import contextlib
import fcntl
import os
import sys
import tempfile
from collections.abc import Generator
from pathlib import Path

import pytest

from . import catalogues, places, static_files
from .servers import LocalServers, forget, local_servers
from .trouble import LocalTrouble
from .valkey import Valkey

SETTINGS = {
    "SECRET_KEY": "only-for-tests-" + "0123456789" * 5,
    "PSEUDONYM_KEY": "only-for-tests",
    "ALLOWED_HOSTS": "127.0.0.1,localhost,testserver",
    "PUBLIC_URL": "http://127.0.0.1",
    "EMAIL_BACKEND": "django.core.mail.backends.locmem.EmailBackend",
}
RUN = "COPRODUCTION_TEST_RUN"  # the folder of this run's servers, for the workers
_running = contextlib.ExitStack()
servers: LocalServers | None = None  # for tests that restart them; run those without xdist


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests() -> Generator[None]:
    """A wrapper, because pytest-django's own hook reads the settings and would otherwise come first."""
    for name, value in SETTINGS.items():
        os.environ.setdefault(name, value)
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    try:
        if worker:
            _start_for_worker(worker)
        else:
            catalogues.compile_newer()
            _collect_static_files()
            _start()
    except LocalTrouble as trouble:
        raise pytest.UsageError(str(trouble)) from trouble
    return (yield)


def pytest_unconfigure() -> None:
    _running.close()


def _start() -> None:
    global servers
    base = places.owned_folder(Path(tempfile.gettempdir()) / f"coproduction-tests-{os.geteuid()}", 0o711)
    _sweep(base)
    folder = Path(tempfile.mkdtemp(prefix="run-", dir=base))
    folder.chmod(0o711)
    durable = os.environ.get("TEST_DURABLE", "") == "1"
    servers = _running.enter_context(local_servers(folder, durable=durable, throwaway=True))
    os.environ.update(servers.environ)
    os.environ[RUN] = str(folder) if servers.valkey else ""
    os.environ.setdefault("EXPORT_FOLDER", str(folder / "exports"))


def _collect_static_files() -> None:
    """Give pages their hashed file names. A broken style sheet must not stop the tests that need none."""
    if "STATIC_ROOT" not in os.environ:
        try:
            os.environ["STATIC_ROOT"] = str(static_files.collected())
        except LocalTrouble as trouble:
            print(f"{trouble} Tests of whole pages will fail.", file=sys.stderr)


def _start_for_worker(worker: str) -> None:
    if run := os.environ.get(RUN):
        folder = places.owned_folder(Path(run) / worker, 0o700)
        valkey = Valkey(folder, durable=False)
        valkey.start()
        _running.callback(valkey.stop)
        os.environ["REDIS_URL"] = valkey.url
    else:
        address = os.environ["REDIS_URL"].rpartition("/")[0]
        os.environ["REDIS_URL"] = f"{address}/{int(worker.removeprefix('gw')) + 1}"


def _sweep(base: Path) -> None:
    """Delete what runs that were killed have left; on macOS their servers still run, so end them first."""
    for old in base.glob("run-*"):
        with contextlib.suppress(OSError), (old / "in-use-by").open() as handle:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            forget(old)
