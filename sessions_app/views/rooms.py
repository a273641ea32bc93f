"""The live room: its page, the facilitator's controls, and the news for browsers without a socket."""

import json
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages as told
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sessions_app.access import session_for
from sessions_app.errors import Refused
from sessions_app.forms.contributions import fresh_client_id
from sessions_app.live import presence
from sessions_app.live.audience import Scope, audience_of
from sessions_app.live.feed import TOO_FAR_BEHIND, frame, resync_reason
from sessions_app.live.reading import happened_since, pieces_for
from sessions_app.models import Help, Participant, Session
from sessions_app.operations import running
from sessions_app.operations.circles import name_circles
from sessions_app.operations.rounds import begin_round
from sessions_app.operations.sessions import enter_all, enter_room, note_visit
from sessions_app.policy import Actor
from sessions_app.queries.consents import question_for
from sessions_app.queries.groups import GroupsView, groups_in_room
from sessions_app.queries.own import own_view
from sessions_app.queries.pulse import pulse_of
from sessions_app.queries.rooms import room_view
from sessions_app.queries.turns import queue_view
from sessions_app.views.answers import own_context


def _name_circles(*, session: Session, actor: Actor, rev: int) -> None:
    name_circles(session=session, actor=actor, here=presence.people_here(session.pk))


def _begin_round(*, session: Session, actor: Actor, rev: int) -> None:
    begin_round(session=session, actor=actor, here=presence.people_here(session.pk))


PRESSES: dict[str, Callable[..., str | None]] = {
    "doors": running.open_doors,
    "start": running.start,
    "next": running.next_step,
    "back": running.previous_step,
    "extend": running.extend,
    "pause": running.pause,
    "resume": running.resume,
    "reveal": partial(running.reveal, anyway=False),
    "reveal_anyway": running.reveal,
    "again": running.ask_again,
    "phase": running.next_phase,
    "phase_back": running.previous_phase,
    "circles": _name_circles,
    "round": _begin_round,
    "close": running.close_session,
    "undo": running.undo,
}

STEPS = {"start", "next", "back"}  # another step is on
DONE = {
    "doors": _("The doors are open."),
    "start": _("The meeting has begun."),
    "next": _("The next step is on."),
    "back": _("The step before is on again."),
    "extend": _("Two more minutes."),
    "pause": _("The clock stands still."),
    "resume": _("The clock goes on."),
    "reveal": _("All is turned over."),
    "reveal_anyway": _("All is turned over."),
    "again": _("The question is put once more."),
    "phase": _("The next phase is on."),
    "phase_back": _("The phase before is on again."),
}


@require_GET
def room(request: HttpRequest, pk: int) -> HttpResponse:
    actor, session = session_for(request, pk)
    person = actor.participant
    assert person is not None  # noqa: S101  -- session_for found them
    enter_room(session=session, person=person)
    note_visit(person=person, head_seq=session.workshop.head_seq)
    return show_room(request, actor, session)


def show_room(request: HttpRequest, actor: Actor, session: Session, **more: Any) -> HttpResponse:
    """The page; `more` may hold a refusal and what was typed. The head is read first: the page is never older."""
    head = session.workshop.head_seq
    person = actor.participant
    assert person is not None  # noqa: S101  -- session_for found them
    view = room_view(session, viewer=actor.participant, is_facilitator=actor.is_facilitator)
    queue, pulse = queue_view(session), pulse_of(session)
    speaking = own_view(session, person, queue, pulse)
    context = {
        "room": view,
        "queue": queue,
        "speaking": speaking,
        "pulse": pulse,
        "told": speaking.told,
        "actor": actor,
        "person": person,
        "head": head,
        "epoch": str(session.workshop.epoch),
        "table": presence.table(session.pk),
        "ask_research": question_for(person),
        "came_after": session.closed_at is not None and person.joined_at > session.closed_at,
        "helps": Help.choices if not (actor.is_host or person.needs_words) else [],
        **(own_context(view.dialogue, person) if view.dialogue and view.board else {}),
        **seat_context(groups_in_room(view.activity), person, actor),
        "workshop_slug": session.workshop.slug,
        "client_id": fresh_client_id(),
        **more,
    }
    return render(request, "rooms/room.html", context, status=422 if "refusal" in more else 200)


