"""Staff accounts: allauth does the work; here is who may sign up, and what signing out means for open rooms."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest

from sessions_app import hints
from sessions_app.identifiers import token_hash
from sessions_app.identity import address_of


class StaffAccounts(DefaultAccountAdapter):  # type: ignore[misc]
    """Sign-up is closed unless SIGNUP_OPEN says otherwise; operators add staff with `manage.py add_staff`."""

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
