"""Answering from a mail: a link asks one person one question; looking changes nothing, one press answers."""

import re

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client
from django.urls import reverse

from eaa.models import Agreement, Check, Position, Record
from eaa.operations import agreements
from eaa.operations.records import revise_record
from sessions_app import clock
from sessions_app.mail_links import answer_key
from sessions_app.models import Contribution, Event, Participant, Response, Role
from sessions_app.operations import dialogues
from sessions_app.operations.mail_choices import forget_address
from tests.eaa.agreed import revised
from tests.mails.conftest import HOUR, NOON, UNTIL
from tests.mails.test_reasons import send_all

KINDS = ("check", "position", "choice")
PAGES = {"check": "eaa:check_by_mail", "position": "eaa:position_by_mail", "choice": "choose_by_mail"}
PRESSES = {
    "check": {"head": "1", "answer": "almost", "words": "I meant calm, not quiet."},
    "position": {"version": "1", "choice": "talk_first", "words": "Who pays?"},
    "choice": {"round": "1", "choice": "2"},
}
TABLES = {"check": Check, "position": Position, "choice": Response}


def poll(mailed, **more):
    """Asked two hours ago, for five days."""
    with clock.at(NOON - 2 * HOUR):
        return dialogues.open_thread(
            workshop=mailed.workshop,
            actor=mailed.ada,
            kind="poll",
            prompt="Which day?",
            options={"choices": ["Monday", "Friday"], "several": False},
            until=UNTIL,
            **more,
        )


@pytest.fixture
def asked(mailed, returned, agreement):
    """Ben is asked all three things; by kind, the addresses in his mails."""
    poll(mailed)
    send_all(NOON)
    links = {}
    for one in mail.outbox:
        found = re.search(rf"{re.escape(settings.PUBLIC_URL)}(/answer/(\w+)/\S+)", one.body)
        if one.to == ["ben@example.org"] and found:
            links["position" if found[2] == "agreement" else found[2]] = found[1]
    assert sorted(links) == sorted(KINDS)
    return links


def state() -> tuple:
    return tuple(table.objects.count() for table in (*TABLES.values(), Contribution, Event))


@pytest.mark.parametrize("kind", KINDS)
def test_ten_scanners_change_nothing_and_then_one_press_answers(asked, mailed, kind):
    before = state()
    for _scanner in range(10):
        assert Client().get(asked[kind]).status_code == 200
        assert Client().head(asked[kind]).status_code == 200
    assert state() == before

    page = Client().post(asked[kind], PRESSES[kind])

    assert page.status_code == 200
    assert "Thank you." in page.content.decode()
    (row,) = TABLES[kind].objects.all()
    assert (row.participant.name, row.via) == ("Ben", "email")
    assert getattr(row, "words", "") == PRESSES[kind].get("words", "")
    Client().post(asked[kind], PRESSES[kind])
    assert TABLES[kind].objects.count() == 1


@pytest.mark.parametrize("kind", KINDS)
def test_the_page_is_protected_like_every_form(asked, kind):
    """Another site can't send it: the key alone is not enough, the page's own token is needed."""
    browser = Client(enforce_csrf_checks=True)
    assert browser.post(asked[kind], PRESSES[kind]).status_code == 403
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', browser.get(asked[kind]).content.decode())[1]
    assert browser.post(asked[kind], {**PRESSES[kind], "csrfmiddlewaretoken": token}).status_code == 200


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("page", KINDS)
def test_a_key_answers_its_own_question_only(asked, kind, page):
    key = asked[kind].rstrip("/").rpartition("/")[2]
    before = state()
    answer = Client().post(reverse(PAGES[page], args=[key]), PRESSES[page])

    assert (answer.status_code == 404) == (page != kind)
    assert (state() == before) == (page != kind)
    for other in ("open_mail", "stop_mails", "confirm_address"):
        assert Client().post(reverse(other, args=[key])).status_code == 404


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("how", ["removed", "forgotten", "broken"])
def test_a_void_key_answers_nothing(asked, mailed, kind, how):
    address = asked[kind]
    if how == "removed":
        Participant.objects.filter(name="Ben").update(removed_at=NOON)
    elif how == "forgotten":
        forget_address(person=mailed["Ben"].participant, actor=mailed["Ben"])
    else:
        address = address.rstrip("/")[:-1] + ("A/" if address[-2] != "A" else "B/")
    before = state()

    for answer in (Client().get(address), Client().post(address, PRESSES[kind])):
        assert answer.status_code == 404
        assert "This link does not open anything" in answer.content.decode()
    assert state() == before


