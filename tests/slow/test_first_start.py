"""A newcomer's first minutes: a clean clone, `make demo`, Ctrl-C as a terminal sends it, and `make demo` once more."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from tests.e2e.web import ROOT
from tests.local.test_servers import wait_until_gone

FIRST_START = 180  # seconds, with the packages in pip's cache: design.md §7
LATER_START = 15
NOT_OURS = {"DATABASE_URL", "REDIS_URL", "CELERY_BROKER_URL", "DJANGO_SETTINGS_MODULE", "VIRTUAL_ENV"}


@pytest.fixture(scope="module")
def clone(tmp_path_factory):
    """What has been committed, as anybody gets it. The folder is open to the user that PostgreSQL runs as."""
    folder = tmp_path_factory.mktemp("clone")
    folder.chmod(0o755)
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(folder / "coproduction")], check=True)
    return folder / "coproduction"


@pytest.fixture
def port():
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


def descendants_of(pid: int) -> list[int]:
    children = [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return [*children, *(below for child in children for below in descendants_of(child))]


def start_and_stop(clone: Path, port: int) -> tuple[float, list[int], int, str]:
    """Seconds until ready, the processes that ran, what make returned, and what was said after Ctrl-C."""
    environ = {name: value for name, value in os.environ.items() if name not in NOT_OURS}
    command = ["make", f"PYTHON={Path(sys.executable).resolve()}", "demo", f"PORT={port}"]
    began = time.monotonic()
    with subprocess.Popen(
        command,
        cwd=clone,
        env=environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as process:
        try:
            said = ""
            while "Stop everything" not in said:
                line = process.stdout.readline()
                assert line, f"make ended early and said:\n{said}"
                said += line
            took = time.monotonic() - began
            link = next(word for word in said.split() if word.endswith("/citizen/"))
            with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(link, timeout=20) as answer:
                assert answer.status == 200
            running = descendants_of(process.pid)
            os.killpg(process.pid, signal.SIGINT)
            rest, _ = process.communicate(timeout=30)
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
    return took, running, process.returncode, rest


def test_two_starts_of_a_clean_clone(clone, port):
    first, running, code, rest = start_and_stop(clone, port)
    print(f"first start: ready after {first:.0f} s")

    wait_until_gone(running)
    assert len(running) >= 6  # PostgreSQL, Valkey, web server, worker, clock, and what started them
    assert code == -signal.SIGINT  # make dies of it as well, which is how a shell learns that somebody pressed Ctrl-C
    assert "Traceback" not in rest
    assert first < FIRST_START

    second, running, _, rest = start_and_stop(clone, port)
    print(f"second start: ready after {second:.0f} s")

    wait_until_gone(running)
    assert "Traceback" not in rest
    assert second < LATER_START
