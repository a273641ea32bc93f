"""Mail: what a person wants to get, and what facilitators see of what goes out."""

from csp.constants import SELF
from csp.decorators import csp_update
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from sessions_app.access import workshop_for
from sessions_app.errors import BadText, NotFound, TooFast
from sessions_app.mail_gallery import kinds_of_mail
from sessions_app.mails import composed, written
from sessions_app.models import Notice, Workshop
from sessions_app.operations.mail_choices import ask_address, choose_mails, forget_address
from sessions_app.outbox import foreseen_notice, letters_to_come, notice_in, outbox_of
from sessions_app.policy import Actor, can
from sessions_app.reasons import reason_of

ALONE = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox"


@require_POST
def choices(request: HttpRequest, slug: str) -> HttpResponse:
    """How often, and which kinds not."""
    actor, _workshop = workshop_for(request, slug)
    assert actor.participant is not None  # noqa: S101  -- workshop_for found them
    wanted = request.POST.getlist("wanted")
    stopped = [kind for kind in request.POST.getlist("offered") if kind not in wanted]
    frequency = request.POST.get("frequency", "")
    choose_mails(person=actor.participant, actor=actor, frequency=frequency, stopped=stopped)
    messages.success(request, _("Saved."))
    return redirect("me", slug=slug)


@require_POST
def address(request: HttpRequest, slug: str) -> HttpResponse:
    """Give an address: a mail goes there, and only its link makes the address count. Or take it away."""
    actor, workshop = workshop_for(request, slug)
    person = actor.participant
    assert person is not None  # noqa: S101  -- workshop_for found them
    if "forget" in request.POST:
        forget_address(person=person, actor=actor)
        messages.success(request, _("We have forgotten your address. Old links in mails open nothing any more."))
        return redirect("me", slug=slug)
    try:
        ask_address(person=person, actor=actor, address=request.POST.get("email", "").strip())
    except (BadText, TooFast) as trouble:
        messages.error(request, str(trouble.message))
    else:
        messages.success(request, _("A mail is on its way to you. Press the button in it, and mails come to you."))
    return redirect("me", slug=workshop.slug)


@require_GET
def outbox(request: HttpRequest, slug: str) -> HttpResponse:
    """What goes to whom and when, what was sent, and who is not reached."""
    actor, workshop = workshop_for(request, slug, "workshop.mails")
    can_write = can(actor, "workshop.change", workshop)
    context = {"actor": actor, "workshop": workshop, "outbox": outbox_of(workshop), "can_write": can_write}
    return render(request, "mail/outbox.html", context | {"letters": letters_to_come(workshop) if can_write else []})


@require_GET
@csp_update({"frame-src": [SELF]})  # type: ignore[arg-type]
def kinds(request: HttpRequest, slug: str) -> HttpResponse:
    """Every kind of mail, each as it would look now."""
    actor, workshop = workshop_for(request, slug, "workshop.mails")
    return render(request, "mail/kinds.html", {"actor": actor, "workshop": workshop, "kinds": kinds_of_mail(workshop)})


@require_GET
@csp_update({"frame-src": [SELF]})  # type: ignore[arg-type]  # it says less of a view than it takes
def preview(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One mail as it went out, or as it would if it went out now."""
    actor, workshop = workshop_for(request, slug, "workshop.mails")
    return _looked_at(request, actor, workshop, notice_in(workshop, pk))


@require_GET
@csp_update({"frame-src": [SELF]})  # type: ignore[arg-type]
def coming(request: HttpRequest, slug: str) -> HttpResponse:
    """The same for a mail that is still to be made: `?reason=` about `&about=` to `&to=`."""
    actor, workshop = workshop_for(request, slug, "workshop.mails")
    person = request.GET.get("to", "")
    given = request.GET.get("reason", ""), request.GET.get("about", "")
    known = person.isdecimal() and len(person) < 12
    return _looked_at(request, actor, workshop, foreseen_notice(workshop, *given, int(person)) if known else None)


def _looked_at(request: HttpRequest, actor: Actor, workshop: Workshop, notice: Notice | None) -> HttpResponse:
    """The page around a mail, or with `?alone=1` its HTML as a mail program gets it. Its links lead nowhere."""
    reason = reason_of(notice.reason) if notice is not None else None
    if notice is None or reason is None:
        raise NotFound
    notice.workshop = notice.participant.workshop = workshop
    found = written(notice)
    message = composed(notice, found, "<preview@localhost>", is_preview=True) if found is not None else None
    if message is not None and "alone" in request.GET:
        return _alone(str(message.alternatives[0][0]))
    query = request.GET.copy()
    query["alone"] = "1"
    context = {"actor": actor, "workshop": workshop, "notice": notice, "reason": reason, "message": message}
    return render(request, "mail/preview.html", context | {"frame": f"?{query.urlencode()}"})


def _alone(html: str) -> HttpResponse:
    """A mail carries its own sheet, so this answer may; it may nothing else, and stands only in a frame of ours."""
    response = HttpResponse(html)
    response["X-Frame-Options"] = "SAMEORIGIN"
    response["Content-Security-Policy"] = ALONE
    return response
