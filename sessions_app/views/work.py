"""What the worker does for a workshop, and what it could not do: try it again, or put it away."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from sessions_app.access import workshop_for
from sessions_app.errors import NotFound
from sessions_app.operations import parking
from sessions_app.outbox import WHY, notice_in
from sessions_app.queries.work import parked_in, work_of
from sessions_app.reasons import reason_of
from sessions_app.tasks import HEART, HEART_LASTS


@require_GET
def work(request: HttpRequest, slug: str) -> HttpResponse:
    actor, workshop = workshop_for(request, slug, "workshop.mails")
    found = work_of(workshop, HEART)
    for mail in found.mails:
        reason = reason_of(mail.reason)
        mail.name = reason.name if reason is not None else mail.reason  # type: ignore[attr-defined]
        mail.why_words = WHY.get(mail.why, "")  # type: ignore[attr-defined]
    context = {
        "actor": actor,
        "workshop": workshop,
        "work": found,
        "is_alive": found.beat is not None and found.beat <= HEART_LASTS,
        "tasks": [(one, parking.TASKS.get(one.task, one.task), title) for one, title in found.parked],
    }
    return render(request, "mail/work.html", context)


@require_POST
def settle_task(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Try a parked task again, or put it away."""
    actor, workshop = workshop_for(request, slug, "workshop.mails")
    parked = parked_in(workshop, pk)
    if parked is None:
        raise NotFound
    if "again" in request.POST:
        parking.retry(parked=parked, actor=actor)
        messages.success(request, _("It is tried again within a minute."))
    else:
        parking.dismiss(parked=parked, actor=actor)
        messages.success(request, _("It is put away."))
    return redirect("work", slug=slug)


@require_POST
def settle_mail(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Send a mail after all that never left, or put it away."""
    actor, workshop = workshop_for(request, slug, "workshop.mails")
    notice = notice_in(workshop, pk)
    if notice is None:
        raise NotFound
    notice.workshop = workshop
    if "again" in request.POST:
        parking.retry_mail(notice=notice, actor=actor)
        messages.success(request, _("It is sent within a minute."))
    else:
        parking.dismiss_mail(notice=notice, actor=actor)
        messages.success(request, _("It is put away."))
    return redirect("work", slug=slug)
