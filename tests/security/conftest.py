"""A workshop in the middle of its meeting, with browsers of every role, made once for all tests of a file."""

import pytest

from tests.policy.cast import HANDLERS
from tests.policy.conftest import cast

__all__ = ["cast"]


@pytest.fixture
def browser_of(browser_of):
    """The usual browsers, on one shared stack of middleware: hundreds of them are made here."""

    def _client(name: str | None = None, **options):
        client = browser_of(name, **options)
        client.handler = HANDLERS[client.handler.enforce_csrf_checks]
        return client

    return _client
