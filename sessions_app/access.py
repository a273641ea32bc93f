"""Fetch what a page is about, checked: every view begins here, and holds nothing that was not checked."""

import uuid
from typing import Any

from django.http import HttpRequest

from sessions_app.errors import NotFound
from sessions_app.identity import actor_of
from sessions_app.models import Activity, Contribution, Dialogue, Message, Participant, Session, Turn, Workshop
from sessions_app.policy import Actor, require
from sessions_app.queries.dialogues import dialogue_in


def workshop_for(
    request: HttpRequest, slug: str, action: str = "workshop.see", *, removed: bool = False
) -> tuple[Actor, Workshop]:
    """With `removed` also one that was thrown away, to put it back."""
    actor = actor_of(request, slug=slug)
    workshop = _known(request, actor, removed=removed)
    require(actor, action, workshop)
    return actor, workshop


def session_for(
    request: HttpRequest, pk: int, action: str = "session.see", *, removed: bool = False
) -> tuple[Actor, Session]:
    """With `removed` also one that was taken off the plan, to put it back."""
    actor = actor_of(request, sessions=_big(pk))
    workshop = _known(request, actor)
    found = Session.objects.all() if removed else Session.objects.standing()
    session = _get(found.select_related("current_activity"), pk=pk, workshop=workshop)
    session.workshop = workshop
    require(actor, action, session)
    return actor, session


def activity_for(request: HttpRequest, pk: int, action: str = "activity.see") -> tuple[Actor, Activity]:
    actor = actor_of(request, activities=_big(pk))
    workshop = _known(request, actor)
    activity = _get(Activity.objects.select_related("session"), pk=pk, workshop=workshop)
    activity.workshop = workshop
    require(actor, action, activity)
    return actor, activity


def dialogue_for(request: HttpRequest, pk: int, action: str = "dialogue.see") -> tuple[Actor, Dialogue]:
    actor = actor_of(request, activities__dialogues=_big(pk))
    workshop = _known(request, actor)
    dialogue = dialogue_in(pk, workshop)
    if dialogue is None:
        raise NotFound
    require(actor, "dialogue.see", dialogue)
    require(actor, action, dialogue)
    return actor, dialogue


def contribution_for(
    request: HttpRequest, pk: uuid.UUID, action: str = "contribution.see"
) -> tuple[Actor, Contribution]:
    actor = actor_of(request, activities__dialogues__contributions=pk)
    workshop = _known(request, actor)
    found = Contribution.objects.select_related("dialogue__activity__session", "author", "recorded_by")
    contribution = _get(found, pk=pk, dialogue__activity__workshop=workshop)
    contribution.dialogue.activity.workshop = workshop
    require(actor, "contribution.see", contribution)
    require(actor, action, contribution)
    return actor, contribution


def participant_for(request: HttpRequest, slug: str, pk: int, action: str = "people.see") -> tuple[Actor, Participant]:
    actor, workshop = workshop_for(request, slug)
    person = _get(Participant.objects, pk=pk, workshop=workshop)
    person.workshop = workshop
    require(actor, action, person)
    return actor, person


def turn_of(session: Session, pk: int) -> Turn:
    """A turn of a meeting that was checked already; the operation asks who may do what to it."""
    turn: Turn = _get(Turn.objects.select_related("participant"), pk=_big(pk), session=session)
    turn.session = session
    return turn


def message_of(session: Session, pk: int) -> Message:
    """A message of a meeting that was checked already."""
    message: Message = _get(Message.objects, pk=_big(pk), session=session)
    message.session = session
    return message


def member_of(session: Session, number: str) -> Participant:
    """A person of the meeting's workshop, by the NUMBER that a form sent."""
    if not number.isdecimal() or len(number) > 18:
        raise NotFound
    person: Participant = _get(Participant.objects, pk=int(number), workshop=session.workshop, removed_at=None)
    person.workshop = session.workshop
    return person


def _known(request: HttpRequest, actor: Actor, *, removed: bool = False) -> Workshop:
    """The actor's workshop; the page's help line reads it from the request."""
    if actor.participant is None or (actor.participant.workshop.removed_at is not None and not removed):
        raise NotFound
    request.workshop = actor.participant.workshop  # type: ignore[attr-defined]
    return actor.participant.workshop


def _big(pk: int) -> int:
    """PK, unless it is larger than any row's: PostgreSQL would answer with an error rather than with nothing."""
    if not 0 < pk < 2**63:
        raise NotFound
    return pk


def _get(found: Any, **where: Any) -> Any:
    obj = found.filter(**where).first()
    if obj is None:
        raise NotFound
    return obj
