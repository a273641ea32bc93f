"""Staff accounts: allauth does the work; here is who may sign up, and what signing out means for open rooms."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from sessions_app import hints
from sessions_app.identifiers import token_hash
from sessions_app.identity import address_of

WRONG_CODE = _("That is not the code. Look once more, or ask for a new one.")
OLD_LINK = _("This link does not work any more. Ask for a new one.")


class StaffAccounts(DefaultAccountAdapter):  # type: ignore[misc]
    """Sign-up is closed unless SIGNUP_OPEN says otherwise; operators add staff with `manage.py add_staff`."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account is switched off. Ask whoever runs this site to switch it on again."),
        "cannot_remove_primary_email": _("This is your main address, so it stays."),
        "duplicate_email": _("Your account has this address already."),
        "email_password_mismatch": _("Address and password do not belong together. Try once more."),
        "email_taken": _("There is an account with this address already."),
        "enter_current_password": _("Write the password that you have now."),
        "incorrect_code": WRONG_CODE,
        "incorrect_password": _("That is not your password. Try once more."),
        "invalid_or_expired_key": OLD_LINK,
        "invalid_password_reset": OLD_LINK,
        "max_email_addresses": _("An account has at most %d addresses."),
        "rate_limited": _("That was a lot at once. Wait a little, then try again."),
        "same_as_current": _("That is the one you have already. Choose another one."),
        "too_many_login_attempts": _("That was wrong too often. Wait a few minutes, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return settings.ACCOUNT_SIGNUP_OPEN

    def get_client_ip(self, request: HttpRequest) -> str:
        """For allauth's own limits: the same address as for ours."""
        return address_of(request)

    def is_safe_url(self, url: str | None) -> bool:
        """Whether allauth may go on to URL. One that is no address at all is not safe either."""
        try:
            return bool(url) and super().is_safe_url(url)
        except ValueError:
            return False

    def logout(self, request: HttpRequest) -> None:
        login = token_hash(request.session.session_key or "")
        super().logout(request)
        hints.publish("kick", {"login": login})

    def set_password(self, user: Any, password: str) -> None:
        """A new password ends every login of the user, and with them their open rooms."""
        super().set_password(user, password)
        hints.publish("kick", {"user": user.pk})

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """The e-mail is the name: one thing fewer to remember."""
        user.username = user.email[:150]


class SecondSteps(DefaultMFAAdapter):  # type: ignore[misc]
    """A second step of signing in, refused in our own words."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "add_email_blocked": _("With a second step, no address can be added. Switch the second step off first."),
        "cannot_delete_authenticator": _("This is your only second step, so it stays."),
        "cannot_generate_recovery_codes": _("First switch on codes from an app, or add a key."),
        "incorrect_code": WRONG_CODE,
        "unverified_email": _("First open the mail that checks your address."),
    }
