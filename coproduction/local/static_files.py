"""Collected static files for the demo and the tests, kept by what they are made of, so that nothing is made twice."""

import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from .trouble import LocalTrouble

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / ".local" / "collected"
PACKAGES = ("django", "django-allauth", "django-htmx", "servestatic")
SECONDS_TO_KEEP = 86_400


def collected() -> Path:
    """The folder for STATIC_ROOT, made when the sources are not those of a folder that is there.

    Raises LocalTrouble with what collectstatic says.
    """
    folder = KEPT / _fingerprint()
    if not folder.exists():
        half = folder.with_name(f"{folder.name}.{os.getpid()}")
        shutil.rmtree(half, ignore_errors=True)
        _collect_into(half)
        try:
            half.rename(folder)
        except OSError:  # another process was faster
            shutil.rmtree(half)
    folder.touch()
    _drop_old(folder)
    return folder


def _collect_into(folder: Path) -> None:
    environ = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "coproduction.settings",
        "SECRET_KEY": "not needed for collecting",
        "STATIC_ROOT": str(folder),
        "PYTHONPATH": str(ROOT),
    }
    folder.parent.mkdir(parents=True, exist_ok=True)
    done = subprocess.run(
        [sys.executable, "-m", "django", "collectstatic", "--no-input", "--verbosity", "0"],
        env=environ,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        shutil.rmtree(folder, ignore_errors=True)
        last = "\n".join(done.stderr.strip().splitlines()[-6:]) or "no reason given"
        raise LocalTrouble(f"The static files could not be collected:\n{last}")


def _fingerprint() -> str:
    """Changes when a source, a package that brings files, or the way of collecting changes."""
    digest = hashlib.sha256()
    for path in _sources():
        digest.update(f"{path.relative_to(ROOT)}\0".encode())
        digest.update(path.read_bytes())
    digest.update(" ".join(f"{name} {version(name)}" for name in PACKAGES).encode())
    return digest.hexdigest()[:16]


def _sources() -> Iterator[Path]:
    yield from sorted(ROOT.glob("coproduction/*.py"))
    yield from sorted(ROOT.glob("node_modules/@fontsource-variable/*/package.json"))
    for folder in (ROOT / "static", *sorted(ROOT.glob("*/static"))):
        yield from sorted(path for path in folder.rglob("*") if path.is_file())


def _drop_old(current: Path) -> None:
    for folder in KEPT.iterdir():
        if folder != current and folder.stat().st_mtime < time.time() - SECONDS_TO_KEEP:
            shutil.rmtree(folder, ignore_errors=True)
