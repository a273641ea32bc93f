"""How fast somebody may write is counted on the operation's own clock."""

from datetime import timedelta

import pytest

from sessions_app import clock
from sessions_app.errors import TooFast
from sessions_app.operations import limits


def test_a_burst_is_refused_and_time_heals(settings):
    settings.POSTS_AT_ONCE, settings.POSTS_PER_SECOND = 3, 1.0
    now = clock.now()

    with clock.at(now):
        for _ in range(3):
            limits.spend_post(1)
        with pytest.raises(TooFast):
            limits.spend_post(1)
        limits.spend_post(2)
    with clock.at(now + timedelta(seconds=1)):
        limits.spend_post(1)
        with pytest.raises(TooFast):
            limits.spend_post(1)


def test_a_clock_that_goes_back_costs_nothing(settings):
    settings.POSTS_AT_ONCE, settings.POSTS_PER_SECOND = 2, 1.0
    now = clock.now()
    with clock.at(now):
        limits.spend_post(1)

    with clock.at(now - timedelta(days=60)):
        limits.spend_post(1)


def test_a_played_story_is_not_too_fast(settings):
    settings.POSTS_AT_ONCE, settings.POSTS_PER_SECOND = 1, 1.0
    for minute in range(30):
        with clock.at(clock.now() + timedelta(minutes=minute)):
            limits.spend_post(1)
