"""Whose address a request comes from: only what our own proxies saw counts, whatever a browser claims."""

import pytest
from django.test import RequestFactory
from django.urls import reverse

from sessions_app.accounts import StaffAccounts
from sessions_app.identity import address_of
from sessions_app.models import Tally
from sessions_app.operations import limits

LINE = "203.0.113.9"  # who opened the connection


@pytest.mark.parametrize(
    ("proxies", "claimed", "found"),
    [
        (0, None, LINE),
        (0, "1.1.1.1", LINE),
        (0, "1.1.1.1, 2.2.2.2", LINE),
        (1, "2.2.2.2", "2.2.2.2"),
        (1, "1.1.1.1, 2.2.2.2", "2.2.2.2"),
        (1, "1.1.1.1,2.2.2.2", "2.2.2.2"),
        (1, None, LINE),
        (2, "1.1.1.1, 2.2.2.2, 3.3.3.3", "2.2.2.2"),
        (2, "2.2.2.2, 3.3.3.3", "2.2.2.2"),
        (2, "3.3.3.3", LINE),
        (2, None, LINE),
        (1, "1.1.1.1, 2001:db8::1", "2001:db8::1"),
    ],
)
def test_the_address_is_the_one_that_our_outermost_proxy_saw(settings, proxies, claimed, found):
    settings.PROXY_COUNT = proxies
    headers = {"HTTP_X_FORWARDED_FOR": claimed} if claimed else {}
    request = RequestFactory().get("/", REMOTE_ADDR=LINE, **headers)

    assert address_of(request) == found
    assert StaffAccounts(request).get_client_ip(request) == found


@pytest.mark.parametrize("name", ["HTTP_X_REAL_IP", "HTTP_FORWARDED", "HTTP_CLIENT_IP", "HTTP_X_FORWARDED_HOST"])
def test_other_headers_are_not_believed(settings, name):
    settings.PROXY_COUNT = 1
    request = RequestFactory().get("/", REMOTE_ADDR=LINE, HTTP_X_FORWARDED_FOR="2.2.2.2", **{name: "1.1.1.1"})

    assert address_of(request) == "2.2.2.2"
    assert request.get_host() == "testserver"


@pytest.mark.django_db
@pytest.mark.parametrize(("proxies", "counters"), [(0, 1), (1, 1), (2, 5)])
def test_nobody_gets_more_guesses_by_claiming_other_addresses(settings, browser_of, world, proxies, counters):
    """With one proxy the last hop is told by it; what stands before was typed by the guesser."""
    settings.PROXY_COUNT = proxies
    for number in range(5):
        browser_of().post(
            reverse("go"), {"code": "WRONG"}, REMOTE_ADDR=LINE, HTTP_X_FORWARDED_FOR=f"1.1.1.{number}, 2.2.2.2"
        )

    assert Tally.objects.filter(key__startswith="code:address:").count() == counters


@pytest.mark.django_db
def test_strange_addresses_are_only_counted(settings, browser_of, world):
    settings.PROXY_COUNT = 1
    for claimed in ("", ",", "unknown", "[::1]:80", "a" * 4000, "\u00e5", "' OR 1=1 --", "1.1.1.1, "):
        answer = browser_of().post(reverse("go"), {"code": "WRONG"}, HTTP_X_FORWARDED_FOR=claimed)
        assert answer.status_code == 422
        assert browser_of().get(reverse("account_login"), HTTP_X_FORWARDED_FOR=claimed).status_code == 200
    assert limits.too_many_wrong_codes(device="", address="elsewhere") is False
