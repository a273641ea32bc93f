"""Make a workshop from a template: its meetings and steps in one go, or nothing at all."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sessions_app.blueprints import BLUEPRINTS, Blueprint, Meeting, Step
from sessions_app.errors import BadText
from sessions_app.models import Activity, Participant, Session, Workshop
from sessions_app.operations import activities, dialogues, sessions
from sessions_app.operations.workshops import create_workshop
from sessions_app.policy import Actor
from sessions_app.queries.saved_plans import own_blueprints


def create_from_blueprint(
    *,
    user: User,
    host_name: str,
    blueprint: str,
    starts: Sequence[datetime] = (),
    minutes: int | None = None,
    where: dict[str, str] | None = None,
    question: str = "",
    until: datetime | None = None,
    client_id: uuid.UUID | None = None,
    **fields: Any,
) -> Workshop:
    """Make a workshop with all that the template named BLUEPRINT lays out, in one transaction.

    USER gets the same workshop for the same CLIENT_ID, if there is one.

    `starts` has a moment for each of its meetings; `minutes` is the length of a single meeting when it is another
    one than the template's; `where` says space, place and link. `question` and `until` are for one without meetings.
    """
    chosen = known(blueprint, own_blueprints(user))
    made_by = uuid.uuid5(uuid.NAMESPACE_OID, f"user {user.pk} {client_id}") if client_id else None
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=user.pk)  # a second press waits for the first
        made = Workshop.objects.filter(client_id=made_by).first() if made_by else None
        if made is not None:
            return made
        workshop = create_workshop(user=user, host_name=host_name, client_id=made_by, **fields)
        founder = Participant.objects.select_related("workshop").get(workshop=workshop, user=user)
        actor = Actor(founder)
        for meeting, start in zip(chosen.meetings, starts, strict=True):
            length = minutes if minutes and len(chosen.meetings) == 1 else meeting.minutes
            _lay_out(workshop, actor, meeting, start, start + timedelta(minutes=length), where or {})
        if chosen.question and until is not None:
            dialogues.open_thread(workshop=workshop, actor=actor, prompt=question or str(chosen.question), until=until)
    workshop.refresh_from_db()
    return workshop


def known(key: str, own: Mapping[str, Blueprint]) -> Blueprint:
    """The template named KEY, ours or one's OWN. Raises BadText for one that is not there, or not any more."""
    found = BLUEPRINTS.get(key) or own.get(key)
    if found is None:
        raise BadText(_("That template is not here any more. Choose another one."), field="template")
    return found


def _lay_out(
    workshop: Workshop, actor: Actor, meeting: Meeting, starts: datetime, ends: datetime, where: Mapping[str, Any]
) -> Session:
    session = sessions.plan_session(
        workshop=workshop, actor=actor, title=str(meeting.title), starts_at=starts, ends_at=ends, **where
    )
    for step in meeting.steps:
        plan_step(step, workshop=workshop, actor=actor, session=session)
    return session


def plan_step(step: Step, *, workshop: Workshop, actor: Actor, session: Session, **more: Any) -> Activity:
    """Put STEP, as it is laid out, at the end of the run sheet, in the language of the page. MORE goes before it."""
    given: dict[str, Any] = {
        "kind": step.kind,
        "title": str(step.title),
        "prompt": str(step.prompt),
        "minutes": step.minutes,
        "stages": list(step.stages),
        "mechanisms": list(step.mechanisms),
        "blind": step.blind,
        "identity": step.identity,
        "lead": str(step.lead),
        "hall": str(step.hall),
        "online": str(step.online),
        "options": _plain(step.options),
    }
    return activities.plan_activity(workshop=workshop, actor=actor, session=session, **(given | more))


def _plain(options: dict[str, Any]) -> dict[str, Any]:
    """OPTIONS with their texts in the language of the page."""
    return {name: [str(one) for one in value] if isinstance(value, list) else value for name, value in options.items()}
