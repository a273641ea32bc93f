"""Forged ids, tricks with paths, numbers out of range: answered like anything that is not there, never with a fault."""

import re
import uuid

import pytest
from django.urls import reverse

from tests.policy import matrix
from tests.policy.cast import things
from tests.policy.sending import forms, queries

pytestmark = pytest.mark.django_db
NUMBERS = [
    *("0", "-1", "1.0", "0x1", "1%00", "1%0a", "1%20", "\u0661", "1;2", "NaN", "null", "[]", "' OR 1=1 --"),
    *(str(2**31), str(2**63 - 1), str(2**63), "9" * 5000, str(uuid.UUID(int=1))),
    *("..%2f..%2fetc%2fpasswd", "..", "%00", "a%0a", "%ff", "%ed%a0%80", "a;b", "x" * 65_000),
]
PATHS = [
    "/./",
    "/..%2f..%2fetc/passwd",
    "/%2e%2e/%2e%2e/etc/passwd",
    "/;/",
    "/;jsessionid=1",
    "/w",
    "/w/",
    "/d/%00/",
    "/d/%ff%fe/",
    "/d/" + "A" * 65_000 + "/",
    "/d/" + "%41" * 20_000 + "/",
    "/static/..%2f..%2fcoproduction/settings.py",
    "/static/%2e%2e/%2e%2e/manage.py",
    "/static/%00",
    "/static/" + "a" * 5000,
    "/admin/",
    "/admin/login/",
    "/.env",
    "/.git/config",
    "/go",
    "/health/live/",
    "/accounts/",
    "/accounts/nobody/",
    "/accounts/confirm-email/%00/",
    "/accounts/password/reset/key/%00-%00/",
    "/demo/facilitator/",
    "/components/",
]


def with_number(name: str, args: tuple, number: str) -> str:
    """The address of NAME with NUMBER in the place of its last argument, as somebody would type it."""
    address = reverse(name, args=args)
    forged = re.sub(rf"/{re.escape(str(args[-1]))}(?=/|\.ics$)", lambda _found: f"/{number}", address, count=1)
    assert forged != address or number == str(args[-1]), name
    return forged


@pytest.mark.parametrize("number", NUMBERS, ids=lambda text: text[:20])
def test_forged_ids_are_not_there(cast, number):
    browser, wrong = cast.browser("faci"), []
    known, sent = things(cast, cast.world), forms(cast.world)
    for row in {row.name: row for row in matrix.rows(matrix.OPEN)}.values():
        if row.name in {"door", "poster"} or row.name not in known:
            continue
        address = with_number(row.name, known[row.name][""], number)
        answer = browser.get(address) if row.how == "GET" else browser.post(address, sent.get(row.name, {}))
        if answer.status_code != 404:
            wrong.append((row.label, answer.status_code))
    assert wrong == []


@pytest.mark.parametrize("path", PATHS, ids=lambda text: text[:40])
def test_tricks_with_paths(cast, path):
    for role in ("out", "faci"):
        answer = cast.browser(role).get(path)
        assert answer.status_code in {301, 302, 400, 404, 414}, answer.status_code
        if answer.status_code in {301, 302}:
            assert answer.url.startswith("/")
            assert not answer.url.startswith(("//", "/\\"))


QUERIES = ["", "-1", "0", "9" * 18, "9" * 19, "9" * 5000, "1.5", "\u0661", "\u00b2", "NaN", "x", "\x00", "\ud83d\ude00"]
ASKED = {
    "room_earlier": ("before",),
    "room_news": ("after", "epoch"),
    "thread_news": ("after", "epoch"),
    "thread": ("answer", "all"),
    "replay": ("line",),
    "plan": ("removed",),
    "new_step": ("kind",),
    "door": ("from",),
    "appearance": ("next",),
    "room": ("before", "after"),
    "workshop": ("order_by", "id__gt"),
}


@pytest.mark.parametrize("value", QUERIES, ids=ascii)
def test_questions_in_addresses(cast, value):
    """Whatever stands behind the question mark: a page, or a refusal in words."""
    browser, about = cast.browser("faci"), things(cast, cast.world)
    for name, asked in ASKED.items():
        args = about.get(name, {"": ()})[""]
        known = dict(part.split("=") for part in queries(cast.world).get(name, "?").strip("?").split("&") if part)
        for field in asked:
            given = value.encode("utf-8", "surrogatepass")
            answer = browser.get(reverse(name, args=args), known | {field: given})
            assert answer.status_code in {200, 422}, (name, field, answer.status_code)


def test_a_slow_query_cannot_be_asked_for(cast):
    """No parameter reaches SQL as anything but a value."""
    browser, about, probe = cast.browser("faci"), things(cast, cast.world), "1';SELECT pg_sleep(5)--"
    for name, asked in ASKED.items():
        args = about.get(name, {"": ()})[""]
        for field in asked:
            assert browser.get(reverse(name, args=args), {field: probe}).status_code in {200, 422}
