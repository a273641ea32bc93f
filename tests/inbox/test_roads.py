"""Every road leads through one door: a pipe, an LMTP or SMTP server, a mailbox. None loses a mail, none sends one."""

import asyncio
import io
import os
import signal
import smtplib
import subprocess
import sys
from contextlib import contextmanager
from socket import socket
from urllib.parse import quote

import pytest
from aiosmtpd.controller import Controller
from django.conf import settings as project
from django.core import mail as sent
from django.core.management import call_command
from django.db import connection

from sessions_app.inbox import listener
from sessions_app.inbox.mailbox import poll
from sessions_app.management.commands import receive_mail
from sessions_app.models import Notice
from sessions_app.operations.limits import REFUSALS
from tests.inbox.conftest import REPLIES, WRONG, Away, mail
from tests.inbox.imap import mailbox as imap
from tests.inbox.imap import url
from tests.inbox.seen import bodies
from tests.inbox.test_corpus import ROBOTS

# --- the pipe


def piped(monkeypatch, raw: bytes, *words: str) -> int:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(raw)))
    with pytest.raises(SystemExit) as ended:
        call_command("receive_mail", *words)
    assert sys.stdin.buffer.read() == b""  # nobody who writes into the pipe is cut off
    return ended.value.code


def test_a_pipe_takes_a_mail_once(monkeypatch, address):
    words = ("--sender", "ben@example.org", "--to", address.upper())
    assert [piped(monkeypatch, mail("somebody@else.example"), *words) for _time in range(2)] == [0, 0]

    assert bodies() == ["I can ring."]


def test_a_pipe_says_what_is_wrong_in_the_words_of_mail_servers(monkeypatch, address):
    assert piped(monkeypatch, b"\n") == 65
    assert piped(monkeypatch, mail(WRONG)) == 67
    assert piped(monkeypatch, mail("ben@example.org")) == 67
    assert piped(monkeypatch, mail(address, "> nothing")) == 0  # its writer was told
    monkeypatch.setattr(receive_mail, "receive", Away())
    assert piped(monkeypatch, mail(address)) == 75
    assert bodies() == []


def test_a_pipe_bounces_no_bounce(monkeypatch, address):
    for path in ROBOTS:
        assert piped(monkeypatch, path.read_bytes()) == 0
    assert piped(monkeypatch, mail(WRONG), "--sender", "") == 0
    assert piped(monkeypatch, mail(address), "--sender", "MAILER-DAEMON") == 0  # so says Postfix, if it is not told
    assert piped(monkeypatch, mail(address, more="Return-Path: <MAILER-DAEMON>\r\n")) == 0
    assert (Notice.objects.count(), sent.outbox) == (0, [])


def test_a_storm_to_wrong_addresses_ends_in_silence(monkeypatch, db):
    codes = [piped(monkeypatch, mail(WRONG, number=str(number))) for number in range(REFUSALS + 5)]

    assert codes == [67] * REFUSALS + [0] * 5


def test_a_pipe_takes_30_mb(monkeypatch, address):
    photo = b"\r\n--b\r\nContent-Type: image/jpeg; name=a.jpg\r\n\r\n" + b"QUJD" * 7 * 2**20 + b"\r\n--b--\r\n"
    raw = mail(address).replace(b"Content-Type: text/plain", b"Content-Type: multipart/mixed; boundary=b\r\nX: y", 1)
    raw = raw.replace(b"I can ring.", b"--b\r\nContent-Type: text/plain\r\n\r\nThis poster.") + photo

    assert piped(monkeypatch, raw) == 0
    assert bodies() == ["This poster."]


# --- the server


class Server(Controller):
    def __init__(self, *, is_lmtp: bool) -> None:
        with socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        super().__init__(listener.Taker(is_lmtp=is_lmtp), hostname="127.0.0.1", port=port)
        self.is_lmtp = is_lmtp

    def factory(self):
        return listener.protocol(self.loop, is_lmtp=self.is_lmtp)


@contextmanager
def served(*, is_lmtp: bool):
    server = Server(is_lmtp=is_lmtp)
    server.start()
    client = (smtplib.LMTP if is_lmtp else smtplib.SMTP)("127.0.0.1", server.port, timeout=20)
    try:
        yield client
        client.quit()
    finally:
        client.close()
        server.stop()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("is_lmtp", [True, False], ids=["lmtp", "smtp"])
def test_a_mail_server_hands_on_what_is_ours(address, is_lmtp):
    with served(is_lmtp=is_lmtp) as client:
        assert client.sendmail("ben@example.org", [address], mail("hidden@copy.example")) == {}
        assert client.sendmail("ben@example.org", [address.upper()], mail("hidden@copy.example")) == {}

    assert bodies() == ["I can ring."]


