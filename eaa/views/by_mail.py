"""Answering from a mail whether it is what one meant, and where one stands: one question, one press."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from eaa.access import agreement_by_mail, record_by_mail
from eaa.forms.records import CheckForm
from eaa.models import Record
from eaa.operations import checks, positions
from eaa.queries.agreements import agreement_view
from eaa.queries.awaited import awaited_checks, open_agreements
from eaa.queries.checks import until_words
from eaa.queries.records import record_view
from eaa.reasons.parts import CHECK, POSITION
from eaa.views.checks import words_of
from eaa.views.forms import refuse
from sessions_app.errors import Closed, NotAllowed, NotFound, Refused, Stale
from sessions_app.forms.contributions import whole
from sessions_app.models import Via
from sessions_app.policy import Actor
from sessions_app.views.by_mail import answering, over

NO_MORE = (Closed, NotAllowed, NotFound)


@answering(CHECK)
def check(request: HttpRequest, actor: Actor, number: int, seen: int) -> HttpResponse:
    """Is that what you meant? SEEN is the version that the mail showed; the newest one is asked about."""
    record = record_by_mail(actor, number)
    if record is None:
        return over(request, _("It was taken away, or its workshop is over."))
    if not awaited_checks(record.workshop, pk=record.pk):
        return over(request, _("Nobody is asked about this text at the moment."))
    sent = request.POST if request.method == "POST" else None
    form, more = CheckForm(sent), dict[str, Any]()
    if form.is_bound and form.is_valid():
        try:
            given = {**form.cleaned_data, "via": Via.EMAIL, "language": get_language() or ""}
            checks.tell_check(record=record, actor=actor, **given)
            more["done"] = True
        except NO_MORE:
            raise
        except Refused as trouble:
            seen = form.cleaned_data["head"] if isinstance(trouble, Stale) else seen
            refuse(form, trouble)
            more["status"] = trouble.status
    return _check_page(request, actor, record, form, seen, **more)


def _check_page(
    request: HttpRequest,
    actor: Actor,
    record: Record,
    form: CheckForm,
    seen: int,
    *,
    status: int = 0,
    done: bool = False,
) -> HttpResponse:
    record.refresh_from_db(fields=["head", "status"])
    view, person = record_view(record), actor.participant
    one = next((each for each in view.standing.asked if each.person == person), None) if view.standing else None
    if one is None:
        return over(request, _("Your words are not in it any more, so there is nothing to answer."))
    if done or not form.is_bound:
        known = {"answer": one.answer, "words": one.check.words} if one.check is not None else {}
        form = CheckForm(initial=known)
    elif status == Stale.status:
        form = _typed(request, form)
    form.initial["head"] = record.head
    context: dict[str, Any] = {
        "workshop": record.workshop,
        "record": record,
        "view": view,
        "one": one,
        "words_of_one": words_of(view, one.person),
        "form": form,
        "done": done,
        "was_replaced": seen != record.head,
        "changes": view.changes[0].parts if seen == record.head - 1 else [],
        "until": until_words(record),
    }
    return render(request, "eaa/check_by_mail.html", context, status=status or (422 if form.errors else 200))


def _typed(request: HttpRequest, refused: CheckForm) -> CheckForm:
    """What was typed, in a form for the newer text."""
    return CheckForm(initial={name: request.POST.get(name, "") for name in refused.fields})


@answering(POSITION)
def position(request: HttpRequest, actor: Actor, number: int, seen: int) -> HttpResponse:
    """Where do you stand? SEEN is the version since which the text read as it did in the mail."""
    agreement = agreement_by_mail(actor, number)
    if agreement is None or actor.participant is None:
        return over(request, _("It was taken away, or its workshop is over."))
    told, trouble, since = "", None, seen
    if request.method == "POST":
        try:
            told = _position(request, actor, agreement)
        except NO_MORE:
            raise
        except Refused as found:
            trouble = found
            since = whole(request.POST.get("version", ""), 6) or seen if isinstance(found, Stale) else seen
    (opened,) = open_agreements(agreement.workshop, pk=agreement.pk) or (None,)
    if opened is None:
        return over(request, _("The time for answers is over. You can still read what was said."))
    if not any(person.pk == actor.participant.pk for person in opened.agreement.asked.all()):
        return over(request, _("You are not among those who were asked."))
    was_replaced = since < opened.first
    context = {
        "workshop": agreement.workshop,
        "agreement": agreement,
        "person": actor.participant,
        "view": agreement_view(agreement, actor, None, since if was_replaced else None),
        "told": told,
        "trouble": trouble,
        "typed": request.POST.get("words", "") if trouble is not None else "",
        "was_replaced": was_replaced,
    }
    return render(request, "eaa/position_by_mail.html", context, status=trouble.status if trouble is not None else 200)


def _position(request: HttpRequest, actor: Actor, agreement: Any) -> str:
    if "take_back" in request.POST:
        positions.withdraw_position(agreement=agreement, actor=actor)
        return _("You took it back.")
    positions.take_position(
        agreement=agreement,
        actor=actor,
        version=whole(request.POST.get("version", ""), 6) or 0,
        choice=request.POST.get("choice", ""),
        words=request.POST.get("words", ""),
        via=Via.EMAIL,
        language=get_language() or "",
    )
    return _("Thank you. This is where you stand.")
