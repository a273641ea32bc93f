"""A process with the environment of a public server, which says what it was asked for as JSON."""

import json
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

from django.db import connection

ROOT = Path(__file__).resolve().parents[2]
PUBLIC = {
    "SECRET_KEY": "k3y-of-a-server-that-is-only-there-for-the-tests-0123456789",
    "ALLOWED_HOSTS": "workshops.example",
    "PUBLIC_URL": "https://workshops.example",
    "PROXY_COUNT": "1",
    "DEBUG": "",
    "DEMO": "",
    "DJANGO_SETTINGS_MODULE": "coproduction.settings",
}


def run(*command: str, **environ: str) -> subprocess.CompletedProcess:
    """`python COMMAND` with the settings of a public server, changed by ENVIRON."""
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env={**os.environ, **PUBLIC, **environ},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def ask(script: str, *args: str, **environ: str) -> dict:
    """What SCRIPT, a module of the tests, prints last; it works on the tests' own database."""
    url = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
    done = run("-m", script, *args, DATABASE_URL=url, **environ)
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout.strip().splitlines()[-1])
