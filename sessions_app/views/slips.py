"""Slips: the page that a code on paper opens, and the slips that a scribe prints."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from sessions_app.access import session_for
from sessions_app.errors import BadText, Refused, TooLong
from sessions_app.identifiers import grouped_code, normal_code
from sessions_app.identity import actor_of, address_of
from sessions_app.models import Identity, Slip
from sessions_app.operations import limits, slips
from sessions_app.queries.slips import slip_by_code, typed_slips
from sessions_app.views.sharing import drawn

PRESSES = {"yes": slips.confirm, "back": slips.take_back}


@require_http_methods(["GET", "HEAD", "POST"])
def said(request: HttpRequest) -> HttpResponse:
    """A field for the code."""
    typed = request.POST.get("code", "")
    if request.method != "POST":
        return render(request, "hall/said.html", {"typed": ""})
    found = _found(request, typed)
    if found is None:
        return _unknown(request, typed, status=422)
    return redirect("slip", code=found.code)


@require_http_methods(["GET", "HEAD", "POST"])
def slip(request: HttpRequest, code: str) -> HttpResponse:
    """What was typed for whoever holds the slip: yes, other words, or taken back."""
    found = _found(request, code)
    if found is None:
        return _unknown(request, code, status=404)
    request.workshop = found.session.workshop  # type: ignore[attr-defined]
    request.writer = "slip"  # type: ignore[attr-defined]  # whoever holds it: the page's address has its code
    if request.method != "POST":
        return _page(request, found, asks=request.GET.get("ask", ""))
    try:
        _press(found, request)
    except (BadText, TooLong) as trouble:
        return _page(request, found, asks="change", trouble=trouble, typed=request.POST.get("body", ""))
    return redirect("slip", code=found.code)


@require_GET
def meeting_slips(request: HttpRequest, pk: int) -> HttpResponse:
    """Slips to print and to hand out, several on a page."""
    actor, session = session_for(request, pk, "session.record_for")
    assert actor.participant is not None  # noqa: S101  -- session_for found them
    context = {"session": session, "slips": typed_slips(session, actor.participant), **where()}
    return render(request, "hall/slips.html", context)


def where() -> dict[str, Any]:
    """Where a code is typed, as an address to read and as one to scan."""
    address = f"{settings.PUBLIC_URL}{reverse('said')}"
    return {"said_address": address.split("://")[-1], "said_qr": drawn(address)}


def _press(found: Slip, request: HttpRequest) -> None:
    press = request.POST.get("press", "")
    if press == "change":
        slips.correct(slip=found, body=request.POST.get("body", ""))
    elif press in PRESSES:
        PRESSES[press](slip=found)
    else:
        raise Refused


def _found(request: HttpRequest, typed: str) -> Slip | None:
    """The slip with the code that was TYPED. After too many wrong ones only for those who sit in its workshop."""
    found = slip_by_code(normal_code(typed))
    cookie, address = request.COOKIES.get(settings.DEVICE_COOKIE, ""), address_of(request)
    if found is None:
        limits.count_wrong_code(device=cookie, address=address)
    if limits.too_many_wrong_codes(device=cookie, address=address) and not _sits_there(request, found):
        raise slips.TooManyWrongCodes
    return found


def _sits_there(request: HttpRequest, found: Slip | None) -> bool:
    return found is not None and bool(actor_of(request, pk=found.session.workshop_id).roles)


def _unknown(request: HttpRequest, typed: str, *, status: int) -> HttpResponse:
    error = _("No slip has that code. Look at the letters once more, or ask the scribe.")
    return render(request, "hall/said.html", {"typed": typed[:20], "error": error}, status=status)


def _page(request: HttpRequest, found: Slip, *, asks: str, **more: Any) -> HttpResponse:
    words = found.contribution
    activity = words.dialogue.activity if words else None
    named = words is not None and activity is not None and activity.identity == Identity.NAMED
    context = {
        "slip": found,
        "said": words,
        "activity": activity,
        "author": words.author if words and named else None,
        "scribe": words.recorded_by if words and named else None,
        "code": grouped_code(found.code),
        "asks": asks if asks in {"change", "back"} else "",
        "is_over": found.session.workshop.closed_at is not None,
        "typed": words.body if words else "",
        **more,
    }
    return render(request, "hall/slip.html", context, status=422 if "trouble" in more else 200)
