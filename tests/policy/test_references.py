"""Ids in forms and behind question marks: what is somebody else's is answered like what never was."""

import re
import uuid

import pytest
from django.db import transaction
from django.urls import reverse

from sessions_app.models import Activity, Contribution
from sessions_app.operations import activities
from tests.policy.test_matrix import still

pytestmark = pytest.mark.django_db
MISSING = 10**12
IDS = (MISSING, -1, 0, 2**63, "x", "", "\x00", "9" * 400)


def same(answers) -> bool:
    # The page itself, as a way back, and the numbers of its forms are its own.
    bodies = {re.sub(rb'next=[^"]*|name="client_id" value="[^"]*"', b"", still(answer)) for answer in answers}
    return len({(answer.status_code, answer.get("Location")) for answer in answers}) == len(bodies) == 1


def tried(browser, address: str, field: str, values, **sent):
    """The answers to a form in which only FIELD differs. What it was filled with is taken out of the page."""
    answers = []
    for value in values:
        with transaction.atomic():
            answer = browser.post(address, sent | {field: value}, HTTP_ACCEPT="application/json")
            transaction.set_rollback(True)
        answers.append(answer)
    return answers


def test_a_meeting_to_bring_a_thread_to(cast):
    address = reverse("bring", args=[cast.world.dialogue(0).pk])
    answers = tried(cast.browser("faci"), address, "meeting", (cast.other.session.pk, *IDS))

    assert {answer.status_code for answer in answers} == {422}
    assert same(answers)
    assert not Activity.objects.filter(comes_from=cast.world.steps[0]).exists()


def test_words_that_are_answered(cast):
    """Of another workshop, of another question of the same one, and none at all."""
    there = Contribution.objects.get(dialogue=cast.other.dialogue(0)).pk
    beside = Contribution.objects.get(dialogue=cast.world.dialogue(1)).pk
    address = reverse("post", args=[cast.world.dialogue(0).pk])
    sent = {"body": "An answer", "client_id": str(uuid.uuid4())}
    answers = tried(cast.browser("part"), address, "reply_to", (there, beside, uuid.uuid4()), **sent)

    assert {answer.status_code for answer in answers} == {422}
    assert same(answers)


def test_the_answer_that_a_thread_opens_with(cast):
    there = Contribution.objects.get(dialogue=cast.other.dialogue(0)).pk
    hidden = Contribution.objects.get(dialogue=cast.world.dialogue(1)).pk
    address, browser = reverse("thread", args=[cast.world.dialogue(0).pk]), cast.browser("help")
    pages = [browser.get(address, {"answer": str(pk)}) for pk in (there, hidden, uuid.uuid4(), "x")]
    pages = [page for page in pages if page.status_code == 200]

    assert len(pages) == 4
    assert all("Your answer to" not in page.content.decode() for page in pages)


def test_the_step_that_can_be_put_back(cast):
    with transaction.atomic():
        activities.remove_activity(activity=cast.other.steps[3], actor=cast.other.ada)
        gone = Activity.objects.get(workshop=cast.other.workshop, removed_at__isnull=False).pk
        address, browser = reverse("plan", args=[cast.world.session.pk]), cast.browser("faci")
        pages = [browser.get(address, {"removed": str(value)}) for value in (gone, *IDS)]
        transaction.set_rollback(True)

    assert {page.status_code for page in pages} == {200}
    assert same(pages)


@pytest.mark.parametrize("name", ["room_news", "thread_news"])
def test_news_of_another_log(cast, name):
    """The numbers and the epoch of another workshop's log give nothing of it."""
    pk = cast.world.session.pk if name == "room_news" else cast.world.dialogue(0).pk
    browser = cast.browser("part")
    for epoch in (cast.other.workshop.epoch, uuid.uuid4(), "", "x"):
        news = browser.get(reverse(name, args=[pk]), {"after": 0, "epoch": str(epoch)}).json()
        assert news == {"t": "resync", "why": "another_epoch"}


def test_a_person_of_another_workshop_under_the_name_of_ours(cast):
    """The slug is ours, the number theirs: both have to fit."""
    slug, stranger = cast.world.workshop.slug, cast.other["Ben"].participant.pk
    browser = cast.browser("faci")
    for name in ("roles", "remove_person", "admit"):
        answers = [
            browser.post(reverse(name, args=[slug, pk]), {"roles": ["facilitator"]}) for pk in (stranger, MISSING)
        ]
        assert {answer.status_code for answer in answers} == {404}
        assert len({still(answer) for answer in answers}) == 1
    cast.other["Ben"].participant.refresh_from_db()
    assert cast.other["Ben"].participant.roles == ["participant"]
