"""Why the group is here: a living text."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from eaa.access import workshop_of
from eaa.operations.records import shared_intention
from eaa.queries.records import record_view, steps_about_intention
from sessions_app.policy import can


@require_GET
def intention(request: HttpRequest, slug: str) -> HttpResponse:
    actor, workshop = workshop_of(request, slug)
    record = shared_intention(workshop)
    if record is not None:
        record.workshop = workshop
    context = {
        "actor": actor,
        "workshop": workshop,
        "record": record,
        "view": record_view(record, is_facilitator=actor.is_facilitator) if record is not None else None,
        "steps": steps_about_intention(workshop),
        "may_lead": can(actor, "eaa.lead", workshop),
    }
    return render(request, "eaa/intention.html", context)
