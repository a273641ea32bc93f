"""The agreements of a workshop, and the page on which one is read and answered."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from eaa.access import agreement_for, workshop_of
from eaa.models import Agreement
from eaa.queries.agreements import agreement_view, agreements_of, removed_draft
from eaa.queries.commitments import removed_commitment
from eaa.queries.reading import AgreementView
from eaa.queries.waiting import waiting_agreements
from sessions_app import clock
from sessions_app.errors import Refused
from sessions_app.forms.contributions import fresh_client_id, whole
from sessions_app.middleware import typed_words
from sessions_app.policy import SCRIBES, TAKES_PART, Actor, can
from sessions_app.views.records import require_second_step


@require_GET
def listed(request: HttpRequest, slug: str) -> HttpResponse:
    actor, workshop = workshop_of(request, slug, "eaa.map")
    reads_only(request, actor)
    person, writes = actor.participant, actor.has(SCRIBES)
    found = agreements_of(workshop, with_drafts=writes)
    waits = {agreement.pk for agreement in waiting_agreements(person)} if person is not None else set()
    context = {
        "actor": actor,
        "workshop": workshop,
        "waiting": [one for one in found if one.pk in waits],
        "agreements": [one for one in found if one.pk not in waits],
        "today": workshop.local(clock.now()).date(),
        "can_write": can(actor, "eaa.lead", workshop),
        "removed": removed_draft(workshop, request.GET.get("removed", "")) if writes else None,
    }
    return render(request, "eaa/agreements.html", context)


@require_GET
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """`?version=2` shows an older text, `?since=1` what changed since then, `?all=1` unfolds what did not change."""
    actor, agreement = agreement_for(request, pk)
    reads_only(request, actor)
    version, since = (whole(request.GET.get(name, ""), 6) for name in ("version", "since"))
    return show_agreement(request, actor, agreement, version=version, since=since)


def show_agreement(
    request: HttpRequest,
    actor: Actor,
    agreement: Agreement,
    *,
    version: int | None = None,
    since: int | None = None,
    section: str = "",
    trouble: Refused | None = None,
) -> HttpResponse:
    """The page; after TROUBLE with what was typed in that SECTION, and what is new beside it."""
    view = agreement_view(agreement, actor, version, since)
    context = {
        "view": view,
        "agreement": agreement,
        "workshop": agreement.workshop,
        "actor": actor,
        "person": actor.participant,
        "unfolds": bool(request.GET.get("all")) or version is not None,
        "section": section,
        "refusal": str(trouble.message) if trouble is not None else "",
        "typed": request.POST if trouble is not None else {},
        "lost_words": typed_words(request) if trouble is not None and not view.accepts else "",
        "chosen_clause": _chosen_clause(request, view, trouble),
        "address": settings.PUBLIC_URL.split("//")[-1] + reverse("eaa:agreement", args=[agreement.pk]),
        "client_id": fresh_client_id(),
        "removed": removed_commitment(agreement, request.GET.get("removed", "")),
        **_rights(actor, agreement),
    }
    return render(request, "eaa/agreement.html", context, status=trouble.status if trouble is not None else 200)


def _chosen_clause(request: HttpRequest, view: AgreementView, trouble: Refused | None) -> str:
    """Which clause the reader's words are about, as the form has it."""
    if trouble is not None:
        return request.POST.get("clause", "")
    if view.mine.voice is not None:
        return str(view.mine.voice.position.clause_key or "")
    return str(view.changed[0].key) if view.is_asked_again and len(view.changed) == 1 else ""


def reads_only(request: HttpRequest, actor: Actor) -> None:
    """Whoever only reads, as a researcher does, has signed in in two steps."""
    if not actor.has(TAKES_PART):
        require_second_step(request, actor)


def _rights(actor: Actor, agreement: Agreement) -> dict[str, Any]:
    may = {"can_write": "agreement.write", "can_decide": "agreement.decide", "can_answer": "agreement.answer"}
    return {name: can(actor, action, agreement) for name, action in may.items()} | {
        "can_answer_for": can(actor, "agreement.answer_for", agreement),
        "can_trace": can(actor, "eaa.see", agreement.workshop),
    }
