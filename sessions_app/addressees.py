"""To whom a letter may go: groups of people to choose from, and who of them a mail does not reach."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sessions_app.models import MailChoice, Participant, Session, State, Workshop
from sessions_app.outbox import Unreached, why_unreached
from sessions_app.reasons.base import gets_mail
from sessions_app.reasons.meetings import who_took_part

EVERYBODY, ABSENT, CHOSEN = "everybody", "absent", "chosen"


@dataclass(frozen=True, slots=True)
class Circle:
    """Some people with a name that says which: "Those who were not at “Who are we?”"."""

    key: str
    label: str | Promise
    people: tuple[Participant, ...]


@dataclass(frozen=True, slots=True)
class Reach:
    """Who gets a mail, and who does not and why."""

    reached: tuple[Participant, ...]
    unreached: tuple[Unreached, ...]


def people_here(workshop: Workshop) -> list[Participant]:
    """Everybody who takes part, with an address or without. One query."""
    found = Participant.objects.filter(workshop=workshop, removed_at=None, admitted_at__isnull=False)
    rows = list(found.select_related("user").order_by("name", "pk"))
    for person in rows:
        person.workshop = workshop
    return [person for person in rows if gets_mail(person)]


def circles_of(workshop: Workshop, people: Iterable[Participant]) -> list[Circle]:
    """PEOPLE together, and those of them who were not at the last meeting that is over. A handful of queries."""
    here = tuple(people)
    circles = [Circle(EVERYBODY, gettext_lazy("Everybody"), here)]
    over = Session.objects.standing().filter(workshop=workshop, state=State.CLOSED)
    last = over.order_by("-closed_at").first()
    if last is not None:
        there = who_took_part(last)
        away = tuple(person for person in here if person.pk not in there)
        circles.append(Circle(ABSENT, _("Those who were not at “%(title)s”") % {"title": last.title}, away))
    return circles


def reach_of(workshop: Workshop, people: Iterable[Participant], stop: str) -> Reach:
    """Whom of PEOPLE a mail reaches whose kind is STOP. One query."""
    choices = {row.participant_id: row for row in MailChoice.objects.filter(participant__workshop=workshop)}
    reached, unreached = [], []
    for person in people:
        if why := why_unreached(person, choices.get(person.pk), stop):
            unreached.append(Unreached(person, why))
        else:
            reached.append(person)
    return Reach(tuple(reached), tuple(unreached))
