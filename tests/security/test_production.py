"""A public server: it starts with safe settings only, and its cookies and headers are those of https."""

import pytest
from allauth.account.models import EmailAddress

from coproduction.safety import troubles
from tests.security.production import ask, run
from tests.world import PASSWORD, make_world

SAFE = {
    "secret_key": "abcde" * 10,
    "public_url": "https://workshops.example",
    "allowed_hosts": ["workshops.example"],
    "is_debug": False,
    "is_demo": False,
}
UNSAFE = [
    ({"secret_key": ""}, "SECRET_KEY is empty."),
    ({"secret_key": "short"}, "SECRET_KEY is too easy to guess."),
    ({"secret_key": "a" * 60}, "SECRET_KEY is too easy to guess."),
    ({"allowed_hosts": ["workshops.example", "*"]}, "ALLOWED_HOSTS must not be *."),
    ({"allowed_hosts": ["*"], "public_url": "http://localhost"}, "ALLOWED_HOSTS must not be *."),
    ({"allowed_hosts": []}, "ALLOWED_HOSTS is empty."),
    ({"is_debug": True}, "DEBUG shows the program's inside to everybody."),
    ({"public_url": "workshops.example"}, "PUBLIC_URL is no address."),
    ({"public_url": ""}, "PUBLIC_URL is no address."),
]


@pytest.mark.parametrize(("change", "sentence"), UNSAFE)
def test_unsafe_settings_are_told_in_a_sentence(change, sentence):
    (told,) = troubles(**(SAFE | change))

    assert told.startswith(sentence)
    assert "abcde" not in told


@pytest.mark.parametrize(
    "change",
    [{}, {"is_debug": True, "is_demo": True}]
    + [
        {"public_url": "http://localhost", **more}
        for more in ({"secret_key": "short"}, {"is_debug": True}, {"allowed_hosts": []})
    ],
)
def test_safe_settings_are_not(change):
    assert troubles(**(SAFE | change)) == []


@pytest.mark.parametrize(
    ("environ", "sentence"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY is empty."),
        ({"DEBUG": "1", "ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS must not be *."),
    ],
)
@pytest.mark.parametrize(
    "command", [("-c", "import coproduction.asgi"), ("-m", "coproduction.serve", "--port", "1")], ids=["asgi", "serve"]
)
def test_a_server_with_unsafe_settings_does_not_start(command, environ, sentence):
    done = run(*command, **environ)

    assert done.returncode == 1
    assert sentence in done.stderr.strip().splitlines()[-1]
    if "coproduction.serve" in command:
        assert len(done.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize("command", ["export_workshop", "migrate", "check", "help"])
def test_a_command_without_settings_ends_with_one_line(command):
    words = ["calm", "--output", "calm.zip"] if command == "export_workshop" else []
    done = run("manage.py", command, *words, SECRET_KEY="")

    (line,) = [told for told in done.stderr.splitlines() if told] if command != "help" else ["SECRET_KEY is empty."]
    assert "SECRET_KEY is empty." in line
    assert "Traceback" not in done.stdout + done.stderr


def test_the_deployment_check_finds_nothing():
    done = run("manage.py", "check", "--deploy", "--fail-level", "WARNING")

    assert done.returncode == 0, done.stderr


@pytest.fixture
def visit(transactional_db):
    world = make_world()
    user = world.ada.participant.user
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return ask("tests.security.public_visit", world.session.code, user.email, PASSWORD)


def test_a_public_server(visit):
    """One visit, since a process is slow to start; each part has its own lines."""
    cookies, names = visit["cookies"], visit["names"]
    assert set(names.values()) == {"__Host-device", "__Host-staff"}
    assert {"__Host-device", "__Host-staff", "__Host-csrf", "__Host-language", "look"} <= set(cookies)
    for name, cookie in cookies.items():
        assert cookie["secure"] is True, name
        assert cookie["httponly"] is True, name
        assert (cookie["samesite"], cookie["path"], cookie["domain"]) == ("Lax", "/", ""), name

    headers = visit["headers"]
    assert headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"
    assert "connect-src 'self' wss://workshops.example" in headers["Content-Security-Policy"]
    assert headers["Cache-Control"] == "private, no-store"

    plain = visit["plain"]
    assert (plain["status"], plain["to"]) == (301, "https://workshops.example/d/x/?from=hall")
    assert plain["headers"]["Cache-Control"] == "private, no-store"
    assert plain["headers"]["X-Content-Type-Options"] == "nosniff"

    assert visit["health"] == 200  # load balancers ask without https
    assert (visit["demo"], visit["components"]) == (404, 404)
    assert visit["other_host"] == 400
