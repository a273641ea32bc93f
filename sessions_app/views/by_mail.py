"""Answering from a mail: GET shows one question and changes nothing; one press answers, by the same operation."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from sessions_app import clock
from sessions_app.access import question_by_mail
from sessions_app.errors import Closed, NotAllowed, NotFound, Refused
from sessions_app.forms.contributions import whole
from sessions_app.mail_links import answered
from sessions_app.middleware import typed_words
from sessions_app.models import Dialogue, Via
from sessions_app.operations import responses
from sessions_app.policy import Actor
from sessions_app.queries.dialogues import still_takes
from sessions_app.queries.promises import promise_of
from sessions_app.queries.responses import own_answer
from sessions_app.reasons.questions import CHOICE
from sessions_app.views.mail_links import SECRET_WITH_FORM, keyed, speak_like

Answering = Callable[[HttpRequest, Actor, int, int], HttpResponse]
CLOSED = gettext_lazy("This question has closed")
GONE = 410


def answering(kind: str) -> Callable[[Answering], Callable[[HttpRequest, str], HttpResponse]]:
    """For a page that takes an answer of KIND from a mail.

    The view gets who answers, the number of what is asked about, and its version or round in the mail. Who has an
    account signs in.
    """

    def wrap(view: Answering) -> Callable[[HttpRequest, str], HttpResponse]:
        @keyed(SECRET_WITH_FORM)
        @require_http_methods(["GET", "HEAD", "POST"])
        @wraps(view)
        def answers(request: HttpRequest, key: str) -> HttpResponse:
            found = answered(key, kind)
            if found is None:
                return render(request, "mail/void.html", status=404)
            person = found.person
            if person.user_id is not None:
                onward = {"next": reverse("away", args=[person.workshop.slug])}
                return redirect(f"{reverse('account_login')}?{urlencode(onward, safe='/')}")
            speak_like(request, found)
            number, _colon, seen = found.about.partition(":")
            try:
                return view(request, Actor(person), int(number), int(seen))
            except (Closed, NotAllowed, NotFound) as trouble:
                return over(request, trouble.message)

        return answers

    return wrap


def over(request: HttpRequest, text: str | Promise, title: str | Promise = CLOSED) -> HttpResponse:
    """Nothing can be answered there any more; what was typed comes back, to be copied."""
    context = {"title": title, "text": text, "typed": typed_words(request), "workshop": request.workshop}  # type: ignore[attr-defined]
    return render(request, "mail/over.html", context, status=GONE)


@answering(CHOICE)
def choose(request: HttpRequest, actor: Actor, number: int, seen: int) -> HttpResponse:
    """Choose, change it, or take it back. SEEN is the round that the mail asked about."""
    dialogue = question_by_mail(actor, number)
    if dialogue is None or actor.participant is None:
        return over(request, _("It was taken away, or its workshop is over."))
    activity = dialogue.activity
    if not still_takes(activity, actor.participant, clock.now()):
        return over(request, _("Nobody can answer it any more. Thank you for looking."))
    more: dict[str, Any] = {}
    if request.method == "POST" and "move" not in request.POST:  # a move only puts things into another order
        try:
            more["done"] = _press(request, actor, dialogue)
        except (Closed, NotAllowed, NotFound):
            raise
        except Refused as trouble:
            more["refusal"] = trouble
    own = own_answer(dialogue, actor.participant)
    assert own is not None  # noqa: S101  -- mails with such a key are only about what people choose
    if request.method == "POST" and "done" not in more:
        own = own.as_sent(request.POST)
    context = {
        "own": own,
        "person": actor.participant,
        "activity": activity,
        "workshop": activity.workshop,
        "promise": promise_of(activity),
        "asked_again": seen != activity.round,
        "reason": request.POST.get("reason", own.reason),
        "name": request.POST.get("name", ""),
        **more,
    }
    return render(request, "mail/choose.html", context, status=more["refusal"].status if "refusal" in more else 200)


def _press(request: HttpRequest, actor: Actor, dialogue: Dialogue) -> str:
    """What the person is told afterwards."""
    if "take_back" in request.POST:
        responses.take_back_answer(dialogue=dialogue, actor=actor)
        return _("Your answer is taken back.")
    responses.give_answer(
        dialogue=dialogue,
        actor=actor,
        sent=request.POST,
        via=Via.EMAIL,
        reason=request.POST.get("reason", ""),
        name=request.POST.get("name", ""),
        round_=whole(request.POST.get("round", ""), 4) or 0,
    )
    return _("Thank you. We have your answer.")
