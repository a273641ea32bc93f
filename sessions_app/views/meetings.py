"""Meetings: plan one, its run sheet, and what comes after it."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sessions_app import clock
from sessions_app.access import session_for, workshop_for
from sessions_app.errors import Refused
from sessions_app.forms.meetings import WHEN, MeetingForm, last_day_of
from sessions_app.models import State
from sessions_app.operations import cancelling, sessions
from sessions_app.queries.advice import advice
from sessions_app.queries.plans import plan_view, removed_step
from sessions_app.queries.practices import practice_of

FIELDS = ("title", "starts_at", "ends_at", "space", "time", "place", "link", "without_screen")


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, slug: str) -> HttpResponse:
    actor, workshop = workshop_for(request, slug, "workshop.change")
    soon = workshop.local(clock.now() + timedelta(days=7))
    initial = {"day": soon.date(), "begins": "14:00", "ends": "15:15"}
    form = MeetingForm(request.POST or None, zone=workshop.zone, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            session = sessions.plan_session(
                workshop=workshop, actor=actor, client_id=form.cleaned_data["client_id"], **_fields(form)
            )
        except Refused as trouble:
            _tell(form, trouble)
        else:
            if session.starts_at < clock.now():
                messages.warning(request, _("This meeting begins in the past. Change the day if that is not meant."))
            return redirect("plan", pk=session.pk)
    context = {"form": form, "workshop": workshop}
    return render(request, "plan/meeting_form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    actor, session = session_for(request, pk, "session.plan")
    workshop = session.workshop
    starts, ends = workshop.local(session.starts_at), workshop.local(session.ends_at)
    initial = {name: getattr(session, name) for name in FIELDS}
    initial |= {"day": starts.date(), "begins": starts.time(), "ends": ends.time()}
    initial["last_day"] = last_day_of(starts, ends)
    is_over = session.state == State.CLOSED
    form = MeetingForm(request.POST or None, zone=workshop.zone, is_over=is_over, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            sessions.change_session(session=session, actor=actor, **_fields(form))
        except Refused as trouble:
            _tell(form, trouble)
        else:
            # A browser sends no field that is switched off: these come from a page that was drawn before the end.
            if is_over and any(name in request.POST for name in WHEN):
                messages.warning(request, _("The meeting is over, so its day and its times stay. The rest is saved."))
            else:
                messages.success(request, _("Saved."))
            return redirect("plan", pk=pk)
    context = {"form": form, "workshop": workshop, "session": session, "is_over": is_over}
    return render(request, "plan/meeting_form.html", context, status=422 if form.errors else 200)


@require_GET
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """The run sheet: time drawn to length, steps in order, what it uses, and advice that never blocks."""
    actor, session = session_for(request, pk, "session.plan")
    plan = plan_view(session)
    assert actor.participant is not None  # noqa: S101  -- session_for found them
    context = {
        "actor": actor,
        "plan": plan,
        "advice": advice(plan),
        "removed": removed_step(session, request.GET.get("removed", "")),
        "practice": practice_of(session, actor.participant.user_id),
    }
    return render(request, "plan/plan.html", context)


@require_POST
def removal(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a meeting off the plan; the same address puts it back."""
    actor, session = session_for(request, pk, "session.plan", removed=True)
    if "undo" in request.POST:
        cancelling.put_back_session(session=session, actor=actor)
        return redirect("plan", pk=pk)
    cancelling.remove_session(session=session, actor=actor)
    return redirect(f"{reverse('workshop', args=[session.workshop.slug])}?removed={pk}")


@require_POST
def calling_off(request: HttpRequest, pk: int) -> HttpResponse:
    """Cancel a meeting for all to see; the same address puts it on again."""
    actor, session = session_for(request, pk, "session.plan")
    if "undo" in request.POST:
        cancelling.put_on_again(session=session, actor=actor)
        messages.success(request, _("The meeting takes place."))
    else:
        cancelling.cancel_session(session=session, actor=actor)
    return redirect("plan", pk=pk)


def _fields(form: MeetingForm) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in FIELDS}


def _tell(form: MeetingForm, trouble: Refused) -> None:
    field = {"ends_at": "ends", "starts_at": "begins"}.get(trouble.field or "", trouble.field)
    form.add_error(field if field in form.fields else "title", str(trouble.message))
