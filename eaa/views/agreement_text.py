"""Begin an agreement, and write its text: clauses as fields, saved as a draft or as the next version."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from eaa.access import agreement_for, workshop_of
from eaa.forms.agreements import NewAgreementForm, TextForm
from eaa.forms.clauses import ClausesForm
from eaa.models import Agreement, AgreementState, AgreementVersion, Suggestion
from eaa.operations.agreements import create_agreement
from eaa.operations.clauses import Wording
from eaa.operations.drafting import revise_agreement
from eaa.operations.evidence import Rests
from eaa.queries.agreements import agreement_view
from eaa.queries.beginnings import proposals, understandings
from eaa.queries.clauses import clause_views
from eaa.queries.standing import token_of, versions_of
from eaa.queries.suggestions import open_suggestion
from eaa.views.forms import language_of
from sessions_app import clock
from sessions_app.errors import NotAllowed, NotFound, Refused, Stale
from sessions_app.policy import Actor


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """From understandings that are ticked, from a proposal, or from nothing."""
    actor, workshop = workshop_of(request, slug, "eaa.lead")
    known, proposed = understandings(workshop), proposals(workshop)
    form = NewAgreementForm(request.POST or None, known=known, proposed=proposed)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            agreement = create_agreement(
                workshop=workshop,
                actor=actor,
                title=given["title"],
                clauses=[*_from_records(known, given["records"]), *_from_step(proposed, given["step"])],
                language=language_of(request),
                client_id=given["client_id"],
            )
        except (NotFound, NotAllowed):
            raise
        except Refused as trouble:
            form.add_error(trouble.field if trouble.field in form.fields else "title", str(trouble.message))
        else:
            return redirect("eaa:change_agreement", pk=agreement.pk)
    context = {"form": form, "workshop": workshop, "known": known, "proposed": proposed}
    return render(request, "eaa/agreement_new.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the clauses. Buttons add, move and find without saving; `?suggestion=3` puts other words in their place."""
    actor, agreement = agreement_for(request, pk, "agreement.write")
    versions = versions_of(agreement)
    accepted = _accepted(request, agreement)
    sent = request.POST if request.method == "POST" else None
    clauses = ClausesForm(agreement.workshop, versions[-1], sent)
    if accepted is not None and sent is None:
        view = agreement_view(agreement, actor)
        words = next((one.words for one in view.suggestions if one.suggestion == accepted), "")
        clauses.suggest(accepted.clause_key, words, accepted.contribution_id)
    text = _text_form(agreement, sent if clauses.is_saved else None, typed=request.POST)
    trouble = None
    if clauses.is_saved and text.is_valid():
        try:
            _save(request, actor, agreement, clauses, text, accepted)
            return redirect("eaa:agreement", pk=pk)
        except (NotFound, NotAllowed):
            raise
        except Refused as refused:
            trouble = refused
            if not clauses.add_error(refused) and refused.field in text.fields:
                text.add_error(refused.field, str(refused.message))
                trouble = None
    return _drawn(request, agreement, clauses, text, versions, trouble, accepted)


def _save(
    request: HttpRequest,
    actor: Actor,
    agreement: Agreement,
    clauses: ClausesForm,
    text: TextForm,
    accepted: Suggestion | None,
) -> None:
    given = text.cleaned_data
    version = revise_agreement(
        agreement=agreement,
        actor=actor,
        seen=request.POST.get("seen", ""),
        clauses=clauses.wordings(),
        language=language_of(request),
        because=given["because"],
        title=request.POST.get("title", ""),
        until=given.get("until"),
        review_on=given["review_on"],
        accepts=[accepted] if accepted is not None else [],
    )
    if agreement.state == AgreementState.DRAFT:
        messages.success(request, _("Saved. Only those who write for the group see it until you open it."))
    else:
        told = _("Version %(number)s is open. Everybody is asked about what changed.")
        messages.success(request, told % {"number": version.number})


def _drawn(
    request: HttpRequest,
    agreement: Agreement,
    clauses: ClausesForm,
    text: TextForm,
    versions: list[AgreementVersion],
    trouble: Refused | None,
    accepted: Suggestion | None,
) -> HttpResponse:
    """The form; when somebody else was faster, with the words that are there now beside one's own."""
    versions = versions_of(agreement) if isinstance(trouble, Stale) else versions
    shown, _gone = clause_views(versions[-1])
    token, is_stale = token_of(versions[-1]), isinstance(trouble, Stale)
    status = trouble.status if trouble is not None else 422 if text.errors or clauses.errors else 200
    context: dict[str, Any] = {
        "agreement": agreement,
        "workshop": agreement.workshop,
        "clauses": clauses,
        "text": text,
        "title": request.POST.get("title", agreement.title),
        "is_draft": agreement.state == AgreementState.DRAFT,
        "seen": token if is_stale else request.POST.get("seen", token),
        "theirs": shown if is_stale else [],
        "refusal": str(trouble.message) if trouble is not None and not clauses.errors else "",
        "accepted": accepted,
        "wrote": versions[-1].written_by.first_name,
    }
    return render(request, "eaa/agreement_form.html", context, status=status)


def _text_form(agreement: Agreement, sent: Any, *, typed: Any) -> TextForm:
    """Why, and until when. After another button than the one for saving, with what was typed so far."""
    workshop, now = agreement.workshop, clock.now()
    until = agreement.open_until
    is_over = agreement.state != AgreementState.DRAFT and (until is None or until <= now)
    local = workshop.local(until) if until is not None and not is_over else None
    initial: dict[str, Any] = {"review_on": agreement.review_on, "day": local.date() if local else None}
    initial["clock"] = local.time().replace(second=0, microsecond=0) if local else "20:00"
    initial |= {name: typed[name] for name in TextForm.base_fields if name in typed}
    return TextForm(sent, zone=workshop.zone, needs_day=is_over, initial=initial)


def _accepted(request: HttpRequest, agreement: Agreement) -> Suggestion | None:
    number = request.POST.get("suggestion") or request.GET.get("suggestion", "")
    return open_suggestion(agreement, number) if number else None


def _from_records(known: list, chosen: list[str]) -> list[Wording]:
    """A clause for each understanding that was ticked."""
    return [
        Wording(one.text[:2000], one.record.title, rests=(Rests(record=one.record_id),))
        for one in known
        if str(one.record_id) in chosen
    ]


def _from_step(proposed: list, chosen: str) -> list[Wording]:
    """A clause for each line of the proposal."""
    return [Wording(line) for one in proposed if str(one.activity.pk) == chosen for line in one.lines]
