"""The mailbox road: unread mails are fetched once, and one that fails does not stop the others."""

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError

from sessions_app import tasks
from sessions_app.inbox import mailbox
from sessions_app.inbox.mailbox import poll
from sessions_app.inbox.message import READ
from tests.inbox.conftest import WRONG, Away, mail
from tests.inbox.imap import mailbox as imap
from tests.inbox.imap import url
from tests.inbox.seen import bodies
from tests.inbox.test_corpus import ROBOTS


def test_a_mailbox_is_emptied_once(address, settings):
    robot = (
        ROBOTS[0].read_bytes().replace(b"reply+aaaaa4dqaaaaab3yqk2m7n5v6w3x4z2q@workshops.example", address.encode())
    )
    with imap(mail(address), robot, mail(WRONG), mail(address, "And on Mondays.", number="2")) as folder:
        assert poll(url(folder)) == {"posted": 2, "dropped": 1, "unknown": 1}
        assert folder.unread() == []
        assert poll(url(folder)) == {}
        folder.flags.clear()  # somebody marks all as unread, or a visit was cut off before the mark
        settings.MAILBOX_URL = url(folder)
        assert tasks.poll_mailbox() == 4

    assert bodies() == ["I can ring.", "And on Mondays."]


def test_of_a_huge_mail_only_the_beginning_is_fetched(address):
    with imap(mail(address) + b"x" * 30 * 2**20) as folder:
        assert poll(url(folder)) == {"told": 1}
        assert [said for said in folder.commands if "FETCH" in said] == [f"UID FETCH 1 (BODY.PEEK[]<0.{READ + 1}>)"]


def test_one_mail_on_which_we_fail_does_not_stop_the_others(address, monkeypatch, caplog):
    honest = mailbox.receive
    monkeypatch.setattr(mailbox, "receive", lambda raw: 1 / 0 if b"zebrafinch" in raw else honest(raw))
    with imap(mail(address, "A zebrafinch."), mail(address, number="2")) as folder:
        assert poll(url(folder)) == {"posted": 1}
        assert folder.flags[1] == {r"\Seen", r"\Flagged"}
    assert "could not be received" in caplog.text
    assert "A zebrafinch" not in caplog.text


def test_while_the_database_is_away_mails_stay_unread(address, monkeypatch):
    monkeypatch.setattr(mailbox, "receive", Away())
    with imap(mail(address)) as folder:
        with pytest.raises(OperationalError):
            poll(url(folder))
        assert folder.unread() == [1]


@pytest.mark.parametrize("wrong", ["password", "folder", "port", "scheme", "words"])
def test_a_mailbox_that_cannot_be_opened_is_one_sentence(wrong, settings, db):
    with imap() as folder:
        settings.MAILBOX_URL = {
            "password": url(folder, password="other"),
            "folder": url(folder, path="Elsewhere"),
            "port": "imap://a:b@127.0.0.1:1/INBOX",
            "scheme": "pop3://a:b@127.0.0.1/INBOX",
            "words": url(folder, path="%22%0D%0Aa1%20DELETE"),
        }[wrong]
        with pytest.raises(CommandError) as said_so:
            call_command("poll_mailbox")

    assert "can't be opened" in str(said_so.value)
    assert "a secret" not in str(said_so.value)


def test_the_command_says_what_came(address, settings, capsys):
    with imap(mail(address)) as folder:
        settings.MAILBOX_URL = url(folder)
        call_command("poll_mailbox")
        call_command("poll_mailbox")
    settings.MAILBOX_URL = ""
    with pytest.raises(CommandError):
        call_command("poll_mailbox")

    assert capsys.readouterr().out == "1 posted\nNo mail.\n"
