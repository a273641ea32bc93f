"""What each of us brings: one's own list, and everybody's."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from eaa.access import record_for, workshop_of
from eaa.forms.records import AssetForm, whole
from eaa.models import Mechanism, Shown
from eaa.operations.assets import keep_asset, show_asset
from eaa.queries.assets import Card, own_cards
from eaa.queries.records import assets_of
from eaa.views.forms import language_of, refuse
from sessions_app.errors import BadText, Refused
from sessions_app.models import Workshop
from sessions_app.policy import Actor, can


@require_http_methods(["GET", "HEAD", "POST"])
def assets(request: HttpRequest, slug: str) -> HttpResponse:
    """Read; add something, typed or from a card of one's own; show or hide what is one's own."""
    actor, workshop = workshop_of(request, slug, "eaa.write" if request.method == "POST" else "eaa.see")
    assert actor.participant is not None  # noqa: S101  -- access found them
    if request.method == "POST" and request.POST.get("press") in Shown.values:
        return _shown(request, actor, workshop)
    cards = own_cards(workshop, actor.participant)
    card = _card(request, cards)
    first = {"text": card.words, "kind": "skill"} if card is not None else None
    form = AssetForm(request.POST if request.method == "POST" else None, initial=first)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            keep_asset(
                workshop=workshop,
                actor=actor,
                contribution=card.contribution if card is not None else None,
                language=language_of(request),
                **given,
            )
        except Refused as trouble:
            refuse(form, trouble)
        else:
            messages.success(request, _("It is in your list. You can hide it or take it back at any time."))
            return redirect("eaa:assets", slug=slug)
    listed = assets_of(workshop, actor.participant)
    context = {
        "actor": actor,
        "workshop": workshop,
        "own": [one for one in listed if one.is_mine],
        "others": [one for one in listed if not one.is_mine],
        "cards": cards,
        "card": card,
        "form": form,
        "may_write": can(actor, "eaa.write", workshop),
    }
    return render(request, "eaa/assets.html", context, status=422 if form.errors else 200)


def _shown(request: HttpRequest, actor: Actor, workshop: Workshop) -> HttpResponse:
    """Show or hide one; taking back has a page that asks once."""
    press = request.POST["press"]
    _actor, record = record_for(request, whole(request.POST.get("record", "")), "record.change")
    if press == Shown.WITHDRAWN:
        return redirect("eaa:remove_record", pk=record.pk)
    if record.mechanism != Mechanism.ASSETS or record.workshop_id != workshop.pk:
        raise BadText(_("Only what somebody brings can be hidden or taken back."))
    show_asset(record=record, actor=actor, shown=press)
    is_shown = press == Shown.SHOWN
    messages.success(request, _("Everybody can read it again.") if is_shown else _("Only you see it now."))
    return redirect("eaa:assets", slug=workshop.slug)


def _card(request: HttpRequest, cards: list[Card]) -> Card | None:
    wanted = (request.POST if request.method == "POST" else request.GET).get("card", "")
    return next((card for card in cards if card.key == wanted), None)
