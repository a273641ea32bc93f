"""Share a meeting, or a workshop without one: link, QR, code, poster, and words that are ready to send."""

import segno
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_GET

from sessions_app.access import session_for, workshop_for
from sessions_app.errors import NotFound
from sessions_app.models import Session, Workshop
from sessions_app.queries.invitations import invitation


@require_GET
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    _actor, session = session_for(request, pk, "session.plan")
    return _share(request, session.workshop, session)


@require_GET
def workshop(request: HttpRequest, slug: str) -> HttpResponse:
    _actor, found = workshop_for(request, slug, "workshop.change")
    return _share(request, found, None)


def door_address(code: str) -> str:
    """The door with CODE, as it is sent to people."""
    return f"{settings.PUBLIC_URL}{reverse('door', args=[code])}"


def hall_door(code: str) -> str:
    """The door with CODE for those in the hall: what is printed, and what a screen shows."""
    return f"{door_address(code)}?from=hall"


def drawn(address: str) -> SafeString:
    """ADDRESS, which is one of ours and was typed by nobody, as a QR code."""
    return mark_safe(segno.make(address, error="m").svg_inline(border=2, omitsize=True, svgclass="qr"))  # noqa: S308


def _share(request: HttpRequest, found: Workshop, session: Session | None) -> HttpResponse:
    if found.is_practice:
        raise NotFound
    code = session.code if session else found.code
    address = door_address(code)
    context = {
        "workshop": found,
        "session": session,
        "code": code,
        "address": address,
        "qr": drawn(address),
        "invitation": invitation(found, session, address=address, code=code),
    }
    return render(request, "sharing/share.html", context)
