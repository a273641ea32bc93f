"""How things are sent: forms without their secret, bodies too large or of another kind, addresses of buttons opened."""

import json
import uuid

import pytest
from django.conf import settings
from django.db import transaction
from django.urls import reverse

from sessions_app.models import Contribution, Event
from sessions_app.operations import running
from tests.policy import matrix
from tests.policy.cast import things
from tests.policy.sending import forms
from tests.security.pages import read

pytestmark = pytest.mark.django_db
JSON = {"HTTP_ACCEPT": "application/json"}
WORDS = "What I wrote before the line broke"
MEBIBYTE = 1_048_576


@pytest.fixture
def address(cast):
    return reverse("post", args=[cast.world.dialogue(1).pk])


def words(body: str = WORDS, **more) -> dict:
    return {"body": body, "client_id": str(uuid.uuid4()), "view": "room", **more}


def posts(table: str = matrix.OPEN) -> list[str]:
    return sorted({row.name for row in matrix.rows(table) if row.how == "POST"})


def test_no_form_is_taken_without_its_secret(cast):
    """Every address that changes something, through the real middleware; programs for mail press stop without one."""
    before, known = Event.objects.count(), things(cast, cast.world)
    for role in ("out", "faci"):
        browser = cast.browser(role, enforce_csrf_checks=True)
        for name in set(posts()) - {"stop_mails"}:
            sent = forms(cast.world).get(name, {})
            answer = browser.post(reverse(name, args=known.get(name, {"": ()})[""]), sent)
            assert answer.status_code == 403, name
            assert "For your safety we did not send it" in read(answer).text, name
    assert Event.objects.count() == before


def test_words_of_a_form_without_its_secret_are_given_back(cast, address):
    browser = cast.browser("part", enforce_csrf_checks=True)

    page = read(browser.post(address, words("<b>Mine</b> {{7*7}} \U0001f9f6")))

    assert "<b>Mine</b> {{7*7}} \U0001f9f6" in page.text
    assert "b" not in [tag for tag, _attributes in page.tags]


@pytest.mark.parametrize(
    ("name", "field"), [("new_thread", "prompt"), ("new_meeting", "title"), ("me", "access_needs")]
)
def test_words_of_other_forms_are_given_back_too(cast, name, field):
    browser = cast.browser("faci", enforce_csrf_checks=True)

    answer = browser.post(reverse(name, args=[cast.world.workshop.slug]), {field: WORDS})

    assert WORDS in read(answer).text


def test_a_password_is_never_given_back(cast):
    browser = cast.browser("out", enforce_csrf_checks=True)

    answer = browser.post(reverse("account_login"), {"login": "ada@example.org", "password": "my long password"})

    assert answer.status_code == 403
    assert "my long password" not in answer.content.decode()


def test_a_script_is_told_in_json_that_the_secret_is_old(cast, address):
    answer = cast.browser("part", enforce_csrf_checks=True).post(address, words(), **JSON)

    assert (answer.status_code, answer.json()["error"]) == (403, "expired")


def test_the_secret_of_the_page_is_the_one_that_is_asked_for(cast, address):
    browser = cast.browser("part", enforce_csrf_checks=True)
    page = read(browser.get(reverse("room", args=[cast.world.session.pk])))
    secret = page.values["csrfmiddlewaretoken"]
    wrong = secret[:-1] + ("y" if secret.endswith("x") else "x")
    with transaction.atomic():
        assert browser.post(address, words(csrfmiddlewaretoken=secret)).status_code == 302
        assert browser.post(address, words(), HTTP_X_CSRFTOKEN=secret, **JSON).status_code == 200
        assert browser.post(address, words(), HTTP_X_CSRFTOKEN=wrong, **JSON).status_code == 403
        transaction.set_rollback(True)


@pytest.mark.parametrize("name", posts())
def test_the_address_of_a_button_is_no_page_but_no_dead_end(cast, name):
    address = reverse(name, args=things(cast, cast.world).get(name, {"": ()})[""])
    if name in {row.name for row in matrix.rows(matrix.OPEN) if row.how == "GET"} or name == "set_language":
        return
    before = Event.objects.count()

    answer, script = cast.browser("faci").get(address), cast.browser("faci").get(address, **JSON)

    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert "press the button" in read(answer).text
    assert (script.status_code, script.json()["error"]) == (405, "wrong_method")
    assert Event.objects.count() == before


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options", "trace"])
def test_other_methods_do_nothing(cast, method):
    browser, known, before = cast.browser("faci"), things(cast, cast.world), Event.objects.count()
    for row in matrix.rows(matrix.OPEN):
        if row.name not in {"health_live", "set_language", "go"}:
            address = reverse(row.name, args=known.get(row.name, {"": ()})[""])
            assert getattr(browser, method)(address).status_code == 405, row.label
    assert Event.objects.count() == before


