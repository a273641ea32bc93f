"""The first page: the way back for those who have a seat, a code for those who were invited, signing in for hosts."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from sessions_app.identifiers import normal_code
from sessions_app.identity import address_of
from sessions_app.models import Participant
from sessions_app.operations.limits import count_wrong_code, too_many_wrong_codes
from sessions_app.operations.slips import SIGNS
from sessions_app.queries.doors import door_by_code
from sessions_app.queries.people import seats_of
from sessions_app.queries.slips import slip_by_code


@require_GET
def front(request: HttpRequest) -> HttpResponse:
    return render(request, "front.html", {"seats": _seats(request)})


def _seats(request: HttpRequest) -> list[Participant]:
    return seats_of(request.COOKIES.get(settings.DEVICE_COOKIE, ""))


@require_POST
def go(request: HttpRequest) -> HttpResponse:
    """From a typed code to its door."""
    code = normal_code(request.POST.get("code", ""))
    if code and door_by_code(code) is not None:
        return redirect("door", code=code)
    who = {"device": request.COOKIES.get(settings.DEVICE_COOKIE, ""), "address": address_of(request)}
    if len(code) == SIGNS and not too_many_wrong_codes(**who) and slip_by_code(code) is not None:
        return redirect("slip", code=code)  # who tried too many is told nothing of slips here
    count_wrong_code(**who)
    error = _("We don't know that code. Look at the letters once more, or call the person who invited you.")
    context = {"code": request.POST.get("code", "")[:40], "error": error, "seats": _seats(request)}
    return render(request, "front.html", context, status=422)