def close(mailed, kind: str, how: str) -> None:
    if how == "workshop":
        type(mailed.workshop).objects.update(closed_at=NOON)
    elif how == "role":
        Participant.objects.filter(name="Ben").update(roles=[Role.RESEARCHER])
    elif kind == "check":
        Record.objects.update(**({"removed_at": NOON} if how == "removed" else {"answers_until": NOON - HOUR}))
    elif kind == "position":
        Agreement.objects.update(**({"removed_at": NOON} if how == "removed" else {"open_until": NOON - HOUR}))
    else:
        step = mailed.workshop.activities.filter(kind="poll")
        step.update(**({"removed_at": NOON} if how == "removed" else {"open_until": NOON - HOUR}))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("how", ["window", "removed", "workshop", "role"])
def test_what_has_closed_says_so_and_gives_the_words_back(asked, mailed, kind, how):
    close(mailed, kind, how)
    before = state()

    page = Client().get(asked[kind])
    assert page.status_code == 410
    assert "This question has closed" in page.content.decode()
    page = Client().post(asked[kind], PRESSES[kind])
    assert page.status_code == 410
    assert PRESSES[kind].get("words", "") in page.content.decode()
    assert state() == before


def test_a_text_that_was_replaced_is_shown_and_nothing_typed_is_lost(asked, mailed, returned):
    with clock.at(NOON):
        revise_record(record=returned, actor=mailed.ada, head=1, text="People want calm.")
        page = Client().get(asked["check"]).content.decode()
        assert "The text has changed since this mail." in page
        assert "calm." in page
        late = Client().post(asked["check"], PRESSES["check"])
        assert late.status_code == 409
        assert "I meant calm, not quiet." in late.content.decode()
        assert 'name="head" value="2"' in late.content.decode()
        assert not Check.objects.exists()

        assert Client().post(asked["check"], {**PRESSES["check"], "head": "2"}).status_code == 200
    assert Check.objects.get().version.number == 2


def test_who_is_not_quoted_any_more_has_nothing_to_answer(asked, mailed, returned, cards):
    from eaa.operations.evidence import Rests

    with clock.at(NOON):
        rests = [Rests(cards["Chidi"].pk)]
        revise_record(record=returned, actor=mailed.ada, head=1, text="Chidi wants calm.", rests=rests)
        page = Client().get(asked["check"])

    assert page.status_code == 410
    assert "Your words are not in it any more" in page.content.decode()


def test_a_clause_that_changed_is_shown_and_a_position_on_the_old_text_does_not_count(asked, mailed, agreement):
    with clock.at(NOON):
        revised(mailed, agreement, ("Nobody is decided over", "They have nine days."))
        page = Client().get(asked["position"]).content.decode()
        assert "The text has changed since this mail." in page
        assert "nine" in page
        late = Client().post(asked["position"], PRESSES["position"])
        assert late.status_code == 409
        assert "Who pays?" in late.content.decode()
        assert not Position.objects.exists()
        assert Client().post(asked["position"], {**PRESSES["position"], "version": "2"}).status_code == 200
    assert Position.objects.get().version.number == 2


