"""Whoever gives a name, or another place, is seen with it at the table at once, not with the next beat."""

import pytest
import redis
from django.conf import settings

from sessions_app.live import hub as hub_module
from sessions_app.operations import participants
from tests.live.lines import until


@pytest.fixture(autouse=True)
def _no_beat_and_an_empty_table(quick, monkeypatch):
    monkeypatch.setattr(hub_module, "HEARTBEAT", 600.0)
    redis.Redis.from_url(settings.REDIS_URL).flushdb()


def seen(line, words: str) -> None:
    until(lambda: words in line.next("here")["html"])


def test_a_guest_who_gives_a_name_is_seen_with_it(world, enter):
    line, guest = enter("Ben"), enter("Gil")
    seen(line, ">?</span>")

    participants.rename(person=world["Gil"].participant, actor=world["Gil"], name="Wilma")

    seen(line, ">W</span>")
    seen(guest, ">W</span>")


def test_one_who_comes_into_the_hall_is_seen_there(world, enter):
    line = enter("Ben")
    seen(line, "1 online")

    participants.move(person=world["Ben"].participant, actor=world["Ben"], place="hall")

    seen(line, "1 in the hall")
