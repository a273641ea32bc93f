"""The pieces of small groups: where everybody sits, for the room; time, people and notes, for a group's own page."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django.template.loader import render_to_string

from sessions_app.live.audience import Audience, Scope
from sessions_app.live.beside import NOTICED, notices
from sessions_app.models import Dialogue, Session
from sessions_app.policy import SCRIBES, Actor
from sessions_app.queries.groups import GroupsView, Row, groups_in_room, groups_view
from sessions_app.verbs import Verb

Result = TypeVar("Result")
Present = Callable[[Any, Callable[[], Result]], Result]
GROUP_VERBS = frozenset(verb for verb in Verb if verb.startswith("group"))
SEATING = frozenset(
    {
        *(Verb.GROUPS_ARRANGED, Verb.GROUPS_GATHERED, Verb.GROUPS_SENT_OUT, Verb.GROUP_ADDED, Verb.GROUP_REMOVED),
        *(Verb.GROUP_PERSON_MOVED, Verb.GROUP_CHANGED, Verb.PARTICIPANT_REMOVED),
    }
)
# What changes the page of every group, beside what is said and done in its own dialogue.
EVERYWHERE = frozenset(
    {
        *(Verb.GROUPS_ARRANGED, Verb.GROUPS_GATHERED, Verb.GROUPS_SENT_OUT, Verb.GROUP_TIMED, Verb.GROUP_TOLD),
        *(Verb.GROUP_PERSON_MOVED, Verb.PARTICIPANT_REMOVED, Verb.PARTICIPANT_RENAMED, Verb.PARTICIPANT_MOVED),
        *(Verb.ACTIVITY_OPENED, Verb.ACTIVITY_EXTENDED, Verb.ACTIVITY_REVEALED, Verb.ACTIVITY_CLOSED),
        *(Verb.ACTIVITY_PAUSED, Verb.ACTIVITY_RESUMED),
        *(Verb.ACTIVITY_CHANGED, Verb.ACTIVITY_KEPT_OPEN, Verb.ACTIVITY_ENDED, Verb.CONTROL_UNDONE),
        *(Verb.SESSION_STARTED, Verb.SESSION_CLOSED, Verb.WORKSHOP_CHANGED),
    }
)
MOVES = frozenset({Verb.GROUPS_ARRANGED, Verb.GROUP_PERSON_MOVED, Verb.GROUP_REMOVED})


def seats_piece(audience: Audience, groups: GroupsView | None) -> dict[str, Any]:
    """Where everybody sits. The same for all of an audience: each page finds its own person in it."""
    context = {"groups": groups, "is_facilitator": audience.is_facilitator}
    return {"id": "room-groups", "html": render_to_string("rooms/groups.html", context)}


def draw_seats(
    audience: Audience, happened: Iterable[Any], read: Callable[[], Dialogue | None], present: Any
) -> list[dict[str, Any]]:
    """The piece for a room, when HAPPENED can have changed who sits where. READ gives the step that is on."""
    about = [event for event in happened if event.session_id == audience.scope_id or event.verb in SEATING]
    if not any(event.verb in SEATING or event.verb in EVERYWHERE for event in about):
        return []
    dialogue = read()
    if dialogue is None:
        return [seats_piece(audience, None)]
    activity = dialogue.activity
    return [seats_piece(audience, present(("seats", activity.pk), lambda: groups_in_room(activity)))]


def concerns_group(audience: Audience, event: Any) -> bool:
    """Whether EVENT can change the page of the audience's group at all. Nothing is read for the others."""
    return event.dialogue_id == audience.scope_id or event.verb in EVERYWHERE


def told_in_group(audience: Audience, happened: Iterable[Any], present: Any) -> list[dict[str, Any]]:
    """What everybody is told, drawn once for all the groups of a meeting that read the same language."""
    if not any(event.session_id == audience.session_id and event.verb in NOTICED for event in happened):
        return []
    session = Session.objects.select_related("workshop")
    key = ("notices", audience.session_id, audience.language)
    return [present(key, lambda: notices(session.get(pk=audience.session_id)))]


def draw_group(audience: Audience, happened: Iterable[Any], present: Any) -> list[dict[str, Any]]:
    """Time, people and notes of the audience's group. Three queries for all the groups of a step together."""
    if not any(event.verb in GROUP_VERBS or event.verb in EVERYWHERE for event in happened):
        return []
    dialogue = present(("dialogue", audience.scope_id), lambda: group_dialogue(audience.scope_id))
    view = present(("groups", dialogue.activity_id), lambda: groups_view(dialogue.activity))
    row = view.row_of(dialogue.group_id)
    return [] if row is None else group_pieces(row)


def group_pieces(row: Row) -> list[dict[str, Any]]:
    context = {"row": row, "group": row.group}
    return [
        {"id": f"group-{part}", "html": render_to_string(f"groups/{part}.html", context)}
        for part in ("now", "people", "notes")
    ]


def group_dialogue(pk: int) -> Dialogue:
    return Dialogue.objects.select_related("activity__workshop", "activity__session", "group").get(pk=pk)


def is_moved_out(actor: Actor, audience: Audience, event: Any) -> bool:
    """Whether EVENT can have taken the page of a group from ACTOR. Who still sits there comes back at once."""
    if audience.scope != Scope.GROUP or event.verb not in MOVES or actor.has(SCRIBES):
        return False
    if event.verb == Verb.GROUPS_ARRANGED:
        return event.session_id == audience.session_id
    if event.verb == Verb.GROUP_REMOVED:
        return event.dialogue_id == audience.scope_id
    person = actor.participant
    return person is not None and event.participant_id == person.pk and event.dialogue_id != audience.scope_id
