"""The record of a workshop for researchers and facilitators: counts, never words."""

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from sessions_app.access import workshop_for
from sessions_app.models import Role
from sessions_app.policy import Actor, MfaNeeded
from sessions_app.queries.measured import measured
from sessions_app.queries.pictures import pictures as drawn
from sessions_app.queries.records import record_view

SECOND_STEPS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]  # recovery codes alone are none


@require_GET
def record(request: HttpRequest, slug: str) -> HttpResponse:
    actor, workshop = workshop_for(request, slug, "workshop.record")
    require_second_step(request, actor)
    context = {"actor": actor, "record": record_view(workshop), "measured": measured(workshop)}
    return render(request, "records/record.html", context)


@require_GET
def pictures(request: HttpRequest, slug: str) -> HttpResponse:
    """The same, drawn: each picture with its finding and its numbers."""
    actor, workshop = workshop_for(request, slug, "workshop.record")
    require_second_step(request, actor)
    return render(request, "records/pictures.html", {"workshop": workshop, "pictures": drawn(workshop)})


def require_second_step(request: HttpRequest, actor: Actor) -> None:
    """A researcher signs in in two steps before reading what people said. Raises MfaNeeded."""
    needs_second_step = Role.RESEARCHER in actor.roles and settings.MFA_REQUIRED_FOR_RESEARCHERS
    if needs_second_step and not (request.user.is_authenticated and is_mfa_enabled(request.user, SECOND_STEPS)):
        raise MfaNeeded
