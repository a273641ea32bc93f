"""A room that talks about cards of the step before asks for few rows more than any other."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sessions_app import clock
from sessions_app.models import Participant
from tests.e2e.new_ways import new_ways
from tests.world import add

MOST = 20  # five more than a room of cards: the step before and its cards, answers about one's own, what was meant


@pytest.mark.django_db
def test_rooms_threads_and_their_pages_are_light(world, browser_of):
    names = ("Ben", "Chidi", "Eva")
    add(world, "Eva")
    pages = {name: page for name, page in new_ways(world, "Ada", names).items() if page[0] in {"Chidi", "Ada"}}
    Participant.objects.update(last_here_at=clock.now() - timedelta(hours=1))
    found = {}
    for name, (who, address) in pages.items():
        browser = browser_of(who)
        browser.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(address).status_code == 200, name
        found[name] = len(asked)

    assert {name: count for name, count in found.items() if count > MOST} == {}
