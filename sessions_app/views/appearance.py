"""The page for text, colours and language: one form, one cookie for the look, works without script."""

from typing import cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from sessions_app.appearance import COOKIE, COOKIE_AGE, NEWS, Look, LookForm, cookie_value, look
from sessions_app.middleware import safe_address


@require_http_methods(["GET", "HEAD", "POST"])
def appearance(request: HttpRequest) -> HttpResponse:
    """Show the choices; keep them on the device and go back to where the reader was."""
    back = safe_address(request, request.POST.get("next") or request.GET.get("next") or "/")
    if request.method == "POST":
        form = LookForm(request.POST)
        if form.is_valid():
            return _keep(HttpResponseRedirect(back), form.cleaned_data)
    else:
        form = LookForm(initial={**look(request), "language": get_language()})
    return render(request, "appearance.html", {"form": form, "next": back})


def _keep(answer: HttpResponse, chosen: dict[str, str]) -> HttpResponse:
    answer.set_cookie(
        COOKIE,
        cookie_value(cast(Look, {**chosen, "news": chosen["news"] or NEWS[0]})),
        max_age=COOKIE_AGE,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )
    answer.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        chosen["language"],
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Lax",
    )
    return answer
