"""Practise with six pretend people: begin from the run sheet, throw away from any page of the practice."""

from datetime import timedelta
from typing import cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sessions_app import clock
from sessions_app.access import session_for, workshop_for
from sessions_app.errors import NotFound
from sessions_app.forms.fields import Once
from sessions_app.models import Participant
from sessions_app.operations import practice
from sessions_app.operations.blueprints import create_from_blueprint
from sessions_app.policy import Actor
from sessions_app.text import NAME_GRAPHEMES, shortened


@require_POST
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    actor, session = session_for(request, pk, "session.plan")
    practised = practice.begin(session=session, actor=actor)
    messages.success(request, _("Open the doors, and six pretend people come in. They answer each step that you open."))
    return redirect("room", pk=practised.pk)


@login_required
@require_POST
def first(request: HttpRequest) -> HttpResponse:
    """For somebody who has no workshop yet: lay a first meeting, and practise in it at once. The meeting stays, to be
    changed or not."""
    user = cast(User, request.user)
    tomorrow = (clock.now() + timedelta(days=1)).replace(minute=0, second=0, microsecond=0)
    workshop = create_from_blueprint(
        user=user,
        host_name=shortened(user.get_full_name() or user.email.partition("@")[0], NAME_GRAPHEMES),
        blueprint="first_meeting",
        starts=[tomorrow],
        title=_("My first workshop"),
        languages=[get_language() or settings.LANGUAGE_CODE],
        client_id=Once().clean(request.POST.get("client_id", "")),
    )
    host = Participant.objects.select_related("workshop").get(workshop=workshop, user=user)
    practised = practice.begin(session=workshop.sessions.get(), actor=Actor(host))
    messages.success(request, _("Open the doors, and six pretend people come in. They answer each step that you open."))
    return redirect("room", pk=practised.pk)


@require_POST
def end(request: HttpRequest, slug: str) -> HttpResponse:
    """Throw a practice away, and go back to the meeting that was practised."""
    actor, workshop = workshop_for(request, slug, "workshop.change")
    if not workshop.is_practice:
        raise NotFound
    practice.throw_away(workshop=workshop, actor=actor)
    messages.success(request, _("The practice is thrown away."))
    return redirect("plan", pk=workshop.practice_of_id)
