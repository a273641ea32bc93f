"""Cards on which somebody wrote what they bring, and that are not in their list yet."""

from dataclasses import dataclass

from eaa.models import Evidence, Mechanism
from eaa.queries.quoting import citable
from sessions_app.models import Contribution, Participant, Workshop


@dataclass(frozen=True, slots=True)
class Card:
    contribution: Contribution

    @property
    def key(self) -> str:
        return str(self.contribution.pk)

    @property
    def words(self) -> str:
        return self.contribution.body


def own_cards(workshop: Workshop, person: Participant) -> list[Card]:
    """PERSON's own cards of steps about what people bring, without those that are in their list. Two queries."""
    taken = Evidence.objects.filter(version__record__owner=person, version__record__mechanism=Mechanism.ASSETS)
    found = citable(workshop).filter(author=person, anonymous_token="")
    found = found.filter(dialogue__activity__mechanisms__contains=[Mechanism.ASSETS])
    rows = found.exclude(pk__in=taken.filter(contribution__isnull=False).values("contribution"))
    return [Card(row) for row in rows[:30]]
