"""What every answer says to browsers and caches: policy, privacy, and cookies that scripts can't read."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import OperationalError
from django.test import Client
from django.urls import reverse

from sessions_app.views import front
from tests.policy import matrix
from tests.policy.cast import things
from tests.policy.sending import forms, queries
from tests.world import PASSWORD

pytestmark = pytest.mark.django_db
POLICY = {
    "default-src": "'none'",
    "script-src": "'self' 'nonce-N'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "worker-src": "'self'",
    "connect-src": "'self' ws://127.0.0.1",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "object-src": "'none'",
}
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
# Pages whose address is a key say even less of where somebody came from.
KEYED = {"open_mail", "stop_mails", "confirm_address", "invited", "calendar", "choose_by_mail"}
KEYED |= {"eaa:check_by_mail", "eaa:position_by_mail"}
FRAMED = {"frame-src": "'self'"}  # a mail is shown as it will look, in a frame of its own
OFF = ["camera", "microphone", "geolocation", "payment", "usb", "display-capture"]


def answers(cast):
    """One answer of every address to a facilitator and to nobody, as a page, a fragment and JSON; and what failed."""
    known, sent = things(cast, cast.world), forms(cast.world)
    for role in ("out", "faci"):
        for row in matrix.rows(matrix.OPEN):
            address = reverse(row.name, args=known.get(row.name, {"": ()})[""]) + queries(cast.world).get(row.name, "")
            if row.how == "GET":
                yield row.label, cast.browser(role).get(address)
            elif role == "out":
                yield (
                    row.label,
                    cast.browser(role).post(address, sent.get(row.name, {}), HTTP_ACCEPT="application/json"),
                )
    browser, secret = cast.browser("out"), cast.browser("out", enforce_csrf_checks=True)
    yield "no address", browser.get("/nothing/")
    yield "no address, script", browser.get("/nothing/", HTTP_ACCEPT="application/json")
    yield "stroke", browser.get("/workshops")
    yield "way in", browser.get(reverse("go"))
    yield "secret", secret.post(reverse("go"), {"code": "x"})
    yield "fields", browser.post(reverse("go"), {f"f{number}": "" for number in range(600)})
    yield "large", browser.post(reverse("go"), {"code": "a" * 2_000_000})
    yield "host", browser.get("/", HTTP_HOST="evil.example")
    yield "sign in", browser.get(reverse("account_login"))
    yield "second step", cast.browser("faci").get(reverse("mfa_index"))
    yield "ready", browser.get(reverse("health_ready"))


def test_every_answer_carries_the_headers(cast):
    wrong = []
    for label, answer in answers(cast):
        kept = answer.headers.get("Cache-Control", "")
        if "no-store" not in kept or "private" not in kept or "public" in kept:
            wrong.append((label, kept))
        wrong += [
            (label, name) for name, value in always(label, answer).items() if answer.headers.get(name) not in value
        ]
        wrong += [(label, sense) for sense in OFF if f"{sense}=()" not in answer.headers.get("Permissions-Policy", "")]
        wrong += [(label, name) for name in ("Server", "X-Powered-By", "ETag") if answer.has_header(name)]
        framed = label.split()[-1] in {"mail", "coming_mail", "mail_kinds"} and answer.status_code == 200
        if policy(answer) != POLICY | (FRAMED if framed else {}):
            wrong.append((label, policy(answer)))
    assert wrong == []


def always(label: str, answer) -> dict[str, set[str]]:
    allowed = {name: {value} for name, value in ALWAYS.items()}
    if label.split()[-1] not in KEYED:
        return allowed
    void = {"same-origin"} if answer.status_code == 404 else set()
    return allowed | {"Referrer-Policy": {"no-referrer", "strict-origin"} | void}


def policy(answer) -> dict[str, str]:
    """The policy by its parts. Where nothing asked for a nonce there is none; then it counts as if there were."""
    text = re.sub(r"'nonce-[^']+'", "'nonce-N'", answer.headers.get("Content-Security-Policy", ""))
    parts = {name: value for name, _, value in (part.strip().partition(" ") for part in text.split(";"))}
    scripts = {"'nonce-N'", *parts.get("script-src", "").split()}
    return parts | {"script-src": " ".join(sorted(scripts, reverse=True))}


def test_every_script_carries_the_nonce_of_its_own_answer(cast):
    room, browser = reverse("room", args=[cast.world.session.pk]), cast.browser("part")
    nonces = set()
    for _ in range(2):
        answer = browser.get(room)
        (nonce,) = set(re.findall(r"'nonce-([^']+)'", answer["Content-Security-Policy"]))
        scripts = re.findall(r"<script[^>]*>", answer.content.decode())
        assert scripts
        assert all(f'nonce="{nonce}"' in script for script in scripts)
        nonces.add(nonce)
    assert len(nonces) == 2


def test_a_fault_is_private_too_and_shows_nothing(cast, monkeypatch):
    def fail(*_args, **_more):
        raise ValueError("a value of somebody's")

    monkeypatch.setattr(front, "door_by_code", fail)
    for more in ({}, {"HTTP_ACCEPT": "application/json"}):
        answer = cast.browser("out").post(reverse("go"), {"code": "ABC"}, **more)
        assert answer.status_code == 500
        assert "no-store" in answer["Cache-Control"]
        assert policy(answer) == POLICY
        body = answer.content.decode()
        assert "somebody" not in body
        assert "Traceback" not in body
        assert "ValueError" not in body


def test_a_database_that_is_away_is_said_in_words(cast, monkeypatch):
    def fail(*_args, **_more):
        raise OperationalError("connection to server at 10.0.0.1 failed")

    monkeypatch.setattr(front, "door_by_code", fail)
    page, script = (
        cast.browser("out").post(reverse("go"), {"code": "A"}, **more)
        for more in ({}, {"HTTP_ACCEPT": "application/json"})
    )

    assert (page.status_code, script.status_code) == (503, 503)
    assert page["Retry-After"] == script["Retry-After"] == "2"
    assert script.json()["error"] == "busy"
    assert "10.0.0.1" not in page.content.decode() + script.content.decode()


def test_files_that_are_no_secret_may_be_kept(cast):
    """Static files are the only thing that a cache on the way may have."""
    page = Client().get(reverse("front")).content.decode()
    sheet = re.search(r'href="(/static/css/[^"]+)"', page)[1]

    answer = Client().get(sheet)

    assert answer.status_code == 200
    assert "public" in answer["Cache-Control"]
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_cookies_are_kept_from_scripts_and_from_other_sites(cast):
    browser = cast.browser("out")
    browser.get(reverse("front"))
    browser.post(reverse("door", args=[cast.world.session.code]))
    browser.post(reverse("appearance"), forms(cast.world)["appearance"])
    browser.post(reverse("set_language"), {"language": "sv"})
    EmailAddress.objects.create(user=cast.users["staff"], email=cast.users["staff"].email, verified=True, primary=True)
    browser.post(reverse("account_login"), {"login": cast.users["staff"].email, "password": PASSWORD})
    cookies = browser.cookies

    assert {settings.DEVICE_COOKIE, settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME} <= set(cookies)
    assert [name for name, cookie in cookies.items() if not cookie["httponly"]] == []
    assert [name for name, cookie in cookies.items() if cookie["samesite"] != "Lax"] == []
    assert [name for name, cookie in cookies.items() if cookie["domain"]] == []
    assert [name for name, cookie in cookies.items() if cookie["path"] != "/"] == []


def test_signing_in_waits_when_its_limits_cannot_be_counted(cast, settings):
    """Fails closed, and in words: without Redis nobody could be kept from guessing."""
    settings.CACHES = {"default": settings.CACHES["default"] | {"LOCATION": "redis://127.0.0.1:1/0"}}
    answer = cast.browser("out").post(reverse("account_login"), {"login": "ada@example.org", "password": PASSWORD})

    assert answer.status_code == 503
    assert "nothing you wrote is lost" in answer.content.decode()
