"""nginx for the tests of the deployment: found, fetched without being installed, or a sentence that says what to do."""

import sys

import pytest

from coproduction.local import nginx
from coproduction.local.trouble import LocalTrouble
from tests.local.test_commands import run


@pytest.fixture
def none_here(monkeypatch, tmp_path):
    """A machine without nginx and without apt."""
    monkeypatch.delenv("NGINX", raising=False)
    monkeypatch.setattr(nginx, "UNPACKED", tmp_path / "unpacked")
    monkeypatch.setattr(nginx.shutil, "which", lambda name, path=None: None)


def program(tmp_path, status=0):
    file = tmp_path / "nginx"
    file.write_text(f"#!/bin/sh\nexit {status}\n")
    file.chmod(0o755)
    return file


def test_the_one_that_is_named_is_used(monkeypatch, tmp_path):
    monkeypatch.setenv("NGINX", str(program(tmp_path)))

    assert nginx.executable() == tmp_path / "nginx"


def test_a_named_one_that_is_not_there_is_a_sentence(tmp_path):
    done = run(sys.executable, "-m", "coproduction.local.nginx", NGINX=str(tmp_path / "none"))

    assert done.stderr.startswith(f"NGINX says {tmp_path / 'none'}, but no program is there.")
    assert done.returncode


@pytest.mark.parametrize(("status", "is_found"), [(0, True), (127, False)])
def test_the_unpacked_one_is_used_when_it_starts(none_here, status, is_found):
    folder = nginx.UNPACKED / "usr/sbin"
    folder.mkdir(parents=True)
    file = program(folder, status)

    assert nginx.executable() == (file if is_found else None)


def test_without_a_package_manager_it_is_a_sentence(none_here):
    with pytest.raises(LocalTrouble, match="The tests of the deployment need nginx"):
        nginx.install()


def test_a_package_that_cannot_be_fetched_is_a_sentence(none_here, monkeypatch):
    asked = []
    monkeypatch.setattr(
        nginx.shutil, "which", lambda name, path=None: name if path is None and name != "nginx" else None
    )
    monkeypatch.setattr(nginx, "_run", lambda *command, folder=None: asked.append(command[2]))

    with pytest.raises(LocalTrouble, match="apt install nginx"):
        nginx.install()

    assert asked == ["download", "download", "update", "download", "download"]
