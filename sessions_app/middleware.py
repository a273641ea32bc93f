"""Around every request: answers stay private, and a refusal becomes a page, a fragment or JSON in plain words."""

from collections.abc import Awaitable, Callable
from typing import cast

from asgiref.sync import iscoroutinefunction
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import RequestDataTooBig
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.decorators import sync_and_async_middleware
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from psycopg_pool import PoolTimeout

from sessions_app.errors import NotAllowed, NotFound, Refused
from sessions_app.hints import Away
from sessions_app.identity import readable
from sessions_app.policy import MfaNeeded

GetResponse = Callable[[HttpRequest], HttpResponse]
GetResponseSoon = Callable[[HttpRequest], Awaitable[HttpResponse]]
NOTHING_FROM_THE_DEVICE = ", ".join(
    f"{sense}=()"
    for sense in (
        *("accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "hid", "magnetometer"),
        *("microphone", "midi", "payment", "serial", "usb", "xr-spatial-tracking"),
    )
)
LONGEST_ADDRESS = 2000
KEEPS = "X-Keeps-Words"  # what drafts.js sends with a form
ACCOUNTS = "/accounts/"
# The fields of all forms that hold somebody's own words: shown once more when a form could not be taken.
WORDS = (
    *("body", "lines", "reason", "word", "words", "note", "how", "access_needs", "summary", "reflection"),
    *("title", "prompt", "question", "lead", "purpose", "hall", "online", "without_screen"),
    *("text", "because", "difference", "what", "told", "serves", "silence_means", "people"),
)

OPTION = "option_"  # begins the names of what a way of working lets people set: forms/options.py
CLAUSE = "clause-"  # begins the names of the fields in which an agreement is written


@sync_and_async_middleware
def private_answers(get_response: GetResponse | GetResponseSoon) -> GetResponse | GetResponseSoon:
    """No cache on the way may keep a page: what one person sees is nobody else's. Stands first, around all others."""
    if iscoroutinefunction(get_response):

        async def answer_soon(request: HttpRequest) -> HttpResponse:
            request.COOKIES = readable(request.COOKIES)
            return _private(await cast(GetResponseSoon, get_response)(request))

        return answer_soon

    def answer(request: HttpRequest) -> HttpResponse:
        request.COOKIES = readable(request.COOKIES)
        return _private(cast(GetResponse, get_response)(request))

    return answer


def _private(response: HttpResponse) -> HttpResponse:
    response.headers.setdefault("Cache-Control", "private, no-store")
    response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
    response["Permissions-Policy"] = NOTHING_FROM_THE_DEVICE
    return response


class SmallBodies:
    """Refuses what is larger than anything people can send here, before any of it is read. Files are not taken."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if int(request.META.get("CONTENT_LENGTH") or 0) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            raise RequestDataTooBig
        return self.get_response(request)


class PlainErrors:
    """Operations raise Refused with a sentence; here it gets the shape that the transport can show."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 405 and not response.content:
            return _wrong_way_in(request, response["Allow"])
        if KEEPS in request.headers and response.status_code in {302, 303}:
            _tell_onward(response)
        return response

    def process_exception(self, request: HttpRequest, trouble: Exception) -> HttpResponse | None:
        if isinstance(trouble, MfaNeeded):
            return redirect("mfa_index")
        if isinstance(trouble, Refused):
            return refused(request, trouble)
        if isinstance(trouble, PoolTimeout | OperationalError | Away):
            return busy(request)
        return None


def refused(request: HttpRequest, trouble: Refused) -> HttpResponse:
    """TROUBLE as JSON, as a redirect back with a message, or as a page."""
    if isinstance(trouble, NotFound):
        # Whose help line the page would show, or whose words it would keep, says that something is there.
        request.workshop, request.writer = None, ""  # type: ignore[attr-defined]
    text = str(trouble.message)
    if wants_json(request):
        return json_refusal(trouble.code, text, trouble.status, field=trouble.field)
    if isinstance(trouble, NotFound):
        return render(request, "404.html", status=404)
    if request.htmx or request.method != "POST":  # type: ignore[attr-defined]
        page = "403.html" if isinstance(trouble, NotAllowed) else "refused.html"
        template = "components/refused.html" if request.htmx else page  # type: ignore[attr-defined]
        return render(request, template, {"text": text, "back": _back(request)}, status=trouble.status)
    typed = typed_words(request)
    if typed or KEEPS in request.headers:
        return render(
            request, "refused.html", {"text": text, "typed": typed, "back": _back(request)}, status=trouble.status
        )
    messages.error(request, text)
    return redirect(_back(request))


def wants_json(request: HttpRequest) -> bool:
    """Whether a script of ours asks, rather than a browser that shows the answer."""
    return request.headers.get("Accept", "").startswith("application/json")


def json_refusal(code: str, text: str, status: int, *, field: str | None = None) -> JsonResponse:
    """The one shape in which scripts are told no: {"error": code, "text": sentence, "field": name or null}."""
    return JsonResponse({"error": code, "text": text, "field": field}, status=status)


def _tell_onward(response: HttpResponse) -> None:
    """A script that keeps words until they are taken goes on by itself: a redirect that it followed would show nothing
    of where it led. Who has to sign in first has given nothing yet."""
    if not response["Location"].startswith(ACCOUNTS):
        response["X-Onward"] = response["Location"]
    del response["Location"]
    response.status_code = 200


def typed_words(request: HttpRequest) -> str:
    """What somebody wrote in the form that was sent, so that a page can give it back."""
    names = [*WORDS, *(name for name in request.POST if name.startswith(OPTION) or _is_clause(name))]
    return "\n\n".join(words for name in names if (words := request.POST.get(name, "").strip()))


def _is_clause(name: str) -> bool:
    return name.startswith(CLAUSE) and name.endswith(("-heading", "-text"))


def safe_address(request: HttpRequest, address: str) -> str:
    """ADDRESS if it is a page of ours, such as /workshops/, else the first page."""
    ours = address.startswith("/") and url_has_allowed_host_and_scheme(address, {request.get_host()})
    return address if ours and len(address) <= LONGEST_ADDRESS else "/"


def _back(request: HttpRequest) -> str:
    """Where the person came from, if that is a page of ours."""
    came_from = request.headers.get("Referer", "")
    ours = f"{request.scheme}://{request.get_host()}/"
    return safe_address(request, f"/{came_from.removeprefix(ours)}") if came_from.startswith(ours) else reverse("front")


def _wrong_way_in(request: HttpRequest, allowed: str) -> HttpResponse:
    """Somebody opened the address of a button as a page, e.g. by loading it again."""
    text = _("Nothing can be seen at this address. Go back and press the button there.")
    if wants_json(request):
        response: HttpResponse = json_refusal("wrong_method", text, 405)
    else:
        response = render(request, "refused.html", {"text": text, "back": _back(request)}, status=405)
    response["Allow"] = allowed
    return response


def busy(request: HttpRequest) -> HttpResponse:
    """More people than we can answer at this moment, or the database is away: come back soon."""
    text = _("So many people are here that we need a moment. Try again in a few seconds; nothing you wrote is lost.")
    if wants_json(request):
        response: HttpResponse = json_refusal("busy", text, 503)
    elif request.method == "GET":  # a page that needs no database; loading it again is the way on
        response = HttpResponse(render_to_string("busy.html", {"text": text}), status=503)
    else:
        response = HttpResponse(text, status=503, content_type="text/plain; charset=utf-8")
    response["Retry-After"] = "2"
    response["X-Content-Type-Options"] = "nosniff"  # it may be sent from outside all middleware
    return _private(response)
