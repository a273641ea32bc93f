"""Nothing that belongs to a person reaches the log, whatever goes wrong."""

import asyncio
import io
import json
import logging

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from coproduction.celery import app
from sessions_app.logs import JsonLines, private
from sessions_app.models import Participant
from sessions_app.views import contributions
from tests.policy import matrix
from tests.policy.cast import things
from tests.policy.sending import forms

pytestmark = pytest.mark.django_db
CANARY = "zebrafinch"
CODE = "ZEBRAF"
MARKS = (CANARY, CODE.lower(), "10.9.8.7", "vogel@")


@pytest.fixture
def log():
    """Everything that is logged from INFO on, as the server writes it."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield stream
    root.setLevel(before)
    root.removeHandler(handler)


def lines(stream) -> list[dict]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def clean(stream) -> None:
    text = stream.getvalue()
    assert text, "nothing was logged, so nothing is proved"
    assert [mark for mark in MARKS if mark in text.lower()] == []
    assert all({"at", "level", "logger", "message"} <= line.keys() for line in lines(stream))


def test_pages_and_refusals_leave_no_trace_of_anybody(cast, log):
    known = things(cast, cast.world)
    for role in ("out", "part", "faci"):
        browser = cast.browser(role, REMOTE_ADDR="10.9.8.7", headers={"user-agent": CANARY, "referer": f"/{CANARY}/"})
        for row in matrix.rows(matrix.OPEN):
            address = reverse(row.name, args=known.get(row.name, {"": ()})[""])
            sent = dict.fromkeys(forms(cast.world).get(row.name, {}), CANARY)
            with transaction.atomic():
                browser.get(f"{address}?q={CANARY}") if row.how == "GET" else browser.post(address, sent)
                transaction.set_rollback(True)

    clean(log)


def test_made_up_addresses_leave_no_trace(cast, log):
    browser = cast.browser("out", REMOTE_ADDR="10.9.8.7")
    for path in (f"/{CANARY}", f"/w/{CANARY}/", f"/d/{CODE}/", f"/D/{CODE}/", f"/d/{CODE[:3]} {CODE}/", f"/d/{CODE}"):
        browser.get(path)
        browser.get(path, {"email": "vogel@example.org"})
    for page in ("m", "stop", "address"):  # keys of mails
        browser.get(f"/{page}/{CANARY}/")
        browser.get(f"/{page}/{CANARY}/?to=/{CANARY}/")
        browser.post(f"/{page}/{CANARY}/")
        browser.get(f"/{page}/{CANARY}")
    browser.get(f"/accounts/confirm-email/{CANARY}/")
    browser.get(f"/accounts/password/reset/key/1-{CANARY}/")
    browser.get("/", HTTP_HOST=f"{CANARY}.example")
    browser.get("/", HTTP_HOST=f"{CANARY}!!")

    clean(log)


def test_broken_requests_leave_no_trace(cast, log):
    address = reverse("post", args=[cast.world.dialogue(1).pk])
    strict = cast.browser("part", enforce_csrf_checks=True)
    strict.post(address, {"body": CANARY})
    strict.post(address, {"body": CANARY}, HTTP_REFERER=f"https://{CANARY}.example/", secure=True)
    strict.post(address, {"body": CANARY}, HTTP_ORIGIN=f"https://{CANARY}.example")
    browser = cast.browser("part")
    browser.post(address, {f"{CANARY}{number}": CANARY for number in range(600)})
    browser.post(address, {"body": CANARY * 200_000})
    browser.generic("POST", address, CANARY, f"multipart/form-data; boundary={CANARY}")
    browser.post(reverse("account_login"), {"login": "vogel@example.org", "password": CANARY})
    browser.post(reverse("account_request_login_code"), {"email": "vogel@example.org"})

    clean(log)


def test_faults_leave_no_trace(cast, log, monkeypatch):
    """The values of a fault stay out of the line: the words in it, and what PostgreSQL repeats of a row."""

    def unique(*_args, **_more):
        Participant.objects.create(workshop=cast.world.workshop, name=CANARY, name_key=CANARY)
        Participant.objects.create(workshop=cast.world.workshop, name=CANARY, name_key=CANARY)

    def broken(*_args, **_more):
        with connection.cursor() as cursor:
            cursor.execute("SELECT %s::uuid", [CANARY])

    def wrong(*_args, **_more):
        raise ValueError(f"{CANARY} is no number")

    browser = cast.browser("part", REMOTE_ADDR="10.9.8.7")
    for fault in (unique, broken, wrong):
        with transaction.atomic():
            monkeypatch.setattr(contributions.contributions, "post_contribution", fault)
            answer = browser.post(
                reverse("post", args=[cast.world.dialogue(1).pk]), forms(cast.world)["post"] | {"body": CANARY}
            )
            assert answer.status_code == 500
            transaction.set_rollback(True)

    clean(log)
    faults = [line["fault"] for line in lines(log) if "fault" in line]
    assert faults == ["IntegrityError", "DataError", "ValueError"]
    assert all(line["message"] == f"POST /dialogues/{cast.world.dialogue(1).pk}/contributions/" for line in lines(log))
    assert all("contributions.py" in line["trace"] for line in lines(log) if "trace" in line)


def test_faults_of_tasks_and_loops_leave_no_trace(log):
    @app.task(name="tests.sing")
    def sing(name):
        raise ValueError(f"{name} can't sing")

    try:
        sing.apply(args=[CANARY], throw=False)
    finally:
        app.tasks.pop("tests.sing", None)

    async def alone():
        async def fail():
            raise DatabaseError(f"duplicate key\nDETAIL:  Key (name)=({CANARY}) already exists.")

        task = asyncio.ensure_future(fail())
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        asyncio.get_running_loop().call_exception_handler(
            {"message": "Task exception was never retrieved", "exception": task.exception(), "future": task}
        )

    asyncio.run(alone())

    clean(log)


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Not Found: /d/ABCDEF/", "Not Found: /d/…/"),
        ("Not Found: /d/ABC DEF/poster/", "Not Found: /d/…/poster/"),
        ("Not Found: /m/WzEsMCwiIl0:1abc:xyz/?to=/w/", "Not Found: /m/…/?…"),
        ("Not Found: /stop/WzEsMCwiIl0:1abc:xyz/", "Not Found: /stop/…/"),
        ("GET /workshops/?next=/d/ABCDEF/&x=1", "GET /workshops/?…"),
        ("duplicate key\nDETAIL:  Key (email)=(a@b) already exists.", "duplicate key\nDETAIL: …"),
        ("it is away", "it is away"),
    ],
)
def test_what_is_cut_from_a_line(said, kept):
    assert private(said) == kept


def test_the_server_writes_no_other_lines():
    """One handler, ours; and nobody is mailed the settings and the locals of a fault."""
    assert settings.LOGGING["root"]["handlers"] == ["stderr"]
    assert settings.LOGGING["loggers"] == {"django": {"handlers": [], "propagate": True}}
    assert settings.LOGGING["formatters"]["json"]["()"] == "sessions_app.logs.JsonLines"
    assert not settings.ADMINS
