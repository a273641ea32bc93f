"""Putting words on the table, changing them, taking them back."""

import uuid
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sessions_app import clock
from sessions_app.access import contribution_for, dialogue_for
from sessions_app.errors import BadText, Closed, NotAllowed, NotFound, Refused, TooLong
from sessions_app.forms.contributions import ContributionForm
from sessions_app.headings import to_choose_from
from sessions_app.kinds import kind_of
from sessions_app.live.seats import people_here
from sessions_app.middleware import wants_json
from sessions_app.models import Contribution, Dialogue, Session, Via
from sessions_app.operations import contributions
from sessions_app.operations.rounds import has_answered
from sessions_app.policy import Actor
from sessions_app.queries.timeline import shown
from sessions_app.views.group_pages import show_group
from sessions_app.views.rooms import show_room
from sessions_app.views.threads import show_thread

LIVE = frozenset({"room", "group"})  # pages on which people write while a meeting is on


@require_POST
def post(request: HttpRequest, pk: int) -> HttpResponse:
    """Put words into the dialogue. Answers JSON to a script, else goes back to the room or the thread."""
    actor, dialogue = dialogue_for(request, pk)
    try:
        given = _given(request)
        posted = contributions.post_contribution(
            dialogue=dialogue,
            actor=actor,
            body=given["body"],
            client_id=given["client_id"],
            via=Via.ROOM if given["view"] in LIVE else Via.THREAD,
            name=given["name"],
            language=given["language"] or get_language() or settings.LANGUAGE_CODE,
            reply_to=given["reply_to"],
            heading=given["heading"],
        )
    except Refused as trouble:
        if wants_json(request) or isinstance(trouble, Closed | NotAllowed) or not _has_composer(request, dialogue):
            raise
        return _show_again(request, actor, dialogue, trouble)
    session = dialogue.activity.session
    if posted.is_new and session is not None and kind_of(dialogue.activity.kind).in_turn:
        _told_round(posted.contribution, session, actor)
    if wants_json(request):
        return JsonResponse(_answer(posted.contribution, dialogue, actor))
    return redirect(_place_of(request, posted.contribution, dialogue))


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """A small page (or a fragment in place) to change one's own words."""
    actor, contribution = contribution_for(request, pk, "contribution.change")
    _own(actor, contribution)
    typed, trouble, chosen = contribution.body, None, contribution.heading
    if request.method == "POST":
        typed, sent = request.POST.get("body", ""), request.POST.get("heading", "")
        chosen = int(sent) if sent.isdecimal() and len(sent) < 5 else chosen
        try:
            contributions.revise_contribution(contribution=contribution, actor=actor, body=typed, heading=chosen)
        except (BadText, TooLong) as refusal:
            trouble = refusal
        else:
            return redirect(_page_of(contribution))
    context = {"contribution": contribution, "typed": typed, "trouble": trouble, "back": _page_of(contribution)}
    context |= {"choices": to_choose_from(contribution.dialogue.activity), "chosen": chosen}
    return render(request, "contributions/change.html", context, status=422 if trouble else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def withdrawal(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask once, then take the words back for good."""
    actor, contribution = contribution_for(request, pk, "contribution.change")
    _own(actor, contribution)
    if request.method == "POST":
        contributions.withdraw_contribution(contribution=contribution, actor=actor)
        return redirect(_page_of(contribution))
    return render(
        request, "contributions/withdraw.html", {"contribution": contribution, "back": _page_of(contribution)}
    )


def _told_round(contribution: Contribution, session: Session, actor: Actor) -> None:
    has_answered(
        activity=contribution.dialogue.activity,
        person=contribution.author_id,
        actor=actor,
        here=people_here(session.pk),
    )


def _own(actor: Actor, contribution: Contribution) -> None:
    if not contributions.is_own(contribution, actor.participant):
        if contribution.dialogue.activity.is_hidden:
            raise NotFound
        raise NotAllowed(_("Only the one who wrote this can change it."))


def _given(request: HttpRequest) -> dict[str, Any]:
    sent = request.POST.copy()
    if "pass" in sent and not sent.get("body", "").strip():
        sent["body"] = _("Pass.")
    form = ContributionForm(sent)
    if not form.is_valid():
        raise Refused
    return form.cleaned_data


def _answer(contribution: Contribution, dialogue: Dialogue, actor: Actor) -> dict[str, Any]:
    assert actor.participant is not None  # noqa: S101  -- they have just written
    # Drawn as for everybody: the page knows its own, and adds their buttons as it does to what a frame brings.
    (said,), is_hidden = shown(dialogue, [contribution], is_facilitator=False), dialogue.activity.is_hidden
    context = {"said": said, "outlined": not is_hidden}
    return {
        "id": said.element_id,
        "seq": contribution.seq,
        "client_id": str(contribution.client_id),
        "in": f"mine-{dialogue.pk}" if is_hidden else said.list_id,
        "order": contribution.seq,
        "name": actor.participant.name,
        "html": render_to_string("contributions/contribution.html", context),
    }


def _has_composer(request: HttpRequest, dialogue: Dialogue) -> bool:
    """Whether the page that was sent from still has a place for the words. If not, they are shown by themselves."""
    activity = dialogue.activity
    is_on = activity.session is not None and activity.session.current_activity_id == activity.pk
    return activity.accepts(clock.now()) and (request.POST.get("view") != "room" or is_on)


def _show_again(request: HttpRequest, actor: Actor, dialogue: Dialogue, trouble: Refused) -> HttpResponse:
    """The page that was sent from, with the sentence beside the field and the words still in it."""
    typed = {
        "refusal": trouble,
        "typed": request.POST.get("body", ""),
        "typed_heading": request.POST.get("heading", "")[:4],
        "typed_name": request.POST.get("name", "")[:80],
    }
    session = dialogue.activity.session
    if dialogue.group_id is not None:
        return show_group(request, actor, dialogue, **typed)
    if request.POST.get("view") == "room" and session is not None:
        session.workshop = dialogue.activity.workshop
        return show_room(request, actor, session, **typed)
    return show_thread(request, actor, dialogue, **typed)


def _place_of(request: HttpRequest, contribution: Contribution, dialogue: Dialogue) -> str:
    if dialogue.group_id is not None:
        return _page_of(contribution)
    session = dialogue.activity.session
    if request.POST.get("view") == "room" and session is not None:
        return f"{reverse('room', args=[session.pk])}#said-{contribution.pk}"
    return f"{reverse('thread', args=[dialogue.pk])}#said-{contribution.pk}"


def _page_of(contribution: Contribution) -> str:
    """The room while its step is on, else the thread."""
    session = contribution.dialogue.activity.session
    if contribution.dialogue.group_id is not None:
        return f"{reverse('group', args=[contribution.dialogue.group_id])}#said-{contribution.pk}"
    if session is not None and session.current_activity_id == contribution.dialogue.activity_id:
        return f"{reverse('room', args=[session.pk])}#said-{contribution.pk}"
    return f"{reverse('thread', args=[contribution.dialogue_id])}#said-{contribution.pk}"
