"""What Celery runs: each task calls one operation, and may run twice without harm."""

import time

from celery import shared_task

from sessions_app import hints
from sessions_app.anonymity import destroy_old_keys
from sessions_app.live import presence
from sessions_app.operations import practice
from sessions_app.operations.dialogues import end_due_windows
from sessions_app.operations.limits import forget_old_tallies
from sessions_app.queries.practices import came_in, practice_meeting, practices_on

HEART = "worker:heart"
HEART_LASTS = 45  # seconds without a beat until /health/ready says that the worker is gone


@shared_task  # type: ignore[untyped-decorator]
def beat_heart() -> None:
    """Say that a worker is alive and gets its tasks."""
    hints.attempt(lambda client: client.set(HEART, int(time.time()), ex=HEART_LASTS), None)


@shared_task  # type: ignore[untyped-decorator]
def close_due_windows() -> int:
    """End what was open until now, destroy the keys of anonymous steps that are over, forget old counts."""
    ended = end_due_windows()
    destroy_old_keys()
    forget_old_tallies()
    return ended


@shared_task  # type: ignore[untyped-decorator]
def run_practices() -> list[int]:
    """Wake the pretend people of every practice whose meeting is on, and clear old practices away."""
    on = practices_on()
    for session_id in on:
        practise.delay(session_id)
    practice.clear_away()
    return on


@shared_task  # type: ignore[untyped-decorator]
def practise(session_id: int) -> int:
    """Let the pretend people of one practice do what it is time for. Returns how many of them spoke."""
    session = practice_meeting(session_id)
    if session is None:
        return 0
    spoken = practice.play(session=session)
    presence.stay({session_id: came_in(session)}, time.time(), "pretend")
    return spoken
