"""The one kind of failure that the commands of this package show: a sentence for people, with the way out."""

from collections import deque
from pathlib import Path


class LocalTrouble(Exception):
    """Something on this machine is in the way. Its text is one plain sentence, or a few, ready to be printed."""


def last_lines(log: Path, count: int = 12) -> str:
    """The end of a log file, indented, or a word saying that there is none."""
    try:
        with log.open(errors="replace") as lines:
            tail = deque((line.rstrip() for line in lines if line.strip()), maxlen=count)
    except OSError:
        tail = deque()
    return "\n".join(f"    {line}" for line in tail) or "    (nothing was written)"
