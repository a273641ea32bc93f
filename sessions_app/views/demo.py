"""The demo's ready links: one press makes a browser the facilitator, a citizen or the researcher of the sample."""

from dataclasses import dataclass

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from sessions_app.errors import NotFound, Refused
from sessions_app.models import Participant, Workshop
from sessions_app.operations import devices
from sessions_app.queries.doors import meeting_on
from sessions_app.sample import newest_sample, person_of
from sessions_app.views.doors import keep_seat


@dataclass(frozen=True, slots=True)
class Part:
    """A part to play: whose, what to try, and what the button says."""

    name: str
    who: str | Promise
    try_this: str | Promise
    button: str | Promise


PARTS = {
    "facilitator": Part(
        "Karin Lindh",
        _("You lead the workshop, from the hall."),
        _("Give the step two more minutes, then open the next one. Whatever you press, you have ten seconds to undo."),
        _("Lead as Karin"),
    ),
    "citizen": Part(
        "Aino Virtanen",
        _("You welded for thirty years. You take part from home."),
        _("Read the cards, put one more on the table, then change it. It shows your name."),
        _("Take part as Aino"),
    ),
    "researcher": Part(
        "Marit Solberg",
        _("You study how the dialogue was held. You read, you don't write."),
        _("Look at who could take part, by which road, and what the log remembers."),
        _("Read as Marit"),
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest, role: str) -> HttpResponse:
    """GET shows who one will be as ROLE; POST becomes them and goes to where their work is."""
    if not settings.DEMO or role not in PARTS:
        raise Http404
    part = PARTS[role]
    person = _person(part.name)
    request.workshop = person.workshop  # type: ignore[attr-defined]
    if request.method != "POST":
        return render(request, "demo/enter.html", {"role": role, "part": part, "person": person, "parts": PARTS})
    if role == "citizen":
        return _take_seat(request, person)
    if person.user is None:
        raise NotFound
    login(request, person.user)
    if role == "researcher":
        return redirect("record", slug=person.workshop.slug)
    return redirect(_room(person.workshop) or reverse("workshop", args=[person.workshop.slug]))


def _person(name: str) -> Participant:
    workshop = newest_sample()
    if workshop is None:
        raise Refused(_("The sample workshop is not here yet. Load it with: manage.py demo_workshop"))
    person = person_of(workshop, name)
    if person is None:
        raise Refused(
            _("That person has left the sample, or has another name now. Stop the demo, then: make clean demo")
        )
    return person


def _take_seat(request: HttpRequest, person: Participant) -> HttpResponse:
    """Sign out first: a login of the same browser would count before the seat."""
    if request.user.is_authenticated:
        get_adapter().logout(request)
    token = devices.seat(request.COOKIES.get(settings.DEVICE_COOKIE, ""), person)
    return keep_seat(redirect(_room(person.workshop) or reverse("away", args=[person.workshop.slug])), token)


def _room(workshop: Workshop) -> str:
    """The room of the meeting that is on, or nothing."""
    session = meeting_on(workshop)
    return reverse("room", args=[session.pk]) if session else ""
