"""The member check: return an interpretation, answer to it, settle it."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from eaa.access import people_of, record_for
from eaa.forms.records import CheckForm, DifferenceForm, SettleForm
from eaa.forms.returning import ReturnForm
from eaa.models import Mechanism, Record, Status
from eaa.operations import checks as operations
from eaa.queries.checks import Asked, evidence_of, until_words
from eaa.queries.quoting import Quote, people_quoted
from eaa.queries.records import RecordView, record_view
from eaa.views.forms import language_of, refuse
from sessions_app import clock
from sessions_app.errors import NotFound, Refused, Stale
from sessions_app.models import Participant
from sessions_app.policy import Actor, can


@require_http_methods(["GET", "HEAD", "POST"])
def returning(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask everybody whose words it quotes, until a day."""
    actor, record = record_for(request, pk, "record.change")
    if record.mechanism != Mechanism.INTERPRETATION:
        raise NotFound
    week = record.workshop.local(clock.now() + timedelta(days=7))
    first = {"day": week.date(), "head": record.head}
    sent = request.POST if request.method == "POST" else None
    form = ReturnForm(sent, zone=record.workshop.zone, initial=first)
    status = 200
    if form.is_bound and form.is_valid():
        given = {"head": form.cleaned_data["head"], "until": form.cleaned_data["until"]}
        try:
            operations.return_record(record=record, actor=actor, **given)
        except Refused as trouble:
            refuse(form, trouble)
            status = trouble.status
        else:
            messages.success(request, _("They are asked now. It stands on their page as something that waits."))
            return redirect("eaa:record", pk=pk)
    view = record_view(record, is_facilitator=actor.is_facilitator)
    context = {"actor": actor, "workshop": record.workshop, "record": record, "form": form, "view": view}
    context |= {"asked": len(people_quoted(evidence_of(record)))}
    return render(request, "eaa/return_record.html", context, status=_status(form, status))


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """Say whether it is what one meant; a scribe says it for somebody on the phone."""
    actor, record = record_for(request, pk)
    if record.mechanism != Mechanism.INTERPRETATION:
        raise NotFound
    sent = request.POST if request.method == "POST" else None
    whose = _whose(request, actor, record)
    form, status, more = CheckForm(sent), 200, {}
    if form.is_bound and form.is_valid():
        given = {**form.cleaned_data, "person": whose, "language": language_of(request)}
        try:
            operations.tell_check(record=record, actor=actor, **given)
        except Stale as trouble:
            status, more, form = 409, {"stale": str(trouble.message)}, CheckForm(initial=request.POST.dict())
        except Refused as trouble:
            refuse(form, trouble)
            status = trouble.status
        else:
            messages.success(request, _("Thank you. You can change your answer as long as the question is open."))
            return redirect("eaa:record", pk=pk)
    context = {**_asked(actor, record, whose), **more}
    one = context["one"]
    if not form.is_bound and not more and one is not None and one.check is not None:
        form = CheckForm(initial={"answer": one.answer, "words": one.check.words})
    form.initial["head"] = record.head
    return render(request, "eaa/check.html", {**context, "form": form}, status=_status(form, status))


def _asked(actor: Actor, record: Record, whose: Participant | None) -> dict[str, Any]:
    """The text, and the words of WHOSE that it quotes, if it does."""
    view = record_view(record, is_facilitator=actor.is_facilitator)
    asked = view.standing.asked if view.standing is not None else []
    one = next((each for each in asked if each.person == whose), None)
    return {
        "actor": actor,
        "workshop": record.workshop,
        "record": record,
        "view": view,
        "one": one,
        "words_of_one": words_of(view, one.person) if one is not None else [],
        "for_other": whose != actor.participant,
        "others": _others(actor, record, asked),
        "until": until_words(record),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def settling(request: HttpRequest, pk: int) -> HttpResponse:
    """An understanding, or a difference that stays: two forms, by the rules that stand on the page."""
    actor, record = record_for(request, pk, "eaa.decide")
    if record.mechanism != Mechanism.INTERPRETATION:
        raise NotFound
    version = record.versions.get(number=record.head)
    chosen = request.POST.get("status", "")
    sent = {name: request.POST if request.method == "POST" and chosen == name else None for name in Status.values}
    understanding = SettleForm(sent[Status.UNDERSTOOD], initial={"head": record.head, "text": version.text})
    difference = DifferenceForm(
        sent[Status.DIFFERENCE], initial={"head": record.head, "difference": record.difference}, auto_id="d_%s"
    )
    status = 200 if request.method != "POST" else 422
    form = next((each for each in (understanding, difference) if each.is_bound), None)
    if form is not None and form.is_valid():
        try:
            operations.settle_record(record=record, actor=actor, status=chosen, **form.cleaned_data)
        except Refused as trouble:
            refuse(form, trouble)
            status = trouble.status
        else:
            messages.success(request, _("It is settled, and everybody can read it."))
            return redirect("eaa:record", pk=record.pk)
    record.refresh_from_db()
    context = {
        "actor": actor,
        "workshop": record.workshop,
        "record": record,
        "view": record_view(record, is_facilitator=actor.is_facilitator),
        "understanding": understanding,
        "difference": difference,
    }
    return render(request, "eaa/settle_record.html", context, status=status)


def _whose(request: HttpRequest, actor: Actor, record: Record) -> Participant | None:
    """The person a scribe answers for, by the number in the form or the address; else who asks."""
    number = (request.POST if request.method == "POST" else request.GET).get("person", "")
    if not number or actor.participant is None or number == str(actor.participant.pk):
        return actor.participant
    if request.method != "POST" and not can(actor, "record.check_for", record):
        return actor.participant
    (person,) = people_of(record, [number])
    return person


def _others(actor: Actor, record: Record, asked: list[Asked]) -> list[Asked]:
    """For whom ACTOR may answer beside themselves: people whose name they may know."""
    if not can(actor, "record.check_for", record):
        return []
    return [one for one in asked if one.name and one.person != actor.participant]


def words_of(view: RecordView, person: Participant) -> list[Quote]:
    """The words of PERSON that it quotes, and that were not taken back."""
    return [
        quote
        for quote in view.quotes
        if quote.said is not None and quote.said.contribution.author_id == person.pk and not quote.is_gone
    ]


def _status(form: Any, otherwise: int) -> int:
    if otherwise != 200:
        return otherwise
    return 422 if form.is_bound and form.errors else 200
