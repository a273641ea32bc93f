"""Who may do what: the only place that answers this. Deny by default; what one may not see does not exist."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sessions_app.errors import NotAllowed, NotFound
from sessions_app.models import (
    Contribution,
    Dialogue,
    Group,
    Membership,
    Participant,
    Role,
    Workshop,
)

FACILITATOR = frozenset({Role.FACILITATOR})
HOSTS = frozenset({Role.FACILITATOR, Role.SCRIBE, Role.HELPER})
SCRIBES = frozenset({Role.FACILITATOR, Role.SCRIBE})
TAKES_PART = frozenset({Role.FACILITATOR, Role.SCRIBE, Role.HELPER, Role.PARTICIPANT})
RESEARCHERS = frozenset({Role.RESEARCHER})
READS_RECORD = frozenset({Role.FACILITATOR, Role.RESEARCHER})


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody at the door of one workshop: a participant of it, or an outsider (`participant` is None)."""

    participant: Participant | None = None
    seat_id: int | None = None
    login_key: str = ""  # hash of the staff login that this actor rests on

    @property
    def roles(self) -> frozenset[str]:
        """The roles that count now: none while waiting in the lobby or after having been removed."""
        person = self.participant
        return frozenset(person.roles) if person is not None and person.is_here_to_stay else frozenset()

    @property
    def is_facilitator(self) -> bool:
        return Role.FACILITATOR in self.roles

    @property
    def is_host(self) -> bool:
        return bool(HOSTS & self.roles)

    def has(self, roles: frozenset[Any]) -> bool:
        return bool(roles & self.roles)


OUTSIDER = Actor()


def _member(actor: Actor, obj: Any) -> bool:
    return bool(actor.roles)


def _one_of(roles: frozenset[Any]) -> Callable[[Actor, Any], bool]:
    return lambda actor, obj: actor.has(roles)


def _open_workshop(roles: frozenset[Any]) -> Callable[[Actor, Any], bool]:
    return lambda actor, obj: actor.has(roles) and _workshop_is_open(actor)


def _workshop_is_open(actor: Actor) -> bool:
    return actor.participant is not None and actor.participant.workshop.closed_at is None


def _is_practice(actor: Actor) -> bool:
    """Pretend people are in no record and in no export."""
    return actor.participant is not None and actor.participant.workshop.is_practice


def _dialogue_seen(actor: Actor, dialogue: Dialogue) -> bool:
    """A step that is still to come is the facilitator's secret: nobody else knows its question yet."""
    return actor.has(TAKES_PART) and (dialogue.activity.was_opened or actor.is_facilitator)


def _contribution_seen(actor: Actor, contribution: Contribution) -> bool:
    """While answers lie face down, only those who wrote one know that it is there; anonymous ones operations check."""
    if not actor.has(TAKES_PART) or actor.participant is None:
        return False
    hands = {contribution.author_id, contribution.recorded_by_id}
    return (
        not contribution.dialogue.activity.is_hidden or contribution.keeper_id is None or actor.participant.pk in hands
    )


def _own(actor: Actor, contribution: Contribution) -> bool:
    """Words belong to their author, or to who typed them when nobody is named. Anonymous ones are recognised by their
    token (operations check it)."""
    if actor.participant is None or not actor.has(TAKES_PART) or not _workshop_is_open(actor):
        return False
    return contribution.keeper_id in {None, actor.participant.pk}


def _of_group(actor: Actor, group: Group) -> bool:
    """Only who sits in a group, and those who lead or write for everybody, know what is said in it."""
    if not (group.activity.was_opened or actor.is_facilitator):
        return False
    return actor.has(SCRIBES) or (actor.has(TAKES_PART) and sits_in(actor, group.pk))


def _takes_notes(actor: Actor, group: Group) -> bool:
    """One person writes the notes of a group, so that no two write over each other."""
    if actor.participant is None or not _workshop_is_open(actor):
        return False
    return actor.participant.pk == group.note_taker_id and _of_group(actor, group)


def sits_in(actor: Actor, group_id: int, *, ever: bool = False) -> bool:
    """Whether ACTOR sits in the group now, or has EVER sat in it. One query."""
    found = Membership.objects.filter(group=group_id, participant=actor.participant)
    return (found if ever else found.filter(left_at__isnull=True)).exists()


