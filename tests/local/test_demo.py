"""The demo: one command starts everything and prints a link for each of three people; a signal ends everything."""

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from tests.local.test_servers import wait_until_gone

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def port():
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


@pytest.fixture
def demo(folder, port):
    environ = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL"}}
    command = [sys.executable, "-m", "coproduction.local.demo", "--port", str(port), "--folder", str(folder)]
    with subprocess.Popen(
        command, cwd=ROOT, env=environ, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        yield process
        process.kill()


def said_until_ready(demo):
    lines = []
    for line in demo.stdout:
        lines.append(line)
        if line.startswith("Stop everything"):
            break
    return "".join(lines)


def beside(folder, *command):
    """A management command in another terminal, as the README tells."""
    script = 'set -a; . "$0"; set +a; exec "$@"'
    words = ["sh", "-c", script, str(folder / "environ"), sys.executable, "manage.py", *command]
    environ = {"PATH": os.environ["PATH"]}
    return subprocess.run(words, cwd=ROOT, env=environ, capture_output=True, text=True, check=False, timeout=60)


def children_of(pid):
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def test_the_demo_starts_with_a_working_link_for_each_person_and_ends_whole(demo, folder, port):
    said = said_until_ready(demo)
    links = [word for word in said.split() if word.endswith(("/facilitator/", "/citizen/", "/researcher/"))]
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    answers = [opener.open(link, timeout=20).status for link in links]
    children = children_of(demo.pid)
    export = beside(folder, "export_workshop", "heart-of-the-matter", "--output", str(folder / "export.zip"))
    demo.send_signal(signal.SIGTERM)

    assert answers == [200, 200, 200], said
    assert (export.returncode, (folder / "export.zip").is_file()) == (0, True), export.stderr
    assert (folder / "environ").stat().st_mode & 0o777 == 0o600
    assert len(children) == 5
    wait_until_gone(children)
    assert demo.wait(20) == 128 + signal.SIGTERM


def test_a_part_that_dies_ends_the_demo_with_the_end_of_its_log(demo, folder):
    said_until_ready(demo)
    children = children_of(demo.pid)
    worker = int((folder / "processes").read_text().split()[1])
    os.kill(worker, signal.SIGKILL)
    said, _ = demo.communicate(timeout=30)

    assert "The worker stopped unexpectedly, so the demo has been stopped." in said
    wait_until_gone(children)
    assert demo.returncode == 1
