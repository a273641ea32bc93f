"""Waiting for something that is not on the people's own loop: the database, a web page, a process."""

import threading
import time
from collections.abc import Callable


def until(condition: Callable[[], object], within: float) -> None:
    """Look again and again until CONDITION holds; fail after WITHIN seconds."""
    deadline = time.monotonic() + within
    pause = threading.Event()
    while not condition():
        assert time.monotonic() < deadline, f"not within {within} seconds"
        pause.wait(0.2)
