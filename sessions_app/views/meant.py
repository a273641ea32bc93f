"""Telling whether what somebody heard in one's words was it: a part of the room and the thread, or a small page."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from sessions_app import clock
from sessions_app.access import dialogue_for
from sessions_app.errors import BadText, NotFound, Refused, TooLong
from sessions_app.kinds import kind_of
from sessions_app.models import Dialogue
from sessions_app.operations.meaning import tell_meaning
from sessions_app.policy import Actor
from sessions_app.queries.meant import said_back
from sessions_app.views.answers import back_to

SHOWN_IN_PLACE = (BadText, TooLong)


@require_http_methods(["GET", "HEAD", "POST"])
def meant(request: HttpRequest, pk: int) -> HttpResponse:
    """GET lists the sentences about one's own words; POST tells about one. Fragments for a script, else pages."""
    if request.method != "POST":
        actor, dialogue = dialogue_for(request, pk)
        return _drawn(request, actor, dialogue)
    actor, dialogue = dialogue_for(request, pk, "dialogue.contribute")
    number = request.POST.get("response", "")
    if not number.isdecimal() or len(number) > 18:
        raise Refused
    told = {"meant": request.POST.get("meant", ""), "words": request.POST.get("words", "")}
    try:
        tell_meaning(dialogue=dialogue, actor=actor, response=int(number), **told)
    except SHOWN_IN_PLACE as trouble:
        return _drawn(request, actor, dialogue, refusal=trouble, refused=int(number), typed=told)
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect(f"{reverse('meant', args=[pk])}?view={_view(request)}")
    return _drawn(request, actor, dialogue, told=int(number))


def _drawn(request: HttpRequest, actor: Actor, dialogue: Dialogue, **more: Any) -> HttpResponse:
    if not kind_of(dialogue.activity.kind).quotes:
        raise NotFound
    context = {
        "dialogue": dialogue,
        "said_back": said_back(dialogue, actor, for_others=not request.htmx),  # type: ignore[attr-defined]
        "accepts": dialogue.activity.is_open(clock.now()),
        "view": _view(request),
        "back": back_to(request, dialogue),
        **more,
    }
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "answers/meant.html", context)
    return render(request, "answers/meant_page.html", context, status=422 if "refusal" in more else 200)


def _view(request: HttpRequest) -> str:
    return "room" if (request.POST.get("view") or request.GET.get("view")) == "room" else "thread"
