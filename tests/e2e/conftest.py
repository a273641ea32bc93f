"""Fixtures of the browser tests: real servers, one browser, and people who come and go."""

import os
import tempfile
from pathlib import Path

import pytest
from django.db import connections
from django.test.utils import setup_databases, teardown_databases
from playwright.sync_api import expect, sync_playwright

from coproduction.local import browser as chromium
from tests.e2e.cookies import cookies_of
from tests.e2e.person import PATIENCE, Person
from tests.e2e.web import Web
from tests.world import make_world

PICTURES = Path(__file__).resolve().parents[2] / ".local" / "browser-tests"  # what people saw when a test failed
FAILED = pytest.StashKey[bool]()
FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]


@pytest.fixture(scope="session")
def database(django_test_environment, django_db_modify_db_settings, django_db_blocker):
    """A database that is committed to for real, since the servers read it. Each test has its own workshop in it.

    Two workers (`-n 2`) have one each.
    """
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright keeps an event loop in this thread
    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False, aliases=["default"])
        yield
        teardown_databases(made, verbosity=0)
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="session")
def start_web(database):
    """Starts a web server that ends with the run at the latest."""
    started = []
    with tempfile.TemporaryDirectory(prefix="coproduction-e2e-") as folder:

        def start(**environ: str) -> Web:
            started.append(Web(Path(folder), **environ))
            return started[-1].start()

        yield start
        for web in started:
            web.stop()


@pytest.fixture(scope="session")
def web(start_web):
    return start_web()


@pytest.fixture(scope="session")
def other_web(start_web):
    """A second process on the same database: news has to travel between the two. It also has the demo's pages."""
    return start_web(DEMO="1")


@pytest.fixture(scope="session")
def browser(database):
    program = chromium.executable()
    assert program, "There is no Chromium here. `make setup` installs one."
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()
        connections.close_all()  # those that were opened inside Playwright's loop


@pytest.fixture
def world(database):
    return make_world()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    item.stash[FAILED] = item.stash.get(FAILED, False) or report.failed
    return report


@pytest.fixture
def arrive(browser, web, request):
    """Opens a browser with some cookies, or as somebody whom nobody knows. What went wrong there fails the test."""
    people: list[Person] = []

    def _arrive(cookies: dict[str, str] | None = None, *, at: Web | None = None, **options) -> Person:
        people.append(Person(browser, at or web, cookies=cookies, **options))
        return people[-1]

    yield _arrive
    trouble = [line for person in people for line in person.unforgiven()]
    if trouble or request.node.stash.get(FAILED, False):
        for number, person in enumerate(people, start=1):
            person.takes_picture(PICTURES / f"{request.node.name[:60]}-{number}.png")
    for person in people:
        person.leaves()
    if any("status 5" in line for line in trouble):
        print(web.log.read_text()[-4000:])
    assert trouble == []


@pytest.fixture
def come(arrive, world):
    """`come("Ben")` opens a browser as somebody of the world."""
    return lambda name, **options: arrive(cookies_of(world, name), **options)
