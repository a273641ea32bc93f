"""An upgrade in the middle of a meeting of a hundred: both web processes are restarted, and nobody notices."""

import os
import subprocess
import sys
from collections import Counter

import pytest

from bench.cpu import resident_bytes
from coproduction.healthy import answer
from tests.deploy.topology import COMPOSE, Topology
from tests.e2e.web import ROOT
from tests.live_processes.crowd import Crowd
from tests.live_processes.meeting import Meeting
from tests.slow.company import Company
from tests.slow.waiting import until

MB = 1024 * 1024
LONGEST_AWAY = 3.0  # seconds without a line


@pytest.fixture
def topology(database, tmp_path):
    """With the notice and the spread that a deployment has."""
    with Topology(tmp_path, words=("--notice", "3", "--spread", "10"), DATABASE_POOL="8") as topology:
        yield topology
        print(topology.logs())  # shown when the test has failed


@pytest.fixture
def crowd(topology):
    with Crowd() as crowd:
        yield crowd


def test_rolling_restart_under_a_hundred_people(topology, crowd, capsys):
    company = Company(Meeting(crowd, [topology.front]), talkers=30, listeners=69)
    everybody = company.everybody
    assert len(everybody) == 100

    for web in topology.webs:
        restart(web, topology)
        company.says_more(20)

    company.goes_home_whole()
    answers = sum((person.answers for person in everybody), Counter())
    assert set(answers) == {"GET 200", "POST 200"}, answers
    assert min(person.moves for person in everybody) >= 1
    assert [person.closes for person in everybody if person.closes] == []
    away = sorted(seconds for person in everybody for seconds in person.away)
    assert away[-1] <= LONGEST_AWAY
    memory = {name: resident_bytes([process.pid]) // MB for name, process in topology.others.items()}
    memory["web"] = max(resident_bytes([web.process.pid]) for web in topology.webs) // MB
    with capsys.disabled():
        print(
            f"\n{len(everybody)} people, {sum(answers.values())} requests, 0 failed; {len(away)} moves, "
            f"without a line for {away[len(away) // 2]:.2f} s (median), {away[-1]:.2f} s (longest), MiB: {memory}"
        )


def restart(web, topology):
    """What docs/deploy.md says for one process: ask it to end, wait until it has, start it, wait until it answers."""
    web.ask_to_end()
    until(lambda: web.process.poll() is not None, within=40)
    assert web.process.returncode == 0, topology.logs()
    web.start()
    assert answer(web.port, "/health/live")[0] == 200


def test_the_worker_can_be_asked_how_it_is(topology):
    """The words of docker-compose.yml, in the worker's own environment."""
    kind, command = COMPOSE["services"]["worker"]["healthcheck"]["test"]
    assert kind == "CMD-SHELL"
    folder = os.path.dirname(sys.executable)
    environ = {
        **topology.webs[0].environ,
        "PATH": f"{folder}:{os.environ['PATH']}",
        "HOSTNAME": os.uname().nodename,
    }

    def ask(text):
        return subprocess.run(["sh", "-c", text], cwd=ROOT, env=environ, capture_output=True, timeout=60).returncode

    until(lambda: ask(command.replace("$$", "$")) == 0, within=60)
    assert ask(command.replace("$$HOSTNAME", "nobody")) != 0
