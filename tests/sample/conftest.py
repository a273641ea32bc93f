"""The sample workshop, loaded once for all tests of a module; each test changes it in a transaction of its own."""

import pytest
from django.core.management import call_command
from django.test import Client

from sessions_app.models import Workshop
from sessions_app.sample import Stage, load_sample


def _loaded(stage, blocker):
    with blocker.unblock():
        slug = load_sample(stage=stage).slug
    yield slug
    with blocker.unblock():
        call_command("flush", interactive=False, verbosity=0)


@pytest.fixture(scope="module")
def live_slug(django_db_setup, django_db_blocker):
    yield from _loaded(Stage.LIVE, django_db_blocker)


@pytest.fixture(scope="module")
def between_slug(django_db_setup, django_db_blocker):
    yield from _loaded(Stage.BETWEEN, django_db_blocker)


@pytest.fixture(scope="module")
def closed_slug(django_db_setup, django_db_blocker):
    yield from _loaded(Stage.CLOSED, django_db_blocker)


@pytest.fixture
def live(live_slug, db) -> Workshop:
    return Workshop.objects.get(slug=live_slug)


@pytest.fixture
def between(between_slug, db) -> Workshop:
    return Workshop.objects.get(slug=between_slug)


@pytest.fixture
def closed(closed_slug, db) -> Workshop:
    return Workshop.objects.get(slug=closed_slug)


@pytest.fixture
def browser(settings) -> Client:
    """A browser that knows nobody, at a demo."""
    settings.DEMO = True
    return Client()
