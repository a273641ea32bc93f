"""What people press under an agreement: where they stand, their name, what they say together."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from eaa.access import agreement_for, people_of
from eaa.models import Agreement
from eaa.operations import positions, signatures
from eaa.operations import statements as operations
from eaa.views.agreements import show_agreement
from eaa.views.forms import language_of
from sessions_app.errors import NotAllowed, NotFound, Refused, Stale
from sessions_app.forms.contributions import client_id_of, whole
from sessions_app.models import Participant, Via
from sessions_app.policy import Actor

ROADS = {Via.SCRIBE, Via.PAPER, Via.TABLET}


@require_POST
def position(request: HttpRequest, pk: int) -> HttpResponse:
    """Say where one stands, or somebody for whom one writes; `take_back` takes it back."""
    actor, agreement = agreement_for(request, pk, "agreement.answer")
    person = _for(request, agreement)
    section = "for" if person is not None else "ask"

    def do() -> str:
        if "take_back" in request.POST:
            positions.withdraw_position(agreement=agreement, actor=actor, person=person)
            return _("You took it back.")
        given: dict[str, Any] = {"choice": request.POST.get("choice", ""), "words": request.POST.get("words", "")}
        if person is not None:
            given["via"] = _road(request)
            signs = "signs" in request.POST
            name = request.POST.get("signs_as", "")
            positions.answer_for(
                agreement=agreement,
                actor=actor,
                version=_version(request),
                person=person,
                signs=signs,
                signs_as=name,
                language=language_of(request),
                **given,
            )
            return _("Written down for %(name)s.") % {"name": person.name}
        clause = whole(request.POST.get("clause", ""), 4)
        positions.take_position(
            agreement=agreement,
            actor=actor,
            version=_version(request),
            clause=clause,
            language=language_of(request),
            **given,
        )
        return _("This is where you stand. You can change it while there is time.")

    return pressed(request, actor, agreement, section, do)


@require_POST
def signature(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign the version that was read, or take one's signature back."""
    actor, agreement = agreement_for(request, pk, "agreement.answer")

    def do() -> str:
        if "take_back" in request.POST:
            signatures.take_back_signature(agreement=agreement, actor=actor)
            return _("Your signature is gone.")
        name = request.POST.get("signs_as", "")
        signatures.sign(agreement=agreement, actor=actor, version=_version(request), signs_as=name)
        return _("You have signed. You can take it back while there is time.")

    return pressed(request, actor, agreement, "sign", do)


@require_POST
def objection(request: HttpRequest, pk: int) -> HttpResponse:
    """Note how an objection was taken in, and in which version; `stands` takes the note away."""
    actor, agreement = agreement_for(request, pk, "agreement.decide")
    number = whole(request.POST.get("position", ""), 18)
    if number is None:
        raise NotFound

    def do() -> str:
        positions.take_in_objection(
            agreement=agreement,
            actor=actor,
            position=number,
            version=whole(request.POST.get("taken_in", ""), 6) or agreement.head,
            words=request.POST.get("words", ""),
            stands="stands" in request.POST,
        )
        return _("Noted. Whoever objected is asked again.")

    return pressed(request, actor, agreement, f"objection-{number}", do)


@require_POST
def statements(request: HttpRequest, pk: int) -> HttpResponse:
    """Write something together, or stand behind it, leave it, take it back: by the button that was pressed."""
    actor, agreement = agreement_for(request, pk, "agreement.answer")
    press, _dash, number = request.POST.get("press", "").partition("-")
    acts = {
        "join": (operations.join_statement, _("You stand behind it.")),
        "leave": (operations.leave_statement, _("You do not stand behind it any more.")),
        "withdraw": (operations.withdraw_statement, _("It is taken back.")),
    }

    def do() -> str:
        if press in acts:
            act, told = acts[press]
            act(agreement=agreement, actor=actor, statement=whole(number, 18) or 0)
            return told
        operations.make_statement(
            agreement=agreement,
            actor=actor,
            version=_version(request),
            text=request.POST.get("text", ""),
            language=language_of(request),
            client_id=client_id_of(request),
        )
        return _("It stands under the text. Others can join.")

    return pressed(request, actor, agreement, "together", do)


def pressed(
    request: HttpRequest, actor: Actor, agreement: Agreement, section: str, do: Callable[[], str]
) -> HttpResponse:
    """DO what a button says, and go back to its SECTION. What is refused comes back there with all that was typed; when
    the text is a newer one, with what changed in it."""
    seen = whole(request.POST.get("version", ""), 6)
    try:
        told = do()
    except (NotFound, NotAllowed):
        raise
    except Refused as trouble:
        since = seen if isinstance(trouble, Stale) else None
        return show_agreement(request, actor, agreement, since=since, section=section, trouble=trouble)
    messages.success(request, told)
    return redirect(f"{reverse('eaa:agreement', args=[agreement.pk])}#{section}")


def _version(request: HttpRequest) -> int:
    return whole(request.POST.get("version", ""), 6) or 0


def _for(request: HttpRequest, agreement: Agreement) -> Participant | None:
    """Somebody else for whom an answer is written down."""
    number = request.POST.get("person", "")
    return people_of(agreement, [number])[0] if number else None


def _road(request: HttpRequest) -> str:
    road = request.POST.get("via", "")
    return road if road in ROADS else Via.SCRIBE
