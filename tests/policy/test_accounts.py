"""The addresses of allauth, as a group: which there are, and what they answer to nobody, to a citizen and to staff."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.urls import get_resolver, reverse

from tests.policy.test_matrix import word

pytestmark = pytest.mark.django_db
# ok = a page; to = go on elsewhere; in = sign in first; .. = not there; no = refused. A GET changes nothing anywhere.
ACCOUNTS = """
address                               out  part staff
account_login                         ok   ok   to
account_logout                        to   to   ok
account_inactive                      ok   ok   ok
account_signup                        ok   ok   to
account_reauthenticate                in   in   ok
account_email                         in   in   ok
account_email_verification_sent       ok   ok   ok
account_change_password               in   in   ok
account_set_password                  in   in   to
account_reset_password                ok   ok   ok
account_reset_password_done           ok   ok   ok
account_reset_password_from_key       ok   ok   ok
account_reset_password_from_key_done  ok   ok   ok
account_confirm_email                 ok   ok   ok
account_request_login_code            ok   ok   to
account_confirm_login_code            in   in   to
mfa_index                             in   in   ok
mfa_authenticate                      in   in   to
mfa_reauthenticate                    in   in   to
mfa_activate_totp                     in   in   to
mfa_deactivate_totp                   in   in   ..
mfa_view_recovery_codes               in   in   ..
mfa_generate_recovery_codes           in   in   to
mfa_download_recovery_codes           in   in   ..
mfa_list_webauthn                     in   in   ok
mfa_add_webauthn                      in   in   to
mfa_reauthenticate_webauthn           in   in   to
mfa_remove_webauthn                   in   in   to
mfa_edit_webauthn                     in   in   to
"""
ARGS = {
    "account_reset_password_from_key": ("1", "set-password"),
    "account_confirm_email": ("not-a-key",),
    "mfa_remove_webauthn": (1,),
    "mfa_edit_webauthn": (1,),
}


def table() -> dict[str, dict[str, str]]:
    head, *lines = [line.split() for line in ACCOUNTS.strip().splitlines()]
    return {name: dict(zip(head[1:], answers, strict=True)) for name, *answers in lines}


def names(resolver) -> set[str]:
    found = set()
    for part in resolver.url_patterns:
        found |= names(part) if hasattr(part, "url_patterns") else {part.name}
    return found


def test_every_address_of_accounts_is_in_the_table():
    """A new version of allauth may bring more of them, each a new way in."""
    (accounts,) = [part for part in get_resolver().url_patterns if str(part.pattern) == "accounts/"]

    assert names(accounts) == set(table())


@pytest.mark.parametrize("role", ["out", "part", "staff"])
def test_they_answer_what_the_table_says(cast, role):
    staff = cast.users["staff"]
    EmailAddress.objects.get_or_create(user=staff, email=staff.email, verified=True, primary=True)
    browser, wrong = cast.browser(role), {}
    for name, answers in table().items():
        answer = browser.get(reverse(name, args=ARGS.get(name, ())))
        if word(answer) != answers[role]:
            wrong[name] = (word(answer), answer.status_code, answers[role])
        assert not re.search(r"Traceback|DoesNotExist", answer.content.decode())
    assert wrong == {}
