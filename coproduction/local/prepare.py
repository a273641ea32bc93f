"""Sets up the virtual environment: prepare.py local|dev [--face]. Standard library only: it comes before all else.

`local` is what the demo needs, `dev` what the checks need as well. What is unchanged since last time is skipped,
by the hash of the requirements. `--face` also fetches the optional typeface with npm, when npm is there.
"""

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
STATE = VENV / "prepared.json"
LOCK = ROOT / ".local" / "prepare.lock"
NPM_SECONDS = 40


def main(kind: str, *words: str) -> None:
    try:
        LOCK.parent.mkdir(exist_ok=True)
        with LOCK.open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            install(kind)
            if "--face" in words:
                fetch_face(again="--again" in words)
    except OSError as error:
        sys.exit(
            f"The folder {ROOT} is not writable ({error.strerror}). Check who owns it, and whether the disk is full."
        )


def install(kind: str) -> None:
    """Make .venv and install requirements/KIND.txt into it, unless that has been done."""
    state = _state()
    python = VENV / "bin/python"
    works = python.exists() and subprocess.run([python, "-c", ""], check=False, capture_output=True).returncode == 0
    if not works or state.get("venv") not in (None, str(VENV.resolve())):
        make_venv()
        state = {"venv": str(VENV.resolve())}
    if any(state.get(name) == _hash(f"requirements/{name}.txt") for name in {kind, "dev"}):
        return
    requirements = ROOT / "requirements" / f"{kind}.txt"
    count = sum("==" in line for line in requirements.read_text().splitlines())
    say(f"Installing {count} packages into .venv. The first time this takes about a minute.")
    started = time.monotonic()
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"]
    done = subprocess.run(
        [*pip, "--require-hashes", "-r", str(requirements)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    if done.returncode:
        print(done.stdout.strip(), file=sys.stderr)
        sys.exit(
            "The packages could not be installed; pip says why above. "
            "Check the network (pip needs a package index), then run the command again."
        )
    say(f"Installed in {time.monotonic() - started:.0f} s.")
    _remember({**state, "venv": str(VENV.resolve()), kind: _hash(f"requirements/{kind}.txt")})


def make_venv() -> None:
    say(f"Making a virtual environment in .venv with Python {sys.version.split()[0]}.")
    made = subprocess.run(
        [sys.executable, "-m", "venv", "--clear", VENV], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    if made.returncode:
        shutil.rmtree(VENV, ignore_errors=True)
        print(made.stdout.strip(), file=sys.stderr)
        sys.exit(
            "Python could not make a virtual environment. "
            "On Debian and Ubuntu its parts come in a package of their own: apt install python3-venv"
        )


def fetch_face(*, again: bool) -> None:
    """Fetch the optional typeface. Never fails: without it the pages use the system's."""
    npm = shutil.which("npm")
    wanted = _hash("package-lock.json")
    state = _state()
    known = state.get("face", "")
    if not npm or (known == wanted and (ROOT / "node_modules").is_dir()) or (known == f"failed {wanted}" and not again):
        return
    say("Fetching the optional typeface with npm.")
    quiet = ["--silent", "--no-audit", "--no-fund", "--ignore-scripts", "--fetch-retries=0"]
    try:
        failed = subprocess.run(
            [npm, "ci", *quiet], cwd=ROOT, timeout=NPM_SECONDS, capture_output=True, env={**os.environ, "CI": "1"}
        ).returncode
    except (subprocess.TimeoutExpired, OSError):
        failed = 1
    if failed:
        say("npm could not fetch it. The pages use the system's typeface; `make setup` tries again.")
    _remember({**state, "face": f"failed {wanted}" if failed else wanted})


def say(sentence: str) -> None:
    print(sentence, flush=True)


def _hash(name: str) -> str:
    file = ROOT / name
    return hashlib.sha256(file.read_bytes()).hexdigest() if file.exists() else ""


def _state() -> dict[str, str]:
    try:
        return dict(json.loads(STATE.read_text()))
    except (OSError, ValueError):
        return {}


def _remember(state: dict[str, str]) -> None:
    STATE.write_text(json.dumps(state, indent=1))


if __name__ == "__main__":
    main(*sys.argv[1:])
