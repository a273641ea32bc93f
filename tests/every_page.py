"""Every page of the product by name, so that no test that looks at pages can forget one.

A name is the address's name in urls.py, with the role behind it where each role has its own (`guide:citizen`).
"""

from collections.abc import Iterable
from urllib.parse import urlsplit

from django.urls import Resolver404, get_resolver, resolve

from sessions_app.views.demo import PARTS
from sessions_app.views.help import GUIDES
from tests.policy import matrix
from tests.policy.test_accounts import table as accounts

URLS = "tests.sample.demo_urls"  # the project's, and those that only a demo has
DEMO = {"components", *(f"demo:{role}" for role in PARTS)}
# Addresses that answer GET, but not with a page that somebody looks at.
NO_PAGE = {
    "worker": "a script",
    "eaa:document": "a file: PDF, Markdown or JSON",
    "health_live": "one word for machines",
    "health_ready": "one word for machines",
    "room_news": "news for a script",
    "thread_news": "news for a script",
    "console_news": "news for a script",
    "screen_news": "news for a script",
    "group_news": "news for a script",
    "calendar": "a file for calendars",
    "own": "a part of the room, for a script; without one the room has it",
}
# Pages of allauth that are opened by a secret in a mail or by a step of a longer way.
ON_THE_WAY = {
    "account_inactive": "for accounts that were switched off; it is the sentence of account_login in the same frame",
    "account_signup": "nobody can sign up; it says so in the same frame",
    "account_confirm_email": "opened by a secret in a mail",
    "account_reset_password_from_key": "opened by a secret in a mail",
    "account_reset_password_from_key_done": "the end of that way",
    "account_email_verification_sent": "one sentence on the way of a mail",
    "account_reauthenticate": "account_login once more, with the password alone",
    "mfa_list_webauthn": "needs a key in hand; mfa_index leads to it",
}


def name_of(path: str) -> str:
    """The name of the page at PATH; nothing where no page is."""
    try:
        found = resolve(urlsplit(path).path, URLS)
    except Resolver404:
        return ""
    role = found.kwargs.get("role")
    return f"{found.view_name}:{role}" if role else str(found.view_name)


def names_of(paths: Iterable[str]) -> set[str]:
    return {name_of(path) for path in paths} - {""}


def every_page() -> set[str]:
    """What the table of who may go where shows to somebody, the pages of accounts, and those of a demo."""
    ours = {row.name for row in matrix.rows(matrix.OPEN) if row.how == "GET"} - NO_PAGE.keys() - {"guide"}
    guides = {f"guide:{role}" for role in GUIDES}
    staff = {name for name, answers in accounts().items() if "ok" in answers.values()} - ON_THE_WAY.keys()
    return ours | guides | staff | DEMO


def known_addresses() -> set[str]:
    """The names of all addresses of ours and of a demo, whatever they answer."""
    found: set[str] = set()
    for part in get_resolver(URLS).url_patterns:
        if str(part.pattern) != "accounts/":
            space = f"{part.namespace}:" if getattr(part, "namespace", None) else ""
            found |= {f"{space}{each.name}" for each in getattr(part, "url_patterns", [part])}
    return found
