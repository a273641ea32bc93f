"""What every page knows: its look, its settings, where help is, who writes there, and the nonce of its scripts."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from sessions_app.appearance import look, look_attributes


def page(request: HttpRequest) -> dict[str, Any]:
    """`page`: the attributes for <html>, whether this is a demo, and whom to call (a view sets `request.workshop`)."""
    workshop = getattr(request, "workshop", None)
    chosen = look(request)
    return {
        "csp_nonce": request.csp_nonce,  # type: ignore[attr-defined]
        "page": {
            **chosen,
            "look_attributes": look_attributes(chosen),
            "is_demo": settings.DEMO,
            "signup_open": settings.ACCOUNT_SIGNUP_OPEN,
            "practice": workshop if workshop and workshop.is_practice else None,
            "writer": _writer(request),
            "help_name": workshop.contact_name if workshop else "",
            "help_phone": workshop.contact_phone if workshop else "",
        },
    }


def _writer(request: HttpRequest) -> str:
    """Under whose name the browser keeps words that are not sent yet; "" where nobody is known.

    A login counts where the page has looked it up already: no page asks the database for this alone.
    """
    person = getattr(request, "writer", None)  # "" on a page that may not tell what it has looked up
    if person is not None:
        return str(person)
    user = getattr(request, "_cached_user", None)  # where Django keeps whom it has looked up
    return f"staff-{user.pk}" if user is not None and user.is_authenticated else ""
