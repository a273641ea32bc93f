"""What people are asked about the work itself after a meeting or a thread: their own page; whom it still waits for."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from eaa.models import LearningNote, MechanismAnswer
from sessions_app import clock
from sessions_app.models import Activity, Contribution, Event, Participant, Session, State
from sessions_app.neighbours import Waiting
from sessions_app.policy import Actor, can
from sessions_app.queries.people import seated
from sessions_app.verbs import Verb

ASKED_FOR = timedelta(days=14)  # how long after a meeting it is said to wait
FIELDS = ("effect", "theme", "stage", "time", "space", "text")


@dataclass(frozen=True, slots=True)
class Own:
    """What one person has told about one meeting or thread. `answers` is mechanism -> 1 to 5."""

    answers: dict[str, int]
    notes: tuple[LearningNote, ...]

    @property
    def is_empty(self) -> bool:
        return not self.answers and not self.notes


def own_of(person: Participant, about: Session | Activity) -> Own:
    """What PERSON has told about a meeting or a thread. At most two queries."""
    notes = LearningNote.objects.filter(participant=person, **_reference(about))
    answers: dict[str, int] = {}
    if isinstance(about, Session):
        found = MechanismAnswer.objects.filter(participant=person, session=about)
        answers = dict(found.values_list("mechanism", "value"))
    return Own(answers, tuple(notes))


def notes_of(person: Participant) -> list[LearningNote]:
    """Everything that PERSON has told of the tools, in order; gaps where they took it back. One query."""
    return list(LearningNote.objects.filter(participant=person))


def typed_for(writer: Participant, person: Participant, about: Session | Activity) -> Own:
    """What WRITER has typed for PERSON; what PERSON wrote alone is not theirs to read. One query."""
    notes = LearningNote.objects.filter(participant=person, recorded_by=writer, **_reference(about))
    return Own({}, tuple(notes))


def people_to_write_for(actor: Actor) -> list[Participant]:
    """Everybody at the table but the one who writes, by name. One query."""
    person = actor.participant
    assert person is not None  # noqa: S101  -- access has found them
    people = seated(Participant.objects.filter(workshop=person.workshop_id, removed_at=None).exclude(name=""))
    return sorted((one for one in people if one.pk != person.pk), key=lambda one: one.name.casefold())


def state_of(note: LearningNote) -> str:
    """A short sign of what NOTE says now: a form that sends another one shows something older."""
    told = "\0".join(getattr(note, name) for name in FIELDS)
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def waiting(person: Participant) -> Iterator[Waiting]:
    """Meetings that closed within two weeks, in which PERSON took part and of which they told nothing. One query."""
    if not can(Actor(person), "eaa.write", person.workshop):
        return
    came, told = _came_and_told(person)
    sessions = (
        Session.objects.standing()
        .filter(workshop=person.workshop_id, state=State.CLOSED, closed_at__gt=clock.now() - ASKED_FOR)
        .filter(came)
        .exclude(told)
    )
    for session in sessions.order_by("closed_at", "pk"):
        text = _("What made it easier or harder to take part in “%(title)s”?") % {"title": session.title}
        yield Waiting(text, reverse("eaa:learn", args=[session.pk]))


def told_of(person: Participant, session: Session) -> bool | None:
    """Whether PERSON has told of SESSION; None where nothing leads there: it waits for them above, or came before them.

    One query, none for those who came later.
    """
    if session.closed_at is None or person.joined_at > session.closed_at:
        return None
    came, told = _came_and_told(person)
    has_come, has_told = Session.objects.annotate(c=came, t=told).values_list("c", "t").get(pk=session.pk)
    waits = has_come and not has_told and session.closed_at > clock.now() - ASKED_FOR
    return None if waits else has_told


def _came_and_told(person: Participant) -> tuple[Any, Any]:
    """Of a meeting: whether PERSON took part in it, and whether they told something of it."""
    here: dict[str, Any] = {"participant": person, "session": OuterRef("pk")}
    entered = Event.objects.filter(workshop=person.workshop_id, verb=Verb.PARTICIPANT_ENTERED, **here)
    said = Contribution.objects.filter(author=person, dialogue__activity__session=OuterRef("pk"))
    told = Exists(MechanismAnswer.objects.filter(**here)) | Exists(LearningNote.objects.filter(**here))
    return Q(Exists(entered)) | Q(Exists(said)), told


def _reference(about: Session | Activity) -> dict[str, Any]:
    return {"session": about} if isinstance(about, Session) else {"activity": about}
