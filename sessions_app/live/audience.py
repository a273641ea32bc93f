"""Audiences: people who may see the same, in the same language, of the same room or thread share one rendering."""

from dataclasses import dataclass
from enum import StrEnum

from sessions_app.policy import SCRIBES, Actor


class Scope(StrEnum):
    ROOM = "room"
    THREAD = "thread"
    CONSOLE = "console"


@dataclass(frozen=True, slots=True)
class Audience:
    """`scope_id` is a session's id (room, console) or a dialogue's (thread). Facilitators see more names."""

    workshop_id: int
    scope: Scope
    scope_id: int
    is_facilitator: bool
    language: str
    can_record: bool = False  # a scribe of a console, who writes down what others say


def audience_of(actor: Actor, scope: Scope, scope_id: int, language: str) -> Audience:
    """The audience that ACTOR, a member of the workshop, belongs to."""
    assert actor.participant is not None  # noqa: S101  -- the caller checked the right to see
    can_record = scope == Scope.CONSOLE and actor.has(SCRIBES)
    return Audience(actor.participant.workshop_id, scope, scope_id, actor.is_facilitator, language, can_record)
