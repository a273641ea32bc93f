"""Whatever somebody is called or has written is shown as it is, in every place of every page: never as part of it."""

import json

import pytest
from django.db import transaction
from django.urls import reverse

from sessions_app.models import Activity, Contribution, Dialogue, Group, Participant, ResearchNotice, Session, Workshop
from sessions_app.operations import running
from tests.policy import matrix
from tests.policy.cast import things
from tests.policy.sending import queries
from tests.security.pages import Page, read

pytestmark = pytest.mark.django_db
SHORT = "\"><i id=zz onload=x>'{{7*7}}"  # a name has forty signs
LONG = "</title></textarea></script><img src=x id=zz onerror=alert(1)>\"'`<!--{{7*7}}{% now 'Y' %}[a](javascript:zz)"
TEXTS = {
    Workshop: {"title": LONG, "lead": LONG, "purpose": LONG, "contact_name": SHORT, "contact_phone": SHORT},
    Session: {
        "title": LONG,
        "place": LONG,
        "summary": LONG,
        "without_screen": LONG,
        "link": 'https://example.org/"><i id=zz>',
    },
    Group: {"name": SHORT, "notes": LONG, "told": LONG, "call_link": 'https://example.org/"><i id=zz>'},
    Activity: {"title": LONG, "prompt": LONG, "lead": LONG, "hall": LONG, "online": LONG},
    ResearchNotice: {"text": LONG, "language": '"><i id'},
    Contribution: {"body": LONG, "gloss": LONG, "gloss_language": '"><i id', "language": '"><i id'},
}


@pytest.fixture
def marked(cast):
    """The cast's workshop with signs of HTML and of templates in everything that people can type."""
    with transaction.atomic():
        running.reveal(session=cast.world.session, actor=cast.world.ada)
        words = Contribution.objects.order_by("pk")[0]
        Contribution.objects.filter(dialogue=cast.world.dialogue(1)).update(reply_to=words)
        for model, texts in TEXTS.items():
            model.objects.update(**texts)
        for person in Participant.objects.all():
            name = f"{SHORT}{person.pk}"
            Participant.objects.filter(pk=person.pk).update(
                name=name, name_key=name, about=LONG, access_needs=LONG, email='"><i id=zz>@example.org'
            )
        fresh = Session.objects.select_related("workshop").get(pk=cast.world.session.pk)
        before = cast.world.session, cast.world.workshop
        cast.world.session, cast.world.workshop = fresh, fresh.workshop
        yield cast
        cast.world.session, cast.world.workshop = before
        transaction.set_rollback(True)


def check(page: Page) -> list[str]:
    """What of PAGE is not ours."""
    found = [f"<{tag}>" for tag, given in page.tags if given.get("id") == "zz"]
    for tag, given in page.tags:
        found += [f"<{tag} {name}>" for name in given if name.startswith("on") or name == "style" or name == "srcdoc"]
        found += [
            f"<{tag} {name}={value[:20]}>"
            for name, value in given.items()
            if value.strip().lower().startswith(("javascript:", "data:", "vbscript:"))
        ]
    return found + (["49"] if "49" in page.text.split() or "'49" in page.text else [])


def pages(cast, role: str):
    browser, known = cast.browser(role), things(cast, cast.world)
    for row in matrix.rows(matrix.OPEN):
        if row.how == "GET" and row.answers[role] == "ok":
            address = reverse(row.name, args=known.get(row.name, {"": ()})[""])
            for more in ({}, {"HTTP_HX_REQUEST": "true"}, {"HTTP_ACCEPT_LANGUAGE": "sv"}):
                yield row.label, browser.get(address + queries(cast.world).get(row.name, ""), **more)
    if "thread" not in [row.name for row in matrix.rows(matrix.OPEN) if row.answers[role] == "ok"]:
        return
    thread = reverse("thread", args=[cast.world.dialogue(1).pk])
    answered = Contribution.objects.filter(dialogue=cast.world.dialogue(1))[0]
    yield "an answer", browser.get(thread, {"answer": str(answered.pk), "all": ""})


@pytest.mark.parametrize("role", ["out", "lobby", "guest", "part", "scri", "rese", "faci"])
def test_nothing_that_was_typed_becomes_part_of_a_page(marked, role):
    wrong, shown = {}, set()
    for label, answer in pages(marked, role):
        assert answer.status_code in {200, 204}, label
        if answer.headers["Content-Type"].startswith("text/calendar"):
            continue  # no browser reads it as a page: test_headers.py
        if answer.headers["Content-Type"].startswith("application/json"):
            page = Page()
            for piece in json.loads(answer.content).get("pieces", []):
                page.feed(piece.get("html") or "")
        else:
            page = read(answer)
        if found := check(page):
            wrong[label] = found
        shown |= {label} if "{{7*7}}" in page.text else set()
    assert wrong == {}
    assert shown, "nothing of what was typed was shown, so nothing is proved"


def test_the_title_of_the_window_holds_it_too(marked):
    source = marked.browser("faci").get(reverse("workshop", args=[marked.world.workshop.slug])).content.decode()
    title = source[source.index("<title>") + 7 : source.index("</title>")]

    assert "&lt;/title&gt;" in title


def test_a_contribution_that_is_sent_comes_back_literal(marked):
    answer = marked.browser("part").post(
        reverse("post", args=[marked.world.dialogue(1).pk]),
        {"body": LONG, "client_id": "11111111-1111-4111-8111-111111111111", "view": "room"},
        HTTP_ACCEPT="application/json",
    )
    page = Page()
    page.feed(answer.json()["html"])

    assert check(page) == []
    assert "{{7*7}}{% now 'Y' %}" in page.text


def test_messages_of_errors_hold_it_too(marked):
    browser = marked.browser("faci")
    sent = {"title": LONG * 9, "day": LONG, "begins": LONG, "ends": LONG, "space": LONG, "time": LONG, "link": LONG}
    answers = [
        browser.post(reverse("new_meeting", args=[marked.world.workshop.slug]), sent),
        browser.post(reverse("go"), {"code": SHORT}),
        browser.post(reverse("new_step", args=[marked.world.session.pk]), {"kind": "cards", "minutes": LONG}),
        browser.post(reverse("account_login"), {"login": LONG, "password": LONG}),
        browser.get("/nothing/" + SHORT),
        browser.get(reverse("appearance"), {"next": f"/{SHORT}"}),
    ]

    assert [check(read(answer)) for answer in answers] == [[]] * len(answers)


def test_every_kind_of_text_is_marked():
    """A new column that people fill joins TEXTS."""
    ours = {
        (model.__name__, field.name)
        for model in (*TEXTS, Participant, Dialogue)
        for field in model._meta.get_fields()
        if field.get_internal_type() in {"CharField", "TextField", "URLField", "EmailField"} and not field.choices
    }
    marked = {(model.__name__, field) for model, fields in TEXTS.items() for field in fields}
    marked |= {("Participant", field) for field in ("name", "name_key", "about", "access_needs", "email")}
    not_typed = {
        ("Workshop", "code"),
        ("Workshop", "time_zone"),
        ("Workshop", "contact_email"),
        ("Session", "code"),
        ("Activity", "kind"),
        ("Contribution", "place"),
        ("Contribution", "anonymous_token"),
        ("Participant", "language"),
    }

    assert ours - marked == not_typed
