"""What cannot be posted is told kindly, to its own person, and words that came too late go back."""

from datetime import timedelta

import pytest
from django.core import mail as sent
from django.urls import reverse

from sessions_app import clock
from sessions_app.inbox.receiving import Fate, receive
from sessions_app.models import Activity, Contribution, Notice, Participant, ReturnedWords, Role
from sessions_app.operations import notices
from tests.inbox.conftest import mail
from tests.inbox.seen import said, told, whys
from tests.mails.conftest import NOON


def closed(workshop):
    type(workshop).objects.filter(pk=workshop.pk).update(closed_at=clock.now())


@pytest.mark.parametrize(
    ("why", "words", "more"),
    [
        ("empty", "> only what others said", ""),
        ("empty", "\u200b", ""),
        ("too_long", "word " * 4000, ""),
        ("bad_text", "\u2800\u2800", ""),
    ],
)
def test_what_cannot_be_posted_is_told_kindly(address, why, words, more):
    assert receive(mail(address, words, more=more)) == Fate.TOLD
    assert receive(mail(address, words, more=more)) == Fate.TOLD

    assert whys() == [why]
    assert said() == []
    assert told() == [("ben@example.org", "Not posted: Who rings?")]


def test_a_file_alone_is_refused_and_beside_words_left_out(address):
    photo = "--b\r\nContent-Type: image/jpeg; name=a.jpg\r\n\r\nQUJD\r\n"
    words = "--b\r\nContent-Type: text/plain\r\n\r\nThis poster.\r\n"
    kind = "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n"
    head = mail(address).partition(b"Content-Type")[0].decode() + kind

    assert receive(f"{head}\r\n{photo}--b--\r\n".encode()) == Fate.TOLD
    assert whys() == ["files"]
    assert receive(f"{head}\r\n{words}{photo}--b--\r\n".replace("<1@", "<2@").encode()) == Fate.POSTED
    assert said() == [("Ben", "This poster.", "email")]
    told()
    assert "Those were left out." in sent.outbox[-1].body


def test_a_mail_that_is_too_big_to_read_is_answered(address):
    raw = mail(address).replace(b"text/plain; charset=utf-8\r\n\r\n", b"image/jpeg\r\n\r\n") + b"QUJD" * 2**20

    assert receive(raw) == Fate.TOLD
    assert whys() == ["too_big"]


def test_a_question_that_has_closed_says_so(address, dialogue, mailed):
    with clock.at(NOON + timedelta(days=5)):
        assert receive(mail(address)) == Fate.TOLD
    assert (said(), whys()) == ([], ["closed"])


def test_where_nobody_may_know_who_wrote_no_mail_is_posted(address, question):
    Activity.objects.filter(pk=question.pk).update(identity="anonymous")

    assert receive(mail(address)) == Fate.TOLD
    assert (whys(), Contribution.objects.count()) == (["anonymous"], 0)


def test_who_only_does_research_or_waits_at_the_door_posts_nothing(address, mailed):
    Participant.objects.filter(pk=mailed["Ben"].participant.pk).update(roles=[Role.RESEARCHER])
    assert receive(mail(address)) == Fate.DROPPED
    Participant.objects.filter(pk=mailed["Ben"].participant.pk).update(roles=[Role.PARTICIPANT], admitted_at=None)
    assert receive(mail(address, number="2")) == Fate.DROPPED

    assert (said(), told()) == ([], [])


def test_who_answers_after_the_workshop_is_told_and_gets_the_words_back(address, mailed):
    closed(mailed.workshop)

    assert receive(mail(address, "zebrafinch on Mondays")) == Fate.TOLD
    assert receive(mail(address, "zebrafinch on Mondays")) == Fate.TOLD
    assert (said(), whys()) == ([], ["over"])
    assert told() == [("ben@example.org", "Not posted: Who rings?")]
    (returned,) = sent.outbox
    assert "This workshop is over." in returned.body
    assert "“zebrafinch on Mondays”" in returned.body
    assert "zebrafinch on Mondays" in returned.alternatives[0][0]


def test_words_that_came_too_late_go_back(address):
    with clock.at(NOON + timedelta(days=5)):
        receive(mail(address, "zebrafinch on Mondays"))
        told()
    assert "“zebrafinch on Mondays”" in sent.outbox[0].body


def test_words_that_go_back_are_kept_only_until_then(address, mailed):
    closed(mailed.workshop)
    receive(mail(address, "zebrafinch\x00\u202e"))
    assert list(ReturnedWords.objects.values_list("words", flat=True)) == ["zebrafinch"]
    assert notices.forget_returned() == 0

    told()
    assert notices.forget_returned() == 1
    receive(mail(address, number="2"))
    with clock.at(NOON + timedelta(days=3)):
        assert notices.forget_returned() == 1  # it could not be sent for two days
    assert not ReturnedWords.objects.exists()


def test_nobody_else_sees_the_words_that_go_back(address, mailed, host):
    closed(mailed.workshop)
    receive(mail(address, "zebrafinch"))
    notice = Notice.objects.get(reason="reply_not_posted")
    pages = [reverse("mail", args=[mailed.workshop.slug, notice.pk]), reverse("outbox", args=[mailed.workshop.slug])]

    for page in (*pages, f"{pages[0]}?alone=1", reverse("mail_kinds", args=[mailed.workshop.slug])):
        found = host.get(page)
        assert found.status_code == 200
        assert "zebrafinch" not in found.content.decode()


def test_where_nobody_may_know_who_wrote_words_are_not_kept_either(address, question):
    Activity.objects.filter(pk=question.pk).update(identity="anonymous")
    receive(mail(address, "zebrafinch"))

    assert not ReturnedWords.objects.exists()


def test_who_may_not_be_there_is_told_nothing_after_the_workshop_either(address, mailed):
    closed(mailed.workshop)
    Participant.objects.filter(pk=mailed["Ben"].participant.pk).update(roles=[Role.RESEARCHER])

    assert receive(mail(address)) == Fate.DROPPED
    assert (said(), whys(), told()) == ([], [], [])


def test_a_removed_workshop_knows_no_address(address, mailed):
    type(mailed.workshop).objects.update(removed_at=clock.now())

    assert receive(mail(address)) == Fate.UNKNOWN
    assert (said(), whys()) == ([], [])
