"""The console of the hosts: its page, its news, messages, a note for oneself, who does what."""

from django.conf import settings
from django.contrib import messages as told
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from sessions_app.access import member_of, message_of, session_for
from sessions_app.identity import hall_key
from sessions_app.live.audience import Scope
from sessions_app.live.console import console_context
from sessions_app.models import Place, Task
from sessions_app.operations import hosting, messages
from sessions_app.operations.presses import can_undo
from sessions_app.policy import can
from sessions_app.queries.consoles import FILTERS, hosts_of, note_of, sent_in
from sessions_app.queries.screens import look_of
from sessions_app.views.rooms import news_answer, number_in


@require_GET
def console(request: HttpRequest, pk: int) -> HttpResponse:
    actor, session = session_for(request, pk, "session.console")
    person = actor.participant
    assert person is not None  # noqa: S101  -- session_for found them
    key = hall_key(Scope.SCREEN, session, person)
    show, place = request.GET.get("show", ""), request.GET.get("place", "")
    context = {
        "head": session.workshop.head_seq,
        "epoch": str(session.workshop.epoch),
        "person": person,
        "actor": actor,
        "show": show if show in FILTERS else "unheard",
        "place": place if place in Place.values else "",
        "can_write": can(actor, "session.message", session),
        "note": note_of(session, person),
        "sent": sent_in(session),
        "look": look_of(session),
        "screen_link": f"{settings.PUBLIC_URL}{reverse('screen', args=[pk])}?key={key}",
        "hosts": hosts_of(session) if actor.is_facilitator else [],
        "tasks": Task.choices,
        "done": _("Your last press can be taken back.") if can_undo(session, person) else "",
        **console_context(
            session, is_facilitator=actor.is_facilitator, can_record=can(actor, "session.record_for", session)
        ),
    }
    return render(request, "console/console.html", context)


@require_GET
def news(request: HttpRequest, pk: int) -> HttpResponse:
    actor, session = session_for(request, pk, "session.console")
    return news_answer(actor, Scope.CONSOLE, session.pk, number_in(request, "after"), request.GET.get("epoch", ""))


@require_POST
def send(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell everybody, or the one person that the form names."""
    actor, session = session_for(request, pk, "session.message")
    to = member_of(session, request.POST["person"]) if request.POST.get("person") else None
    messages.send_message(session=session, actor=actor, text=request.POST.get("body", ""), to=to)
    told.success(request, _("Only that person sees it.") if to else _("Everybody sees it."))
    return redirect(f"{reverse('console', args=[pk])}#pulse")


@require_POST
def withdraw(request: HttpRequest, pk: int, message: int) -> HttpResponse:
    actor, session = session_for(request, pk, "session.message")
    messages.withdraw_message(message=message_of(session, message), actor=actor)
    return redirect(f"{reverse('console', args=[pk])}#pulse")


@require_POST
def note(request: HttpRequest, pk: int) -> HttpResponse:
    """Kept while it is written, with script; by its button without."""
    actor, session = session_for(request, pk, "session.message")
    messages.keep_private_note(session=session, actor=actor, text=request.POST.get("note", ""))
    if request.htmx:  # type: ignore[attr-defined]
        return HttpResponse(_("Kept."))
    return redirect("console", pk=pk)


@require_POST
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    actor, session = session_for(request, pk, "session.run")
    to = member_of(session, request.POST.get("person", ""))
    hosting.hand_over(session=session, actor=actor, task=request.POST.get("task", ""), to=to)
    return redirect("console", pk=pk)


@require_POST
def mirror(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the group its mirror on the page after the meeting, or take it away again."""
    actor, session = session_for(request, pk, "session.run")
    hosting.show_mirror(session=session, actor=actor, shown=request.POST.get("press") != "hide")
    return redirect("after", pk=pk)
