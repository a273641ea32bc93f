"""What comes with a request, as the server hands it over: kinds that break a parser, and more than people can send."""

import asyncio

import pytest

from coproduction.asgi import application
from coproduction.pages import MOST

CODECS = ["hex", "base64", "rot13", "idna", "punycode", "undefined", "unicode_escape", "raw_unicode_escape", "utf-7"]
PART = '--x\r\nContent-Disposition: form-data; name="{}"\r\n\r\n\\ud800abc\r\n'
FORM = "".join(PART.format(name) for name in ("body", "code", "visit", "name", "next", "login")) + "--x--\r\n"
KIBIBYTE = 1024


def ask(method: str, path: str, kind: str, chunks, *, length: int | None = None) -> tuple[int, str, int]:
    """The status, the text, and how many of CHUNKS were taken in."""
    headers = [(b"host", b"testserver"), (b"content-type", kind.encode("latin-1"))]
    headers += [(b"content-length", str(length).encode())] if length is not None else []
    scope = {
        **{"type": "http", "http_version": "1.1", "method": method, "path": path, "raw_path": path.encode()},
        **{"query_string": b"", "headers": headers, "scheme": "http"},
        **{"client": ("127.0.0.1", 1), "server": ("127.0.0.1", 80)},
    }
    taken, sent = [], []

    async def receive():
        taken.append(chunks[len(taken)])
        return {"type": "http.request", "body": taken[-1], "more_body": len(taken) < len(chunks)}

    async def send(message):
        sent.append(message)

    asyncio.run(application(scope, receive, send))
    text = b"".join(message.get("body", b"") for message in sent[1:]).decode("utf-8", "replace")
    return sent[0]["status"], text, len(taken)


@pytest.mark.django_db
@pytest.mark.parametrize("codec", CODECS)
@pytest.mark.parametrize("path", ["/go/", "/d/AAAAAA/", "/appearance/", "/accounts/login/"])
def test_forms_in_odd_codecs_are_not_understood(path, codec):
    status, text, _taken = ask("POST", path, f"multipart/form-data; boundary=x; charset={codec}", [FORM.encode()])

    assert status == 400
    assert "We did not understand that" in text


@pytest.mark.django_db
@pytest.mark.parametrize(
    "kind",
    ["text/plain; x*=undefined''%e9", "text/plain; x*=hex''%41", "text/plain; charset='hex'", "a; CHARSET = hex"],
)
def test_a_page_asked_for_with_an_odd_kind_is_no_trouble_of_ours(kind):
    assert ask("GET", "/help/", kind, [b""])[0] == 400


@pytest.mark.django_db
@pytest.mark.parametrize(
    "kind", ["", "text/plain", "text/html; charset=UTF-8", 'text/html; charset="utf-8"', "a/b; x=y"]
)
def test_usual_kinds_are_fine(kind):
    assert ask("GET", "/help/", kind, [b""])[0] == 200


@pytest.mark.django_db
@pytest.mark.parametrize("length", [200 * MOST, None], ids=["told", "in chunks"])
def test_too_much_is_not_read_to_its_end(length):
    chunks = [b"a" * 100 * KIBIBYTE] * 200
    status, text, taken = ask("POST", "/go/", "application/x-www-form-urlencoded", chunks, length=length)

    assert status == 413
    assert "longer than we can take" in text
    assert taken <= MOST // (100 * KIBIBYTE) + 1
