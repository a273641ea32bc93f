"""The pictures are taken with the servers and the browser of the browser tests."""

from tests.e2e.conftest import (  # noqa: F401
    arrive,
    browser,
    database,
    other_web,
    pytest_runtest_makereport,
    start_web,
    web,
)
