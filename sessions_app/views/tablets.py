"""The shared tablet. Every answer to a press is a whole page; nothing of the last person stays on the device."""

from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sessions_app import clock
from sessions_app.access import hall_session_for, member_of
from sessions_app.errors import Closed, NotFound, Refused, Stale
from sessions_app.forms.contributions import client_id_of, fresh_client_id, whole
from sessions_app.headings import to_choose_from
from sessions_app.identity import hall_key
from sessions_app.kinds import kind_of
from sessions_app.live.seats import people_here
from sessions_app.models import Dialogue, Participant, Session
from sessions_app.operations import devices, tablets
from sessions_app.operations.ballots import AnsweredAlready
from sessions_app.operations.rounds import has_answered
from sessions_app.policy import Actor
from sessions_app.queries.dialogues import dialogue_on_the_table
from sessions_app.queries.promises import promise_of
from sessions_app.queries.tablets import blank_answer, people_in_hall, takes
from sessions_app.views.sharing import drawn

TABLET = "tablet"


@require_http_methods(["GET", "HEAD", "POST"])
def tablet(request: HttpRequest, pk: int) -> HttpResponse:
    """With a key, the tablet; without one, the page on which a host makes this device the tablet."""
    actor, session, key = hall_session_for(request, pk, TABLET, "session.record_for")
    if not key:
        return _opening(request, actor, session)
    if request.method != "POST":
        return _who(request, session, key)
    try:
        return _press(request, actor, session, key)
    except Closed as trouble:
        kept = request.POST.get("body") or request.POST.get("reason", "")
        return _who(request, session, key, trouble=trouble, kept=kept)


def _opening(request: HttpRequest, actor: Actor, session: Session) -> HttpResponse:
    assert actor.participant is not None  # noqa: S101  -- session_for found them
    key = hall_key(TABLET, session, actor.participant)
    address = f"{reverse('tablet', args=[session.pk])}?key={key}"
    if request.method != "POST":
        whole = f"{settings.PUBLIC_URL}{address}"
        return render(request, "tablet/open.html", {"session": session, "address": whole, "qr": drawn(whole)})
    # Who is handed this device must not be able to walk into the console of its host.
    devices.leave_device(actor, request.COOKIES.get(settings.DEVICE_COOKIE, ""))
    logout(request)
    response = redirect(address)
    response.delete_cookie(settings.DEVICE_COOKIE, path="/", samesite="Lax")
    return response


def _press(request: HttpRequest, actor: Actor, session: Session, key: str) -> HttpResponse:
    press, dialogue = request.POST.get("press", ""), dialogue_on_the_table(session.pk)
    if press in {"new", "person"}:
        try:
            person = _chosen(request, actor, session, is_new=press == "new")
        except Refused as trouble:
            return _who(request, session, key, trouble=trouble, typed=request.POST.get("name", ""))
        return _act(request, session, key, person, dialogue)
    if press not in {"send", "replace"} and "move" not in request.POST:
        raise Refused
    person = _person(session, request.POST.get("person", ""))
    if "move" in request.POST:
        return _act(request, session, key, person, dialogue, moved=True)
    if dialogue is None:
        raise Closed(_("This step is over. What you wrote is still here: tell it to the scribe."))
    try:
        if str(dialogue.pk) != request.POST.get("step"):
            raise Stale(_("Another question is on now. Look at it, then press again."))
        _keep(request, actor, dialogue, person)
    except Closed:
        raise
    except Refused as trouble:
        return _act(request, session, key, person, dialogue, trouble=trouble)
    return _page(request, "tablet/thanks.html", session, key)


def _keep(request: HttpRequest, actor: Actor, dialogue: Dialogue, person: Participant) -> None:
    who: dict[str, Any] = {"dialogue": dialogue, "host": actor, "person": person}
    if kind_of(dialogue.activity.kind).takes_answers:
        number = whole(request.POST.get("round", ""), 4)
        if number is None:
            raise Refused
        tablets.answer_on_tablet(
            **who,
            sent=request.POST,
            reason=request.POST.get("reason", ""),
            round_=number,
            replaces=request.POST["press"] == "replace",
        )
        return
    said = tablets.write_on_tablet(
        **who,
        body=request.POST.get("body", ""),
        client_id=client_id_of(request),
        language=get_language() or settings.LANGUAGE_CODE,
        heading=whole(request.POST.get("heading", ""), 4),
    )
    here = people_here(dialogue.activity.session_id or 0)
    has_answered(activity=dialogue.activity, person=said.author_id, actor=Actor(person), here=here)


def _chosen(request: HttpRequest, actor: Actor, session: Session, *, is_new: bool) -> Participant:
    if not is_new:
        return _person(session, request.POST.get("person", ""))
    language = get_language() or settings.LANGUAGE_CODE
    return tablets.sit_down(session=session, host=actor, name=request.POST.get("name", ""), language=language)


def _person(session: Session, number: str) -> Participant:
    """Somebody in the list of those in the hall. Raises Refused in words when they are not in it any more."""
    gone = Refused(_("That person is not in this workshop any more. Choose somebody else."))
    try:
        person = member_of(session, number)
    except NotFound as trouble:
        raise gone from trouble
    if person not in people_in_hall(session):
        raise gone
    return person


def _who(request: HttpRequest, session: Session, key: str, **more: Any) -> HttpResponse:
    dialogue = dialogue_on_the_table(session.pk) if session.is_on else None
    context = {"people": people_in_hall(session), "dialogue": dialogue, "takes": takes(dialogue), **more}
    return _page(request, "tablet/who.html", session, key, **context)


def _act(
    request: HttpRequest, session: Session, key: str, person: Participant, dialogue: Dialogue | None, **more: Any
) -> HttpResponse:
    if dialogue is None or takes(dialogue) is None or not dialogue.activity.is_open(clock.now()):
        raise Closed(_("Nothing is asked just now. Pass the tablet on when the next question is there."))
    trouble = more.get("trouble")
    sent = request.POST if more and not isinstance(trouble, Stale) else None
    asked = takes(dialogue)
    context = {
        "who": person,
        "dialogue": dialogue,
        "own": blank_answer(dialogue, person, sent),
        "kind": asked,
        "choices": to_choose_from(dialogue.activity),
        "chosen": request.POST.get("heading", "") if sent is not None else "",
        "promise": promise_of(dialogue.activity),
        "client_id": request.POST.get("client_id") or fresh_client_id(),
        "typed": request.POST.get("body", ""),
        "typed_reason": request.POST.get("reason", ""),
        "asks": isinstance(trouble, AnsweredAlready),
        **more,
    }
    return _page(request, "tablet/act.html", session, key, **context)


def _page(request: HttpRequest, template: str, session: Session, key: str, **more: Any) -> HttpResponse:
    status = 422 if more.get("trouble") else 200
    return render(request, template, {"session": session, "key": key, **more}, status=status)
