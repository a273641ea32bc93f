"""Pages of staff accounts speak our words: of the templates of allauth only those without a sentence are drawn."""

from pathlib import Path

import allauth
import pytest
from django.conf import settings
from django.urls import reverse

pytestmark = pytest.mark.django_db
THEIRS, OURS = Path(allauth.__file__).parent / "templates", Path(settings.BASE_DIR) / "templates"
# Nothing that could be read stands in these, or they belong to what is switched off here.
WORDLESS = {"base_entrance.html", "base_manage.html", "base_manage_email.html", "base_manage_password.html"}
SWITCHED_OFF = ("phone", "signup_by_passkey", "email_change", "_code", "trust", "webauthn/signup", "snippets", "email/")
OUT = ["account_login", "account_signup", "account_reset_password", "account_reset_password_done", "account_inactive"]
IN = ["account_logout", "account_email", "account_change_password", "account_reauthenticate", "mfa_index"]


def named(path: Path) -> str:
    return path.relative_to(THEIRS).as_posix()


def test_every_page_of_theirs_has_one_of_ours():
    needed = [
        named(path)
        for folder in ("account", "mfa")
        for path in sorted((THEIRS / folder).rglob("*"))
        if path.suffix in {".html", ".txt"} and path.name not in WORDLESS
    ]
    left = [name for name in needed if not (OURS / name).exists() and not any(off in name for off in SWITCHED_OFF)]

    assert len(needed) > 30
    assert left == []


@pytest.mark.parametrize("language", ["en", "sv"])
@pytest.mark.parametrize("name", OUT + IN)
def test_a_page_is_drawn_with_our_templates(browser_of, name, language):
    browser = browser_of("Ada") if name in IN else browser_of()
    answer = browser.get(reverse(name), HTTP_ACCEPT_LANGUAGE=language)

    drawn = {Path(template.origin.name) for template in answer.templates if template.origin}
    foreign = {path for path in drawn if THEIRS in path.parents and path.name not in WORDLESS}
    assert answer.status_code == 200
    assert {named(path) for path in foreign if "allauth/" not in named(path)} == set()


def test_a_wrong_password_is_told_in_our_words(world, browser_of):
    wrong = {"login": "ada@example.org", "password": "not this one"}
    page = browser_of().post(reverse("account_login"), wrong).content.decode()

    assert "Address and password do not belong together. Try once more." in page
    assert "Stay signed in on this device" in page