@pytest.mark.parametrize("name", ["post", "me", "new_thread", "account_login"])
def test_too_much_is_refused_in_words(cast, name):
    args = things(cast, cast.world).get(name, {"": ()})[""]
    browser = cast.browser("faci")
    for content in ({"body": "a" * MEBIBYTE}, {"body": "a", "file": "b" * 10 * MEBIBYTE}):
        answer = browser.post(reverse(name, args=args), content)
        assert answer.status_code == 413
        assert "longer than we can take" in read(answer).text
        script = browser.post(reverse(name, args=args), content, **JSON)
        assert (script.status_code, script.json()["error"]) == (413, "too_large")


def test_a_length_that_lies_is_no_way_round(cast, address):
    body = b"body=" + b"a" * (MEBIBYTE + 10)
    answer = cast.browser("part").generic(
        "POST", address, body, "application/x-www-form-urlencoded", CONTENT_LENGTH="10"
    )

    assert answer.status_code in {400, 413, 422}
    assert not Contribution.objects.filter(body__contains="aaaa").exists()


def test_six_hundred_fields_are_too_many(cast, address):
    fields = {f"field{number}": "x" for number in range(600)}
    answer, script = (cast.browser("part").post(address, fields, **more) for more in ({}, JSON))

    assert answer.status_code == 400
    assert "We did not understand that" in read(answer).text
    assert (script.status_code, script.json()["error"]) == (400, "bad_request")


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/json", json.dumps({"body": "x", "client_id": "01234567-89ab-4def-8123-456789abcdef"})),
        ("application/json", '{"__proto__": 1, "body":' * 200),
        ("text/plain", "body=x"),
        ("text/xml", '<!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]><x>&y;</x>'),
        ("multipart/form-data", "no boundary"),
        ("multipart/form-data; boundary=", "--"),
        ("multipart/form-data; boundary=x", '--x\r\nContent-Disposition: form-data; name="body"\r\n\r\nunfinished'),
        ("multipart/form-data; boundary=" + "x" * 500, "--x"),
        ("multipart/form-data; boundary=x; charset=utf-7", "--x--"),
        ("application/x-www-form-urlencoded; charset=utf-16", "body=x"),
        ("application/x-www-form-urlencoded; charset=nothing-known", "body=x"),
        ("application/x-www-form-urlencoded", "body=%ff%fe%00&body&=&&&%"),
        ("application/x-www-form-urlencoded", "\ufeffbody=x"),
        ("", "body=x"),
        ("image/png", "\x89PNG"),
    ],
)
def test_other_kinds_of_content(cast, address, kind, body):
    browser, before = cast.browser("part"), Contribution.objects.count()
    for more in ({}, JSON):
        answer = browser.generic("POST", address, body, kind, **more)
        assert answer.status_code in {400, 422}
        assert (answer.json()["text"] if more else read(answer).text).strip()
    assert Contribution.objects.count() == before


def test_a_file_is_not_taken(cast, address):
    from django.core.files.uploadedfile import SimpleUploadedFile

    sent = words() | {"body": SimpleUploadedFile("../../x.html", b"<script>alert(1)</script>")}

    assert cast.browser("part").post(address, sent).status_code == 422


@pytest.mark.parametrize("view", ["room", "thread"])
def test_words_for_a_question_that_has_closed_are_given_back(cast, view):
    with transaction.atomic():
        running.next_step(session=cast.world.session, actor=cast.world.ada)
        closed = cast.world.dialogue(1)
        type(closed.activity).objects.filter(pk=closed.activity_id).update(closed_at="2020-01-01T00:00Z")
        answer = cast.browser("part").post(reverse("post", args=[closed.pk]), words(view=view))
        transaction.set_rollback(True)

    assert answer.status_code == 409
    assert WORDS in read(answer).text


@pytest.mark.parametrize("view", ["room", "thread", "elsewhere"])
@pytest.mark.parametrize(
    "more", [{"body": WORDS + "a" * 20_000}, {"reply_to": "01234567-89ab-4def-8123-456789abcdef"}, {"client_id": "1"}]
)
def test_refused_words_are_still_on_the_page(cast, address, view, more):
    answer = cast.browser("part").post(address, words(**{"view": view, **more}))

    assert answer.status_code == 422
    assert WORDS in answer.content.decode()


def test_a_name_that_is_refused_keeps_name_and_words(cast, address):
    for name in ("", "Facilitator", "Ada", "\u200b", "s\u0441ribe", "a" * 400):
        page = read(cast.browser("guest").post(address, words(name=name)))
        assert page.values["body"] == WORDS
        assert page.values["name"] == name[:80]
        assert page.marked["name"]
        assert not page.marked["body"]


def test_limits_are_the_ones_that_are_written_down():
    assert settings.DATA_UPLOAD_MAX_MEMORY_SIZE == MEBIBYTE
    assert settings.DATA_UPLOAD_MAX_NUMBER_FIELDS == 500
