"""Browsers of people who need more than a device: a researcher with the second step of signing in."""

from django.test import Client

from tests.policy.cast import researcher
from tests.world import World


def as_researcher(world: World) -> Client:
    client = Client()
    client.force_login(researcher(world))
    return client
