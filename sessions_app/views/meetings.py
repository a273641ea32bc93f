"""Meetings: plan one, its run sheet, and what comes after it."""

import uuid
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
from sessions_app.errors import Refused, Stale
from sessions_app.forms.contributions import fresh_client_id
from sessions_app.forms.meetings import WHEN, MeetingForm, SeriesForm, last_day_of
from sessions_app.models import Session, State, Workshop
from sessions_app.moments import local_day_words
from sessions_app.operations import cancelling, sessions
from sessions_app.operations.methods import steps_of_form
from sessions_app.policy import Actor
from sessions_app.queries.advice import advice
from sessions_app.queries.plans import plan_view, removed_step
from sessions_app.queries.practices import practice_of
from sessions_app.views.sharing import door_address

FIELDS = ("title", "starts_at", "ends_at", "space", "time", "place", "link", "without_screen")


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, slug: str) -> HttpResponse:
    actor, workshop = workshop_for(request, slug, "workshop.change")
    soon = workshop.local(clock.now() + timedelta(days=7))
    initial = {"day": soon.date(), "begins": "14:00", "ends": "15:15"}
    form = SeriesForm(request.POST or None, zone=workshop.zone, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            if form.cleaned_data["moments"]:
                return _planned_series(request, actor, workshop, form)
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


def _planned_series(request: HttpRequest, actor: Actor, workshop: Workshop, form: SeriesForm) -> HttpResponse:
    given = {name: value for name, value in _fields(form).items() if name not in {"starts_at", "ends_at"}}
    made = sessions.plan_series(
        workshop=workshop,
        actor=actor,
        moments=form.cleaned_data["moments"],
        client_id=form.cleaned_data["client_id"],
        **given,
    )
    words = _("%(count)d meetings are planned. Each can be changed or cancelled by itself.")
    messages.success(request, words % {"count": len(made)})
    for day in form.moved:
        words = _("The clocks change on %(day)s. That meeting begins after the gap. Look at its times.")
        messages.warning(request, words % {"day": local_day_words(day, clock.now().date())})
    return redirect("workshop", slug=workshop.slug)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    actor, session = session_for(request, pk, "session.plan")
    is_over, form, newer = session.state == State.CLOSED, _form_of(request, session), ""
    seen = request.POST.get("seen") or sessions.seen_meeting(session)
    if request.method == "POST" and form.is_valid():
        try:
            sessions.change_session(session=session, actor=actor, seen=seen, **_fields(form))
        except Stale as trouble:
            newer, form, seen = str(trouble.message), _form_of(request, session), sessions.seen_meeting(session)
        except Refused as trouble:
            _tell(form, trouble)
        else:
            # A browser sends no field that is switched off: these come from a page that was drawn before the end.
            if is_over and any(name in request.POST for name in WHEN):
                messages.warning(request, _("The meeting is over, so its day and its times stay. The rest is saved."))
            else:
                messages.success(request, _("Saved."))
            return redirect("plan", pk=pk)
    context = {"form": form, "workshop": session.workshop, "session": session, "is_over": is_over}
    context |= {"seen": seen, "newer": newer}
    return render(request, "plan/meeting_form.html", context, status=409 if newer else 422 if form.errors else 200)


def _form_of(request: HttpRequest, session: Session) -> MeetingForm:
    """What was sent, beside what SESSION says now."""
    workshop, is_over = session.workshop, session.state == State.CLOSED
    starts, ends = workshop.local(session.starts_at), workshop.local(session.ends_at)
    initial = {name: getattr(session, name) for name in FIELDS}
    initial |= {"day": starts.date(), "begins": starts.time(), "ends": ends.time()}
    initial["last_day"] = last_day_of(starts, ends)
    return MeetingForm(request.POST or None, zone=workshop.zone, is_over=is_over, initial=initial)


@require_GET
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """The run sheet: time drawn to length, steps in order, what it uses, and advice that never blocks."""
    actor, session = session_for(request, pk, "session.plan")
    plan = plan_view(session)
    assert actor.participant is not None  # noqa: S101  -- session_for found them
    context = {
        "actor": actor,
        "plan": plan,
        "door": door_address(session.code),
        "advice": advice(plan),
        "removed": removed_step(session, request.GET.get("removed", "")),
        "used": _used(session, request.GET.get("used", "")),
        "client_id": fresh_client_id(),
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


def _used(session: Session, sent: str) -> dict[str, Any] | None:
    """The method that has just been put into the run sheet: which press it was, and how many steps."""
    try:
        client_id = uuid.UUID(sent)
    except ValueError:
        return None
    steps = steps_of_form(session, client_id)
    return {"client_id": str(client_id), "count": len(steps)} if steps else None


def _fields(form: MeetingForm) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in FIELDS}


def _tell(form: MeetingForm, trouble: Refused) -> None:
    field = {"ends_at": "ends", "starts_at": "begins"}.get(trouble.field or "", trouble.field)
    form.add_error(field if field in form.fields else "title", str(trouble.message))
