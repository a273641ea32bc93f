"""The cast of the matrix, made once for all tests of a file."""

import pytest
from django.db import transaction

from tests.policy.cast import make_cast, play


@pytest.fixture(scope="module")
def cast(django_db_setup, django_db_blocker):
    """Rolled back at the end; tests and knocks roll back what they change themselves."""
    with django_db_blocker.unblock(), transaction.atomic():
        made = make_cast()
        play(made.world)
        play(made.other)
        yield made
        transaction.set_rollback(True)
