"""Circles: who works with whom in a step. Worked out from who is there and in which order, by no chance."""

from collections.abc import Iterable, Sequence
from itertools import zip_longest

from sessions_app.models import Participant, Place


def circles_of(
    people: Sequence[Participant], size: int, *, mixed: bool, before: Iterable[Sequence[int]] = ()
) -> list[list[int]]:
    """PEOPLE in circles of SIZE, or one more so that nobody is alone. Those who sat together BEFORE stay together.

    The hall and the others each have circles of their own, unless they are MIXED, or one would be left alone.
    """
    units = _units(people, before)
    hall = [unit for unit in units if unit[0].usual_place == Place.HALL]
    others = [unit for unit in units if unit[0].usual_place != Place.HALL]
    if mixed or _count(hall) == 1 or _count(others) == 1:
        return _filled([unit for pair in zip_longest(others, hall) for unit in pair if unit], size)
    return _filled(others, size) + _filled(hall, size)


def _units(people: Sequence[Participant], before: Iterable[Sequence[int]]) -> list[list[Participant]]:
    """Those who sat together, as far as they are still there; then everybody else by themselves."""
    here = {person.pk: person for person in people}
    together = [[here.pop(pk) for pk in circle if pk in here] for circle in before]
    return [unit for unit in together if unit] + [[person] for person in here.values()]


def _filled(units: list[list[Participant]], size: int) -> list[list[int]]:
    circles: list[list[int]] = []
    circle: list[int] = []
    for unit in units:
        circle += [person.pk for person in unit]
        if len(circle) >= size:
            circles.append(circle)
            circle = []
    if len(circle) == 1 and circles:
        circles[-1] += circle
    elif circle:
        circles.append(circle)
    return circles


def _count(units: list[list[Participant]]) -> int:
    return sum(len(unit) for unit in units)
