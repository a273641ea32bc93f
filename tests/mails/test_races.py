"""Slow workers, lost leases, a broken account: whoever comes second is silent, and nothing goes twice."""

from datetime import timedelta

import pytest
from django.conf import settings as project
from django.core import mail

from sessions_app import carrier, clock, tasks
from sessions_app.carrier import Carried, Outcome
from sessions_app.models import MailChoice, Notice, NoticeState
from sessions_app.operations import notices
from sessions_app.operations.mail_choices import ask_address, stop_mails
from tests.mails.conftest import NOON
from tests.mails.sink import sink_at_work

LATE = timedelta(minutes=3)  # longer than a lease


@pytest.fixture
def one(question, mailed):
    """One notice, to Ben."""
    stop_mails(person=mailed["Chidi"].participant, kind="questions")
    notices.make_due()
    return Notice.objects.get()


def sent_by_another() -> None:
    """While one worker hangs, its lease runs out and another one sends."""
    with clock.at(NOON + LATE):
        assert [notices.deliver(pk) for pk in notices.claim()] == ["sent"]


def test_a_slow_refusal_does_not_bring_back_what_another_has_sent(one, monkeypatch):
    (pk,) = notices.claim()
    honest = carrier.carry

    def slow(message, *, before_words):
        monkeypatch.setattr(notices, "carry", honest)
        sent_by_another()
        return Carried(Outcome.LATER, "450 busy")

    monkeypatch.setattr(notices, "carry", slow)

    assert notices.deliver(pk) == ""
    assert Notice.objects.get().state == NoticeState.SENT
    assert len(mail.outbox) == 1


def test_a_slow_fault_of_ours_does_not_either(one, monkeypatch):
    (pk,) = notices.claim()
    honest = notices.composed

    def slow(*_args, **_more):
        monkeypatch.setattr(notices, "composed", honest)
        sent_by_another()
        raise ValueError

    monkeypatch.setattr(notices, "composed", slow)

    assert notices.deliver(pk) == ""
    assert Notice.objects.get().state == NoticeState.SENT


def test_whoever_takes_over_is_not_disturbed_by_the_first(one):
    (pk,) = notices.claim()
    held = notices._taken(pk)
    with clock.at(NOON + LATE):
        assert notices.claim() == [pk]
        with pytest.raises(notices._Lost):
            notices._sending(held)
        assert notices.deliver(pk) == "sent"


def test_the_number_of_a_mail_is_fixed_before_its_words_leave(one, monkeypatch):
    (pk,) = notices.claim()
    numbers = []

    def watching(message, *, before_words):
        before_words()
        row = Notice.objects.get()
        numbers.append((row.state, row.message_id, message.extra_headers["Message-ID"]))
        return Carried(Outcome.LATER, "450 busy")

    monkeypatch.setattr(notices, "carry", watching)
    notices.deliver(pk)
    with clock.at(NOON + LATE):
        notices.deliver(*notices.claim())

    assert len(set(numbers)) == 1
    assert numbers[0][0] == NoticeState.SENDING
    assert numbers[0][1] == numbers[0][2]


@pytest.mark.parametrize("at", ["before", "after"])
def test_a_fault_of_the_carrier_does_not_stop_the_others(one, monkeypatch, at):
    def broken(message, *, before_words):
        if at == "after":
            before_words()
        raise UnicodeEncodeError("ascii", "å", 0, 1, "no")

    monkeypatch.setattr(notices, "carry", broken)

    assert notices.deliver(*notices.claim()) == ("unconfirmed" if at == "after" else "waiting")


def test_our_own_broken_account_is_nobody_elses_refusal(one, settings):
    """A wrong password of ours, or a sender that the server does not like, says nothing about the reader."""
    with sink_at_work(settings, "mail 530 who are you") as sink:
        assert notices.deliver(*notices.claim()) == "away"
        sink.cut = ""
        with clock.at(NOON + LATE):
            assert notices.deliver(*notices.claim()) == "sent"


def test_an_address_with_letters_of_its_own_country_is_carried(one, mailed, settings):
    ben = mailed["Ben"].participant
    type(ben).objects.filter(pk=ben.pk).update(email="ben@räksmörgås.example")
    with sink_at_work(settings) as sink:
        assert notices.deliver(*notices.claim()) == "sent"

    assert sink.recipients == ["ben@xn--rksmrgs-5wao1o.example"]


def test_an_answer_of_the_server_is_kept_without_the_address(one, settings):
    with sink_at_work(settings, "rcpt 550 <ben@example.org>: no such person"):
        assert notices.deliver(*notices.claim()) == "failed"

    assert Notice.objects.get().reply == "550 <…>: no such person"


def test_a_mail_of_which_nobody_knows_counts_as_one_of_the_week(one, settings):
    with sink_at_work(settings, "data"):
        assert notices.deliver(*notices.claim()) == "unconfirmed"

    row = Notice.objects.get()
    assert row.sent_at == NOON
    assert notices._this_week(row.participant, NOON) == 1


def test_when_the_server_is_away_the_queue_waits_for_the_next_beat(monkeypatch):
    batches = [[1, 2], [3, 4]]
    monkeypatch.setattr(tasks.notices, "claim", lambda _limit: batches.pop(0) if batches else [])
    monkeypatch.setattr(tasks, "_deliver", lambda _pk: "away")

    assert tasks.send_notices() == 2
    assert batches == [[3, 4]]


def test_one_mail_that_breaks_does_not_break_its_batch(monkeypatch):
    def broken(pk):
        if pk == 1:
            raise RuntimeError
        return "sent"

    monkeypatch.setattr(tasks.notices, "deliver", broken)
    monkeypatch.setattr(tasks.notices, "claim", lambda _limit, batches=[[1, 2]]: batches.pop() if batches else [])

    assert tasks.send_notices() == 2


def test_one_reason_that_breaks_does_not_stop_the_others(question, mailed, monkeypatch):
    first = notices.all_reasons()[0]
    monkeypatch.setattr(first, "due", lambda workshop, people, now: 1 / 0)

    assert notices.make_due() == 2


def test_the_worker_keeps_fewer_connections_than_there_are():
    assert project.DATABASES["default"]["OPTIONS"]["pool"]["max_size"] > tasks.AT_ONCE


def test_a_practice_and_what_was_thrown_away_send_nothing(mailed, at_noon):
    chidi = mailed["Chidi"]
    for field, value in (("practice_of", mailed.session), ("removed_at", NOON), ("closed_at", NOON)):
        Notice.objects.all().delete()
        MailChoice.objects.all().delete()
        ask_address(person=chidi.participant, actor=chidi, address="new@example.org")
        mailed.workshop.__class__.objects.filter(pk=mailed.workshop.pk).update(**{field: value})
        assert [notices.deliver(pk) for pk in notices.claim()] == ["skipped"]
        mailed.workshop.__class__.objects.filter(pk=mailed.workshop.pk).update(**{field: None})
    assert mail.outbox == []
