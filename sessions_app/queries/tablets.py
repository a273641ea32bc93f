"""What a shared tablet shows: who is in the hall, and the step that is on with nothing filled in."""

from dataclasses import dataclass
from typing import Any

from sessions_app.kinds import Kind, kind_of
from sessions_app.models import Dialogue, Participant, Place, Role, Session
from sessions_app.policy import HOSTS
from sessions_app.queries.quotes import options_for
from sessions_app.queries.responses import Asked


@dataclass(frozen=True, slots=True)
class Blank(Asked):
    """A question that is answered by choosing, with `choices` as they were sent, or none chosen: never an answer that
    stands, since whoever holds the tablet may be somebody else."""

    choices: Any


def people_in_hall(session: Session) -> list[Participant]:
    """Those in the hall who have a name and take part, by name; among them those who also have a phone. One query.

    Without hosts, in whose name nobody else may act: they have pages of their own.
    """
    found = Participant.objects.select_related("workshop").filter(
        workshop=session.workshop_id, removed_at=None, admitted_at__isnull=False, usual_place=Place.HALL
    )
    found = found.filter(roles__contains=[Role.PARTICIPANT]).exclude(name="")
    return [person for person in found.order_by("name", "pk") if not HOSTS & set(person.roles)]


def takes(dialogue: Dialogue | None) -> type[Kind] | None:
    """The kind of the step, if people are asked for anything in it."""
    kind = kind_of(dialogue.activity.kind) if dialogue else None
    return kind if kind is not None and kind.invites() else None


def blank_answer(dialogue: Dialogue, person: Participant, sent: Any = None) -> Blank | None:
    """The fields of a choosing step for PERSON, empty or as SENT; None where people write."""
    kind, options = kind_of(dialogue.activity.kind), options_for(dialogue, person)
    typed = kind.as_sent(sent, options) if sent is not None else None
    return Blank(dialogue, kind.choices(options, typed)) if kind.takes_answers else None
