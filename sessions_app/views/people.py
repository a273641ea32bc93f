"""Who is in the workshop: letting in, roles, taking out. And the lobby, seen by those who wait in it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sessions_app.access import participant_for, workshop_for
from sessions_app.errors import NotFound
from sessions_app.forms.workshops import RolesForm
from sessions_app.identity import actor_of
from sessions_app.models import Workshop
from sessions_app.operations import participants
from sessions_app.queries.doors import meeting_on
from sessions_app.queries.people import members_of


@require_GET
def people(request: HttpRequest, slug: str) -> HttpResponse:
    actor, workshop = workshop_for(request, slug, "people.see")
    everybody = list(members_of(workshop))
    context = {
        "actor": actor,
        "workshop": workshop,
        "waiting": [person for person in everybody if person.admitted_at is None],
        "inside": [person for person in everybody if person.admitted_at is not None],
    }
    return render(request, "people/people.html", context)


@require_POST
def admission(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    actor, person = participant_for(request, slug, pk, "people.admit")
    participants.admit(person=person, actor=actor)
    messages.success(request, _("Let in."))
    return redirect("people", slug=slug)


@require_http_methods(["GET", "HEAD", "POST"])
def roles(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    actor, person = participant_for(request, slug, pk, "people.change")
    form = RolesForm(request.POST or None, initial={"roles": person.roles})
    if request.method == "POST" and form.is_valid():
        participants.change_roles(person=person, actor=actor, roles=form.cleaned_data["roles"])
        messages.success(request, _("Saved. It holds from now on, in open rooms too."))
        return redirect("people", slug=slug)
    return render(request, "people/roles.html", {"form": form, "who": person}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def removal(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Ask once, then take the person out."""
    actor, person = participant_for(request, slug, pk, "people.change")
    if request.method == "POST":
        participants.remove(person=person, actor=actor)
        messages.success(request, _("They are not in this workshop any more."))
        return redirect("people", slug=slug)
    return render(request, "people/remove.html", {"who": person})


@require_GET
def lobby(request: HttpRequest, slug: str) -> HttpResponse:
    """The place to wait. Says the title for outsiders, no names and no numbers."""
    actor = actor_of(request, slug=slug)
    if actor.participant is None:
        raise NotFound
    inside = actor.participant.is_here_to_stay
    if request.htmx:  # type: ignore[attr-defined]
        return HttpResponse(status=204, headers={"HX-Redirect": _inside(actor.participant.workshop)} if inside else {})
    if inside:
        return redirect(_inside(actor.participant.workshop))
    request.workshop = actor.participant.workshop  # type: ignore[attr-defined]
    return render(request, "people/lobby.html", {"workshop": actor.participant.workshop})


def _inside(workshop: Workshop) -> str:
    """Where somebody goes who was let in: the meeting that they came for, if it is on."""
    session = meeting_on(workshop)
    return reverse("room", args=[session.pk]) if session else reverse("workshop", args=[workshop.slug])
