"""What several pages of the framework do with their forms: refusals in their place, cards that are looked for."""

from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from eaa.forms.records import chosen_in, whole
from eaa.queries.picking import Picker, picker_of
from sessions_app.errors import Refused
from sessions_app.models import Workshop
from sessions_app.policy import Actor

LOOKING = frozenset({"look", "choose", "more"})  # presses that bring the page back as it was typed


def refuse(form: forms.Form, trouble: Refused) -> None:
    """Let FORM say what TROUBLE says, beside the field that it is about if the form has it."""
    form.add_error(trouble.field if trouble.field in form.fields else None, str(trouble.message))


def is_looking(request: HttpRequest) -> bool:
    return request.method == "POST" and request.POST.get("press") in LOOKING


def picker_in(
    request: HttpRequest,
    actor: Actor,
    workshop: Workshop,
    chosen: dict[str, str] | None = None,
    source: str = "",
    **more: bool,
) -> Picker:
    """The picker as the form was sent; at first with what was CHOSEN, open at SOURCE. *Choose these* closes it."""
    given: dict[str, Any] = {"is_facilitator": actor.is_facilitator, **more}
    if request.method != "POST":
        return picker_of(workshop, chosen=chosen or {}, source=source, **given)
    sent, press = request.POST, request.POST.get("press")
    ticked = chosen_in(sent)
    if press not in {"look", "more"}:
        return picker_of(workshop, chosen=ticked, **given)
    start = whole(sent.get("start", "")) if press == "more" else 0
    asked: dict[str, Any] = {"source": sent.get("source", ""), "search": sent.get("search", "")}
    return picker_of(workshop, chosen=ticked, start=start, **asked, **given)


def typed(request: HttpRequest, form: type[forms.Form], **more: Any) -> forms.Form:
    """FORM as it was typed, with nothing said about it yet: for presses that only look for cards."""
    return form(initial={name: value for name, value in request.POST.items() if name != "press"}, **more)


def language_of(request: HttpRequest) -> str:
    """The language in which somebody writes here: that of their page."""
    return get_language() or settings.LANGUAGE_CODE
