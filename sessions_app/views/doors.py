"""The door: one screen, one press, no account. And its poster for the wall."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_http_methods

from sessions_app.errors import NotFound
from sessions_app.identifiers import new_token, normal_code
from sessions_app.identity import actor_of, address_of
from sessions_app.languages import has_chosen, names_of, offered_in
from sessions_app.live.presence import table
from sessions_app.models import Participant, Place
from sessions_app.operations import limits, participants
from sessions_app.queries.doors import Door, door_by_code
from sessions_app.queries.people import Table, table_of
from sessions_app.views.sharing import drawn, hall_door

COOKIE_LASTS = 180 * 24 * 3600  # seconds


@require_http_methods(["GET", "HEAD", "POST"])
def door(request: HttpRequest, code: str) -> HttpResponse:
    """Show who invites and what happens behind the door; POST goes in. `?from=hall` is the poster's own link."""
    found = _door(request, code)
    if is_undecided := not has_chosen(request):
        translation.activate(offered_in(found.workshop)[0])
        request.LANGUAGE_CODE = translation.get_language()
    if request.method == "POST":
        return _keep_language(_go_in(request, found), is_undecided)
    person = actor_of(request, pk=found.workshop.pk).participant
    from_hall = request.GET.get("from") == "hall"
    context = {
        "door": found,
        "person": person,
        "table": _table(request, found, person),
        "from_hall": from_hall,
        "asks_where": found.has_hall and person is None and not from_hall,
        "visit": new_token(),
        "languages": names_of(offered_in(found.workshop)),
    }
    return render(request, "doors/door.html", context)


@require_GET
def poster(request: HttpRequest, code: str) -> HttpResponse:
    """A page to print: title, time, code and QR."""
    found = _door(request, code)
    address = hall_door(found.code)
    return render(request, "doors/poster.html", {"door": found, "qr": drawn(address), "address": address})


def keep_seat(response: HttpResponse, token: str) -> HttpResponse:
    """Give the browser the cookie that holds its seat."""
    response.set_cookie(
        settings.DEVICE_COOKIE,
        token,
        max_age=COOKIE_LASTS,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
        path="/",
    )
    return response


def _door(request: HttpRequest, code: str) -> Door:
    found = door_by_code(normal_code(code))
    if found is None:
        limits.count_wrong_code(device=request.COOKIES.get(settings.DEVICE_COOKIE, ""), address=address_of(request))
        raise NotFound
    request.workshop = found.workshop  # type: ignore[attr-defined]
    return found


def _table(request: HttpRequest, found: Door, person: Participant | None) -> Table:
    """Who is in the room; nobody is shown to those whom a host has yet to let in, nor to who may be guessing codes."""
    is_in = person is not None and person.is_here_to_stay
    if not is_in and (found.workshop.lobby or _is_suspect(request)):
        return table_of([])
    if not found.leads_to_room or found.session is None:
        return table_of([])
    return table(found.session.pk, besides=person.pk if person is not None else None)


def _go_in(request: HttpRequest, found: Door) -> HttpResponse:
    cookie = request.COOKIES.get(settings.DEVICE_COOKIE, "")
    staff = actor_of(request, pk=found.workshop.pk)
    if staff.login_key:
        return redirect(_beyond(found, staff.participant))
    joined = participants.join(
        workshop=found.workshop,
        cookie=cookie,
        place=Place.HALL if found.is_hall_only or request.POST.get("from") == "hall" else Place.REMOTE,
        language=get_language() or settings.LANGUAGE_CODE,
        to_lobby=found.is_past or _is_suspect(request),
        visit=request.POST.get("visit", "")[:64],
    )
    response = redirect(_beyond(found, joined.participant))
    return keep_seat(response, joined.token) if joined.token else response


def _keep_language(response: HttpResponse, is_undecided: bool) -> HttpResponse:
    """Let who has chosen no language read on inside in the one that they read at the door."""
    if is_undecided:
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            get_language() or settings.LANGUAGE_CODE,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
            samesite="Lax",
        )
    return response


def _is_suspect(request: HttpRequest) -> bool:
    """Whether so many wrong codes were tried that who comes now waits in the lobby."""
    cookie = request.COOKIES.get(settings.DEVICE_COOKIE, "")
    return limits.too_many_wrong_codes(device=cookie, address=address_of(request))


def _beyond(found: Door, person: Participant | None) -> str:
    if person is not None and not person.is_here_to_stay:
        return reverse("lobby", args=[found.workshop.slug])
    session = None if found.is_over or found.leads_to_questions else found.session
    if session is not None and session.is_to_come:
        return reverse("room", args=[session.pk])
    return reverse("away", args=[found.workshop.slug])
