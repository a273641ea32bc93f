"""Steps of a run sheet: add, change, move, give minutes, take off."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sessions_app.access import activity_for, session_for
from sessions_app.errors import BadText, NotFound, Refused, Stale
from sessions_app.forms.meetings import StepForm
from sessions_app.forms.options import PREFIX, initial_options, options_in
from sessions_app.kinds import all_kinds, kind_of
from sessions_app.models import Activity
from sessions_app.operations import activities
from sessions_app.policy import Actor

FIELDS = ("title", "prompt", "hall", "online", "minutes", "identity", "blind", "stages", "mechanisms")


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """First the way of working (`?kind=`), then its details, filled with what is usual for it."""
    actor, session = session_for(request, pk, "session.plan")
    kind = all_kinds().get(request.POST.get("kind") or request.GET.get("kind", ""))
    if kind is None:
        return render(request, "plan/kinds.html", {"session": session, "kinds": all_kinds().values()})
    usual = {name: getattr(kind, name) for name in ("minutes", "blind", "identity")}
    usual |= {"kind": kind.key, "title": kind.name, "stages": list(kind.stages), "mechanisms": list(kind.mechanisms)}
    form = StepForm(request.POST or None, initial=usual | initial_options(kind, {}), way=kind)
    if request.method == "POST" and form.is_valid():
        try:
            activities.plan_activity(
                workshop=session.workshop,
                actor=actor,
                session=session,
                kind=kind.key,
                client_id=form.cleaned_data["client_id"],
                **_fields(form, kind.name),
            )
        except Refused as trouble:
            _show(form, trouble)
        else:
            return redirect("plan", pk=pk)
    context = {"form": form, "session": session, "kind": kind}
    return render(request, "plan/step_form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    actor, activity = _step(request, pk)
    kind, form, newer = kind_of(activity.kind), _form_of(request, activity), ""
    seen = request.POST.get("seen") or activities.seen_step(activity)
    if request.method == "POST" and form.is_valid():
        try:
            activities.change_activity(activity=activity, actor=actor, seen=seen, **_fields(form, kind.name))
        except Stale as trouble:
            newer, form, seen = str(trouble.message), _form_of(request, activity), activities.seen_step(activity)
        except Refused as trouble:
            _show(form, trouble)
        else:
            return redirect("plan", pk=activity.session_id)
    shown: dict[str, Any] = {"form": form, "session": activity.session, "kind": kind, "activity": activity}
    context = shown | {"seen": seen, "newer": newer}
    return render(request, "plan/step_form.html", context, status=409 if newer else 422 if form.errors else 200)


def _form_of(request: HttpRequest, activity: Activity) -> StepForm:
    """What was sent, beside what ACTIVITY says now."""
    kind = kind_of(activity.kind)
    initial = {name: getattr(activity, name) for name in FIELDS} | {"kind": activity.kind}
    return StepForm(request.POST or None, initial=initial | initial_options(kind, activity.options), way=kind)


@require_POST
def moving(request: HttpRequest, pk: int) -> HttpResponse:
    """Each button holds the number of the step that it moves this one past."""
    actor, activity = _step(request, pk)
    earlier = "earlier" in request.POST
    past = request.POST.get("earlier" if earlier else "later", "")
    number = int(past) if past.isdecimal() and len(past) < 19 else None
    activities.move_activity(activity=activity, actor=actor, earlier=earlier, past=number)
    return _back_to(activity)


@require_POST
def minutes(request: HttpRequest, pk: int) -> HttpResponse:
    """One minute more or less."""
    actor, activity = _step(request, pk)
    by = {"more": 1, "less": -1}.get(request.POST.get("by", ""))
    if by is None:
        raise BadText(_("Choose more or less."))
    activities.give_minutes(activity=activity, actor=actor, by=by)
    return _back_to(activity)


@require_POST
def removal(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a step off; the same address puts it back."""
    actor, activity = _step(request, pk)
    if "undo" in request.POST:
        activities.put_back_activity(activity=activity, actor=actor)
    else:
        activities.remove_activity(activity=activity, actor=actor)
        return redirect(f"{reverse('plan', args=[activity.session_id])}?removed={activity.pk}")
    return redirect("plan", pk=activity.session_id)


def _step(request: HttpRequest, pk: int) -> tuple[Actor, Activity]:
    actor, activity = activity_for(request, pk, "activity.plan")
    if activity.session_id is None:
        raise NotFound
    return actor, activity


def _back_to(activity: Activity) -> HttpResponse:
    return redirect(f"{reverse('plan', args=[activity.session_id])}#step-{activity.pk}")


def _fields(form: StepForm, usual_title: Any) -> dict[str, Any]:
    given = {name: form.cleaned_data[name] for name in FIELDS}
    options = options_in(form.cleaned_data, form.way)
    return {**given, "title": given["title"] or str(usual_title), "options": options}


def _show(form: StepForm, trouble: Refused) -> None:
    """Put the refusal beside the field that it is about."""
    names = (trouble.field, f"{PREFIX}{trouble.field}")
    form.add_error(next((name for name in names if name in form.fields), "title"), str(trouble.message))
