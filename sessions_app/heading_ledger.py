"""What the log alone says of headings, and of which card lies under which: then held beside the tables."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sessions_app.headings import EVER, titles_of
from sessions_app.models import Activity, Contribution, Workshop
from sessions_app.told import Told, differing, is_number
from sessions_app.verbs import Verb


def _is_place(value: Any) -> bool:
    return is_number(value) and 0 <= value < EVER


HEADING_SHAPES: dict[str, Callable[[Any], Any]] = {
    "heading": lambda value: value is None or _is_place(value),
    "heading_before": lambda value: value is None or _is_place(value),
}


@dataclass
class HeadingLedger:
    """`places` holds the cards that lie under a heading; `made` the headings of each step, and which of them stand."""

    places: dict[UUID, tuple[int, int]] = field(default_factory=dict)
    made: dict[int, list[bool]] = field(default_factory=dict)

    def read(self, line: Told) -> str:
        """Take LINE in, if it tells of headings. Returns what is wrong with it, or an empty text."""
        if line.activity is None or not isinstance(line.data, dict) or "heading" not in line.data:
            return ""
        heading = line.data["heading"]
        if line.verb in {Verb.CONTRIBUTION_POSTED, Verb.CONTRIBUTION_FILED} and line.contribution is not None:
            return self._file(line.contribution, line.activity, line)
        made = self.made.setdefault(line.activity, [])
        if line.verb == Verb.HEADING_ADDED:
            made.append(True)
            return "" if heading == len(made) - 1 else "gives a heading another place than the next"
        if not (isinstance(heading, int) and heading < len(made) and made[heading]):
            return "is about a heading that is not there"
        if line.verb == Verb.HEADING_REMOVED:
            made[heading] = False
            left = {card for card, place in self.places.items() if place == (line.activity, heading)}
            for card in left:
                del self.places[card]
        return ""

    def _file(self, card: UUID, activity: int, line: Told) -> str:
        before = self.places.pop(card, None)
        if line.data["heading"] is not None:
            self.places[card] = (activity, line.data["heading"])
        if line.verb == Verb.CONTRIBUTION_FILED and line.data.get("heading_before") != (before and before[1]):
            return "takes a card from where it did not lie"
        return ""

    def contradictions(self, workshop: Workshop) -> Iterator[tuple[str, str]]:
        """(check, text) of everything in the tables that the log tells otherwise."""
        lying = Contribution.objects.filter(dialogue__activity__workshop=workshop, heading__isnull=False)
        here = {pk: (activity, n) for pk, activity, n in lying.values_list("pk", "dialogue__activity", "heading")}
        yield from differing("contribution", here, self.places)
        for activity in Activity.objects.filter(pk__in=self.made):
            stand = [bool(title) for title in titles_of(activity)]
            if stand != self.made[activity.pk]:
                yield "heading", f"{activity.pk} has the headings {stand}, the log says {self.made[activity.pk]}"
