"""One view of the database for something that reads for long."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def snapshot() -> Iterator[None]:
    """Everything inside sees the database as it was at one moment, and stops nobody from writing."""
    if connection.in_atomic_block:  # a test, which sees no other moment anyway
        yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield
