"""How the voices of a meeting were shared out between the hall, online, the phone and afterwards."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sessions_app.models import Event, Place, Session, Turn
from sessions_app.queries.consoles import named_words
from sessions_app.verbs import Verb

ALONE = 3  # a place with fewer people than this is not told apart in the group's mirror


@dataclass(frozen=True, slots=True)
class Part:
    """A place's part of one measure. `percent` is a whole number; those of a measure add up to about 100."""

    place: str
    label: str
    number: int
    percent: int
    start: int = 0  # where its piece of the bar begins, in percent


@dataclass(frozen=True, slots=True)
class Measure:
    label: str | Promise
    parts: tuple[Part, ...]

    @property
    def total(self) -> int:
        return sum(part.number for part in self.parts)

    @property
    def words(self) -> str:
        """E.g. "in the hall 4, online 6"."""
        return ", ".join(f"{part.label} {part.number}" for part in self.parts)


@dataclass(frozen=True, slots=True)
class Balance:
    measures: tuple[Measure, ...]
    people: tuple[Part, ...]

    @property
    def is_empty(self) -> bool:
        return not any(measure.total for measure in self.measures)

    @property
    def finding(self) -> str:
        """The one sentence that the figure begins with."""
        cards, turns = (self._outside(measure) for measure in self.measures[:2])
        if cards is None or turns is None:
            return _("How the voices are shared out")
        return _("Outside the hall: %(cards)d%% of the cards and %(turns)d%% of the spoken turns.") % {
            "cards": cards,
            "turns": turns,
        }

    def _outside(self, measure: Measure) -> int | None:
        return 100 - sum(p.percent for p in measure.parts if p.place == Place.HALL) if measure.total else None


LABELS = (
    gettext_lazy("Cards"),
    gettext_lazy("Spoken turns"),
    gettext_lazy("Minutes spoken"),
    gettext_lazy("Answers received"),
)


def balance_of(session: Session, *, for_group: bool = False) -> Balance:
    """The balance of SESSION, from what was said under a name and face up. Four queries.

    For the group a place of which few came is put together with the others outside the hall: nobody is shown alone.
    """
    said = named_words(session)
    cards = Counter(dict(said.values_list("place").annotate(n=Count("pk")).order_by()))
    answered = said.filter(reply_to__isnull=False, reply_to__withdrawn_at=None)
    replies = Counter(dict(answered.values_list("reply_to__place").annotate(n=Count("pk")).order_by()))
    turns: Counter[str] = Counter()
    seconds: Counter[str] = Counter()
    for turn in Turn.objects.filter(session=session, given_at__isnull=False, ended_at__isnull=False):
        turns[turn.place] += 1
        seconds[turn.place] += int((turn.ended_at - turn.given_at).total_seconds())  # type: ignore[operator]
    came = Counter(
        Event.objects.filter(session=session, verb=Verb.PARTICIPANT_ENTERED).values_list("data__place", flat=True)
    )
    minutes = Counter({place: round(number / 60) for place, number in seconds.items()})
    if for_group and _shows_somebody_alone(came):
        return Balance((), ())
    merge = _merged(came) if for_group else {}
    measures = [
        Measure(label, _parts(counted, merge))
        for label, counted in zip(LABELS, (cards, turns, minutes, replies), strict=True)
    ]
    return Balance(tuple(measures), _parts(came, merge))


def _merged(came: Counter[str]) -> dict[str, str]:
    """Place -> the place that it is counted as."""
    few = {place for place in Place.values if came[place] < ALONE}
    return dict.fromkeys(few - {Place.HALL}, Place.REMOTE)


def _shows_somebody_alone(came: Counter[str]) -> bool:
    """Whether so few were in the hall, or so few outside it, that their part would be one person's."""
    outside = sum(came.values()) - came[Place.HALL]
    return 0 < came[Place.HALL] < ALONE or 0 < outside < ALONE


def _parts(counted: Counter[str], merge: dict[str, str]) -> tuple[Part, ...]:
    places: Counter[str] = Counter()
    for place, number in counted.items():
        places[merge.get(place, place)] += number
    total = sum(places.values())
    labels = {place.value: str(place.label) for place in Place}
    if merge:
        labels[Place.REMOTE] = _("outside the hall")
    parts: list[Part] = []
    for place in (place.value for place in Place if places[place]):
        start = sum(part.percent for part in parts)
        parts.append(Part(place, labels[place], places[place], round(100 * places[place] / total), start))
    return tuple(parts)
