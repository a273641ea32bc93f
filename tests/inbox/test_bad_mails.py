"""Mails that are broken, huge or made to harm: read without an error, in little time, and never taken for more."""

import time
import tracemalloc
from contextlib import suppress
from email import policy
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions_app.errors import BadText, TooLong
from sessions_app.inbox.cleaning import cleaned
from sessions_app.inbox.message import Written, read
from sessions_app.text import clean_body

HEAD = b"From: Ben <ben@example.org>\r\nTo: reply+k@workshops.example\r\nMessage-ID: <1@x>\r\nMIME-Version: 1.0\r\n"
MB = 1024 * 1024


def mail(body: bytes, kind: bytes = b"text/plain; charset=utf-8", more: bytes = b"") -> bytes:
    return HEAD + more + b"Content-Type: " + kind + b"\r\n\r\n" + body


def words(raw: bytes) -> str:
    return cleaned(read(raw).written, ["Ben"])


def test_a_mail_of_30_mb_costs_little_and_its_words_are_read():
    photo = (
        b"--b\r\nContent-Type: image/jpeg; name=a.jpg\r\nContent-Transfer-Encoding: base64\r\n\r\n" + b"QUJD" * 7 * MB
    )
    raw = mail(
        b"--b\r\nContent-Type: text/plain\r\n\r\nHere is the poster.\r\n" + photo, b"multipart/mixed; boundary=b"
    )
    assert len(raw) > 28 * MB
    tracemalloc.start()
    found = read(raw)
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert cleaned(found.written) == "Here is the poster."
    assert (found.has_files, found.is_cut) == (True, True)
    assert most < len(raw)  # and not many times that


def test_words_behind_a_huge_picture_are_not_read_and_it_says_so():
    photo = b"--b\r\nContent-Type: image/jpeg; name=a.jpg\r\n\r\n" + b"QUJD" * MB
    raw = mail(
        photo + b"\r\n--b\r\nContent-Type: text/plain\r\n\r\nBelow.\r\n--b--\r\n", b"multipart/mixed; boundary=b"
    )

    assert (words(raw), read(raw).is_cut) == ("", True)


@pytest.mark.parametrize(
    ("charset", "body", "text"),
    [
        (b"utf-8", "Försök".encode("latin-1"), "Försök"),
        (b"us-ascii", "Försök – nu".encode("cp1252"), "Försök – nu"),
        (b"iso-8859-1", "“så”".encode("cp1252"), "“så”"),
        (b"no-such-thing", "Försök".encode(), "Försök"),
        (b"unicode_escape", rb"\ud800 ja", r"\ud800 ja"),
        (b"punycode", b"ja-xyz", "ja-xyz"),
        (b"utf-7", b"+2AA- ja", "+2AA- ja"),
        (b"zlib", b"ja", "ja"),
        (b"utf-16", "ja".encode("utf-16"), "ja"),
        (b'"utf-8', b"ja", "ja"),
    ],
)
def test_whatever_alphabet_it_claims_its_words_are_kept(charset, body, text):
    assert words(mail(body, b"text/plain; charset=" + charset)) == text


@pytest.mark.parametrize("kind", ["base64", "quoted-printable", "uuencode", "x-unknown"])
def test_a_broken_transfer_encoding_raises_nothing(kind):
    raw = mail(b"=ZZ=\xff not @ base64 !", more=b"Content-Transfer-Encoding: " + kind.encode() + b"\r\n")

    assert isinstance(words(raw), str)


def test_nul_and_half_signs_do_not_reach_the_database():
    text = words(mail(b"a\x00b\x07c \xed\xa0\x80 d"))

    assert "\x00" not in clean_body(text)
    clean_body(text).encode()


def test_a_name_or_subject_cannot_put_lines_into_a_header():
    raw = mail(b"Ja.", more=b"Subject: =?utf-8?q?a=0D=0ABcc=3A_victim=40example.org?=\r\n").replace(
        b"From: Ben <ben@example.org>", b"From: =?utf-8?q?Ben=0D=0ABcc=3A_victim=40example.org?= <ben@example.org>"
    )
    found = read(raw)

    assert found.sender == "ben@example.org"
    assert found.sender_name == "Ben Bcc: victim@example.org"
    assert found.recipients == ("reply+k@workshops.example",)