@pytest.mark.django_db(transaction=True)
def test_lmtp_answers_for_each_address(address, mailed, dialogue):
    """One for each, as the protocol wants it: else the next answer is taken for the missing one."""
    from sessions_app.reply_addresses import reply_address

    chidi = reply_address(mailed["Chidi"].participant, dialogue)
    with served(is_lmtp=True) as client:
        client.ehlo_or_helo_if_needed()
        client.mail("ben@example.org")
        assert [client.rcpt(one)[0] for one in (address, WRONG, chidi)] == [250, 550, 250]
        assert client.data(mail(address))[0] == 250
        assert client.getreply()[0] == 250
        assert client.noop()[0] == 250

    assert bodies() == ["I can ring."]  # Chidi is told that somebody else wrote under her address


@pytest.mark.django_db(transaction=True)
def test_who_is_not_known_is_refused_before_the_mail_comes(address, caplog):
    with served(is_lmtp=False) as client, pytest.raises(smtplib.SMTPRecipientsRefused) as refused:
        client.sendmail("mallory@example.org", [WRONG, "postmaster@workshops.example"], mail(WRONG))

    assert {code for code, _words in refused.value.recipients.values()} == {550}
    assert (bodies(), Notice.objects.count()) == ([], 0)


@pytest.mark.django_db(transaction=True)
def test_a_storm_to_wrong_addresses_at_the_server_ends_in_silence(address):
    with served(is_lmtp=True) as client:
        client.ehlo_or_helo_if_needed()
        codes = []
        for _number in range(REFUSALS + 5):
            client.mail("mallory@example.org")
            codes.append(client.rcpt(WRONG)[0])
            client.rset()
        assert client.sendmail("mallory@example.org", [WRONG], mail(WRONG)) == {}

    assert codes == [550] * REFUSALS + [250] * 5
    assert (bodies(), Notice.objects.count()) == ([], 0)


@pytest.mark.django_db(transaction=True)
def test_while_the_database_is_away_the_sender_keeps_the_mail(address, monkeypatch):
    monkeypatch.setattr(listener, "receive", Away())
    with served(is_lmtp=False) as client:
        with pytest.raises(smtplib.SMTPDataError) as later:
            client.sendmail("ben@example.org", [address], mail(address))
        monkeypatch.setattr(listener, "is_known", Away())
        client.rset()
        with pytest.raises(smtplib.SMTPRecipientsRefused):
            client.sendmail("ben@example.org", [address], mail(address))

    assert later.value.smtp_code == 451


@pytest.mark.django_db(transaction=True)
def test_what_is_larger_than_we_take_is_refused_before_it_comes(address):
    with served(is_lmtp=False) as client:
        client.ehlo()
        assert client.mail("ben@example.org", [f"SIZE={listener.LARGEST + 1}"])[0] == 552
        client.rset()
        assert client.mail("ben@example.org", [f"SIZE={30 * 2**20}"])[0] == 250


@pytest.mark.django_db(transaction=True)
def test_the_command_listens_until_it_is_told_to_end(address):
    """A process of its own, with the same database."""
    about = connection.settings_dict
    where = f"{quote(about['HOST'], safe='')}:{about['PORT']}" if about["PORT"] else quote(about["HOST"], safe="")
    database = f"postgres://{quote(about['USER'])}:{quote(about['PASSWORD'])}@{where}/{about['NAME']}"
    environ = {**os.environ, "DATABASE_URL": database, "REPLY_ADDRESS": REPLIES}
    command = [sys.executable, "manage.py", "mail_listener", "--port", "0"]
    with subprocess.Popen(command, cwd=project.BASE_DIR, env=environ, stdout=subprocess.PIPE, text=True) as process:
        try:
            port = int(process.stdout.readline().strip().rstrip(".").rpartition(":")[2])
            with smtplib.LMTP("127.0.0.1", port, timeout=20) as client:
                assert client.sendmail("ben@example.org", [address], mail(address)) == {}
        finally:
            process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0

    assert bodies() == ["I can ring."]


# --- all of them


@pytest.mark.django_db(transaction=True)
def test_the_same_mail_by_all_roads_at_once_is_one_contribution(address, monkeypatch):
    raw = mail(address)

    async def together(port: int) -> None:
        def by_lmtp() -> None:
            with smtplib.LMTP("127.0.0.1", port, timeout=20) as client:
                client.sendmail("ben@example.org", [address], raw)

        await asyncio.gather(*(asyncio.to_thread(by_lmtp) for _time in range(6)))

    server = Server(is_lmtp=True)
    server.start()
    try:
        asyncio.run(together(server.port))
    finally:
        server.stop()
    assert piped(monkeypatch, raw) == 0
    with imap(raw) as folder:
        assert poll(url(folder)) == {"posted": 1}

    assert bodies() == ["I can ring."]
    assert Notice.objects.filter(reason="reply_posted").count() == 1
