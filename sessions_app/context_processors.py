"""What every page knows: its look, the way to its settings, where help is, and the nonce of its scripts."""

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
            "help_name": workshop.contact_name if workshop else "",
            "help_phone": workshop.contact_phone if workshop else "",
        },
    }
