"""What happened to what people said: hosts tell it, everybody reads what became of their own words."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from eaa.access import workshop_of
from eaa.forms.records import OutcomeForm, chosen_in
from eaa.operations.outcomes import tell_outcomes
from eaa.queries.outcomes import became_of
from eaa.queries.picking import first_source, sources_of
from eaa.queries.places import choices_of, place_of
from eaa.queries.sources import about_of
from eaa.views.forms import is_looking, picker_in, refuse, typed
from sessions_app.errors import Refused
from sessions_app.policy import can


@require_http_methods(["GET", "HEAD", "POST"])
def outcomes(request: HttpRequest, slug: str) -> HttpResponse:
    """Tick cards, say what happened to them, for many at once."""
    actor, workshop = workshop_of(request, slug, "eaa.lead")
    places = choices_of(workshop)
    if is_looking(request):
        form = typed(request, OutcomeForm, places=places)
    else:
        form = OutcomeForm(request.POST if request.method == "POST" else None, places=places)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        ids = [uuid.UUID(key) for key in chosen_in(request.POST)]
        try:
            told = tell_outcomes(
                workshop=workshop,
                actor=actor,
                contributions=ids,
                kind=given["kind"],
                words=given["words"],
                place=place_of(workshop, given["place"]),
            )
        except Refused as trouble:
            refuse(form, trouble)
        else:
            number = len(told)
            told_words = ngettext("Told about %(number)s card.", "Told about %(number)s cards.", number)
            messages.success(request, told_words % {"number": number})
            return redirect("eaa:outcomes", slug=slug)
    about = about_of(workshop, request.GET.get("about", ""))
    source = first_source(sources_of(workshop), about.dialogues) if request.method != "POST" else ""
    picker = picker_in(request, actor, workshop, source=source, with_outcomes=True)
    context = {"actor": actor, "workshop": workshop, "form": form, "picker": picker}
    return render(request, "eaa/outcomes.html", context, status=422 if form.is_bound and form.errors else 200)


@require_GET
def became(request: HttpRequest, slug: str) -> HttpResponse:
    """What became of one's own words."""
    actor, workshop = workshop_of(request, slug)
    assert actor.participant is not None  # noqa: S101  -- access found them
    found = became_of(actor.participant)
    context = {
        "actor": actor,
        "workshop": workshop,
        "known": [one for one in found if one.is_known],
        "unknown": len([one for one in found if not one.is_known]),
        "may_lead": can(actor, "eaa.lead", workshop),
    }
    return render(request, "eaa/became.html", context)
