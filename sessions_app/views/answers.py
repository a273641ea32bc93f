"""Answering by choosing: one's own answer as a part of the room and the thread, or as a small page."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sessions_app import clock
from sessions_app.access import dialogue_for
from sessions_app.errors import BadText, NotFound, Refused, Stale, TooLong
from sessions_app.models import Dialogue, Participant, Via
from sessions_app.operations import responses
from sessions_app.policy import Actor, can
from sessions_app.queries.meant import said_back
from sessions_app.queries.promises import promise_of
from sessions_app.queries.responses import own_answer

SHOWN_IN_PLACE = (BadText, TooLong, Stale)


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """GET draws one's own answer; POST gives it, changes it or takes it back. Fragments for a script, else pages."""
    if request.method != "POST":
        actor, dialogue = dialogue_for(request, pk)
        return _drawn(request, actor, dialogue)
    actor, dialogue = dialogue_for(request, pk, "dialogue.contribute")
    if "move" in request.POST:  # nothing is sent yet: the things only stand in another order
        return _drawn(request, actor, dialogue, moved=True, typed_reason=request.POST.get("reason", ""))
    try:
        if "take_back" in request.POST:
            responses.take_back_answer(dialogue=dialogue, actor=actor)
            saved = _("Your answer is taken back.")
        else:
            _give(request, actor, dialogue)
            saved = _("Your answer is on the table. You can change it until this closes.")
    except Refused as trouble:
        if not isinstance(trouble, SHOWN_IN_PLACE) and trouble.code != "needs_name":
            raise
        typed = {"typed_reason": request.POST.get("reason", ""), "typed_name": request.POST.get("name", "")}
        return _drawn(request, actor, dialogue, refusal=trouble, **typed)
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect(back_to(request, dialogue))
    return _drawn(request, actor, dialogue, saved=saved)


def _give(request: HttpRequest, actor: Actor, dialogue: Dialogue) -> None:
    number = request.POST.get("round", "")
    if not number.isdecimal() or len(number) > 4:
        raise Refused
    responses.give_answer(
        dialogue=dialogue,
        actor=actor,
        sent=request.POST,
        via=Via.ROOM if request.POST.get("view") == "room" else Via.THREAD,
        reason=request.POST.get("reason", ""),
        name=request.POST.get("name", ""),
        round_=int(number),
    )


def _drawn(request: HttpRequest, actor: Actor, dialogue: Dialogue, **more: Any) -> HttpResponse:
    person = actor.participant
    assert person is not None  # noqa: S101  -- dialogue_for found them
    context = own_context(dialogue, person) | {"back": back_to(request, dialogue), **more}
    if context["own"] is None:
        raise NotFound
    if "refusal" in more or "moved" in more:
        context["own"] = context["own"].as_sent(request.POST)
    view = request.POST.get("view") or request.GET.get("view")
    context["view"] = "room" if view == "room" else "thread"
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "answers/own.html", context)  # also a refusal: a script shows it in its place
    return render(request, "answers/page.html", context, status=422 if "refusal" in more else 200)


def own_context(dialogue: Dialogue, person: Participant) -> dict[str, Any]:
    """What `answers/own.html` needs; `own` is None where nothing is chosen."""
    return {
        "own": own_answer(dialogue, person),
        "dialogue": dialogue,
        "said_back": said_back(dialogue, Actor(person)),
        "accepts": dialogue.activity.is_open(clock.now()),
        "promise": promise_of(dialogue.activity),
        "person": person,
        "types_for_others": can(Actor(person), "dialogue.record_for", dialogue),
        "takes_in": can(Actor(person), "session.run", dialogue),
    }


def back_to(request: HttpRequest, dialogue: Dialogue) -> str:
    """The room while its step is on and that is where somebody came from, else the thread."""
    activity = dialogue.activity
    is_on = activity.session is not None and activity.session.current_activity_id == activity.pk
    if is_on and (request.POST.get("view") or request.GET.get("view")) == "room":
        return reverse("room", args=[activity.session_id])
    return reverse("thread", args=[dialogue.pk])
