"""Sorting cards: a card is put under a heading; headings are made, written in other words, taken away."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sessions_app.access import contribution_for, dialogue_for
from sessions_app.errors import BadText, Closed, NotAllowed, NotFound, Refused
from sessions_app.headings import headings_of, not_sorted
from sessions_app.models import Contribution, Dialogue
from sessions_app.operations import headings as operations
from sessions_app.policy import Actor, can
from sessions_app.queries.alike import cards_beside
from sessions_app.queries.outlines import fresh_outline

NOWHERE = "none"
NOT_HERE = (Closed, NotAllowed, NotFound)  # nothing can be mended in the form


@require_http_methods(["GET", "HEAD", "POST"])
def filing(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Where a card lies: a small page, or a form inside the card. What was refused stands in it again."""
    actor, contribution = contribution_for(request, pk, "contribution.file")
    if request.method != "POST":
        operations.may_be_sorted(contribution, actor)
        return _form(request, contribution)
    try:
        _file(request, actor, contribution)
    except NOT_HERE:
        raise
    except Refused as trouble:
        return _form(request, contribution, trouble)
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect(f"{_back(request, contribution.dialogue)}#said-{contribution.pk}")
    outline = fresh_outline(contribution.dialogue, viewer=actor.participant, is_facilitator=actor.is_facilitator)
    layout = "says" if request.POST.get("view") == "thread" else "wall"
    return render(request, "headings/sections.html", {"outline": outline, "layout": layout})


def _file(request: HttpRequest, actor: Actor, contribution: Contribution) -> None:
    """A heading that is typed counts more than a card beside which it is to lie, and that more than what is chosen."""
    if title := request.POST.get("title", ""):
        operations.file_under_new(contribution=contribution, actor=actor, title=title)
        return
    if beside := request.POST.get("beside", ""):
        other = contribution_for(request, _card(beside), "contribution.file")[1]
        operations.file_beside(contribution=contribution, actor=actor, other=other)
        return
    heading = None if request.POST.get("heading") == NOWHERE else _number(request)
    operations.file_under(contribution=contribution, actor=actor, heading=heading)


def _form(request: HttpRequest, contribution: Contribution, trouble: Refused | None = None) -> HttpResponse:
    activity = contribution.dialogue.activity
    places = [(str(place), title) for place, title in headings_of(activity)]
    lies = str(contribution.heading) if contribution.heading is not None else NOWHERE
    chosen = request.POST.get("heading", lies)
    known = [value for value, _title in places]
    context = {
        "contribution": contribution,
        "places": [*places, (NOWHERE, not_sorted())],
        "has_headings": bool(known),
        "chosen": chosen,
        "focused": chosen if chosen in known else (known or [NOWHERE])[0],
        "typed": request.POST.get("title", ""),
        "cards": cards_beside(contribution),
        "beside": request.POST.get("beside", ""),
        "trouble": trouble,
        "view": _view(request),
        "back": f"{_back(request, contribution.dialogue)}#said-{contribution.pk}",
    }
    if not request.htmx:  # type: ignore[attr-defined]
        return render(request, "headings/move.html", context, status=422 if trouble else 200)
    answer = render(request, "headings/form.html", context)
    answer["HX-Retarget"] = f"#move-{contribution.pk}"  # what is refused stays in the card
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def headings(request: HttpRequest, pk: int) -> HttpResponse:
    """All headings of a step: everybody may make one; facilitators and scribes reword them and take them away."""
    actor, dialogue = dialogue_for(request, pk, "dialogue.sort")
    if request.method != "POST":
        operations.may_have_headings(dialogue)
        return _page(request, actor, dialogue)
    try:
        _press(request, actor, dialogue)
    except NOT_HERE:
        raise
    except Refused as trouble:
        return _page(request, actor, dialogue, trouble=trouble)
    return redirect("headings", pk=pk)


def _press(request: HttpRequest, actor: Actor, dialogue: Dialogue) -> None:
    press, title = request.POST.get("press"), request.POST.get("title", "")
    if press == "add":
        operations.add_heading(dialogue=dialogue, actor=actor, title=title)
    elif press == "rename":
        operations.rename_heading(dialogue=dialogue, actor=actor, heading=_number(request), title=title)
    elif press == "remove":
        operations.remove_heading(dialogue=dialogue, actor=actor, heading=_number(request))
    else:
        raise Refused


def _page(request: HttpRequest, actor: Actor, dialogue: Dialogue, **more: Any) -> HttpResponse:
    sent = request.POST.get("heading", "")
    context = {
        "dialogue": dialogue,
        "headings": headings_of(dialogue.activity),
        "may_reword": can(actor, "dialogue.reword_headings", dialogue),
        "changed": int(sent) if sent.isdecimal() and len(sent) < 4 else None,
        "typed": request.POST.get("title", ""),
        "back": _back(request, dialogue),
        **more,
    }
    return render(request, "headings/headings.html", context, status=422 if more else 200)


def _card(sent: str) -> uuid.UUID:
    try:
        return uuid.UUID(sent)
    except ValueError as trouble:
        raise BadText(_("Choose one of the cards in the list."), field="beside") from trouble


def _number(request: HttpRequest) -> int:
    sent = request.POST.get("heading", "")
    if not sent.isdecimal() or len(sent) > 3:
        raise BadText(_("Choose a heading, or write a new one."), field="heading")
    return int(sent)


def _view(request: HttpRequest) -> str:
    sent = request.POST.get("view") or request.GET.get("view")
    return "thread" if sent == "thread" else "room"


def _back(request: HttpRequest, dialogue: Dialogue) -> str:
    """The room while its step is on there, unless somebody came from the thread."""
    session = dialogue.activity.session
    is_on = session is not None and session.current_activity_id == dialogue.activity_id
    if session is not None and is_on and _view(request) == "room":
        return reverse("room", args=[session.pk])
    return reverse("thread", args=[dialogue.pk])
