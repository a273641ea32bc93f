"""The scribe's page: one field, each line becomes a card."""

from django.conf import settings
from django.contrib import messages as told
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sessions_app.access import member_of, session_for
from sessions_app.errors import NotFound, Refused
from sessions_app.forms.contributions import fresh_client_id
from sessions_app.forms.scribing import LinesForm
from sessions_app.headings import to_choose_from
from sessions_app.live.seats import people_here
from sessions_app.models import Session
from sessions_app.operations import scribing
from sessions_app.operations.contributions import GONE
from sessions_app.operations.rounds import has_answered
from sessions_app.policy import Actor
from sessions_app.queries.dialogues import dialogue_on_the_table
from sessions_app.queries.groups import groups_in_room
from sessions_app.queries.halls import hall_view
from sessions_app.queries.scribing import people_to_write_for
from sessions_app.queries.slips import waiting_slips


@require_http_methods(["GET", "HEAD", "POST"])
def scribe(request: HttpRequest, pk: int) -> HttpResponse:
    """The page, and what it sends. What could not be posted stands in the field again."""
    actor, session = session_for(request, pk, "session.record_for")
    if request.method != "POST":
        return _page(request, session)
    try:
        written = _write(request, actor, session)
    except Refused as trouble:
        return _page(request, session, [str(trouble.message)], request.POST.get("lines", ""))
    if written.count:
        told.success(request, _on_the_table(written.count))
    if not written.left:
        return redirect(f"{reverse('scribe', args=[pk])}?{urlencode({'step': request.POST.get('step', '')})}")
    return _page(request, session, _troubles(written), "\n".join(line.words for line, why in written.left))


def _write(request: HttpRequest, actor: Actor, session: Session) -> scribing.Written:
    form = LinesForm(request.POST)
    if not form.is_valid():
        raise Refused
    given = form.cleaned_data
    try:
        author = member_of(session, given["person"]) if given["person"] else None
    except NotFound as trouble:
        raise Refused(GONE) from trouble
    written = scribing.write_lines(
        session=session,
        actor=actor,
        text=given["lines"],
        form_id=given["client_id"],
        dialogue_id=given["step"],
        author=author,
        language=get_language() or settings.LANGUAGE_CODE,
        heading=given["heading"],
    )
    step = session.current_activity
    if author is not None and written.count and step is not None:
        has_answered(activity=step, person=author.pk, actor=actor, here=people_here(session.pk))
    return written


def _page(request: HttpRequest, session: Session, troubles: list[str] | None = None, typed: str = "") -> HttpResponse:
    dialogue, waiting = dialogue_on_the_table(session.pk), waiting_slips(session)
    context = {
        "session": session,
        "dialogue": dialogue,
        "groups": groups_in_room(dialogue.activity) if dialogue else None,
        "step": request.POST.get("step") or request.GET.get("step", ""),
        "choices": to_choose_from(dialogue.activity) if dialogue else [],
        "heading": request.POST.get("heading", ""),
        "people": people_to_write_for(session.workshop),
        "person": request.POST.get("person", ""),
        "troubles": troubles or [],
        "typed": typed,
        "hall": hall_view(session),
        "slips": waiting.count,
        "last_code": waiting.last,
        "head": session.workshop.head_seq,
        "epoch": str(session.workshop.epoch),
        "most": scribing.LINES,
        "too_many": scribing.TOO_MANY,
        # Always a new one: what was posted with the last one is not in the field any more.
        "client_id": fresh_client_id(),
    }
    return render(request, "scribing/scribe.html", context, status=422 if troubles else 200)


def _troubles(written: scribing.Written) -> list[str]:
    return [
        _("Line %(number)d, “%(begins)s”: %(why)s")
        % {"number": line.number, "begins": line.words[:30], "why": trouble.message}
        for line, trouble in written.left
    ]


def _on_the_table(count: int) -> str:
    return ngettext("%(count)d card is on the table.", "%(count)d cards are on the table.", count) % {"count": count}
