"""Fetch what a page is about, checked: every view begins here, and holds nothing that was not checked."""

import uuid
from typing import Any

from django.http import HttpRequest
from django.utils.functional import Promise

from sessions_app.errors import BadText, NotFound
from sessions_app.identity import actor_by_hall_key, actor_of
from sessions_app.models import (
    Activity,
    Contribution,
    Dialogue,
    Export,
    Group,
    Message,
    Participant,
    Session,
    Turn,
    Workshop,
)
from sessions_app.policy import Actor, can, require, sits_in
from sessions_app.queries.dialogues import dialogue_in


def workshop_for(
    request: HttpRequest, slug: str, action: str = "workshop.see", *, removed: bool = False
) -> tuple[Actor, Workshop]:
    """With `removed` also one that was thrown away, to put it back."""
    actor = actor_of(request, slug=slug)
    workshop = _known(request, actor, removed=removed)
    require(actor, action, workshop)
    return actor, workshop


def export_for(request: HttpRequest, slug: str, key: uuid.UUID) -> tuple[Actor, Export]:
    """An export of the workshop, for those who may have exports of it."""
    actor = actor_of(request, slug=slug)
    workshop = _known(request, actor)
    export = _get(Export.objects, key=key, workshop=workshop)
    export.workshop = workshop
    require(actor, "workshop.export", workshop)
    return actor, export


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


def hall_session_for(request: HttpRequest, pk: int, purpose: str, action: str) -> tuple[Actor, Session, str]:
    """A meeting for a device of its hall, by the key in the address or the form; else by who asks. And the key."""
    key = request.POST.get("key") or request.GET.get("key", "")
    if not key:
        return *session_for(request, pk, action), ""
    actor = actor_by_hall_key(purpose, key, _big(pk))
    workshop = _known(request, actor)
    found = Session.objects.standing().select_related("current_activity")
    session = _get(found, pk=pk, workshop=workshop)
    session.workshop = workshop
    require(actor, action, session)
    return actor, session, key


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


def group_for(request: HttpRequest, pk: int, action: str = "group.see") -> tuple[Actor, Group]:
    """A small group with its dialogue, activity and meeting at hand; one that was taken away is not there."""
    actor = actor_of(request, activities__groups=_big(pk))
    workshop = _known(request, actor)
    found = Group.objects.standing().select_related("dialogue", "activity__session", "note_taker")
    group: Group = _get(found, pk=pk, activity__workshop=workshop)
    session = group.activity.session
    if session is None:
        raise NotFound
    group.activity.workshop = session.workshop = workshop
    group.dialogue.activity, group.dialogue.group = group.activity, group
    require(actor, action, group)
    return actor, group


def once_in(request: HttpRequest, pk: int) -> Session:
    """The meeting of a group in which the person sat before they were moved. Raises NotFound for everybody else."""
    actor = actor_of(request, activities__groups=_big(pk))
    workshop = _known(request, actor)
    group = _get(Group.objects.select_related("activity__session"), pk=pk, activity__workshop=workshop)
    session: Session = group.activity.session
    session.workshop = workshop
    if not sits_in(actor, pk, ever=True):
        raise NotFound
    require(actor, "session.see", session)
    return session


def group_of(activity: Activity, number: str, otherwise: str | Promise) -> Group:
    """A group of ACTIVITY, which was checked already, by the NUMBER that a form sent; also one that is gone."""
    found = Group.objects.filter(activity=activity, pk=number) if number.isdecimal() and len(number) <= 18 else None
    group = found.select_related("dialogue").first() if found is not None else None
    if group is None:
        raise BadText(otherwise, field="group")
    group.activity = activity
    return group


def participant_for(request: HttpRequest, slug: str, pk: int, action: str = "people.see") -> tuple[Actor, Participant]:
    actor, workshop = workshop_for(request, slug)
    person = _get(Participant.objects, pk=pk, workshop=workshop)
    person.workshop = workshop
    require(actor, action, person)
    return actor, person


def question_by_mail(actor: Actor, number: int) -> Dialogue | None:
    """The dialogue of everybody of a question that a mail asked; None where ACTOR may not answer there any more."""
    workshop = actor.participant.workshop if actor.participant is not None else None
    found = Dialogue.objects.filter(activity=number, activity__removed_at=None, group=None).values_list("pk", flat=True)
    dialogue = dialogue_in(found.first() or 0, workshop) if workshop is not None else None
    if dialogue is None or not can(actor, "dialogue.contribute", dialogue):
        return None
    return dialogue


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
