"""While you were away: one page for one person, readable in two minutes."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from sessions_app.access import workshop_for
from sessions_app.models import Role
from sessions_app.operations.sessions import note_visit
from sessions_app.queries.away import away_view


@require_GET
def away(request: HttpRequest, slug: str) -> HttpResponse:
    actor, workshop = workshop_for(request, slug)
    if actor.roles == {Role.RESEARCHER}:
        return redirect("record", slug=slug)
    person = actor.participant
    assert person is not None  # noqa: S101  -- workshop_for found them
    view = away_view(person)
    note_visit(person=person, head_seq=workshop.head_seq)
    context = {"away": view, "actor": actor, "person": person, "workshop": workshop}
    return render(request, "away/away.html", context)