def seat_context(groups: GroupsView | None, person: Participant, actor: Actor) -> dict[str, Any]:
    """Where PERSON sits, for `rooms/groups.html`, which is drawn for nobody in particular when news comes."""
    mine = groups.seat_of(person) if groups else None
    needs_seat = groups is not None and mine is None and not actor.is_host
    return {"groups": groups, "mine": mine, "needs_seat": needs_seat, "is_facilitator": actor.is_facilitator}


@require_GET
def earlier(request: HttpRequest, pk: int) -> HttpResponse:
    """What lies before the contribution with number `?before=`, as a fragment or (without script) as a page."""
    actor, session = session_for(request, pk)
    before = number_in(request, "before")
    view = room_view(session, viewer=actor.participant, is_facilitator=actor.is_facilitator, before=before)
    template = "rooms/earlier.html" if request.htmx else "rooms/earlier_page.html"  # type: ignore[attr-defined]
    return render(request, template, {"room": view, "person": actor.participant})


@require_POST
def controls(request: HttpRequest, pk: int) -> HttpResponse:
    """One press of a button by a facilitator. `rev` is the state that the page showed."""
    actor, session = session_for(request, pk, "session.run")
    press = request.POST.get("press", "")
    rev = request.POST.get("rev", "")
    if press not in PRESSES or not rev.isdecimal() or len(rev) > 9:
        raise Refused
    undone = PRESSES[press](session=session, actor=actor, rev=int(rev))
    if press in {"doors", "start"}:
        enter_all(session=session, people=presence.people_here(session.pk))
    if press in STEPS:
        name_circles(session=session, actor=actor, here=presence.people_here(session.pk), anew=False)
    page = "console" if request.POST.get("page") == "console" else "room"
    if not request.htmx:  # type: ignore[attr-defined]
        if undone:
            told.success(request, undone)
        return redirect("after" if press == "close" else page, pk=pk)
    session.refresh_from_db()
    view = room_view(session, viewer=actor.participant, is_facilitator=True)
    context = {"room": view, "done": DONE.get(press), "undone": undone, "on_console": page == "console"}
    answer = render(request, "rooms/controls.html", context)
    if press == "close":
        answer["HX-Redirect"] = reverse("after", args=[pk])
    return answer


@require_http_methods(["GET"])
def news(request: HttpRequest, pk: int) -> HttpResponse:
    """The news since `?after=`, for when no socket opens: the same frame that the socket would carry."""
    actor, session = session_for(request, pk)
    return news_answer(actor, Scope.ROOM, session.pk, number_in(request, "after"), request.GET.get("epoch", ""))


def news_answer(actor: Actor, scope: Scope, scope_id: int, after: int, epoch: str, session_id: int = 0) -> HttpResponse:
    person = actor.participant
    assert person is not None  # noqa: S101  -- access found them
    head = person.workshop.head_seq
    present = str(person.workshop.epoch)
    if epoch != present or after > head or head - after > TOO_FAR_BEHIND:
        return JsonResponse({"t": "resync", "why": resync_reason(epoch, present)})
    audience = audience_of(actor, scope, scope_id, get_language() or "en", session_id)
    happened = happened_since(person.workshop_id, after)
    through = happened[-1].seq if happened else after
    news = json.loads(frame(after, through, pieces_for(audience, happened)))
    return JsonResponse({**news, "now": int(time.time() * 1000)})


def number_in(request: HttpRequest, name: str) -> int:
    """A number of the log from the address. Raises Refused for anything else."""
    value = request.GET.get(name, "")
    if not value.isdecimal() or len(value) > 18:
        raise Refused
    return int(value)
