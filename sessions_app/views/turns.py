"""The speaking queue and the signals of a room: forms that work without script, fragments for those who have it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from sessions_app.access import member_of, session_for, turn_of
from sessions_app.errors import Refused
from sessions_app.live.seats import people_here
from sessions_app.models import Session
from sessions_app.operations import rounds, signals, turns
from sessions_app.policy import Actor
from sessions_app.queries.own import own_view
from sessions_app.queries.pulse import pulse_of
from sessions_app.queries.turns import queue_view

PRESSES = {
    "give": turns.give_word,
    "back": turns.put_back,
    "end": turns.end_turn,
    "more": turns.more_time,
    "withdraw": turns.withdraw_turn,
    "pass": turns.withdraw_turn,
}
ENDS = {"end", "withdraw", "pass"}  # in a round the next one has the word then


@require_GET
def own(request: HttpRequest, pk: int) -> HttpResponse:
    """What only this person sees in the room, as a fragment."""
    actor, session = session_for(request, pk)
    return _own(request, actor, session)


@require_POST
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Stand in the line, or let a scribe put somebody there."""
    actor, session = session_for(request, pk)
    sent = request.POST
    person = member_of(session, sent["person"]) if sent.get("person") else None
    turns.ask_for_word(
        session=session,
        actor=actor,
        person=person,
        is_reply=sent.get("reply") == "1",
        note=sent.get("note", ""),
        name=sent.get("name", ""),
        via=sent.get("via", "room"),
    )
    return _answer(request, actor, session)


@require_POST
def press(request: HttpRequest, pk: int, turn: int) -> HttpResponse:
    """Give the word, end it, prolong it, take it back."""
    actor, session = session_for(request, pk)
    name = request.POST.get("press", "")
    if name not in PRESSES:
        raise Refused
    found = turn_of(session, turn)
    if found.step_id is not None and name in ENDS:
        here = people_here(session.pk)
        rounds.finish_turn(turn=found, actor=actor, here=here, passes=name == "pass")
    else:
        PRESSES[name](turn=found, actor=actor)
    return _answer(request, actor, session)


@require_POST
def signal(request: HttpRequest, pk: int) -> HttpResponse:
    """Raise one's signal, or take it back."""
    actor, session = session_for(request, pk)
    operation = signals.take_back_signal if request.POST.get("down") else signals.raise_signal
    operation(session=session, actor=actor, kind=request.POST.get("kind", ""))
    return _answer(request, actor, session)


@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """A facilitator has said it again, or the break has come: all signals of the kind go down."""
    actor, session = session_for(request, pk, "session.run")
    signals.answer_signals(session=session, actor=actor, kind=request.POST.get("kind", ""))
    return _answer(request, actor, session)


def _answer(request: HttpRequest, actor: Actor, session: Session) -> HttpResponse:
    """From the console back to it; from the room the person's own part, or without script the room."""
    if request.POST.get("page") == "console":
        if request.htmx:  # type: ignore[attr-defined]
            return HttpResponse(status=204)  # the line brings what has changed
        return redirect(f"{reverse('console', args=[session.pk])}#pulse")
    if request.POST.get("page") == "away":
        return redirect("away", slug=session.workshop.slug)
    if request.htmx:  # type: ignore[attr-defined]
        return _own(request, actor, session)
    return redirect(f"{reverse('room', args=[session.pk])}#room-own")


def _own(request: HttpRequest, actor: Actor, session: Session) -> HttpResponse:
    assert actor.participant is not None  # noqa: S101  -- session_for found them
    view = own_view(session, actor.participant, queue_view(session), pulse_of(session))
    return render(request, "rooms/own_answer.html", {"own": view})
