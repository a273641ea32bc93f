"""Name the pairs and the fours of a step, from those who are there."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sessions_app import events
from sessions_app.circles import circles_of
from sessions_app.errors import Refused
from sessions_app.kinds import kind_of
from sessions_app.kinds.together import Together
from sessions_app.models import Activity, Session
from sessions_app.policy import Actor, require
from sessions_app.queries.people import taking_part
from sessions_app.verbs import Verb


def name_circles(*, session: Session, actor: Actor, here: Iterable[int], anew: bool = True) -> Activity | None:
    """Say who works with whom in the step that is on, from the people HERE and those in the hall.

    Unless ANEW, a step that has its circles keeps them, and one without any to name is left alone: None. Records
    `activity.circles_named` with their sizes. Raises Refused when nothing is to be named, or nobody is there.
    """
    require(actor, "session.run", session)
    with transaction.atomic():
        events.lock(session.workshop_id)
        session.refresh_from_db(fields=["current_activity"])
        step = session.current_activity
        size = Together.size(step.options) if step is not None and kind_of(step.kind).carries else 0
        if step is None or not size or (step.circles and not anew):
            if anew:
                raise Refused(_("In this step all work together."))
            return None
        people = taking_part(session.workshop_id, set(here))
        found = circles_of(people, size, mixed=step.options.get("who") == "mixed", before=_before(step))
        if len(people) < 2:
            if anew:
                raise Refused(_("Nobody is here to work with yet."))
            return None
        step.circles = found
        step.save(update_fields=["circles"])
        events.record(
            Verb.CIRCLES_NAMED,
            workshop_id=session.workshop_id,
            actor=actor.participant,
            session=session,
            activity=step,
            data={"sizes": [len(circle) for circle in found]},
        )
    return step


def _before(step: Activity) -> list[list[int]]:
    """The circles of the step just before this one."""
    earlier = Activity.objects.planned().filter(session=step.session_id, position__lt=step.position)
    last = earlier.order_by("-position").first()
    return list(last.circles) if last is not None else []
