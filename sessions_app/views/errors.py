"""Pages for what went wrong, each with a way on; JSON for scripts."""

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from sessions_app.errors import NotFound, TooLong
from sessions_app.middleware import json_refusal, typed_words, wants_json


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if wants_json(request):
        return json_refusal(NotFound.code, str(NotFound.text), 404)
    return render(request, "404.html", status=404)


def not_understood(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """A request that is broken, or larger than anything that people can send here."""
    is_large = isinstance(exception, RequestDataTooBig)
    if wants_json(request):
        text = str(TooLong.text) if is_large else _("What came to us was not whole. Send it once more.")
        return json_refusal("too_large" if is_large else "bad_request", text, 413 if is_large else 400)
    if is_large:
        return render(request, "refused.html", {"text": TooLong.text, "back": "/"}, status=413)
    # Without the request: not even the name of our own host can be trusted in it.
    return HttpResponse(render_to_string("400.html"), status=400)


def trouble(request: HttpRequest) -> HttpResponse:
    if wants_json(request):
        return json_refusal("trouble", _("Something broke here. It is our fault, not yours."), 500)
    return HttpResponse(render_to_string("500.html"), status=500)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's secret did not match (an old tab, cookies off): what was typed is shown so that it can be kept."""
    if wants_json(request):
        text = _("This page had been open for long. Load it again, then send once more; your words are still here.")
        return json_refusal("expired", text, 403)
    return render(request, "expired.html", {"typed": typed_words(request)}, status=403)
