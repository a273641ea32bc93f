"""The hall: its screen, how the screen looks, notes of paper, and what is read aloud."""

import uuid

from django.conf import settings
from django.contrib import messages as told
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from sessions_app.access import contribution_for, dialogue_for, hall_session_for, session_for
from sessions_app.errors import NotFound, Refused
from sessions_app.live.audience import Scope
from sessions_app.live.screen import screen_context
from sessions_app.live.seats import people_here
from sessions_app.operations import halls, messages
from sessions_app.queries.screens import online_among
from sessions_app.views.rooms import news_answer, number_in
from sessions_app.views.sharing import drawn, hall_door


@require_GET
def screen(request: HttpRequest, pk: int) -> HttpResponse:
    """The page for the projector: for a host, or whoever has the link that a host gave out. It holds no control."""
    _actor, session, key = hall_session_for(request, pk, Scope.SCREEN, "session.console")
    context = {
        "key": key,
        "head": session.workshop.head_seq,
        "epoch": str(session.workshop.epoch),
        "online": online_among(people_here(session.pk)),
        "host": settings.PUBLIC_URL.split("://")[-1],
        "qr": drawn(hall_door(session.code)),
        **screen_context(session),
    }
    return render(request, "screen/screen.html", context)


@require_GET
def screen_news(request: HttpRequest, pk: int) -> HttpResponse:
    actor, session, _key = hall_session_for(request, pk, Scope.SCREEN, "session.console")
    return news_answer(actor, Scope.SCREEN, session.pk, number_in(request, "after"), request.GET.get("epoch", ""))


@require_POST
def set_screen(request: HttpRequest, pk: int) -> HttpResponse:
    actor, session = session_for(request, pk, "session.message")
    halls.set_screen(
        session=session,
        actor=actor,
        is_dark=request.POST.get("theme") == "dark",
        has_captions="captions" in request.POST,
        link=request.POST.get("link", ""),
    )
    told.success(request, _("The room screen looks like that now."))
    return redirect(f"{reverse('console', args=[pk])}#pulse")


@require_POST
def tell_of_room(request: HttpRequest, pk: int) -> HttpResponse:
    """One line for those online: what goes on in the hall now."""
    actor, session = session_for(request, pk, "session.message")
    messages.send_message(session=session, actor=actor, text=request.POST.get("note", ""), about_room=True)
    told.success(request, _("Those online see it."))
    page = "console" if request.POST.get("page") == "console" else "scribe"
    return redirect(f"{reverse(page, args=[pk])}#now")


@require_POST
def count_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """How many notes of paper lie in the hall for the step of a dialogue."""
    actor, dialogue = dialogue_for(request, pk, "dialogue.record_for")
    session_id = _meeting_of(dialogue.activity.session_id)
    number = request.POST.get("notes", "").strip()
    if not number.isdecimal() or len(number) > 6:
        raise Refused(_("Write a number, such as 10."))
    halls.count_paper(dialogue=dialogue, actor=actor, count=int(number))
    return redirect(f"{reverse('scribe', args=[session_id])}#paper")


@require_POST
def read_aloud(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Tick that somebody's words were read aloud in the hall; the same address takes the tick away."""
    actor, contribution = contribution_for(request, pk)
    session_id = _meeting_of(contribution.dialogue.activity.session_id)
    halls.read_aloud(contribution=contribution, actor=actor, is_read="undo" not in request.POST)
    if request.htmx:  # type: ignore[attr-defined]
        return HttpResponse(status=204)  # the list comes over the line, to all who have it open
    return redirect(f"{reverse('scribe', args=[session_id])}#aloud")


def _meeting_of(session_id: int | None) -> int:
    if session_id is None:
        raise NotFound
    return session_id
