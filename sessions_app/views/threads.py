"""The thread: the dialogue as a page that works without script. And its windows."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sessions_app import clock
from sessions_app.access import activity_for, dialogue_for, workshop_for
from sessions_app.errors import NotFound, Refused
from sessions_app.forms.contributions import fresh_client_id
from sessions_app.forms.meetings import ThreadForm, UntilForm, WindowForm
from sessions_app.live.audience import Scope
from sessions_app.models import Activity, Dialogue
from sessions_app.operations import dialogues, windows
from sessions_app.policy import Actor
from sessions_app.queries.consents import question_for
from sessions_app.queries.threads import meetings_to_come, thread_view, writers
from sessions_app.views.answers import own_context
from sessions_app.views.rooms import news_answer, number_in


@require_GET
def thread(request: HttpRequest, pk: int) -> HttpResponse:
    actor, dialogue = dialogue_for(request, pk)
    if dialogue.group_id is not None:  # what a small group says is read on its own page
        asked = f"?{request.GET.urlencode()}" if request.GET else ""
        return redirect(f"{reverse('group', args=[dialogue.group_id])}{asked}")
    return show_thread(request, actor, dialogue)


def show_thread(request: HttpRequest, actor: Actor, dialogue: Dialogue, **more: Any) -> HttpResponse:
    """The page, with the line *since your last visit*; `more` may hold what was refused and typed."""
    person = actor.participant
    assert person is not None  # noqa: S101  -- access found them
    workshop = dialogue.activity.workshop
    seen = dialogues.read_through(person=person, dialogue=dialogue, seq=workshop.head_seq)
    before = number_in(request, "before") if "before" in request.GET else None
    view = thread_view(
        dialogue,
        viewer=person,
        is_facilitator=actor.is_facilitator,
        seen_through=seen or None,
        before=before,
        tells_led=not workshop.is_practice,
    )
    reply_to = request.POST.get("reply_to") or request.GET.get("answer", "")
    context = {
        "thread": view,
        "actor": actor,
        "person": person,
        "head": workshop.head_seq,
        "epoch": str(workshop.epoch),
        "table": writers(dialogue),
        "meetings": meetings_to_come(dialogue) if actor.is_facilitator else [],
        "window_form": _until_form(dialogue) if actor.is_facilitator else None,
        "answers": next((said for said in view.said if str(said.contribution.pk) == reply_to), None),
        "ask_research": question_for(person),
        **(own_context(dialogue, person) if view.board else {}),
        "workshop_slug": workshop.slug,
        "client_id": fresh_client_id(),
        **more,
    }
    return render(request, "threads/thread.html", context, status=422 if more else 200)


@require_GET
def news(request: HttpRequest, pk: int) -> HttpResponse:
    """The news since `?after=`, for when no socket opens."""
    actor, dialogue = dialogue_for(request, pk)
    if dialogue.group_id is not None:
        raise NotFound
    return news_answer(actor, Scope.THREAD, dialogue.pk, number_in(request, "after"), request.GET.get("epoch", ""))


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """Put a question with no meeting."""
    actor, workshop = workshop_for(request, slug, "workshop.change")
    week = workshop.local(clock.now() + timedelta(days=workshop.late_answers_days))
    form = ThreadForm(request.POST or None, zone=workshop.zone, initial={"day": week.date()})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            activity = dialogues.open_thread(
                workshop=workshop,
                actor=actor,
                prompt=given["prompt"],
                lead=given["lead"],
                identity=given["identity"],
                opens=given["opens"],
                until=given["until"],
                client_id=given["client_id"],
            )
        except Refused as trouble:
            form.tell(trouble)
        else:
            return redirect("thread", pk=activity.plenary.pk)
    return render(request, "threads/new.html", {"form": form, "workshop": workshop}, status=422 if form.errors else 200)


@require_POST
def window(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a step open until a moment, end it now, turn over what it left face down; before it was open, say when it
    opens by itself."""
    actor, activity = activity_for(request, pk, "activity.plan")
    dialogue = activity.plenary
    if not activity.was_opened:
        return _planned_window(request, actor, activity, dialogue)
    if "reveal" in request.POST:
        dialogues.turn_over(activity=activity, actor=actor)
        messages.success(request, _("Everything lies face up now."))
        return redirect("thread", pk=dialogue.pk)
    if "end" in request.POST:
        dialogues.end_window(activity=activity, actor=actor)
        messages.success(request, _("It is closed now. Everything that was written stays."))
        return redirect("thread", pk=dialogue.pk)
    form = UntilForm(request.POST, zone=activity.workshop.zone)
    try:
        if form.is_valid():
            dialogues.keep_open(activity=activity, actor=actor, until=form.cleaned_data["until"])
            if request.POST.get("from") == "after" and activity.session_id is not None:
                messages.success(request, _("It stays open."))
                return redirect(f"{reverse('after', args=[activity.session_id])}#after-{activity.pk}")
            messages.success(request, _("It stays open. People can answer on this page."))
            return redirect("thread", pk=dialogue.pk)
    except Refused as trouble:
        form.tell(trouble)
    dialogue.activity = activity
    return show_thread(request, actor, dialogue, window_form=form)


def _planned_window(request: HttpRequest, actor: Actor, activity: Activity, dialogue: Dialogue) -> HttpResponse:
    if "forget" in request.POST:
        windows.forget_window(activity=activity, actor=actor)
        messages.success(request, _("It does not open by itself any more."))
        return redirect("thread", pk=dialogue.pk)
    form = WindowForm(request.POST, zone=activity.workshop.zone, opens_later=True)
    try:
        if form.is_valid():
            given = form.cleaned_data
            windows.plan_window(activity=activity, actor=actor, opens=given["opens"], until=given["until"])
            messages.success(request, _("Saved. It opens by itself, and closes by itself."))
            return redirect("thread", pk=dialogue.pk)
    except Refused as trouble:
        form.tell(trouble)
    dialogue.activity = activity
    return show_thread(request, actor, dialogue, window_form=form)


@require_POST
def bringing(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a step of a coming meeting out of the thread."""
    actor, dialogue = dialogue_for(request, pk)
    chosen = request.POST.get("meeting", "")
    session = next((meeting for meeting in meetings_to_come(dialogue) if str(meeting.pk) == chosen), None)
    if session is None:
        raise Refused(_("Choose a meeting that is still to come."))
    session.workshop = dialogue.activity.workshop
    dialogues.bring_to_meeting(dialogue=dialogue, session=session, actor=actor)
    messages.success(request, _("It is on the run sheet now, without names. Move it to where it belongs."))
    return redirect("plan", pk=session.pk)


def _until_form(dialogue: Dialogue) -> UntilForm:
    """With the times that were set; for what has none the usual days."""
    activity, workshop = dialogue.activity, dialogue.activity.workshop
    until = activity.open_until or clock.now() + timedelta(days=workshop.late_answers_days)
    initial: dict[str, Any] = {"day": workshop.local(until).date()}
    if activity.was_opened:
        return UntilForm(None, zone=workshop.zone, initial=initial)
    if activity.opens_at is not None:
        opens = workshop.local(activity.opens_at)
        initial |= {"clock": workshop.local(until).time(), "opens_day": opens.date(), "opens_clock": opens.time()}
    return WindowForm(None, zone=workshop.zone, opens_later=True, initial=initial)
