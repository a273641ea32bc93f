"""Help inside: one short guide per role, the statement on accessibility, and what a phone shows without a line."""

import hashlib
import re
from datetime import date
from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy, override
from django.views.decorators.http import require_GET

STATEMENT_CHANGED = date(2026, 11, 26)
GUIDES = {
    "citizen": (gettext_lazy("You take part"), gettext_lazy("Go in, read, say something, come back later.")),
    "facilitator": (gettext_lazy("You lead"), gettext_lazy("Plan a meeting, share the code, run it, keep it open.")),
    "helper": (
        gettext_lazy("You help or write for others"),
        gettext_lazy("Let people in, see what helps them, lend a tablet."),
    ),
    "researcher": (gettext_lazy("You do research"), gettext_lazy("Read the record in numbers.")),
}
WORKSHOP = re.compile(r"/w/[-\w]{1,200}/", re.ASCII)
WORKER = Path(settings.BASE_DIR) / "static" / "js" / "offline.js"


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    guides = [{"role": role, "title": title, "about": about} for role, (title, about) in GUIDES.items()]
    return render(request, "help/help.html", {"guides": guides})


@require_GET
def guide(request: HttpRequest, role: str) -> HttpResponse:
    if role not in GUIDES:
        raise Http404
    return render(request, f"help/{role}.html")


@require_GET
def accessibility(request: HttpRequest) -> HttpResponse:
    contact = settings.ACCESSIBILITY_CONTACT
    context = {"contact": contact, "mail": "@" in contact, "changed": STATEMENT_CHANGED}
    return render(request, "accessibility.html", context)


@require_GET
def offline(request: HttpRequest) -> HttpResponse:
    """The page that the service worker keeps. It knows no name and no number, and of the workshop its address alone."""
    home = request.GET.get("home", "")
    if not WORKSHOP.fullmatch(home):
        return HttpResponse(render_to_string("offline.html"))
    return HttpResponse(render_to_string("offline.html", {"home": home}), headers={"X-Home": home})


@require_GET
def worker(_request: HttpRequest) -> HttpResponse:
    """The service worker, at the root because it may only answer for what lies below its own address."""
    return HttpResponse(
        _worker(),
        content_type="text/javascript; charset=utf-8",
        headers={"Cache-Control": "private, no-cache, no-store"},
    )


@cache
def _worker() -> str:
    """Its first line changes with the offline page, so that browsers which know the old one fetch both again."""
    with override(settings.LANGUAGE_CODE):
        edition = hashlib.sha256(render_to_string("offline.html").encode()).hexdigest()[:16]
    return f'const EDITION = "{edition}";\n{WORKER.read_text()}'
