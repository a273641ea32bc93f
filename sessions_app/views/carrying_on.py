"""Carrying cards of the step before on: a page with a tick for each of them and a field for one sentence."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from sessions_app import clock
from sessions_app.access import dialogue_for
from sessions_app.errors import BadText, NotFound, Refused, TooLong
from sessions_app.forms.contributions import client_id_of, fresh_client_id
from sessions_app.kinds import kind_of
from sessions_app.models import Dialogue, Identity, Via
from sessions_app.operations.carrying_on import carry_on
from sessions_app.policy import Actor
from sessions_app.queries.promises import promise_of
from sessions_app.queries.quotes import cards_of
from sessions_app.views.answers import back_to


@require_http_methods(["GET", "HEAD", "POST"])
def carry(request: HttpRequest, pk: int) -> HttpResponse:
    """GET shows the cards; POST puts one card on the table for those that were chosen."""
    if request.method != "POST":
        actor, dialogue = dialogue_for(request, pk)
        return _page(request, actor, dialogue)
    actor, dialogue = dialogue_for(request, pk, "dialogue.contribute")
    client_id = client_id_of(request)
    try:
        carry_on(
            dialogue=dialogue,
            actor=actor,
            cards=request.POST.getlist("cards"),
            body=request.POST.get("body", ""),
            client_id=client_id,
            via=Via.ROOM if request.POST.get("view") == "room" else Via.THREAD,
            name=request.POST.get("name", ""),
            language=(get_language() or "") if request.POST.get("body", "").strip() else "",
        )
    except Refused as trouble:
        if not isinstance(trouble, BadText | TooLong) and trouble.code != "needs_name":
            raise
        return _page(request, actor, dialogue, trouble)
    return redirect(back_to(request, dialogue))


def _page(request: HttpRequest, actor: Actor, dialogue: Dialogue, refusal: Refused | None = None) -> HttpResponse:
    activity, person = dialogue.activity, actor.participant
    assert person is not None  # noqa: S101  -- dialogue_for found them
    if not kind_of(activity.kind).carries:
        raise NotFound
    chosen = {*request.POST.getlist("cards"), request.GET.get("card", "")}
    context: dict[str, Any] = {
        "dialogue": dialogue,
        "cards": [(card, card.key in chosen) for card in cards_of(dialogue) if not card.is_gone],
        "accepts": activity.is_open(clock.now()),
        "client_id": request.POST.get("client_id") or fresh_client_id(),
        "view": request.POST.get("view") or request.GET.get("view", "thread"),
        "typed": request.POST.get("body", ""),
        "typed_name": request.POST.get("name", ""),
        "asks_name": not person.is_named and activity.identity == Identity.NAMED,
        "promise": promise_of(activity),
        "refusal": refusal,
        "back": back_to(request, dialogue),
    }
    return render(request, "contributions/carry.html", context, status=422 if refusal else 200)
