"""Letters of facilitators: written, looked at as they will read, sent to those who were chosen, taken back."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sessions_app import clock
from sessions_app.access import workshop_for
from sessions_app.addressees import circles_of, people_here, reach_of
from sessions_app.errors import Refused
from sessions_app.forms.letters import LetterForm
from sessions_app.mails import composed
from sessions_app.models import Letter, Notice, Workshop
from sessions_app.operations import letters as operations
from sessions_app.policy import Actor
from sessions_app.reasons.letters import HostsLetter, mail_of


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """Write (`press=change`), look (`look`), and send (`send`); nothing is kept before it is sent."""
    actor, workshop = workshop_for(request, slug, "workshop.change")
    people = people_here(workshop)
    given: dict[str, Any] = {"circles": circles_of(workshop, people), "people": people, "zone": workshop.zone}
    press = request.POST.get("press", "")
    if request.method != "POST" or press == "change":
        typed = {**request.POST.dict(), "people": request.POST.getlist("people")} if press else {"to": "everybody"}
        return _page(request, actor, workshop, LetterForm(initial=typed, **given))
    form = LetterForm(request.POST, **given)
    if not form.is_valid():
        return _page(request, actor, workshop, form, status=422)
    if press != "send":
        return _page(request, actor, workshop, form, shown=_shown(actor, workshop, form.cleaned_data))
    names = ("title", "body", "send_at", "client_id")
    sent = {name: form.cleaned_data[name] for name in names}
    try:
        letter = operations.write_letter(workshop=workshop, actor=actor, people=form.cleaned_data["addressees"], **sent)
    except Refused as trouble:
        form.add_error(trouble.field if trouble.field in form.fields else None, str(trouble.message))
        return _page(request, actor, workshop, form, status=trouble.status)
    later = letter.send_at > clock.now()
    messages.success(
        request, _("It goes out then. You see it under “Still to come”.") if later else _("It goes out now.")
    )
    return redirect("outbox", slug=slug)


@require_POST
def removal(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Send it to nobody else."""
    actor, workshop = workshop_for(request, slug, "workshop.change")
    operations.take_back_letter(workshop=workshop, actor=actor, letter=min(pk, 2**63 - 1))
    messages.success(request, _("It goes to nobody else."))
    return redirect("outbox", slug=slug)


def _page(
    request: HttpRequest, actor: Actor, workshop: Workshop, form: LetterForm, status: int = 200, **more: Any
) -> HttpResponse:
    context = {"actor": actor, "workshop": workshop, "form": form, **more}
    return render(request, "mail/letter.html", context, status=status)


def _shown(actor: Actor, workshop: Workshop, given: dict[str, Any]) -> dict[str, Any]:
    """The letter as the first of those who get it will read it, who they are, when, and who is not reached."""
    reach = reach_of(workshop, given["addressees"], HostsLetter.stop)
    assert actor.participant is not None  # noqa: S101  -- workshop_for found them
    first = (reach.reached or given["addressees"])[0]
    letter = Letter(workshop=workshop, written_by=actor.participant, title=given["title"], body=given["body"])
    notice = Notice(workshop=workshop, participant=first, reason=HostsLetter.key)
    message = composed(notice, mail_of(letter), "<preview@localhost>", is_preview=True)
    return {"reach": reach, "message": message, "at": given["send_at"], "first": first}
