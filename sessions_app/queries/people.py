"""Who is at the table, and who is in the workshop."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext, ngettext

from sessions_app.identifiers import token_hash
from sessions_app.models import Identity, Participant, Place, Role, Seat, Workshop
from sessions_app.policy import TAKES_PART

SHOWN_AT_MOST = 24


@dataclass(frozen=True, slots=True)
class Table:
    """People at a table: the first pebbles, how many more, and how many by place."""

    people: tuple[Participant, ...]
    more: int
    places: dict[str, int]

    @property
    def count(self) -> int:
        return len(self.people) + self.more

    @property
    def seated(self) -> list[dict[str, str]]:
        """Initials and place of each pebble."""
        return [{"initials": person.initials, "place": person.usual_place} for person in self.people]

    @property
    def sentence(self) -> str:
        """E.g. "8 in the hall, 9 online, 1 by phone"."""
        parts = [f"{number} {Place(place).label}" for place, number in self.places.items() if number]
        return ", ".join(parts) if parts else gettext("Nobody is here yet")

    @property
    def heading(self) -> str:
        return ngettext("%(count)d person is here", "%(count)d people are here", self.count) % {"count": self.count}


def table_of(people: Iterable[Participant]) -> Table:
    everybody = list(people)
    places = {place: sum(person.usual_place == place for person in everybody) for place in Place.values}
    named_first = sorted(everybody, key=lambda person: not person.is_named)
    return Table(tuple(named_first[:SHOWN_AT_MOST]), max(0, len(everybody) - SHOWN_AT_MOST), places)


def seated(people: Iterable[Participant]) -> list[Participant]:
    """Those of PEOPLE who sit at the table: let in, and taking part in some role. Researchers only read."""
    return [person for person in people if person.is_here_to_stay and TAKES_PART.intersection(person.roles)]


def taking_part(workshop_id: int, here: set[int]) -> list[Participant]:
    """Who works in a meeting now: those HERE, and those in the hall who have a name, whether or not they hold a screen.

    Hosts lead, write and help; they are not among them. The first to join come first. One query.
    """
    there = Participant.objects.filter(workshop=workshop_id, removed_at__isnull=True, admitted_at__isnull=False)
    present = there.filter(Q(pk__in=here) | (Q(usual_place=Place.HALL) & ~Q(name="")))
    people = list(present.order_by("joined_at", "pk"))
    return [person for person in people if not person.roles or Role.PARTICIPANT in person.roles]


def waiting_in(workshop_id: int) -> QuerySet[Participant]:
    """The people who wait in the lobby."""
    return Participant.objects.filter(workshop=workshop_id, removed_at__isnull=True, admitted_at__isnull=True)


def seats_of(cookie: str) -> list[Participant]:
    """Whose seats the device with this COOKIE holds, one for each workshop, the newest first; `workshop` is at hand."""
    if not cookie:
        return []
    held = Seat.objects.filter(device__token_hash=token_hash(cookie), left_at__isnull=True)
    found = held.filter(participant__removed_at__isnull=True, participant__workshop__practice_of=None)
    newest = found.select_related("participant__workshop").order_by("-claimed_at", "-pk")
    people: dict[int, Participant] = {}
    for seat in newest:
        people.setdefault(seat.participant.workshop_id, seat.participant)
    return list(people.values())


def members_of(workshop: Workshop) -> QuerySet[Participant]:
    """Everybody who has not been taken out; those in the lobby first.

    `words` counts what they said under their name and face up: more would tell who wrote without a name.
    """
    told = Q(
        contributions__withdrawn_at__isnull=True,
        contributions__from_group=None,
        contributions__dialogue__activity__identity=Identity.NAMED,
    )
    face_up = Q(contributions__dialogue__activity__blind=False) | Q(
        contributions__dialogue__activity__revealed_at__isnull=False
    )
    return (
        Participant.objects.filter(workshop=workshop, removed_at__isnull=True)
        .annotate(words=Count("contributions", filter=told & face_up))
        .order_by(F("admitted_at").asc(nulls_first=True), "joined_at", "pk")
    )
