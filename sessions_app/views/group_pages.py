"""A small group's own page: its question, its words, its notes; and how people come to sit in it."""

from typing import Any

from django.contrib import messages as told
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from sessions_app.access import activity_for, group_for, member_of, once_in
from sessions_app.errors import BadText, NotFound, Refused, TooLong
from sessions_app.forms.contributions import fresh_client_id
from sessions_app.live.audience import Scope
from sessions_app.models import Dialogue
from sessions_app.operations import dialogues, group_work, groups
from sessions_app.policy import Actor, can
from sessions_app.queries.groups import groups_view
from sessions_app.queries.pulse import messages_for, pulse_of
from sessions_app.queries.threads import ThreadView, thread_view
from sessions_app.views.rooms import news_answer, number_in


@require_GET
def group(request: HttpRequest, pk: int) -> HttpResponse:
    """The page. Who sat here and was moved is led to the room, which says where they sit now."""
    try:
        actor, found = group_for(request, pk)
    except NotFound:
        session = once_in(request, pk)
        told.info(request, _("You do not sit in that group any more."))
        return redirect("room", pk=session.pk)
    return show_group(request, actor, found.dialogue)


def show_group(request: HttpRequest, actor: Actor, dialogue: Dialogue, **more: Any) -> HttpResponse:
    """The page of DIALOGUE's group; `more` may hold what was refused and typed."""
    person, activity = actor.participant, dialogue.activity
    assert person is not None  # noqa: S101  -- access found them
    assert dialogue.group_id is not None  # noqa: S101  -- it is a group's
    workshop = activity.workshop
    seen = dialogues.read_through(person=person, dialogue=dialogue, seq=workshop.head_seq)
    before = number_in(request, "before") if "before" in request.GET else None
    row = groups_view(activity).row_of(dialogue.group_id)
    if row is None:
        raise NotFound
    view = thread_view(
        dialogue, viewer=person, is_facilitator=actor.is_facilitator, seen_through=seen or None, before=before
    )
    session = row.group.activity.session
    assert session is not None  # noqa: S101  -- groups are those of a meeting
    to_all, to_them = messages_for(session, person)
    context = {
        "thread": view,
        "row": row,
        "group_kind": {"invitation": _("What do you want to say?"), "allows_pass": False},
        "group": row.group,
        "actor": actor,
        "person": person,
        "head": workshop.head_seq,
        "epoch": str(workshop.epoch),
        "sits_here": any(one.pk == person.pk for one in row.people),
        "takes_notes": can(actor, "group.note", row.group),
        "may_name": can(actor, "group.name_note_taker", row.group),
        "may_write_for": can(actor, "dialogue.record_for", dialogue),
        "own": {"messages": to_them},
        "told": to_all,
        "pulse": pulse_of(session),
        "answers": _answered_in(view, request),
        "workshop_slug": workshop.slug,
        "client_id": fresh_client_id(),
        **more,
    }
    return render(request, "groups/group.html", context, status=422 if more else 200)


def _answered_in(view: ThreadView, request: HttpRequest) -> Any:
    """The card of VIEW that the form on the page answers, or None."""
    reply_to = request.POST.get("reply_to") or request.GET.get("answer", "")
    return next((said for said in view.said if str(said.contribution.pk) == reply_to), None)


@require_GET
def news(request: HttpRequest, pk: int) -> HttpResponse:
    """The news since `?after=`, for when no socket opens."""
    actor, found = group_for(request, pk)
    after, epoch = number_in(request, "after"), request.GET.get("epoch", "")
    return news_answer(actor, Scope.GROUP, found.dialogue.pk, after, epoch, found.activity.session_id or 0)


@require_POST
def join(request: HttpRequest, pk: int) -> HttpResponse:
    """Sit down in a group of one's own choice."""
    actor, found = group_for(request, pk, "group.join")
    groups.join_group(group=found, actor=actor)
    return redirect(f"{reverse('group', args=[pk])}#group-h")


@require_POST
def find_seat(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the rule find a group for somebody who has none."""
    actor, activity = activity_for(request, pk)
    groups.find_seat(activity=activity, actor=actor)
    return redirect("room", pk=activity.session_id)


@require_POST
def note_taker(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the notes oneself, give them back, or (hosts) give them to somebody."""
    actor, found = group_for(request, pk)
    chosen = request.POST.get("person", "")
    session = found.activity.session
    if session is None:
        raise NotFound
    person = member_of(session, chosen) if chosen else None
    group_work.name_note_taker(group=found, actor=actor, person=person)
    return redirect(f"{reverse('group', args=[pk])}#notes")


@require_POST
def notes(request: HttpRequest, pk: int) -> HttpResponse:
    """Kept while they are written, with script; by its button without."""
    actor, found = group_for(request, pk)
    try:
        group_work.keep_notes(group=found, actor=actor, text=request.POST.get("note", ""))
    except Refused as trouble:
        if request.htmx:  # type: ignore[attr-defined]
            return render(request, "components/refused.html", {"text": str(trouble.message)}, status=trouble.status)
        if not isinstance(trouble, BadText | TooLong):
            raise
        return show_group(request, actor, found.dialogue, notes_trouble=trouble, typed_notes=request.POST["note"])
    if request.htmx:  # type: ignore[attr-defined]
        return HttpResponse(_("Kept. Everybody in the group sees it."))
    return redirect(f"{reverse('group', args=[pk])}#notes")
