"""How much of the code the tests reach: python -m coproduction.local.covered [tests]. It takes far longer than they do.

Branches count, and so do web processes and workers that the tests start. Without names of tests all are run but the
slow ones; those that hold times are left out, since whoever counts lines is slow.
"""

import subprocess
import sys
from collections.abc import Sequence

from .checks import PYTHON, ROOT
from .trouble import LocalTrouble

BROWSER = "tests/e2e"
ALL = (BROWSER, "tests")
NOT_HERE = ("e2e", "slow", "screenshots")
TIMED = "tests/e2e/test_speed.py"


def runs(tests: Sequence[str]) -> list[list[str]]:
    """The words of each run of pytest: browser tests by themselves, the others in two workers."""
    browser = [name for name in tests if name.startswith(BROWSER)]
    others = [name for name in tests if not name.startswith(BROWSER)]
    without = [f"--ignore=tests/{name}" for name in NOT_HERE] if others == ["tests"] else []
    found = [[*browser, f"--ignore={TIMED}"]] if browser else []
    return [*found, ["-n", "2", *without, *others]] if others else found


def coverage(*words: str) -> bool:
    return subprocess.run([PYTHON, "-m", "coverage", *words], cwd=ROOT, check=False).returncode == 0


def main(tests: Sequence[str]) -> bool:
    coverage("erase")
    passed = [coverage("run", "-m", "pytest", *words) for words in runs(tests or ALL)]
    return coverage("combine", "--quiet") and coverage("report") and all(passed)


if __name__ == "__main__":
    try:
        sys.exit(not main(sys.argv[1:]))
    except LocalTrouble as trouble:
        sys.exit(str(trouble))
