"""How people are dealt into small groups, and which group somebody who comes late belongs to. No tables here."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.utils.translation import get_language_info

from sessions_app.models import Group, GroupRule, Participant, Place

MOST_GROUPS = 100
PLACES = (Place.HALL, Place.REMOTE, Place.PHONE, Place.AFTERWARDS)


@dataclass(slots=True)
class Dealt:
    """One group to be: its people, and a name if the rule gives it one."""

    people: list[Participant] = field(default_factory=list)
    name: str = ""


def deal(people: Sequence[Participant], rule: str, size: int, count: int = 0) -> list[Dealt]:
    """PEOPLE in groups of about SIZE, or in COUNT groups. Where people choose, the groups are empty."""
    if rule == GroupRule.LANGUAGE:
        return _apart(people, size, {person.pk: person.language for person in people}, named=True)
    if rule == GroupRule.PLACE:
        return _apart(people, size, {person.pk: person.usual_place for person in people}, named=False)
    number = count or _groups_for(len(people), size)
    if rule == GroupRule.CHOICE:
        return [Dealt() for _ in range(number)]
    ordered = (
        sorted(people, key=lambda one: PLACES.index(Place(one.usual_place))) if rule == GroupRule.MIXED else people
    )
    return _round(ordered, number)


def best_for(person: Participant, rule: str, seated: Mapping[Group, Iterable[Participant]]) -> Group | None:
    """The group among SEATED in which somebody who comes late is put: of their kind where the rule says so, else the
    smallest; None where people choose for themselves, and when there is no group."""
    if not seated or rule == GroupRule.CHOICE:
        return None
    people = {group: list(there) for group, there in seated.items()}

    def order(group: Group) -> tuple[int, int, int]:
        there = people[group]
        alike = sum(_alike(person, other, rule) for other in there)
        if rule in {GroupRule.LANGUAGE, GroupRule.PLACE}:
            return (-int(alike > 0), len(there), group.number)
        return (len(there), alike if rule == GroupRule.MIXED else 0, group.number)

    return min(people, key=order)


def _alike(person: Participant, other: Participant, rule: str) -> bool:
    if rule == GroupRule.LANGUAGE:
        return person.language == other.language
    return person.usual_place == other.usual_place


def _groups_for(people: int, size: int) -> int:
    return min(MOST_GROUPS, max(1, -(-people // size)))


def _round(people: Sequence[Participant], number: int) -> list[Dealt]:
    dealt = [Dealt() for _ in range(number)]
    for place, person in enumerate(people):
        dealt[place % number].people.append(person)
    return dealt


def _apart(people: Sequence[Participant], size: int, marks: Mapping[int, str], *, named: bool) -> list[Dealt]:
    """Groups of those who have the same mark, the most frequent one first."""
    dealt: list[Dealt] = []
    for mark, count in Counter(marks.values()).most_common():
        these = _round([person for person in people if marks[person.pk] == mark], _groups_for(count, size))
        for one in these:
            one.name = _language_name(mark) if named else ""
        dealt += these
    return dealt[:MOST_GROUPS] or [Dealt()]


def _language_name(code: str) -> str:
    """What a language calls itself; nothing for one that we don't know."""
    return str(get_language_info(code)["name_local"]) if code in dict(settings.LANGUAGES) else ""
