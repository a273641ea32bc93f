"""What the log alone says of small groups: which stand, who sits in which, who takes notes; beside the tables."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sessions_app.models import Dialogue, Group, GroupRule, Membership, Workshop
from sessions_app.told import Told, differing, is_number
from sessions_app.verbs import Verb


def _is_map(value: Any) -> bool:
    """Numbers of ours by numbers of ours."""
    return isinstance(value, dict) and all(key.isdecimal() and is_number(inner) for key, inner in value.items())


GROUP_SHAPES: dict[str, Callable[[Any], Any]] = {
    "rule": lambda value: value in GroupRule.values,
    "size": is_number,
    "number": is_number,
    "groups": _is_map,
    "seats": _is_map,
    "group_before": lambda value: value is None or is_number(value),
    "from_group": is_number,
}


@dataclass
class GroupLedger:
    """Groups are told by their dialogues. `seats` holds (step, person); `gathered` the groups that are back."""

    stands: dict[int, int] = field(default_factory=dict)  # dialogue -> step
    seats: dict[tuple[int, int], int] = field(default_factory=dict)
    takers: dict[int, int] = field(default_factory=dict)
    gathered: set[int] = field(default_factory=set)

    def read(self, line: Told) -> None:
        """Take LINE in, if it tells of small groups or takes somebody out of the workshop."""
        if line.verb == Verb.PARTICIPANT_REMOVED and line.participant is not None:
            self.seats = {key: group for key, group in self.seats.items() if key[1] != line.participant}
            self.takers = {group: who for group, who in self.takers.items() if who != line.participant}
        step = line.activity
        if step is None or not line.verb.startswith("group"):
            return
        if line.verb == Verb.GROUPS_ARRANGED:
            self._arrange(step, line.data)
        elif line.verb in {Verb.GROUPS_GATHERED, Verb.GROUPS_SENT_OUT}:
            those = {group for group, its in self.stands.items() if its == step}
            self.gathered = self.gathered | those if line.verb == Verb.GROUPS_GATHERED else self.gathered - those
        elif line.verb == Verb.GROUP_PERSON_MOVED and line.participant is not None:
            self.seats.pop((step, line.participant), None)
            if line.dialogue is not None:
                self.seats[step, line.participant] = line.dialogue
        elif line.dialogue is not None:
            self._one(step, line.dialogue, line)

    def _arrange(self, step: int, data: dict[str, Any]) -> None:
        groups = {int(group) for group in data["groups"]}
        for group in [group for group, its in self.stands.items() if its == step and group not in groups]:
            del self.stands[group]
        self.stands |= dict.fromkeys(groups, step)
        self.gathered -= groups  # they are sent out anew
        self.seats = {key: group for key, group in self.seats.items() if key[0] != step}
        self.seats |= {(step, int(person)): group for person, group in data["seats"].items()}
        sits = {(group, person) for (its, person), group in self.seats.items() if its == step}
        mine = {group for group, its in self.stands.items() if its == step}
        self.takers = {g: who for g, who in self.takers.items() if g not in mine or (g, who) in sits}

    def _one(self, step: int, group: int, line: Told) -> None:
        if line.verb == Verb.GROUP_ADDED:
            self.stands[group] = step
        elif line.verb == Verb.GROUP_REMOVED:
            self.stands.pop(group, None)
        elif line.verb == Verb.GROUP_NOTE_TAKER:
            self.takers.pop(group, None)
            if line.participant is not None:
                self.takers[group] = line.participant

    def contradictions(self, workshop: Workshop) -> Iterator[tuple[str, str]]:
        """(check, text) of everything in the tables that the log tells otherwise."""
        groups = Group.objects.standing().filter(activity__workshop=workshop)
        dialogues = Dialogue.objects.filter(group__in=groups)
        yield from differing("group", dict(dialogues.values_list("pk", "activity_id")), self.stands)
        sit = Membership.objects.filter(activity__workshop=workshop, left_at=None)
        rows = sit.values_list("activity_id", "participant_id", "group__dialogue")
        yield from differing("seat", {(step, person): group for step, person, group in rows}, self.seats)
        takers = groups.filter(note_taker__isnull=False).values_list("dialogue", "note_taker_id")
        told = {group: who for group, who in self.takers.items() if group in self.stands}
        yield from differing("note-taker", dict(takers), told)
        back = dict.fromkeys(groups.filter(gathered_at__isnull=False).values_list("dialogue", flat=True), True)
        yield from differing("gathered", back, dict.fromkeys(self.gathered & self.stands.keys(), True))
