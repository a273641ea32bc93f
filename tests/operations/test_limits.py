"""How fast one person may write, and how many wrong codes one door takes."""

from datetime import timedelta

import pytest

from sessions_app import clock
from sessions_app.errors import TooFast
from sessions_app.models import Tally
from sessions_app.operations import limits
from tests.together import together


@pytest.fixture
def three_then_one_a_second(settings):
    settings.POSTS_AT_ONCE, settings.POSTS_PER_SECOND = 3, 1.0


def spend(person, moment):
    with clock.at(moment):
        try:
            limits.spend_post(person)
        except TooFast:
            return False
    return True


def test_some_at_once_then_one_a_second(three_then_one_a_second):
    now = clock.now()

    assert [spend(1, now) for _ in range(5)] == [True, True, True, False, False]
    assert [spend(1, now + timedelta(seconds=1)) for _ in range(2)] == [True, False]
    assert [spend(1, now + timedelta(seconds=60)) for _ in range(4)] == [True, True, True, False]


def test_everybody_has_their_own_allowance(three_then_one_a_second):
    now = clock.now()

    assert [spend(person, now) for person in (1, 1, 1, 2)] == [True] * 4


def test_trying_too_soon_again_and_again_does_not_shut_anybody_out(three_then_one_a_second):
    """A page that tries every half second must get through every second."""
    now = clock.now()
    for _ in range(3):
        spend(1, now)

    tries = [spend(1, now + timedelta(milliseconds=500 * number)) for number in range(1, 9)]

    assert tries == [False, True] * 4


def test_a_clock_that_goes_back_gives_nothing_and_takes_nothing(three_then_one_a_second):
    now = clock.now()
    for _ in range(3):
        spend(1, now)

    assert spend(1, now - timedelta(seconds=30)) is False
    assert spend(1, now + timedelta(seconds=1)) is True


def test_memory_for_allowances_has_an_end(monkeypatch, three_then_one_a_second):
    monkeypatch.setattr(limits, "REMEMBERED", 10)
    for person in range(50):
        limits.spend_post(person)

    assert len(limits._buckets) == 10


@pytest.mark.parametrize(("limit", "name"), [(10, "device"), (40, "address"), (300, "everywhere")])
def test_wrong_codes_lead_to_the_lobby(db, limit, name):
    def somebody(number):
        return {
            "device": "one" if name == "device" else f"device {number}",
            "address": "one" if name in {"device", "address"} else f"address {number}",
        }

    for number in range(limit - 1):
        limits.count_wrong_code(**somebody(number))
    assert limits.too_many_wrong_codes(**somebody(0)) is False

    limits.count_wrong_code(**somebody(limit))

    assert limits.too_many_wrong_codes(**somebody(0)) is True
    assert limits.too_many_wrong_codes(device="other", address="other") is (name == "everywhere")


def test_wrong_codes_are_forgotten_after_their_window(db):
    now = clock.now()
    with clock.at(now):
        for _ in range(10):
            limits.count_wrong_code(device="one", address="one")

    with clock.at(now + timedelta(seconds=limits.WINDOW)):
        assert limits.too_many_wrong_codes(device="one", address="one") is False
    with clock.at(now + timedelta(seconds=3 * limits.WINDOW)):
        assert limits.forget_old_tallies() == 3
    assert Tally.objects.count() == 0


def test_no_device_and_no_address_is_stored(db):
    limits.count_wrong_code(device="cookie of Ben", address="192.0.2.7")

    kept = " ".join(Tally.objects.values_list("key", flat=True))
    assert "Ben" not in kept
    assert "192.0.2.7" not in kept


@pytest.mark.django_db(transaction=True)
def test_wrong_codes_at_the_same_moment_are_all_counted():
    """Parallel tries must not slip past each other: the count is exact."""
    together(*[lambda: [limits.count_wrong_code(device="one", address="one") for _ in range(10)]] * 20)

    assert sorted(Tally.objects.values_list("count", flat=True)) == [200, 200, 200]
