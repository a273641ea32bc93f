"""Finding nginx for the tests of the deployment; `python -m coproduction.local.nginx` fetches it when there is none.

The system's package is unpacked below .local, not installed: installing it would start a web server on this machine.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from .trouble import LocalTrouble

ROOT = Path(__file__).resolve().parents[2]
UNPACKED = ROOT / ".local" / "nginx"
PACKAGES = ("nginx", "nginx-core")  # where the program is: Debian and newer Ubuntus, older Ubuntus
SECONDS = 300
SENTENCE = (
    "The tests of the deployment need nginx, and it could not be fetched here. Install it yourself "
    "(on Debian and Ubuntu: apt install nginx), or name one that you have: NGINX=/path/to/nginx make test"
)


def executable() -> Path | None:
    """The nginx to use: that of the variable NGINX, else of this machine, else the one that we have unpacked."""
    if named := os.environ.get("NGINX"):
        if not os.access(named, os.X_OK):
            raise LocalTrouble(f"NGINX says {named}, but no program is there. Correct or unset the variable.")
        return Path(named)
    # Debian keeps it where only root's PATH leads.
    system = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/opt/homebrew/bin")
    return next((path for path in (Path(system or ""), UNPACKED / "usr/sbin/nginx") if _starts(path)), None)


def install() -> Path:
    """Fetch the system's package, with fresh lists when ours are too old."""
    if not shutil.which("apt-get") or not shutil.which("dpkg-deb"):
        raise LocalTrouble(SENTENCE)
    print("Fetching nginx for the tests of the deployment.", flush=True)
    for is_second in (False, True):
        if is_second:
            _run("apt-get", "-qq", "update")
        for package in PACKAGES:
            _unpack(package)
            if found := executable():
                return found
    raise LocalTrouble(SENTENCE)


def _unpack(package: str) -> None:
    with tempfile.TemporaryDirectory(prefix="coproduction-nginx-") as folder:
        _run("apt-get", "-qq", "download", package, folder=folder)
        for file in Path(folder).glob("*.deb"):
            UNPACKED.mkdir(parents=True, exist_ok=True)
            _run("dpkg-deb", "--extract", str(file), str(UNPACKED))


def _run(*command: str, folder: str | None = None) -> None:
    """What went wrong shows in there being no program afterwards."""
    try:
        subprocess.run(command, cwd=folder, capture_output=True, timeout=SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired) as trouble:
        print(f"{command[0]}: {trouble}", file=sys.stderr)


def _starts(path: Path) -> bool:
    """Whether it is there and finds its libraries."""
    if not path.is_file():
        return False
    return subprocess.run([path, "-v"], capture_output=True, timeout=30, check=False).returncode == 0


if __name__ == "__main__":
    try:
        _ = executable() or install()
    except LocalTrouble as trouble:
        sys.exit(str(trouble))
