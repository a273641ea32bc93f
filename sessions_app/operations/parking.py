"""What cannot be done must not stop all else: it is tried three times, then parked for a host to look at."""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.db import OperationalError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from psycopg_pool import PoolTimeout

from sessions_app import clock
from sessions_app.errors import NotFound, Refused
from sessions_app.models import Notice, NoticeState, Parked
from sessions_app.policy import Actor, require

logger = logging.getLogger(__name__)
TRIES = 3
# What the worker does for single things, in words for hosts.
TASKS: dict[str, str | Promise] = {
    "open_window": _("Open a question at its time"),
    "close_window": _("Close a question at its time"),
    "agree": _("Let an agreement hold at its time"),
}
NOT_SENT = [NoticeState.PARKED, NoticeState.FAILED]


def one_by_one(task: str, rows: Iterable[Any], do: Callable[[Any], Any]) -> int:
    """Do TASK to each of ROWS, things of workshops. Returns for how many DO said that it did something.

    What fails is tried again with the next poll, and not any more after three times. A database that is busy or away
    is nobody's fault, and counts for nothing.
    """
    due = list(rows)
    known = _parked(task, due) if due else {}
    done = 0
    for row in due:
        if known.get(row.pk) is not None:
            continue
        try:
            done += bool(do(row))
        except (OperationalError, PoolTimeout):
            raise
        except Exception as trouble:
            logger.exception("A task could not be done", extra={"task": task, "about": row.pk})
            _count(task, row, trouble)
        else:
            if row.pk in known:
                Parked.objects.filter(task=task, about=row.pk, parked_at=None).delete()
    return done


def retry(*, parked: Parked, actor: Actor) -> None:
    """Let the worker try it again, three times more."""
    require(actor, "workshop.mails", parked.workshop)
    Parked.objects.filter(pk=parked.pk).delete()


def dismiss(*, parked: Parked, actor: Actor) -> None:
    """Put it away: the worker leaves it alone, and nobody is shown it any more."""
    require(actor, "workshop.mails", parked.workshop)
    Parked.objects.filter(pk=parked.pk, settled_at=None).update(settled_at=clock.now())


def retry_mail(*, notice: Notice, actor: Actor) -> None:
    """Send a mail after all that never left: one that we could not make, or that was refused. Never an unclear one."""
    require(actor, "workshop.mails", notice.workshop)
    if notice.stale_at <= clock.now():
        raise Refused(_("It is too late for this mail. It would only confuse."))
    fresh = {"state": NoticeState.WAITING, "faults": 0, "tries": 0, "why": "", "reply": "", "try_at": clock.now()}
    if not Notice.objects.filter(pk=notice.pk, state__in=NOT_SENT).update(leased_until=None, **fresh):
        raise Refused(_("Only a mail that never left can be sent again."))


def dismiss_mail(*, notice: Notice, actor: Actor) -> None:
    """Put a mail away that never left."""
    require(actor, "workshop.mails", notice.workshop)
    gone = {"state": NoticeState.SKIPPED, "why": "put_away", "leased_until": None}
    if not Notice.objects.filter(pk=notice.pk, state__in=NOT_SENT).update(**gone):
        raise NotFound


def _parked(task: str, rows: list[Any]) -> dict[int, datetime | None]:
    """Which of ROWS have failed before, and since when they are left alone. One query."""
    failed = Parked.objects.filter(task=task, about__in=[row.pk for row in rows])
    return dict(failed.values_list("about", "parked_at"))


def _count(task: str, row: Any, trouble: Exception) -> None:
    now = clock.now()
    made, _is_new = Parked.objects.get_or_create(
        task=task, about=row.pk, defaults={"workshop_id": row.workshop_id, "last_at": now}
    )
    made.tries, made.last_at, made.reason = made.tries + 1, now, type(trouble).__name__[:100]
    made.parked_at = now if made.tries >= TRIES else None
    made.save(update_fields=["tries", "last_at", "reason", "parked_at"])
