"""After the meeting: what happened, which questions stay open, and a note for oneself."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sessions_app import clock
from sessions_app.access import session_for
from sessions_app.errors import Stale
from sessions_app.forms.meetings import UntilForm
from sessions_app.forms.wrapups import ReflectionForm, SummaryForm
from sessions_app.models import Session
from sessions_app.models.activity import UNDO_WITHIN
from sessions_app.operations import wrapups
from sessions_app.policy import Actor
from sessions_app.queries.balance import balance_of
from sessions_app.queries.plans import plan_view
from sessions_app.queries.wrapups import looked_back, reflection_of, what_happened


@require_http_methods(["GET", "HEAD", "POST"])
def after(request: HttpRequest, pk: int) -> HttpResponse:
    """Two forms with a button each; the questions on the page have their own address."""
    actor, session = session_for(request, pk, "session.run")
    summary = SummaryForm(request.POST if "summary" in request.POST else None)
    note = ReflectionForm(request.POST if "reflection" in request.POST else None)
    seen, newer = request.POST.get("seen") or wrapups.seen_summary(session), ""
    try:
        if request.method == "POST" and _keep(actor, session, summary, note, seen):
            messages.success(request, _("Saved."))
            return redirect("after", pk=pk)
    except Stale as trouble:
        newer, seen = str(trouble.message), wrapups.seen_summary(session)
    plan = plan_view(session)
    assert actor.participant is not None  # noqa: S101  -- session_for found them
    summary.initial = {"summary": session.summary or what_happened(plan)}
    note.initial = {"reflection": reflection_of(session, actor.participant)}
    week = session.workshop.local(clock.now() + timedelta(days=session.workshop.late_answers_days))
    context = {
        "actor": actor,
        "plan": plan,
        "form": UntilForm(zone=session.workshop.zone, initial={"day": week.date()}, auto_id=False),
        "summary": summary,
        "note": note,
        "looked_back": looked_back(plan),
        "balance": balance_of(session, for_group=True),
        "seen": seen,
        "newer": newer,
        "can_undo": session.closed_at is not None and clock.now() - session.closed_at < UNDO_WITHIN,
    }
    wrong = request.method == "POST"
    return render(request, "plan/after.html", context, status=409 if newer else 422 if wrong else 200)


def _keep(actor: Actor, session: Session, summary: SummaryForm, note: ReflectionForm, seen: str) -> bool:
    """Keep what was sent, unless something in it is to be put right. Returns whether anything was kept."""
    sent = [form for form in (summary, note) if form.is_bound]
    if not sent or not all(form.is_valid() for form in sent):
        return False
    if summary.is_bound:
        wrapups.keep_summary(session=session, actor=actor, text=summary.cleaned_data["summary"], seen=seen)
    if note.is_bound:
        wrapups.keep_reflection(session=session, actor=actor, text=note.cleaned_data["reflection"])
    return True
