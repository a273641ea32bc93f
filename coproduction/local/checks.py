"""Every check in a row: python -m coproduction.local.checks. One line for what passes, the output of what fails.

The browser tests come before the others, so that the last line is the closing line of the largest test run.
"""

import os
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from .servers import local_servers
from .trouble import LocalTrouble

ROOT = Path(__file__).resolve().parents[2]
PYTHON = sys.executable
PRODUCTION = {
    "SECRET_KEY": secrets.token_urlsafe(60),
    "ALLOWED_HOSTS": "workshops.example",
    "PUBLIC_URL": "https://workshops.example",
    "PROXY_COUNT": "1",
}


@dataclass(frozen=True)
class Check:
    """One command that is silent about success."""

    name: str
    command: Sequence[str | Path]
    environ: Mapping[str, str] = field(default_factory=dict)


def checks(servers: Mapping[str, str]) -> list[Check]:
    """The checks that are no tests, the longest first."""
    manage = (PYTHON, "manage.py")
    production = {**PRODUCTION, **servers}
    return [
        Check("types", (PYTHON, "-m", "mypy", "coproduction", "sessions_app", "eaa"), production),
        Check("layers", (Path(PYTHON).with_name("lint-imports"), "--no-cache")),
        Check("migrations", (*manage, "makemigrations", "--check", "--dry-run"), production),
        Check("deployment", (*manage, "check", "--deploy", "--fail-level", "WARNING"), production),
        Check("translations", (PYTHON, "-m", "coproduction.local.catalogues", "check")),
        Check("templates", (Path(PYTHON).with_name("djade"), "--check", "--target-version", "5.2", *templates())),
        Check("format", (PYTHON, "-m", "ruff", "format", "--check", "--quiet", "--diff", ".")),
        Check("lint", (PYTHON, "-m", "ruff", "check", "--quiet", ".")),
    ]


def templates() -> list[str]:
    """All templates, relative to the root."""
    folders = (ROOT / "templates", *ROOT.glob("*/templates"))
    return sorted({str(path.relative_to(ROOT)) for folder in folders for path in folder.rglob("*.html")})


def passes(check: Check) -> bool:
    """Run one check and print how it went."""
    started = time.monotonic()
    done = subprocess.run(
        check.command,
        cwd=ROOT,
        env={**os.environ, **check.environ},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    seconds = time.monotonic() - started
    if done.returncode:
        print(f"\nFAILED  {check.name} ({' '.join(map(str, check.command[:6]))})\n{done.stdout.rstrip()}\n", flush=True)
    else:
        print(f"ok      {check.name:<13} {seconds:5.1f} s", flush=True)
    return not done.returncode


def run_checks() -> bool:
    folder = Path(tempfile.mkdtemp(prefix="coproduction-checks-"))
    folder.chmod(0o711)
    with local_servers(folder, durable=False, throwaway=True) as servers, ThreadPoolExecutor(2) as pool:
        return all(list(pool.map(passes, checks(servers.environ))))


def run_tests(title: str, *words: str) -> bool:
    print(f"\n{title}", flush=True)
    return subprocess.run([PYTHON, "-m", "pytest", *words], cwd=ROOT, check=False).returncode == 0


def main() -> None:
    if not run_checks():
        sys.exit("Some checks failed; the tests were not run.")
    browser = run_tests("Browser tests", "-n", "2", "tests/e2e")
    rest = run_tests(
        "All other tests", "-n", "2", *(f"--ignore=tests/{name}" for name in ("e2e", "slow", "screenshots"))
    )
    if rest and not browser:
        sys.exit("FAILED: the browser tests, further up.")
    sys.exit(not (browser and rest))


if __name__ == "__main__":
    try:
        main()
    except LocalTrouble as trouble:
        sys.exit(str(trouble))
