"""The address of an answer opens one question for one person: not for guesses, not for strangers, not for programs."""

import uuid

import pytest
from django.core import mail as sent

from sessions_app import clock
from sessions_app.inbox.receiving import Fate, is_known, receive
from sessions_app.models import MailChoice, Participant
from sessions_app.operations.limits import MAILS
from sessions_app.operations.mail_choices import forget_address
from sessions_app.operations.replies import A_FEW
from sessions_app.reply_addresses import opened, reply_address
from tests.inbox.conftest import mail
from tests.inbox.seen import said, subjects, told, whys


@pytest.mark.parametrize("what", ["signature", "other person", "other dialogue", "cut", "long", "none", "letters"])
def test_a_made_up_address_opens_nothing(address, mailed, dialogue, what):
    local, _sign, domain = address.partition("@")
    other = reply_address(mailed["Chidi"].participant, dialogue).partition("@")[0]
    wrong = {
        "signature": f"{local[:-4]}aaaa",
        "other person": other[:16] + local[16:],
        "other dialogue": local[:20] + ("b" if local[20] != "b" else "c") + local[21:],
        "cut": local[:-2],
        "long": f"{local}a" * 9,
        "none": "answers",
        "letters": "answers+é%00' OR 1=1",
    }[what]

    assert receive(mail(f"{wrong}@{domain}"), envelope_to=[f"{wrong}@{domain}"]) == Fate.UNKNOWN
    assert not is_known(f"{wrong}@{domain}")
    assert (said(), told()) == ([], [])


def test_an_address_is_void_when_the_person_gave_another_one_or_left(address, mailed):
    ben = mailed["Ben"].participant
    assert is_known(address)
    MailChoice.objects.update_or_create(participant=ben, defaults={"epoch": 1})
    assert receive(mail(address)) == Fate.UNKNOWN
    MailChoice.objects.filter(participant=ben).update(epoch=0)
    assert is_known(address)
    Participant.objects.filter(pk=ben.pk).update(removed_at=clock.now())
    assert receive(mail(address)) == Fate.UNKNOWN
    assert said() == []


def test_a_forgotten_address_answers_nothing_more(address, mailed):
    forget_address(person=mailed["Ben"].participant, actor=mailed["Ben"])

    assert receive(mail(address)) == Fate.UNKNOWN


def test_an_address_outlives_a_change_of_the_key_of_the_service(address, settings):
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "x" * 60

    assert opened(address) is not None
    settings.SECRET_KEY_FALLBACKS = []
    assert opened(address) is None


def test_who_holds_the_address_but_writes_from_elsewhere_posts_nothing(address):
    """Somebody passed the mail on. The person is told, at their own address; the stranger gets nothing."""
    for sender in ("Ben <mallory@example.org>", "ben@example.org.evil.example", "ben@example.org, x@y.example", ""):
        assert receive(mail(address, sender=sender, number=str(uuid.uuid4()))) == Fate.TOLD

    assert said() == []
    assert set(whys()) == {"other_address"}
    assert {to for to, _subject in told()} == {"ben@example.org"}


def test_a_flood_of_mails_ends_in_a_few_answers(address):
    fates = [receive(mail(address, f"Again {number}", number=str(number))) for number in range(MAILS + 20)]

    assert fates[:MAILS] == [Fate.POSTED] * MAILS
    assert set(fates[MAILS:]) == {Fate.TOLD}
    assert len(said()) == MAILS
    assert len(subjects("reply_not_posted")) == A_FEW


def test_two_programs_that_answer_each_other_stop_at_once(address):
    """Whatever comes back to our own answers is from a program, or it finds no address of ours."""
    receive(mail(address))
    told()
    for answer in list(sent.outbox):
        back = answer.message().as_bytes().replace(b"To: ben@example.org", f"To: {address}".encode())
        assert receive(back) == Fate.DROPPED
    assert receive(mail(address, sender=address, number="9")) == Fate.DROPPED
    assert len(said()) == 1
    assert told() == []
