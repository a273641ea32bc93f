"""Audiences: people who may see the same, in the same language, of the same room or thread share one rendering."""

from dataclasses import dataclass
from enum import StrEnum

from sessions_app.policy import SCRIBES, Actor


class Scope(StrEnum):
    ROOM = "room"
    THREAD = "thread"
    CONSOLE = "console"
    SCREEN = "screen"
    GROUP = "group"


@dataclass(frozen=True, slots=True)
class Audience:
    """`scope_id` is a session's id (room, console, screen) or a dialogue's (thread, group).

    Facilitators see more names.
    """

    workshop_id: int
    scope: Scope
    scope_id: int
    is_facilitator: bool
    language: str
    can_record: bool = False  # a scribe of a console, who writes down what others say
    session_id: int = 0  # of a group: the meeting it belongs to

    @property
    def table(self) -> int:
        """The meeting at whose table its people sit; 0 for none."""
        return self.scope_id if self.scope in {Scope.ROOM, Scope.CONSOLE} else self.session_id


def audience_of(actor: Actor, scope: Scope, scope_id: int, language: str, session_id: int = 0) -> Audience:
    """The audience that ACTOR, a member of the workshop, belongs to."""
    assert actor.participant is not None  # noqa: S101  -- the caller checked the right to see
    can_record = scope == Scope.CONSOLE and actor.has(SCRIBES)
    # On a wall everybody reads: a screen sees what all may see, whoever opened it.
    is_facilitator = actor.is_facilitator and scope != Scope.SCREEN
    workshop_id = actor.participant.workshop_id
    return Audience(workshop_id, scope, scope_id, is_facilitator, language, can_record, session_id)
