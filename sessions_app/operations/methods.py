"""Put a ready method into a meeting's run sheet, and take it off again."""

import uuid

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sessions_app import events
from sessions_app.errors import BadText
from sessions_app.methods import METHODS
from sessions_app.models import Activity, Session
from sessions_app.operations.activities import remove_activity
from sessions_app.operations.blueprints import plan_step
from sessions_app.policy import Actor, require


def use_method(*, session: Session, actor: Actor, key: str, client_id: uuid.UUID) -> list[Activity]:
    """Add the steps of the method named KEY at the end of SESSION's run sheet: all of them, or none.

    The same CLIENT_ID gives the same steps. Raises BadText for a method that is not there.
    """
    method = METHODS.get(key)
    if method is None:
        raise BadText(_("That method is not here any more. Choose another one."))
    with transaction.atomic():
        events.lock(session.workshop_id)
        return [
            plan_step(
                step,
                workshop=session.workshop,
                actor=actor,
                session=session,
                client_id=_id_of(client_id, number),
                hall=str(step.hall or method.hall),
                online=str(step.online or method.online),
            )
            for number, step in enumerate(method.steps)
        ]


def take_off_method(*, session: Session, actor: Actor, client_id: uuid.UUID) -> int:
    """Take off what use_method put there for CLIENT_ID, but for steps that were on. Returns how many."""
    require(actor, "session.plan", session)
    steps = steps_of_form(session, client_id)
    with transaction.atomic():
        events.lock(session.workshop_id)
        free = [step for step in steps if not step.was_opened]
        for step in free:
            remove_activity(activity=step, actor=actor)
    return len(free)


def steps_of_form(session: Session, client_id: uuid.UUID) -> list[Activity]:
    """The steps that stand in SESSION's run sheet because of the press with CLIENT_ID."""
    most = max(len(method.steps) for method in METHODS.values())
    ids = [_id_of(client_id, number) for number in range(most)]
    return list(Activity.objects.planned().filter(session=session, client_id__in=ids))


def _id_of(client_id: uuid.UUID, number: int) -> uuid.UUID:
    return uuid.uuid5(client_id, str(number))
