"""What the worker has before it for a workshop, and what it could not do. For facilitators."""

import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Count, Min, Q

from sessions_app import clock, hints
from sessions_app.models import Activity, Notice, NoticeState, Parked, Workshop

QUEUE = "celery"  # the list in Redis from which workers take what is to be done
NEVER_LEFT = [NoticeState.PARKED, NoticeState.FAILED]
SHOWN = 100


@dataclass(frozen=True, slots=True)
class Work:
    """`beat` is how many seconds ago a worker said that it is alive, `queue` how many tasks wait; None when unknown."""

    beat: int | None
    queue: int | None
    waiting: int
    due: int
    oldest: datetime | None
    mails: tuple[Notice, ...]
    parked: tuple[tuple[Parked, str], ...]

    @property
    def is_late(self) -> bool:
        """Whether what was due ten minutes ago still waits."""
        return self.oldest is not None and (clock.now() - self.oldest).total_seconds() > 600


def work_of(workshop: Workshop, heart: str) -> Work:
    """Four queries at most. HEART is where the worker's beat lies in Redis."""
    now, waits = clock.now(), Q(state__in=[NoticeState.WAITING, NoticeState.CLAIMED])
    due = waits & Q(try_at__lte=now)
    notices = Notice.objects.filter(workshop=workshop).order_by()
    told = notices.aggregate(waiting=Count("pk", waits), due=Count("pk", due), oldest=Min("try_at", filter=due))
    mails = notices.filter(state__in=NEVER_LEFT).select_related("participant").order_by("-due_at", "-pk")[:SHOWN]
    parked = list(Parked.objects.filter(workshop=workshop, parked_at__isnull=False, settled_at=None)[:SHOWN])
    titles = _titles(parked)
    beat = hints.attempt(lambda client: client.get(heart), None)
    length = hints.attempt(lambda client: client.llen(QUEUE), None) if _is_same_redis() else None
    return Work(
        beat=max(0, int(time.time()) - int(beat)) if beat is not None else None,
        queue=length,
        mails=tuple(mails),
        parked=tuple((one, titles.get((one.task, one.about), "")) for one in parked),
        **told,
    )


def parked_in(workshop: Workshop, pk: int) -> Parked | None:
    found = Parked.objects.filter(workshop=workshop, pk=pk).first()
    if found is not None:
        found.workshop = workshop
    return found


def _is_same_redis() -> bool:
    return settings.CELERY_BROKER_URL == settings.REDIS_URL


def _titles(parked: Iterable[Parked]) -> dict[tuple[str, int], str]:
    """The questions that parked tasks are about."""
    windows = [one for one in parked if one.task in {"open_window", "close_window"}]
    if not windows:
        return {}
    titles = dict(Activity.objects.filter(pk__in=[one.about for one in windows]).values_list("pk", "title"))
    return {(one.task, one.about): titles.get(one.about, "") for one in windows}
