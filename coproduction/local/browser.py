"""Finding Chromium for the browser tests; `python -m coproduction.local.browser` installs it when there is none."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from .trouble import LocalTrouble

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MAC_PROGRAMS = tuple(f"/Applications/{name}.app/Contents/MacOS/{name}" for name in ("Google Chrome", "Chromium"))
SECONDS_TO_INSTALL = 900


def executable() -> str | None:
    """The Chromium to use: that of the variable CHROMIUM, else of this machine, else Playwright's own download."""
    if named := os.environ.get("CHROMIUM"):
        if not os.access(named, os.X_OK):
            raise LocalTrouble(f"CHROMIUM says {named}, but no program is there. Correct or unset the variable.")
        return named
    found = [path for name in NAMES if (path := shutil.which(name))]
    found += [path for path in MAC_PROGRAMS if Path(path).exists()]
    return next((path for path in [*found, *_downloaded()] if _starts(path)), None)


def install() -> str:
    """Install Chromium with the system's packages if we may, else with Playwright. Returns the program."""
    log = []
    for command in _ways():
        print(f"Installing Chromium for the browser tests: {' '.join(command)}", flush=True)
        started = time.monotonic()
        try:
            done = subprocess.run(
                command,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                timeout=SECONDS_TO_INSTALL,
                check=False,
            )
            log.append(done.stdout.strip())
        except (subprocess.TimeoutExpired, OSError) as error:
            log.append(str(error))
        if found := executable():
            print(f"Installed in {time.monotonic() - started:.0f} s.", flush=True)
            return found
    last = "\n".join(line for text in log for line in text.splitlines()[-3:])
    raise LocalTrouble(
        f"{last}\nThe browser tests need Chromium, and it could not be installed here. Install it yourself "
        "(on Debian: apt install chromium), or name one that you have: CHROMIUM=/path/to/chromium make test"
    )


def _ways() -> list[list[str]]:
    ways = []
    if shutil.which("apt-get") and (before := _as_root()) is not None:
        quiet = ["-qq", "-o", "DPkg::Lock::Timeout=120"]
        packages = ["install", "--yes", "--no-install-recommends", "chromium"]
        environ = ["env", "DEBIAN_FRONTEND=noninteractive"]
        ways = [
            [*before, *environ, "apt-get", *quiet, *packages],
            [*before, "apt-get", *quiet, "update"],
            [*before, *environ, "apt-get", *quiet, *packages],
        ]
    download = [sys.executable, "-m", "playwright", "install"]
    return [*ways, [*download, "--with-deps", "chromium"]] if ways else [[*download, "chromium"]]


def _as_root() -> list[str] | None:
    """What to put before a command so that root runs it without a question, or None."""
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    asks = not sudo or subprocess.run([sudo, "-n", "true"], capture_output=True, check=False).returncode
    return None if asks else [str(sudo), "-n"]


def _starts(path: str) -> bool:
    """Whether it is a browser at all: on Ubuntu /usr/bin/chromium-browser may only say how to get one."""
    try:
        return not subprocess.run([path, "--version"], capture_output=True, timeout=60, check=False).returncode
    except (OSError, subprocess.TimeoutExpired):
        return False


def _downloaded() -> list[str]:
    """The Chromium that this Playwright has downloaded, if it has."""
    try:
        from playwright.sync_api import sync_playwright  # the demo runs without it
    except ImportError:
        return []
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return [path] if os.access(path, os.X_OK) else []


if __name__ == "__main__":
    try:
        _ = executable() or install()
    except LocalTrouble as trouble:
        sys.exit(str(trouble))
