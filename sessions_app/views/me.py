"""What a person says of themselves: name, place, what helps, research, leaving."""

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sessions_app.access import workshop_for
from sessions_app.errors import BadText, Refused, TooLong
from sessions_app.forms.people import MeForm, NeedsForm
from sessions_app.mail_links import calendar_path
from sessions_app.middleware import safe_address
from sessions_app.models import Purpose, Role
from sessions_app.neighbours import waiting_for
from sessions_app.operations import devices, participants
from sessions_app.outbox import mails_of
from sessions_app.policy import require
from sessions_app.queries.before import before_view
from sessions_app.queries.consents import answers_of, notice_of
from sessions_app.reasons.base import gets_mail


@require_http_methods(["GET", "HEAD", "POST"])
def me(request: HttpRequest, slug: str) -> HttpResponse:
    actor, workshop = workshop_for(request, slug)
    person = actor.participant
    assert person is not None  # noqa: S101  -- workshop_for found them
    initial = {name: getattr(person, name) for name in ("name", "usual_place", "helps", "access_needs")}
    form = MeForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            participants.rename(person=person, actor=actor, name=given["name"])
            participants.move(person=person, actor=actor, place=given["usual_place"])
            participants.change_me(
                person=person,
                actor=actor,
                language=get_language() or "en",
                helps=given["helps"],
                access_needs=given["access_needs"],
            )
        except Refused as trouble:
            form.add_error("name" if isinstance(trouble, BadText | TooLong) else None, str(trouble.message))
        else:
            messages.success(request, _("Saved."))
            return redirect("me", slug=slug)
    context = {
        "actor": actor,
        "person": person,
        "workshop": workshop,
        "form": form,
        "notice": notice_of(workshop),
        "answers": answers_of(person),
        "waits": waiting_for(person),
        "keeps_record": not workshop.is_practice and actor.roles != {Role.RESEARCHER},
        "mails": mails_of(person) if gets_mail(person) and not workshop.is_practice else None,
        "calendar": calendar_path(person) if gets_mail(person) and not workshop.is_practice else "",
    }
    return render(request, "people/me.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def needs(request: HttpRequest, slug: str) -> HttpResponse:
    """What helps me, told to the hosts: a page of its own, and what the card in the room sends."""
    actor, workshop = workshop_for(request, slug)
    person = actor.participant
    assert person is not None  # noqa: S101  -- workshop_for found them
    require(actor, "me.change", person)
    sent = request.POST if request.method == "POST" else None
    form = NeedsForm(sent, initial={"helps": person.helps, "access_needs": person.access_needs})
    back = request.POST.get("next", "") or reverse("before", args=[slug])
    if form.is_bound and form.is_valid():
        participants.tell_needs(person=person, actor=actor, **form.cleaned_data)
        messages.success(request, _("The hosts know now. You can change it at any time under “Me”."))
        return redirect(safe_address(request, back))
    context = {"workshop": workshop, "form": form, "next": back}
    return render(request, "people/needs.html", context, status=422 if form.errors else 200)


@require_GET
def before(request: HttpRequest, slug: str) -> HttpResponse:
    """Before we meet: when, where, how, and one thing to do already."""
    actor, workshop = workshop_for(request, slug)
    if actor.roles == {Role.RESEARCHER}:
        return redirect("record", slug=slug)
    person = actor.participant
    assert person is not None  # noqa: S101  -- workshop_for found them
    context = {"workshop": workshop, "actor": actor, "person": person, "before": before_view(person)}
    return render(request, "people/before.html", context)


@require_POST
def research(request: HttpRequest, slug: str) -> HttpResponse:
    """Yes or no to the question about research. Never asked before somebody has a seat, never in the way."""
    actor, workshop = workshop_for(request, slug)
    person = actor.participant
    assert person is not None  # noqa: S101  -- workshop_for found them
    answer = request.POST.get("answer", "")
    if answer not in {"yes", "no"}:
        raise BadText(_("Choose yes or no. You can change it at any time."))
    asked = notice_of(workshop, request.POST.get("read_in", ""), _version(request.POST.get("version", "")))
    if asked is None:
        raise BadText(_("The question has changed meanwhile. Read it again, then answer."))
    participants.answer_consent(
        person=person,
        actor=actor,
        purpose=Purpose.RESEARCH,
        yes=answer == "yes",
        version=asked.version,
        language=asked.language,
    )
    messages.success(request, _("Thank you. You can change your answer at any time under “Me”."))
    return redirect(safe_address(request, request.POST.get("next", "")))


@require_POST
def place(request: HttpRequest, slug: str) -> HttpResponse:
    """*I am here in the hall*: one press."""
    actor, _workshop = workshop_for(request, slug)
    assert actor.participant is not None  # noqa: S101  -- workshop_for found them
    participants.move(person=actor.participant, actor=actor, place=request.POST.get("place", ""))
    return redirect(safe_address(request, request.POST.get("next", "")))


@require_http_methods(["GET", "HEAD", "POST"])
def leaving(request: HttpRequest, slug: str) -> HttpResponse:
    """Leave this device, or leave the workshop. The words that were written stay in both cases."""
    actor, workshop = workshop_for(request, slug)
    person = actor.participant
    assert person is not None  # noqa: S101  -- workshop_for found them
    require(actor, "me.change", person)
    if request.method != "POST":
        return render(request, "people/leave.html", {"workshop": workshop, "person": person, "actor": actor})
    if "workshop" in request.POST:
        participants.remove(person=person, actor=actor)
        messages.success(
            request, _("You have left “%(title)s”. What you wrote stays there.") % {"title": workshop.title}
        )
        return redirect("front")
    devices.leave_device(actor, request.COOKIES.get(settings.DEVICE_COOKIE, ""))
    if actor.login_key:
        get_adapter().logout(request)
    messages.success(request, _("You have left this device. Nothing of yours is on it any more."))
    response = redirect("front")
    response.delete_cookie(settings.DEVICE_COOKIE, path="/", samesite="Lax")
    response["Clear-Site-Data"] = '"storage"'  # drafts on a shared device are nobody else's to read
    return response


def _version(sent: str) -> int | None:
    """The version of the question that was on the page; 0, which is none, for what is no number. None: the newest."""
    return (int(sent) if sent.isdecimal() and len(sent) < 5 else 0) if sent else None
