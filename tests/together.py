"""Several things at the same moment, each in a thread of its own with its own database connection."""

import threading
from collections.abc import Callable
from typing import Any

from django.db import connections

SECONDS = 30


def together(*calls: Callable[[], Any]) -> list[Any]:
    """Start all CALLS at once behind a barrier. Returns what each gave back, or the exception that it raised."""
    results: list[Any] = [None] * len(calls)
    barrier = threading.Barrier(len(calls), timeout=SECONDS)

    def run(number: int) -> None:
        try:
            barrier.wait()
            results[number] = calls[number]()
        except Exception as trouble:  # noqa: BLE001  -- the test judges it
            results[number] = trouble
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(number,), daemon=True) for number in range(len(calls))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(SECONDS)
    assert not any(thread.is_alive() for thread in threads), "somebody waits for ever"
    return results


def kinds(results: list[Any]) -> list[str]:
    """The names of the types in RESULTS, sorted: for comparing who won and who was told what."""
    return sorted(type(result).__name__ for result in results)
