"""People of a list: looked at first, then added and invited; and the page that an invitation opens."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from sessions_app.access import workshop_for
from sessions_app.errors import BadText, Refused, TooFast, TooLong
from sessions_app.forms.lists import ListForm
from sessions_app.identity import actor_of
from sessions_app.mail_links import invited
from sessions_app.operations.importing import add_people, look_through
from sessions_app.operations.invitations import accept_invitation, decline_invitation
from sessions_app.views.doors import keep_seat
from sessions_app.views.mail_links import SECRET_WITH_FORM, keyed, speak_like


@require_http_methods(["GET", "HEAD", "POST"])
def adding(request: HttpRequest, slug: str) -> HttpResponse:
    """A list is pasted or sent as a file, and shown as it was understood. Only "add" in a second press adds anybody."""
    actor, workshop = workshop_for(request, slug, "people.change")
    form = ListForm(request.POST or None, request.FILES or None)
    found = None
    if request.method == "POST" and form.is_valid():
        form = form.with_the_file_as_text()
        text = form.text
        try:
            if "add" in request.POST:
                added = add_people(workshop=workshop, actor=actor, text=text, invites=form.invites)
                words = ngettext("%(count)d person was added.", "%(count)d people were added.", len(added))
                messages.success(request, words % {"count": len(added)})
                return redirect("people", slug=slug)
            found = look_through(workshop=workshop, actor=actor, text=text)
        except Refused as trouble:
            if not isinstance(trouble, BadText | TooFast | TooLong):
                raise
            form.add_error("people", str(trouble.message))
    context = {"form": form, "workshop": workshop, "found": found}
    return render(request, "people/adding.html", context, status=422 if form.errors else 200)


@keyed(SECRET_WITH_FORM)
@require_http_methods(["GET", "HEAD", "POST"])
def invited_link(request: HttpRequest, key: str) -> HttpResponse:
    """What one is invited to; a press says yes and takes the seat, or says no and is forgotten."""
    found = invited(key)
    if found is None:
        return render(request, "mail/void.html", status=404)
    person, workshop = found.person, found.person.workshop
    speak_like(request, found)
    if request.method == "POST" and "no" in request.POST:
        decline_invitation(person=person)
        return render(request, "people/invited.html", {"workshop": workshop, "person": person, "is_over": True})
    if request.method == "POST":
        cookie = request.COOKIES.get(settings.DEVICE_COOKIE, "")
        token = accept_invitation(person=person, address=found.about, cookie=cookie)
        return keep_seat(redirect("before", slug=workshop.slug), token)
    if actor_of(request, pk=workshop.pk).participant == person:
        return redirect("before", slug=workshop.slug)
    return render(request, "people/invited.html", {"workshop": workshop, "person": person})
