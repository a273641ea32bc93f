"""What people promised under an agreement, and what is due."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext

from eaa.models import Agreement, AgreementState, Commitment, CommitmentState
from sessions_app.models import Participant, Workshop
from sessions_app.moments import local_day_words

OPEN = (CommitmentState.NOT_YET, CommitmentState.GOING_ON)


@dataclass(frozen=True, slots=True)
class Promise:
    """One commitment as everybody reads it."""

    commitment: Commitment
    names: tuple[str, ...]
    is_mine: bool
    today: date

    @property
    def who(self) -> str:
        """E.g. "Greta, Sam and Fatima"."""
        *first, last = self.names or (gettext("Someone"),)
        return gettext("%(names)s and %(last)s") % {"names": ", ".join(first), "last": last} if first else last

    @property
    def when(self) -> str:
        """By when, or from when on."""
        row = self.commitment
        if row.due_on is not None:
            return local_day_words(row.due_on, self.today)
        if row.starts_on is not None and not row.due_words:
            return gettext("From %(day)s") % {"day": local_day_words(row.starts_on, self.today)}
        return row.due_words

    @property
    def done_on(self) -> str:
        return local_day_words(self.commitment.done_on, self.today) if self.commitment.done_on is not None else ""

    @property
    def is_done(self) -> bool:
        return self.commitment.state == CommitmentState.DONE

    @property
    def is_due(self) -> bool:
        row = self.commitment
        return row.state in OPEN and row.due_on is not None and row.due_on <= self.today


def promises_of(agreement: Agreement, today: date, viewer: int | None = None) -> list[Promise]:
    """What was promised, in the order in which it was. Two queries."""
    rows = Commitment.objects.filter(agreement=agreement, removed_at=None).prefetch_related("people")
    return [_promise(row, today, viewer) for row in rows]


def removed_commitment(agreement: Agreement, number: str) -> Commitment | None:
    """A promise that was taken away, so that it can be put back."""
    if not number.isdecimal() or len(number) > 18:
        return None
    return Commitment.objects.filter(agreement=agreement, pk=number, removed_at__isnull=False).first()


def promises_due(person: Participant, today: date) -> Iterable[Commitment]:
    """What PERSON promised to have done by now, and has not said to be done. One query."""
    found = _standing(person.workshop).filter(due_on__lte=today, state__in=OPEN)
    return found.filter(Exists(Commitment.people.through.objects.filter(commitment=OuterRef("pk"), participant=person)))


def promises_for(workshop: Workshop) -> QuerySet[Commitment]:
    """What people of WORKSHOP promised to do by a day, and have not said to be done or dropped."""
    return _standing(workshop).filter(due_on__isnull=False, state__in=OPEN).order_by("pk")


def _standing(workshop: Workshop) -> QuerySet[Commitment]:
    found = Commitment.objects.filter(agreement__workshop=workshop, agreement__removed_at=None, removed_at=None)
    return found.exclude(agreement__state__in=[AgreementState.DRAFT, AgreementState.ENDED]).select_related("agreement")


def _promise(row: Commitment, today: date, viewer: int | None) -> Promise:
    people = sorted(row.people.all(), key=lambda person: person.pk)
    names = tuple(person.first_name for person in people)
    return Promise(row, names, viewer in {person.pk for person in people}, today)
