"""What facilitators decide: ask people until a day, look it over again, end it, throw a draft away."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from eaa.access import agreement_for, people_of
from eaa.forms.agreements import OpeningForm, ProlongForm, ReviewForm
from eaa.models import Agreement, AgreementState
from eaa.operations import agreements as operations
from eaa.queries.agreements import agreement_view, shared_intention, those_who_take_part
from sessions_app import clock
from sessions_app.errors import NotAllowed, NotFound, Refused
from sessions_app.policy import Actor


@require_http_methods(["GET", "HEAD", "POST"])
def opening(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a draft; of what is open already, give more time and ask more people; let it hold once time is up."""
    actor, agreement = agreement_for(request, pk, "agreement.decide")
    if request.POST.get("press") == "hold":
        if operations.bring_into_force(agreement=agreement, actor=actor):
            messages.success(request, _("It holds from now on."))
        return redirect("eaa:agreement", pk=pk)
    if agreement.state == AgreementState.DRAFT:
        return _open(request, actor, agreement)
    return _prolong(request, actor, agreement)


def _open(request: HttpRequest, actor: Actor, agreement: Agreement) -> HttpResponse:
    workshop, intention = agreement.workshop, shared_intention(agreement.workshop)
    people = list(those_who_take_part(workshop))
    week = workshop.local(clock.now() + timedelta(days=workshop.late_answers_days))
    form = OpeningForm(
        request.POST or None,
        zone=workshop.zone,
        people=people,
        has_intention=intention is not None,
        initial={"day": week.date(), "asked": [str(one.pk) for one in people]},
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            operations.open_agreement(
                agreement=agreement,
                actor=actor,
                until=given["until"],
                silence_means=given["silence_means"],
                asked=people_of(agreement, given["asked"]),
                scale=given["scale"],
                review_on=given["review_on"],
                serves=given.get("serves", ""),
            )
            messages.success(request, _("It is open. Everybody who was asked sees that it waits for them."))
            return redirect("eaa:agreement", pk=agreement.pk)
        except (NotFound, NotAllowed):
            raise
        except Refused as trouble:
            form.add_error(trouble.field if trouble.field in form.fields else None, str(trouble.message))
    context = {
        "form": form,
        "agreement": agreement,
        "workshop": workshop,
        "view": agreement_view(agreement, actor),
        "intention": intention,
    }
    return render(request, "eaa/agreement_open.html", context, status=422 if form.errors else 200)


def _prolong(request: HttpRequest, actor: Actor, agreement: Agreement) -> HttpResponse:
    workshop, until = agreement.workshop, agreement.workshop.local(agreement.open_until or clock.now())
    others = list(those_who_take_part(workshop).exclude(pk__in=agreement.asked.values("pk")))
    initial = {"day": until.date(), "clock": until.time().replace(second=0, microsecond=0)}
    form = ProlongForm(
        request.POST or None,
        zone=workshop.zone,
        people=others,
        initial=initial | {"review_on": agreement.review_on},
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            operations.prolong_agreement(
                agreement=agreement,
                actor=actor,
                until=given.get("until"),
                asked=people_of(agreement, given["asked"]),
                review_on=given["review_on"],
            )
            messages.success(request, _("Saved."))
            return redirect("eaa:agreement", pk=agreement.pk)
        except (NotFound, NotAllowed):
            raise
        except Refused as trouble:
            form.add_error(trouble.field if trouble.field in form.fields else None, str(trouble.message))
    context = {
        "form": form,
        "agreement": agreement,
        "workshop": workshop,
        "view": agreement_view(agreement, actor),
        "others": others,
    }
    return render(request, "eaa/agreement_prolong.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Look it over again; or say that it stays as it is."""
    actor, agreement = agreement_for(request, pk, "agreement.decide")
    form = ReviewForm(request.POST if request.POST.get("press") == "keep" else None)
    if request.POST.get("press") == "begin":
        operations.begin_review(agreement=agreement, actor=actor)
        messages.success(request, _("It is being looked over again. Everybody sees that."))
        return redirect("eaa:agreement", pk=pk)
    if form.is_bound and form.is_valid():
        try:
            day = form.cleaned_data["review_on"]
            operations.keep_as_it_is(agreement=agreement, actor=actor, review_on=day)
            messages.success(request, _("It stays as it is."))
            return redirect("eaa:agreement", pk=pk)
        except (NotFound, NotAllowed):
            raise
        except Refused as trouble:
            form.add_error("review_on", str(trouble.message))
    context = {"form": form, "agreement": agreement, "workshop": agreement.workshop}
    return render(request, "eaa/agreement_review.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def ending(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask once, then it holds no more."""
    actor, agreement = agreement_for(request, pk, "agreement.decide")
    if request.method == "POST":
        operations.end_agreement(agreement=agreement, actor=actor)
        messages.success(request, _("It holds no more. Everybody can still read it."))
        return redirect("eaa:agreement", pk=pk)
    return render(request, "eaa/agreement_end.html", {"agreement": agreement, "workshop": agreement.workshop})


@require_POST
def removal(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw a draft away; the same address puts it back."""
    actor, agreement = agreement_for(request, pk, "agreement.write", removed=True)
    if "undo" in request.POST:
        operations.remove_agreement(agreement=agreement, actor=actor, gone=False)
        return redirect("eaa:agreement", pk=pk)
    operations.remove_agreement(agreement=agreement, actor=actor)
    return redirect(f"{reverse('eaa:agreements', args=[agreement.workshop.slug])}?removed={pk}")
