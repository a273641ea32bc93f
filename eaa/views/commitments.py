"""Promises under an agreement: make one, say what became of it, take it away."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from eaa.access import agreement_for, commitment_of, people_of
from eaa.forms.agreements import CommitmentForm, TellingForm
from eaa.operations import commitments as operations
from eaa.queries.agreements import those_who_take_part
from sessions_app.errors import NotAllowed, NotFound, Refused
from sessions_app.policy import can


@require_http_methods(["GET", "HEAD", "POST"])
def commitments(request: HttpRequest, pk: int) -> HttpResponse:
    """Promise something oneself; those who write for the group also note what others promised."""
    actor, agreement = agreement_for(request, pk)
    writes = can(actor, "agreement.write", agreement)
    operations.may_promise(agreement=agreement, actor=actor)
    people = list(those_who_take_part(agreement.workshop))
    only = None if writes else actor.participant
    form = CommitmentForm(request.POST or None, people=people, only=only)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            operations.promise(
                agreement=agreement,
                actor=actor,
                people=[only] if only is not None else people_of(agreement, given["people"]),
                what=given["what"],
                due_on=given["due_on"],
                due_words=given["due_words"],
                client_id=given["client_id"],
            )
            messages.success(request, _("It stands under the agreement."))
            return redirect(f"{reverse('eaa:agreement', args=[pk])}#promises")
        except (NotFound, NotAllowed):
            raise
        except Refused as trouble:
            form.add_error(trouble.field if trouble.field in form.fields else None, str(trouble.message))
    context = {"form": form, "agreement": agreement, "workshop": agreement.workshop}
    return render(request, "eaa/agreement_promise.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def commitment(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Say what became of it; `press=remove` takes it away, `undo` puts it back."""
    actor, agreement = agreement_for(request, pk)
    row = commitment_of(agreement, number)
    about: dict[str, Any] = {"agreement": agreement, "actor": actor, "commitment": row}
    operations.may_tell(**about)
    back = f"{reverse('eaa:agreement', args=[pk])}"
    if "undo" in request.POST:
        operations.remove_commitment(**about, gone=False)
        return redirect(f"{back}#promises")
    if row.removed_at is not None:
        raise NotFound
    if request.POST.get("press") == "remove":
        operations.remove_commitment(**about)
        return redirect(f"{back}?removed={number}#promises")
    form = TellingForm(request.POST or None, initial={"state": row.state, "told": row.told})
    if request.method == "POST" and form.is_valid():
        try:
            operations.tell_of(**about, state=form.cleaned_data["state"], told=form.cleaned_data["told"])
            messages.success(request, _("Saved. Everybody sees how it is."))
            return redirect(f"{back}#promises")
        except (NotFound, NotAllowed):
            raise
        except Refused as trouble:
            form.add_error(trouble.field if trouble.field in form.fields else None, str(trouble.message))
    context = {"form": form, "agreement": agreement, "workshop": agreement.workshop, "commitment": row}
    return render(request, "eaa/agreement_commitment.html", context, status=422 if form.errors else 200)
