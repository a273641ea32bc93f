"""The first page: the way back for those who have a seat, a code for those who were invited, signing in for hosts."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from sessions_app.identifiers import normal_code
from sessions_app.identity import address_of
from sessions_app.models import Participant
from sessions_app.operations.limits import count_wrong_code
from sessions_app.queries.doors import door_by_code
from sessions_app.queries.people import seats_of


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
    count_wrong_code(device=request.COOKIES.get(settings.DEVICE_COOKIE, ""), address=address_of(request))
    error = _("We don't know that code. Look at the letters once more, or call the person who invited you.")
    context = {"code": request.POST.get("code", "")[:40], "error": error, "seats": _seats(request)}
    return render(request, "front.html", context, status=422)
