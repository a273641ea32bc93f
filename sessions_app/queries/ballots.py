"""What a scribe sees of the answers: who has given one, and which paper ballots are typed; never what they say."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import ngettext

from sessions_app.kinds import kind_of
from sessions_app.models import Dialogue, Identity, Participant, Place, Response
from sessions_app.queries.quotes import options_of
from sessions_app.queries.responses import Asked, answered_by


@dataclass(frozen=True, slots=True)
class Voter:
    """Somebody who can be answered for."""

    person: Participant
    has_answered: bool

    @property
    def is_in_hall(self) -> bool:
        return self.person.usual_place == Place.HALL


@dataclass(frozen=True, slots=True)
class Ballots(Asked):
    """`voters` are those in the hall first; empty where nobody may know who answers."""

    voters: tuple[Voter, ...]
    numbers: tuple[str, ...]
    hall: int

    @property
    def choices(self) -> Any:
        return self.kind.choices(options_of(self.dialogue), None)

    @property
    def paper_words(self) -> str:
        return ngettext("%(n)d paper ballot", "%(n)d paper ballots", len(self.numbers)) % {"n": len(self.numbers)}

    @property
    def hall_words(self) -> str:
        return ngettext("%(n)d person in the hall", "%(n)d people in the hall", self.hall) % {"n": self.hall}

    @property
    def is_more_than_hall(self) -> bool:
        """Whether there are more answers from the hall than people in it."""
        return len(self.numbers) + sum(one.has_answered and one.is_in_hall for one in self.voters) > self.hall


def ballots_of(dialogue: Dialogue) -> Ballots | None:
    """Who of the workshop has answered DIALOGUE in this round; None where nothing is chosen. Three queries."""
    if not kind_of(dialogue.activity.kind).takes_answers:
        return None
    here = Participant.objects.filter(
        workshop=dialogue.activity.workshop_id, removed_at__isnull=True, admitted_at__isnull=False
    )
    people = sorted(here, key=lambda one: (one.usual_place != Place.HALL, one.name.casefold()))
    done = answered_by(dialogue)
    typed = Response.objects.filter(dialogue=dialogue, round=dialogue.activity.round, withdrawn_at__isnull=True)
    numbers = sorted(typed.exclude(ballot="").values_list("ballot", flat=True))
    is_known = dialogue.activity.identity != Identity.ANONYMOUS
    voters = tuple(Voter(one, one.pk in done) for one in people if is_known and one.name)
    hall = sum(one.usual_place == Place.HALL for one in people)
    return Ballots(dialogue, voters, tuple(numbers), hall)


def standing_objections(dialogue: Dialogue) -> list[Response]:
    """The objections of this round that lie face up, in the order they came. One query."""
    if dialogue.activity.is_hidden or not kind_of(dialogue.activity.kind).takes_objections:
        return []
    found = Response.objects.filter(dialogue=dialogue, round=dialogue.activity.round, withdrawn_at__isnull=True)
    rows = found.filter(value__objects=True).select_related("reason").order_by("seq")
    for row in rows:
        row.dialogue = dialogue
    return list(rows)