def test_where_one_stands_can_be_changed_and_taken_back_from_the_same_mail(asked):
    browser = Client()
    browser.post(asked["position"], PRESSES["position"])
    browser.post(asked["position"], {"version": "1", "choice": "agree"})
    assert Position.objects.get().choice == "agree"
    browser.post(asked["position"], {"version": "1", "take_back": "1"})
    assert not Position.objects.exists()
    browser.post(asked["choice"], PRESSES["choice"])
    browser.post(asked["choice"], {"round": "1", "take_back": "1"})
    assert Response.objects.get().is_withdrawn


def test_once_it_holds_no_position_is_taken(asked, mailed, agreement):
    with clock.at(UNTIL + HOUR):
        agreements.bring_due_into_force()
        assert Client().post(asked["position"], PRESSES["position"]).status_code == 410
    assert not Position.objects.exists()


@pytest.mark.parametrize(
    ("kind", "sent"),
    [
        ("check", {"head": "1"}),
        ("position", {"version": "1"}),
        ("position", {"version": "1", "choice": "maybe"}),
        ("choice", {"round": "1"}),
        ("choice", {"round": "1", "choice": "9"}),
    ],
)
def test_a_press_that_says_nothing_gets_a_plain_sentence(asked, kind, sent):
    before = state()
    page = Client().post(asked[kind], sent)

    assert page.status_code == 422
    assert 'class="error' in page.content.decode()
    assert state() == before


def test_a_question_that_was_put_once_more_is_not_answered_by_the_old_page(asked, mailed):
    mailed.workshop.activities.filter(kind="poll").update(round=2)
    late = Client().post(asked["choice"], PRESSES["choice"])

    assert late.status_code == 409
    assert "The question has been put once more." in late.content.decode()
    assert "The question was put once more since this mail." in Client().get(asked["choice"]).content.decode()
    assert not Response.objects.exists()


def test_an_answer_without_a_name_stays_without_one(mailed):
    step = poll(mailed, identity="anonymous")
    ben = mailed["Ben"].participant
    address = reverse("choose_by_mail", args=[answer_key(ben, "choice", f"{step.pk}:1")])
    with clock.at(NOON):
        assert Client().post(address, PRESSES["choice"]).status_code == 200

    given = Response.objects.get()
    assert (given.participant_id, bool(given.anonymous_token)) == (None, True)
    assert not Event.objects.filter(verb="answer.given", actor__isnull=False).exists()


@pytest.mark.parametrize("kind", KINDS)
def test_who_has_an_account_signs_in(asked, mailed, kind, django_user_model):
    Participant.objects.filter(name="Ben").update(user=django_user_model.objects.create_user("ben"))
    for answer in (Client().get(asked[kind]), Client().post(asked[kind], PRESSES[kind])):
        assert answer["Location"].startswith(reverse("account_login"))
    assert not TABLES[kind].objects.exists()


def test_who_has_an_account_or_no_name_gets_a_link_to_their_seat(mailed, returned, django_user_model):
    Participant.objects.filter(name="Ben").update(user=django_user_model.objects.create_user("ben"))
    Participant.objects.filter(name="Chidi").update(name="")
    send_all(NOON)

    assert len(mail.outbox) == 2
    assert not any("/answer/" in one.body for one in mail.outbox)


@pytest.mark.parametrize("kind", KINDS)
def test_the_page_tells_nobody_its_address(asked, kind):
    answer = Client().get(asked[kind])
    key = asked[kind].rstrip("/").rpartition("/")[2]

    assert answer["Referrer-Policy"] == "strict-origin"
    assert answer["Cache-Control"] == "private, no-store"
    assert key not in answer.content.decode()


@pytest.mark.parametrize("kind", KINDS)
def test_the_page_speaks_like_the_mail(asked, kind):
    Participant.objects.filter(name="Ben").update(language="sv")

    assert '<html lang="sv"' in Client(headers={"accept-language": "en"}).get(asked[kind]).content.decode()
