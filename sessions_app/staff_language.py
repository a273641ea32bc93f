"""A language that is complete for citizens only: pages of hosts and researchers are whole in English instead."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

STAFF_PAGES = frozenset(
    {
        *("workshops", "new_workshop", "change_workshop", "close_workshop", "remove_workshop", "record", "eaa:grid"),
        "exports",
        *("people", "admit", "roles", "remove_person"),
        *(
            "new_meeting",
            "plan",
            "change_meeting",
            "remove_meeting",
            "cancel_meeting",
            "after",
            "replay",
            "console",
            "console_news",
        ),
        *("share", "share_workshop", "practise", "end_practice"),
        *("methods", "new_step", "change_step", "move_step", "minutes", "remove_step", "new_thread", "window", "bring"),
        *("ballots", "objections", "scribe", "slips", "pack", "groups", "change_group"),
        *("eaa:outcomes", "eaa:settle_record", "eaa:new_agreement", "eaa:change_agreement"),
        *(
            "eaa:import_codes",
            "record_pictures",
            "eaa:codebook",
            "eaa:code",
            "eaa:coding",
            "eaa:coders",
            "eaa:code_words",
        ),
        *("eaa:open_agreement", "eaa:review_agreement", "eaa:end_agreement"),
        *("outbox", "mail", "coming_mail", "add_people", "work"),
        *("new_letter", "remove_letter", "mail_kinds"),
        *("demo", "components"),
    }
)
SIGNING_IN = ("account_", "mfa_")


def is_for_staff(name: str, given: dict[str, Any]) -> bool:
    """Whether the page with this NAME, asked for with what its address gives, is met by hosts and researchers only."""
    return name in STAFF_PAGES or name.startswith(SIGNING_IN) or (name == "guide" and given["role"] != "citizen")


class StaffLanguage:
    """One language on a page, with its direction: half a page in Arabic and half in English can't be read aloud."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, _view: Any, _args: Any, given: dict[str, Any]) -> None:
        name = getattr(request.resolver_match, "view_name", None) or ""
        if translation.get_language() not in settings.STAFF_LANGUAGES and is_for_staff(name, given):
            translation.activate(settings.LANGUAGE_CODE)
            request.LANGUAGE_CODE = settings.LANGUAGE_CODE
