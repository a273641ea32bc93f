"""The pack to print: one page with agenda, cards with codes, ballots and the poster with its square."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sessions_app.access import session_for
from sessions_app.errors import BadText, Refused
from sessions_app.forms.contributions import whole
from sessions_app.operations import slips
from sessions_app.queries.packs import pack_of
from sessions_app.views.sharing import drawn, hall_door
from sessions_app.views.slips import where


@require_http_methods(["GET", "HEAD", "POST"])
def pack(request: HttpRequest, pk: int) -> HttpResponse:
    """GET shows what is printed; POST makes more blank cards."""
    actor, session = session_for(request, pk, "session.plan")
    trouble, cards = None, request.POST.get("cards", "").strip()
    if request.method == "POST":
        try:
            number = whole(cards, 6)
            if number is None:
                raise BadText(_("Write a number from 1 to 100."))
            there = whole(request.POST.get("there", ""), 4)
            slips.make_blank_cards(session=session, actor=actor, count=number, beside=there)
            return redirect(f"{reverse('pack', args=[pk])}#cards")
        except Refused as refusal:
            trouble = refusal
    context = {
        "pack": pack_of(session, whole(request.GET.get("ballots", ""), 4)),
        "session": session,
        "trouble": trouble,
        "typed": cards[:10] if trouble else "24",
        "qr": drawn(hall_door(session.code)),
        "host": settings.PUBLIC_URL.split("://")[-1],
        **where(),
    }
    return render(request, "hall/pack.html", context, status=422 if trouble else 200)
