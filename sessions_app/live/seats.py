"""Who sits at the table of a room, as Redis knows it. Losing it costs ten seconds, never a word."""

import time
from typing import Any

from sessions_app import hints

GONE_AFTER = 25.0  # seconds without a heartbeat


def people_here(session_id: int) -> list[int]:
    """Ids of the participants at the table, those who joined first at the front."""
    since = time.time() - GONE_AFTER
    nobody: Any = []
    marks = hints.attempt(lambda client: client.zrangebyscore(f"here:{session_id}", since, "+inf"), nobody)
    return sorted({int(mark.split()[0]) for mark in marks})  # "person process": one person may sit in several
