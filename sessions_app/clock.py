"""What time it is for an operation. The sample workshop is played through with its own dates."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from django.utils import timezone

_moment: ContextVar[datetime | None] = ContextVar("moment", default=None)


def now() -> datetime:
    """The present, aware, in UTC; or the moment that at() set."""
    return _moment.get() or timezone.now()


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let everything inside happen at MOMENT."""
    token = _moment.set(moment)
    try:
        yield
    finally:
        _moment.reset(token)
