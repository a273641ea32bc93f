"""A folder for servers: short, and outside pytest's own, which PostgreSQL's user may not enter."""

import shutil
import tempfile
from pathlib import Path

import pytest


@pytest.fixture
def folder():
    path = Path(tempfile.mkdtemp(prefix="coproduction-local-"))
    path.chmod(0o711)
    yield path
    shutil.rmtree(path, ignore_errors=True)
