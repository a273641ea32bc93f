"""Fixtures for every test: a world made by the real operations, and browsers of its people."""

import os

import hypothesis
import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation

from tests.world import World, make_world

# The gate tries the same examples every time; TRY_NEW=1 looks for new ones. A busy machine is no reason to fail.
hypothesis.settings.register_profile("project", deadline=None, derandomize=os.environ.get("TRY_NEW", "") != "1")
hypothesis.settings.load_profile("project")


@pytest.fixture(autouse=True)
def _forget_limits():
    from sessions_app.operations import limits

    limits._buckets.clear()


@pytest.fixture(autouse=True)
def _forget_languages():
    """A test client leaves behind the language of the last page that it got."""
    with translation.override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture
def world(db) -> World:
    return make_world()


@pytest.fixture
def browser_of(world):
    """A test client that carries the device cookie of a person of the world, or nobody's."""

    def _client(name: str | None = None, **options) -> Client:
        client = Client(**options)
        if name == "Ada":
            client.force_login(world.ada.participant.user)
        elif name is not None:
            client.cookies[settings.DEVICE_COOKIE] = world.cookies[name]
        return client

    return _client
