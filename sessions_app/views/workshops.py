"""A facilitator's workshops, and a workshop's own page for everybody in it."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sessions_app.access import workshop_for
from sessions_app.blueprints import BLUEPRINTS
from sessions_app.errors import Refused, Stale
from sessions_app.forms.contributions import fresh_client_id
from sessions_app.forms.workshops import ChangeWorkshopForm
from sessions_app.languages import names_of, offered_in
from sessions_app.models import Participant, Role, Workshop
from sessions_app.neighbours import waiting_for
from sessions_app.operations import workshops
from sessions_app.policy import Actor
from sessions_app.queries.dialogues import groups_of
from sessions_app.queries.first_steps import next_step
from sessions_app.queries.people import members_of, seated, table_of
from sessions_app.queries.workshops import (
    WorkshopView,
    keeping_ends,
    removed_meeting,
    removed_workshop,
    workshop_view,
    workshop_views,
    workshops_of,
)


@login_required
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """The workshops of the person who is signed in."""
    found = workshops_of(request.user)  # type: ignore[arg-type]
    tables = [table_of(seated(workshop.people)) for workshop in found]  # type: ignore[attr-defined]
    mine = [_roles(request, workshop) for workshop in found]
    shown = list(zip(workshop_views(found), tables, mine, strict=True))
    context = {
        "shown": shown,
        "blueprints": BLUEPRINTS.values(),
        "client_id": fresh_client_id(),
        "removed": removed_workshop(request.user, request.GET.get("removed", "")),  # type: ignore[arg-type]
    }
    return render(request, "home/home.html", context)


def _roles(request: HttpRequest, workshop: Workshop) -> frozenset[str]:
    """What the person is there: a researcher alone reads the record, a run sheet is the facilitators'."""
    mine = [person for person in workshop.people if person.user_id == request.user.pk]  # type: ignore[attr-defined]
    return frozenset().union(*(Actor(person).roles for person in mine))


@require_GET
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """Meetings, questions between them, who is in it, and what to do next."""
    actor, workshop = workshop_for(request, slug)
    if actor.roles == {Role.RESEARCHER}:
        return redirect("record", slug=slug)
    assert actor.participant is not None  # noqa: S101  -- workshop_for found them
    people, view = list(members_of(workshop)), workshop_view(workshop, groups_of(actor.participant))
    context = {
        "actor": actor,
        "person": actor.participant,
        "view": view,
        "workshop": workshop,
        "table": table_of(seated(people)),
        "waits": waiting_for(actor.participant),
        "waiting": [person for person in people if person.admitted_at is None] if actor.is_host else [],
        "public_url": settings.PUBLIC_URL,
        "removed": removed_meeting(workshop, request.GET.get("removed", "")) if actor.is_facilitator else None,
        "next_step": next_step(view, people) if actor.is_facilitator else None,
        "client_id": fresh_client_id(),
        "keeping_ends": actor.is_facilitator and keeping_ends(workshop),
        "is_empty": actor.is_facilitator and _is_empty(view, people),
    }
    return render(request, "home/workshop.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, slug: str) -> HttpResponse:
    actor, workshop = workshop_for(request, slug, "workshop.change")
    form, newer = _form_of(request, workshop), ""
    seen = request.POST.get("seen") or workshops.seen_workshop(workshop)
    if request.method == "POST" and form.is_valid():
        try:
            workshops.change_workshop(workshop=workshop, actor=actor, seen=seen, **form.cleaned_data)
        except Stale as trouble:
            workshop.refresh_from_db()
            newer, form, seen = str(trouble.message), _form_of(request, workshop), workshops.seen_workshop(workshop)
        except Refused as trouble:
            form.add_error(trouble.field if trouble.field in form.fields else "title", str(trouble.message))
        else:
            messages.success(request, _("Saved."))
            return redirect("workshop", slug=slug)
    context = {"form": form, "workshop": workshop, "first_language": names_of(offered_in(workshop)[:1])[0][1]}
    context |= {"seen": seen, "newer": newer}
    return render(request, "home/workshop_form.html", context, status=409 if newer else 422 if form.errors else 200)


def _form_of(request: HttpRequest, workshop: Workshop) -> ChangeWorkshopForm:
    """What was sent, beside what WORKSHOP says now."""
    kept = {name: getattr(workshop, name) for name in ChangeWorkshopForm.base_fields}
    return ChangeWorkshopForm(request.POST or None, initial=kept)


@require_http_methods(["GET", "HEAD", "POST"])
def closing(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask once, then end the workshop for everybody."""
    actor, workshop = workshop_for(request, slug, "workshop.change")
    if request.method == "POST":
        workshops.close_workshop(workshop=workshop, actor=actor)
        return redirect("workshop", slug=slug)
    return render(request, "home/close_workshop.html", {"workshop": workshop})


@require_POST
def removal(request: HttpRequest, slug: str) -> HttpResponse:
    """Throw a workshop away that was made by mistake; the same address puts it back."""
    actor, workshop = workshop_for(request, slug, "workshop.change", removed=True)
    if "undo" in request.POST:
        workshops.put_back_workshop(workshop=workshop, actor=actor)
        return redirect("workshop", slug=slug)
    workshops.remove_workshop(workshop=workshop, actor=actor)
    return redirect(f"{reverse('workshops')}?removed={slug}")


def _is_empty(view: WorkshopView, people: list[Participant]) -> bool:
    """Whether it looks as if it could be thrown away: the operation looks closer."""
    said = [*view.threads, *(dialogue for meeting in view.meetings for dialogue in meeting.dialogues)]
    return len(people) == 1 and not any(dialogue.count for dialogue in said)  # type: ignore[attr-defined]
