"""For the page “While you were away”: what holds now, and what of the framework waits for somebody."""

from typing import Any

from django import template

from eaa.queries.agreements import held_since
from eaa.queries.learning import told_of
from sessions_app.models import Participant, Session
from sessions_app.neighbours import waiting_for

register = template.Library()


@register.inclusion_tag("eaa/agreed.html")
def agreed(person: Participant) -> dict[str, Any]:
    """What was agreed, with its text where PERSON has not seen it hold yet."""
    return {"person": person, "held": held_since(person), "waits": waiting_for(person)}


@register.inclusion_tag("eaa/told.html")
def told(person: Participant, session: Session) -> dict[str, Any]:
    """The way to what PERSON told of SESSION, or can still tell when it is not said above that it waits."""
    return {"session": session, "told": told_of(person, session)}