def _in_circle(actor: Actor, action: str, obj: Any) -> bool:
    """Whether OBJ lies where everybody meets, or in a small group that the actor belongs to. No query for the former.

    Who has moved to another group may still change what they said in the last one, or take it back.
    """
    dialogue = obj.dialogue if isinstance(obj, Contribution) else obj
    if not isinstance(dialogue, Dialogue) or dialogue.group_id is None or actor.has(SCRIBES):
        return True
    if isinstance(obj, Contribution) and action in OF_ONES_OWN and actor.participant is not None:
        if actor.participant.pk in {obj.author_id, obj.recorded_by_id}:
            return True
        if obj.anonymous_token:  # whose they are only the token can tell, and operations ask it
            return sits_in(actor, dialogue.group_id, ever=True)
    return sits_in(actor, dialogue.group_id)


OF_ONES_OWN = frozenset({"contribution.see", "contribution.change"})
ACTIONS: dict[str, Callable[[Actor, Any], bool]] = {
    "workshop.see": _member,
    "workshop.change": _open_workshop(FACILITATOR),
    "workshop.mails": _one_of(FACILITATOR),
    "workshop.record": lambda actor, obj: actor.has(READS_RECORD) and not _is_practice(actor),
    "workshop.export": lambda actor, obj: actor.has(RESEARCHERS) and not _is_practice(actor),
    "people.see": _one_of(HOSTS),
    "people.admit": _open_workshop(HOSTS),
    "people.change": _open_workshop(FACILITATOR),
    "session.see": _one_of(TAKES_PART),
    "session.plan": _open_workshop(FACILITATOR),
    "session.run": _open_workshop(FACILITATOR),
    "session.replay": _one_of(FACILITATOR),
    "session.speak": _open_workshop(TAKES_PART),
    "session.record_for": _open_workshop(SCRIBES),
    "session.console": _one_of(HOSTS),
    "session.message": _open_workshop(HOSTS),
    "activity.see": _one_of(TAKES_PART),
    "activity.plan": _open_workshop(FACILITATOR),
    "dialogue.see": _dialogue_seen,
    "dialogue.contribute": _open_workshop(TAKES_PART),
    "dialogue.record_for": _open_workshop(SCRIBES),
    "dialogue.sort": _open_workshop(TAKES_PART),
    "dialogue.reword_headings": _open_workshop(SCRIBES),
    "contribution.see": _contribution_seen,
    "contribution.change": _own,
    "contribution.file": _open_workshop(TAKES_PART),
    "contribution.gloss": lambda actor, obj: _open_workshop(HOSTS)(actor, obj) or _own(actor, obj),
    "group.see": _of_group,
    "group.change": _open_workshop(FACILITATOR),
    "group.name_note_taker": lambda actor, group: _of_group(actor, group) and _workshop_is_open(actor),
    "group.note": _takes_notes,
    "group.join": _open_workshop(TAKES_PART),
    "me.change": lambda actor, obj: bool(actor.roles) and obj == actor.participant,
}
# What one must be able to see before a refusal may say more than "not found".
SEES = {"workshop": "workshop.see", "people": "people.see", "session": "session.see", "me": "me.change"}
SEES |= {"activity": "activity.see", "dialogue": "dialogue.see", "contribution": "contribution.see"}
SEES |= {"group": "group.see"}


def can(actor: Actor, action: str, obj: Any) -> bool:
    """Whether ACTOR may do ACTION to OBJ, an object of the actor's own workshop."""
    if actor.participant is None or actor.participant.workshop_id != _workshop_id(obj):
        return False
    return ACTIONS[action](actor, obj) and _in_circle(actor, action, obj)


def require(actor: Actor, action: str, obj: Any) -> None:
    """Raise NotFound when ACTOR may not see OBJ, NotAllowed when they may see it but not do ACTION."""
    if can(actor, action, obj):
        return
    if can(actor, SEES[action.split(".")[0]], obj) and action not in SEES.values():
        raise NotAllowed
    raise NotFound


def _workshop_id(obj: Any) -> int | None:
    if isinstance(obj, Workshop):
        return obj.pk
    if isinstance(obj, Contribution):
        return obj.dialogue.activity.workshop_id
    if isinstance(obj, Dialogue | Group):
        return obj.activity.workshop_id
    return obj.workshop_id


class MfaNeeded(Exception):
    """A researcher has to set up the second step of signing in before reading the record."""
