"""The commands of the Makefile: what is in their way is a sentence, what works is one line."""

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from coproduction.local import browser, checks
from coproduction.local.demo import check_port
from coproduction.local.trouble import LocalTrouble

ROOT = Path(__file__).resolve().parents[2]


def run(*command, folder=ROOT, **environ):
    """COMMAND as somebody types it: without what `make test` tells a make below it."""
    outside = {name: value for name, value in os.environ.items() if name not in {"MAKELEVEL", "MAKEFLAGS", "MFLAGS"}}
    return subprocess.run(
        command, cwd=folder, env=outside | environ, capture_output=True, text=True, check=False, timeout=120
    )


@pytest.fixture
def project(tmp_path):
    """A project with the script that prepares it, and nothing to install."""
    (tmp_path / "coproduction/local").mkdir(parents=True)
    (tmp_path / "requirements").mkdir()
    (tmp_path / "requirements/local.txt").write_text("")
    shutil.copy(ROOT / "coproduction/local/prepare.py", tmp_path / "coproduction/local")
    return tmp_path


def prepare(project, **environ):
    return run(sys.executable, "coproduction/local/prepare.py", "local", "--face", folder=project, **environ)


def test_make_alone_lists_every_command_with_a_line():
    listed = run("make").stdout.splitlines()
    targets = (ROOT / "Makefile").read_text().partition(".PHONY: ")[2].splitlines()[0].split()

    assert [line.split()[1] for line in listed] == targets
    assert all(len(line.split()) > 3 for line in listed)


def test_no_python_is_a_sentence(tmp_path):
    done = run(shutil.which("make"), "setup", PATH=str(tmp_path))

    assert done.stderr.startswith("Python 3.11 or newer is needed and was not found. Install it")
    assert done.returncode


def test_preparing_twice_does_the_work_once(project):
    first, second = prepare(project), prepare(project)

    assert "Installing 0 packages" in first.stdout
    assert (second.stdout, second.stderr, second.returncode) == ("", "", 0)


def test_a_package_that_cannot_be_installed_is_a_sentence(project):
    (project / "requirements/local.txt").write_text("no-such-package-anywhere==1 --hash=sha256:" + "0" * 64)

    done = prepare(project, PIP_INDEX_URL="http://127.0.0.1:1", PIP_NO_INDEX="1")

    assert done.stderr.splitlines()[-1].startswith("The packages could not be installed; pip says why above.")
    assert "Traceback" not in done.stderr
    assert done.returncode


def test_a_typeface_that_cannot_be_fetched_stops_nothing(project):
    shutil.copy(ROOT / "package.json", project)
    (project / "package-lock.json").write_text("{}")
    (project / "npm").write_text("#!/bin/sh\nexit 1\n")
    (project / "npm").chmod(0o755)

    done = prepare(project, PATH=f"{project}:{os.environ['PATH']}")
    again = prepare(project, PATH=f"{project}:{os.environ['PATH']}")

    assert "The pages use the system's typeface" in done.stdout
    assert (done.returncode, again.stdout, again.returncode) == (0, "", 0)


def test_a_busy_port_is_a_sentence_with_another_port():
    with socket.create_server(("127.0.0.1", 0)) as busy:
        port = busy.getsockname()[1]

        with pytest.raises(LocalTrouble) as trouble:
            check_port(port)

    assert str(trouble.value) == (
        f"Port {port} is taken by another program. Start the demo on another one: make demo PORT={port + 1}"
    )
    check_port(port)


@pytest.mark.parametrize("port", ["eighty", "0", "70000", "-1"])
def test_a_port_that_is_none_is_a_sentence(port):
    done = run(sys.executable, "-m", "coproduction.local.demo", f"--port={port}")

    assert done.stderr == f"{port!r} is no port. Give a number from 1024 to 65535: make demo PORT=8000\n"
    assert done.returncode == 1


def test_the_browser_that_is_named_comes_first(monkeypatch):
    monkeypatch.setenv("CHROMIUM", sys.executable)

    assert browser.executable() == sys.executable


def test_a_browser_that_is_named_and_not_there_is_a_sentence():
    done = run(sys.executable, "-m", "coproduction.local.browser", CHROMIUM="/nowhere/chromium")

    assert done.stderr == "CHROMIUM says /nowhere/chromium, but no program is there. Correct or unset the variable.\n"


def test_a_check_that_passes_is_one_line_and_one_that_fails_shows_its_output(capsys):
    good = checks.passes(checks.Check("good", [sys.executable, "-c", "print('not shown')"]))
    bad = checks.passes(checks.Check("bad", [sys.executable, "-c", "print('what is wrong'); raise SystemExit(1)"]))
    output = capsys.readouterr().out

    assert (good, bad) == (True, False)
    assert output.splitlines()[0].startswith("ok      good")
    assert "not shown" not in output
    assert "FAILED  bad" in output
    assert "what is wrong" in output


def test_no_lock_file_names_a_registry():
    for file in [ROOT / "package-lock.json", *ROOT.glob("requirements/*.txt")]:
        assert "resolved" not in file.read_text()
        assert "index-url" not in file.read_text()
