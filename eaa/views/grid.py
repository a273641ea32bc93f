"""The time x space grid as a page: how the dialogue was held, with what lies in each cell."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from eaa.access import workshop_of
from eaa.queries.grid import grid_view
from sessions_app.policy import can
from sessions_app.views.records import require_second_step


@require_GET
def grid(request: HttpRequest, slug: str) -> HttpResponse:
    actor, workshop = workshop_of(request, slug, "eaa.study")
    require_second_step(request, actor)
    reads = can(actor, "eaa.see", workshop)  # who reads numbers alone is shown no titles of records
    return render(
        request, "eaa/grid.html", {"workshop": workshop, "actor": actor, "view": grid_view(workshop), "reads": reads}
    )