@pytest.mark.parametrize(
    "line",
    [
        b"From: ben@example.org, victim@example.org",
        b"From: ",
        b"From: undisclosed",
        b"From: \xff\xfe\x00",
        b"From: <<<>>>(((",
        b"From: =?utf-8?b?////?= <",
        b"X-No: from",
    ],
)
def test_who_cannot_be_told_is_nobody(line):
    assert read(mail(b"Ja.").replace(b"From: Ben <ben@example.org>", line)).sender == ""


def test_a_mail_without_a_number_is_known_by_its_words():
    one, other = (mail(body).replace(b"Message-ID: <1@x>\r\n", b"") for body in (b"Ja.", b"Nej."))

    assert read(one).message_id == read(one).message_id != read(other).message_id


def test_a_mail_in_which_mails_lie_in_mails_is_left_alone():
    nested = b"Content-Type: text/plain\r\n\r\nJa."
    for number in range(3000):
        nested = b"Content-Type: multipart/mixed; boundary=%d\r\n\r\n--%d\r\n" % (number, number) + nested
    rfc822 = b"Content-Type: message/rfc822\r\n\r\n" * 3000 + b"Content-Type: text/plain\r\n\r\nJa."

    for raw in (HEAD + nested, HEAD + rfc822):
        assert words(raw) == ""


@pytest.mark.parametrize(
    "text",
    [
        "On " * 20_000,
        "On a\n" * 12_000,
        "From:" + " " * 50_000,
        ("From:" + " " * 200 + "\n") * 280,
        "Den " + "skrev " * 9_000,
        ">" * 50_000,
        ("> " * 100 + "\n") * 290,
        "\n" * 60_000,
        "sent from my " * 5_000,
        ("best regards\n" + "a " * 30 + "\n") * 800,
        "-" * 60_000,
        "a\n-- \n" * 9_000,
        "@" * 60_000,
        ("1:1" * 60 + "\n>\n") * 300,
        "_" * 9 + "\n" + " " * 50_000 + "x",
    ],
    ids=range(15),
)
def test_no_text_takes_long(text):
    begun = time.process_time()
    cleaned(Written(text, is_wrapped=True), ["Ben"])

    assert time.process_time() - begun < 3


@pytest.mark.parametrize(
    "html",
    ["<div>" * 100_000, "<p" * 200_000, "<!--" * 100_000, "<b></i>" * 80_000, "&#" * 200_000, "<a b='" * 90_000],
    ids=range(6),
)
def test_no_page_takes_long(html):
    begun = time.process_time()
    words(mail(html.encode(), b"text/html"))

    assert time.process_time() - begun < 4


@given(st.binary(max_size=400), st.sampled_from([b"text/plain", b"text/html", b"multipart/mixed; boundary=b", b"\xff"]))
def test_reading_never_raises(body, kind):
    found = read(mail(body, kind))
    with suppress(BadText, TooLong):
        clean_body(cleaned(found.written, [found.sender_name]))


@given(st.binary(max_size=600))
def test_reading_never_raises_even_what_is_no_mail(raw):
    assert isinstance(cleaned(read(raw).written), str)


LINE = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=30)


@given(st.lists(st.tuples(LINE, st.booleans()), min_size=1, max_size=8))
def test_what_has_the_sign_of_a_quote_is_never_kept(lines):
    text = "\n".join(f"> zebrafinch {line}" if is_quoted else f"{line}" for line, is_quoted in lines)

    assert "zebrafinch" not in cleaned(Written(text))


@given(st.lists(LINE, min_size=1, max_size=6), st.sampled_from(["top", "bottom"]))
def test_plain_words_survive_whatever_they_are(lines, place):
    """Words of a shape that no program writes come back as they are, above a quote and below it."""
    own = "\n".join(f"word {line} word" for line in lines)
    message = EmailMessage(policy=policy.SMTP)
    message["From"] = "Ben <ben@example.org>"
    quoted = "On Wed, Mar 10, 2027 at 12:05 PM Co-production <a@b.example> wrote:\n> zebrafinch\n"
    message.set_content(f"{own}\n\n{quoted}" if place == "top" else f"{quoted}\n{own}\n")

    assert cleaned(read(message.as_bytes()).written) == own
