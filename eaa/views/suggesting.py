"""Other words for an agreement: suggest them, take them back, take them in, or say why not."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from eaa.access import agreement_for
from eaa.models import Agreement
from eaa.operations import suggestions as operations
from eaa.queries.agreements import agreement_view
from eaa.queries.beginnings import words_with
from eaa.queries.texts import searchable
from eaa.views.agreements import reads_only
from eaa.views.forms import language_of
from sessions_app.errors import NotAllowed, NotFound, Refused
from sessions_app.forms.contributions import fresh_client_id, whole
from sessions_app.policy import Actor, can


@require_http_methods(["GET", "HEAD", "POST"])
def suggestions(request: HttpRequest, pk: int) -> HttpResponse:
    """All of them, and a field for one more. `?clause=2` begins at that clause, `?find=` looks for what was said."""
    actor, agreement = agreement_for(request, pk)
    reads_only(request, actor)
    if request.method != "POST":
        return _drawn(request, actor, agreement)
    try:
        operations.suggest(
            agreement=agreement,
            actor=actor,
            version=whole(request.POST.get("version", ""), 6) or 0,
            text=request.POST.get("text", ""),
            clause=whole(request.POST.get("clause", ""), 4),
            contribution=_uuid(request.POST.get("contribution", "")),
            language=language_of(request),
            client_id=_uuid(request.POST.get("client_id", "")),
        )
    except (NotFound, NotAllowed):
        raise
    except Refused as trouble:
        return _drawn(request, actor, agreement, trouble)
    messages.success(request, _("Your suggestion is there. Whoever writes the next version reads it."))
    return redirect("eaa:agreement_suggestions", pk=pk)


@require_POST
def suggestion(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Take one's own back, or (for those who write) say why it is not taken in, or that it is."""
    actor, agreement = agreement_for(request, pk, "agreement.answer")
    if not number < 2**63:
        raise NotFound
    try:
        if request.POST.get("press") == "withdraw":
            operations.withdraw_suggestion(agreement=agreement, actor=actor, suggestion=number)
            messages.success(request, _("It is taken back."))
        else:
            operations.settle_suggestion(
                agreement=agreement,
                actor=actor,
                suggestion=number,
                accepted=request.POST.get("press") == "accept",
                because=request.POST.get("because", ""),
            )
            messages.success(request, _("Saved. Whoever suggested it sees it here."))
    except (NotFound, NotAllowed):
        raise
    except Refused as trouble:
        return _drawn(request, actor, agreement, trouble, number)
    return redirect(f"{reverse('eaa:agreement_suggestions', args=[pk])}#suggestion-{number}")


def _drawn(
    request: HttpRequest, actor: Actor, agreement: Agreement, trouble: Refused | None = None, number: int | None = None
) -> HttpResponse:
    find = searchable(request.GET.get("find", "")) if can(actor, "agreement.write", agreement) else ""
    typed = request.POST if trouble is not None else {}
    context = {
        "view": agreement_view(agreement, actor),
        "agreement": agreement,
        "person": actor.participant,
        "workshop": agreement.workshop,
        "refusal": str(trouble.message) if trouble is not None else "",
        "refused_at": number,
        "typed": typed,
        "chosen": str(typed.get("clause", request.GET.get("clause", ""))),
        "find": find,
        "found": words_with(agreement.workshop, find) if find else [],
        "can_write": can(actor, "agreement.write", agreement),
        "can_answer": can(actor, "agreement.answer", agreement),
        "client_id": fresh_client_id(),
    }
    status = trouble.status if trouble is not None else 200
    return render(request, "eaa/agreement_suggestions.html", context, status=status)


def _uuid(sent: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(sent)
    except ValueError:
        return None
