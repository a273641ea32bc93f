"""A new workshop: first the template (`?template=`), then one short page, and the run sheet is there."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sessions_app import clock
from sessions_app.access import session_for, workshop_for
from sessions_app.blueprints import BLUEPRINTS, Blueprint
from sessions_app.errors import NotAllowed, Refused
from sessions_app.forms.blueprints import StartForm
from sessions_app.forms.contributions import client_id_of
from sessions_app.models import Workshop
from sessions_app.operations import saved_plans
from sessions_app.operations.blueprints import create_from_blueprint, known
from sessions_app.queries.saved_plans import own_blueprints, removed_plan
from sessions_app.queries.workshops import last_contact
from sessions_app.text import NAME_GRAPHEMES, graphemes

FIELDS = {"until": "day", "starts_at": "begins", "ends_at": "minutes"}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    own = own_blueprints(request.user)  # type: ignore[arg-type]
    if request.method != "POST" and request.GET.get("template", "") not in {*BLUEPRINTS, *own}:
        return _choose(request, own)
    key = request.POST.get("template", "") or request.GET.get("template", "")
    initial = last_contact(request.user)  # type: ignore[arg-type]
    if key in own:
        initial["title"] = own[key].name
    form = StartForm(request.POST or None, key=key, own=own, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            workshop = create_from_blueprint(
                user=request.user,  # type: ignore[arg-type]
                host_name=_own_name(request) or form.cleaned_data["contact_name"],
                **form.laid_out(),
            )
        except Refused as trouble:
            field = FIELDS.get(trouble.field or "", trouble.field)
            # What the fields have let pass can only be a name that is not to be had.
            form.add_error(field if field in form.fields else "contact_name", str(trouble.message))
        else:
            return _go_on(request, workshop)
    context = {"form": form, "blueprint": form.blueprint}
    return render(request, "home/start.html", context, status=422 if form.errors else 200)


def _own_name(request: HttpRequest) -> str:
    """What the account says, if it fits on a card: whom people can call may well be somebody else."""
    name = request.user.get_full_name()  # type: ignore[union-attr]
    return name if graphemes(name) <= NAME_GRAPHEMES else ""


def _choose(request: HttpRequest, own: Mapping[str, Blueprint]) -> HttpResponse:
    gone = ""
    try:
        known(request.GET.get("template", "blank"), own)
    except Refused as trouble:
        gone = str(trouble.message)
    removed = removed_plan(request.user, request.GET.get("removed", ""))  # type: ignore[arg-type]
    context = {"blueprints": BLUEPRINTS.values(), "own": own.values(), "gone": gone, "removed": removed}
    return render(request, "home/blueprints.html", context)


@require_POST
def save_meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the run sheet of one meeting as a template."""
    actor, session = session_for(request, pk, "session.plan")
    plan = saved_plans.save_plan(
        workshop=session.workshop, actor=actor, user=_staff(request), session=session, client_id=_form_id(request)
    )
    messages.success(
        request, _("Kept as a template: “%(name)s”. You find it under New workshop.") % {"name": plan.name}
    )
    return redirect("plan", pk=pk)


@require_POST
def save_workshop(request: HttpRequest, slug: str) -> HttpResponse:
    """Keep all meetings of a workshop as a template, and go on to a new workshop made from it."""
    actor, workshop = workshop_for(request, slug, "workshop.change")
    plan = saved_plans.save_plan(workshop=workshop, actor=actor, user=_staff(request), client_id=_form_id(request))
    return redirect(f"{reverse('new_workshop')}?template=own-{plan.pk}")


@login_required
@require_POST
def removal(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a template of one's own away; the same address puts it back."""
    if "undo" in request.POST:
        saved_plans.put_back_plan(user=request.user, pk=pk)  # type: ignore[arg-type]
        return redirect("new_workshop")
    saved_plans.remove_plan(user=request.user, pk=pk)  # type: ignore[arg-type]
    return redirect(f"{reverse('new_workshop')}?removed={pk}")


def _form_id(request: HttpRequest) -> uuid.UUID | None:
    """The number of the form, by which a second press is known; None for a page that was drawn without one."""
    try:
        return client_id_of(request)
    except Refused:
        return None


def _staff(request: HttpRequest) -> User:
    """Who is signed in: a template belongs to an account, not to a seat."""
    if not isinstance(request.user, User):
        raise NotAllowed(_("Sign in to keep a template."))
    return request.user


def _go_on(request: HttpRequest, workshop: Workshop) -> Any:
    """To the first run sheet; to the page for sharing when there is no meeting but a question."""
    meeting = workshop.sessions.standing().first()
    if meeting is None:
        has_question = workshop.activities.exists()
        return redirect("share_workshop" if has_question else "new_meeting", slug=workshop.slug)
    if meeting.starts_at < clock.now():
        messages.warning(request, _("This meeting begins in the past. Change the day if that is not meant."))
    return redirect("plan", pk=meeting.pk)
