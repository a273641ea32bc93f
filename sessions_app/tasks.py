"""What Celery runs: each task calls one operation, and may run twice without harm."""

import logging
import time
from concurrent.futures import ThreadPoolExecutor

from celery import shared_task
from django.conf import settings
from django.db import connection

from sessions_app import hints
from sessions_app.anonymity import destroy_old_keys
from sessions_app.inbox.mailbox import poll
from sessions_app.live import presence
from sessions_app.operations import exports, notices, practice
from sessions_app.operations.dialogues import end_due_windows
from sessions_app.operations.limits import forget_old_tallies
from sessions_app.operations.windows import open_due_windows
from sessions_app.queries.practices import came_in, practice_meeting, practices_on

logger = logging.getLogger(__name__)
HEART = "worker:heart"
POOL = settings.DATABASES["default"]["OPTIONS"]["pool"]["max_size"]
AT_ONCE = max(1, min(6, POOL - 2))  # mails that one worker speaks of at the same time, each with a connection
BATCH = 3 * AT_ONCE  # mails that it claims
SENDS_FOR = 12  # seconds
HEART_LASTS = 45  # seconds without a beat until /health/ready says that the worker is gone


@shared_task  # type: ignore[untyped-decorator]
def beat_heart() -> None:
    """Say that a worker is alive and gets its tasks."""
    hints.attempt(lambda client: client.set(HEART, int(time.time()), ex=HEART_LASTS), None)


@shared_task  # type: ignore[untyped-decorator]
def open_windows() -> int:
    """Open the questions whose time has come. Returns how many."""
    return open_due_windows()


@shared_task  # type: ignore[untyped-decorator]
def close_due_windows() -> int:
    """End what was open until now, destroy the keys of anonymous steps that are over, forget old counts."""
    ended = end_due_windows()
    destroy_old_keys()
    forget_old_tallies()
    return ended


@shared_task  # type: ignore[untyped-decorator]
def make_notices() -> int:
    """Write down which mails are due, and forget the words that went back to people.

    Beats may be late, doubled or dead: what is due is worked out from the tables.
    """
    notices.forget_returned()
    return notices.make_due()


@shared_task  # type: ignore[untyped-decorator]
def send_notices() -> int:
    """Send what is due, several at a time, for a while: the next beat goes on, so that other tasks get their turn.

    Returns how many were taken in hand. When the mail server speaks to nobody, the others wait for the next beat.
    """
    taken, until = 0, time.monotonic() + SENDS_FOR
    while time.monotonic() < until and (ids := notices.claim(BATCH)):
        connection.close()  # while it waits, those who send need it
        with ThreadPoolExecutor(max_workers=AT_ONCE) as pool:
            ends = set(pool.map(_deliver, ids))
        taken += len(ids)
        if ends == {notices.AWAY}:
            break
    return taken


@shared_task  # type: ignore[untyped-decorator]
def poll_mailbox() -> int:
    """Fetch the answers that wait in the mailbox. Two at once do no harm: each mail counts once."""
    return sum(poll(settings.MAILBOX_URL).values())


def _deliver(notice_id: int) -> str:
    """In a thread of its own, which gives its connection back. What breaks is free again when its lease runs out."""
    try:
        return notices.deliver(notice_id)
    except Exception:
        logger.exception("A notice could not be delivered", extra={"notice_id": notice_id})
        return ""
    finally:
        connection.close()


@shared_task  # type: ignore[untyped-decorator]
def make_exports() -> int:
    """Make the exports that somebody waits for. Returns how many."""
    return exports.make_waiting()


@shared_task  # type: ignore[untyped-decorator]
def drop_exports() -> int:
    """Delete the files of exports that are not kept any more; nobody is handed one meanwhile. Returns how many."""
    return exports.drop_expired()


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
