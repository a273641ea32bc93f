"""Typing answers for people in the hall and from paper, and saying how objections were taken in."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sessions_app import clock
from sessions_app.access import dialogue_for
from sessions_app.errors import BadText, NotFound, Refused, Stale, TooLong
from sessions_app.models import Dialogue, Participant
from sessions_app.operations import ballots as operations
from sessions_app.queries.ballots import ballots_of, standing_objections
from sessions_app.queries.quotes import options_of

SHOWN_IN_PLACE = (BadText, TooLong, Stale, operations.AnsweredAlready)


@require_http_methods(["GET", "HEAD", "POST"])
def ballots(request: HttpRequest, pk: int) -> HttpResponse:
    """GET shows who has answered; POST answers for a person or a paper ballot, and asks before it replaces."""
    actor, dialogue = dialogue_for(request, pk, "dialogue.record_for")
    if request.method != "POST":
        return _drawn(request, dialogue)
    if "move" in request.POST:
        return _drawn(request, dialogue, moved=True)
    number = request.POST.get("round", "")
    if not number.isdecimal() or len(number) > 4:
        raise Refused
    try:
        operations.type_answer(
            dialogue=dialogue,
            actor=actor,
            sent=request.POST,
            person=_person(dialogue, request.POST.get("person", "")),
            ballot=request.POST.get("ballot", ""),
            replaces="replace" in request.POST,
            reason=request.POST.get("reason", ""),
            round_=int(number),
        )
    except Refused as trouble:
        if not isinstance(trouble, SHOWN_IN_PLACE):
            raise
        return _drawn(request, dialogue, refusal=trouble, asks=isinstance(trouble, operations.AnsweredAlready))
    return redirect(f"{reverse('ballots', args=[pk])}?kept=1")


@require_http_methods(["GET", "HEAD", "POST"])
def objections(request: HttpRequest, pk: int) -> HttpResponse:
    """The objections that lie face up, each with a field for how the proposal was mended with it."""
    actor, dialogue = dialogue_for(request, pk, "session.run")
    found = standing_objections(dialogue)
    refusal = None
    if request.method == "POST":
        response = next((one for one in found if str(one.pk) == request.POST.get("objection")), None)
        if response is None:
            raise Refused(_("That objection does not stand any more. Nothing has to be taken in."))
        try:
            operations.take_in(response=response, actor=actor, how=request.POST.get("how", ""))
            return redirect("objections", pk=pk)
        except (BadText, TooLong) as trouble:
            refusal = trouble
            response.value = {"objects": True, "mended": request.POST.get("how", "")}
    context = {"dialogue": dialogue, "objections": found, "refusal": refusal, "back": _back(dialogue)}
    return render(request, "answers/objections.html", context, status=422 if refusal else 200)


def _person(dialogue: Dialogue, key: str) -> Participant | None:
    """The person of the workshop that was chosen; nobody when none was."""
    if not key:
        return None
    found = ballots_of(dialogue)
    person = next((one.person for one in found.voters if str(one.person.pk) == key), None) if found else None
    if person is None:
        raise Refused(_("That person is not in this workshop any more. Choose somebody else."))
    return person


def _drawn(request: HttpRequest, dialogue: Dialogue, **more: Any) -> HttpResponse:
    found = ballots_of(dialogue)
    if found is None:
        raise NotFound
    options = options_of(dialogue)
    typed = found.kind.as_sent(request.POST, options) if request.POST else None
    context = {
        "ballots": found,
        "choices": found.kind.choices(options, typed),
        "accepts": dialogue.activity.is_open(clock.now()),
        "kept": "kept" in request.GET,
        "back": _back(dialogue),
        "typed": {name: request.POST.get(name, "") for name in ("person", "ballot", "reason")},
    }
    return render(request, "answers/ballots.html", context | more, status=422 if "refusal" in more else 200)


def _back(dialogue: Dialogue) -> str:
    activity = dialogue.activity
    if activity.session is not None and activity.session.current_activity_id == activity.pk:
        return reverse("room", args=[activity.session_id])
    return reverse("thread", args=[dialogue.pk])
