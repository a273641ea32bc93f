"""Keep a run sheet, or all meetings of a workshop, as a template of one's own; take it away, put it back."""

import uuid
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sessions_app import clock
from sessions_app.errors import NotFound, Refused
from sessions_app.headings import without_sorted
from sessions_app.models import Activity, SavedPlan, Session, Workshop
from sessions_app.policy import Actor, require
from sessions_app.text import clean_line

MOST = 40
STEP_FIELDS = (
    *("kind", "title", "prompt", "lead", "hall", "online", "minutes", "stages", "mechanisms"),
    *("identity", "blind", "options"),
)


def save_plan(
    *,
    workshop: Workshop,
    actor: Actor,
    user: User,
    name: str = "",
    session: Session | None = None,
    client_id: uuid.UUID | None = None,
) -> SavedPlan:
    """Keep the steps of SESSION, or of all WORKSHOP's meetings with the days between them, as a template of USER.

    The same CLIENT_ID, if there is one, gives the same template. Nothing of what people said comes along, nor who
    they are; so nothing is written to the log of the workshop.
    """
    require(actor, "session.plan", session or workshop)
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=user.pk)  # a second press waits for the first
        made = SavedPlan.objects.filter(user=user, client_id=client_id).first() if client_id else None
        return made or _save(workshop, user, name, session, client_id)


def _save(workshop: Workshop, user: User, name: str, session: Session | None, client_id: uuid.UUID | None) -> SavedPlan:
    if SavedPlan.objects.filter(user=user, removed_at__isnull=True).count() >= MOST:
        raise Refused(_("You have kept 40 templates. Take one away first."))
    sessions = (
        [session] if session else list(Session.objects.standing().filter(workshop=workshop).order_by("starts_at", "pk"))
    )
    if not sessions:
        raise Refused(_("There is no meeting to keep yet. Plan one first."))
    first = sessions[0]
    title = clean_line(name or (first.title if session else workshop.title), limit=120)
    return SavedPlan.objects.create(
        user=user,
        name=title,
        meetings=[_kept(one, first) for one in sessions],
        saved_at=clock.now(),
        client_id=client_id,
    )


def remove_plan(*, user: User, pk: int) -> SavedPlan:
    """Take a template of USER away. Workshops that were made from it stay as they are."""
    plan = _own(user, pk)
    plan.removed_at = clock.now()
    plan.save(update_fields=["removed_at"])
    return plan


def put_back_plan(*, user: User, pk: int) -> SavedPlan:
    """Undo remove_plan."""
    plan = _own(user, pk)
    plan.removed_at = None
    plan.save(update_fields=["removed_at"])
    return plan


def _own(user: User, pk: int) -> SavedPlan:
    plan = SavedPlan.objects.filter(user=user, pk=pk).first() if 0 < pk < 2**63 else None
    if plan is None:
        raise NotFound
    return plan


def _kept(session: Session, first: Session) -> dict[str, Any]:
    zone = session.workshop.zone
    days = session.starts_at.astimezone(zone).date() - first.starts_at.astimezone(zone).date()
    steps = Activity.objects.planned().filter(session=session)
    return {
        "title": session.title,
        "after": days.days,
        "minutes": int((session.ends_at - session.starts_at).total_seconds() // 60),
        "steps": [_kept_step(step) for step in steps],
    }


def _kept_step(step: Activity) -> dict[str, Any]:
    fields = {name: getattr(step, name) for name in STEP_FIELDS}
    return {**fields, "options": without_sorted(step.kind, step.options)}
