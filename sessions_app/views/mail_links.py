"""Links in mails: GET shows a page and changes nothing, so that scanners cannot use a link up; a press acts."""

from collections.abc import Callable
from functools import wraps
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from sessions_app.calendars import calendar_of
from sessions_app.identity import actor_of
from sessions_app.mail_links import Key, calendar_key, confirmed, opened, stopped
from sessions_app.middleware import safe_address
from sessions_app.operations import devices
from sessions_app.operations.mail_choices import allow_mails, confirm_address, stop_mails
from sessions_app.reasons.base import STOPS
from sessions_app.views.doors import keep_seat

View = Callable[[HttpRequest, str], HttpResponse]
# A browser tells nobody the address of the page. From "no-referrer" it would send forms without their origin, and
# they are refused then; "strict-origin" gives away the name of the server, and nothing of the key.
SECRET, SECRET_WITH_FORM = "no-referrer", "strict-origin"


def keyed(policy: str) -> Callable[[View], View]:
    """For pages whose address is a key: it goes to no other page of ours and to none of others."""

    def wrap(view: View) -> View:
        @wraps(view)
        def keeps_its_address(request: HttpRequest, key: str) -> HttpResponse:
            request.is_keyed = True  # type: ignore[attr-defined]
            response = view(request, key)
            response["Referrer-Policy"] = policy
            return response

        return keeps_its_address

    return wrap


@keyed(SECRET_WITH_FORM)
@require_http_methods(["GET", "HEAD", "POST"])
def open_mail(request: HttpRequest, key: str) -> HttpResponse:
    """Go in as the person whom the mail was sent to, and on to `?to=`. Who has an account signs in for that."""
    found = opened(key)
    if found is None:
        return render(request, "mail/void.html", status=404)
    workshop = found.person.workshop
    target = safe_address(request, request.POST.get("to") or request.GET.get("to", ""))
    onward = target if target != "/" else reverse("away", args=[workshop.slug])
    if actor_of(request, pk=workshop.pk).participant == found.person:
        return redirect(onward)
    if found.person.user_id is not None:
        return redirect(f"{reverse('account_login')}?{urlencode({'next': onward}, safe='/')}")
    speak_like(request, found)
    if request.method != "POST":
        context = {"workshop": workshop, "person": found.person, "to": onward}
        return render(request, "mail/open.html", context)
    token = devices.seat(request.COOKIES.get(settings.DEVICE_COOKIE, ""), found.person)
    return keep_seat(redirect(onward), token)


@keyed(SECRET)
@csrf_exempt  # a mail program's own button sends no token (RFC 8058); the key in the address is what counts
@require_http_methods(["GET", "HEAD", "POST"])
def stop_link(request: HttpRequest, key: str) -> HttpResponse:
    """Say stop to one kind of mail; the same page takes it back."""
    found = stopped(key)
    if found is None or found.about not in STOPS:
        return render(request, "mail/void.html", status=404)
    speak_like(request, found)
    done = ""
    if request.method == "POST":
        undo = "undo" in request.POST
        (allow_mails if undo else stop_mails)(person=found.person, kind=found.about)
        done = "allowed" if undo else "stopped"
    context = {"workshop": found.person.workshop, "kind": STOPS[found.about], "done": done}
    return render(request, "mail/stop.html", context)


@keyed(SECRET_WITH_FORM)
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, key: str) -> HttpResponse:
    """Say that the address is one's own; before that nothing else is sent there."""
    found = confirmed(key)
    if found is None:
        return render(request, "mail/void.html", status=404)
    speak_like(request, found)
    if request.method == "POST":
        confirm_address(person=found.person, address=found.about)
    context = {"workshop": found.person.workshop, "address": found.about, "done": request.method == "POST"}
    return render(request, "mail/confirm.html", context)


@require_http_methods(["GET", "HEAD"])
def calendar(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """The meetings, for a calendar program that asks by itself; nothing else can be done with its key."""
    found = calendar_key(key)
    if found is None or found.person.workshop.slug != slug:
        raise Http404
    with translation.override(found.person.language):
        feed = calendar_of(found.person)
    name = {"Content-Disposition": f'inline; filename="{slug}.ics"'}
    response = HttpResponse(feed, content_type="text/calendar; charset=utf-8", headers=name)
    response["Referrer-Policy"] = SECRET
    return response


def speak_like(request: HttpRequest, key: Key) -> None:
    """The page of a mail is in the mail's language, whatever browser opens it."""
    translation.activate(key.person.language)
    request.LANGUAGE_CODE = translation.get_language()
    request.workshop = key.person.workshop  # type: ignore[attr-defined]
    request.writer = str(key.person.pk)  # type: ignore[attr-defined]
