"""The console of the hosts: what runs, who is here and who was not heard yet, and the pulse."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sessions_app.models import (
    Contribution,
    Duty,
    Event,
    Identity,
    Message,
    Participant,
    Place,
    PrivateNote,
    Response,
    Role,
    Session,
    Task,
)
from sessions_app.policy import HOSTS
from sessions_app.queries.people import waiting_in
from sessions_app.queries.pulse import Pulse, pulse_of
from sessions_app.queries.responses import answered_by
from sessions_app.queries.rooms import RoomView, room_view
from sessions_app.queries.turns import QueueView, queue_view
from sessions_app.verbs import Verb

FILTERS = ("unheard", "all", "away")
SENT = 5
MOST_MINUTES = 180  # further from the plan than that, a meeting was begun at another time on purpose


@dataclass(frozen=True, slots=True)
class Row:
    """One person: whether their page is open now, whether they came in at all, and how often they were heard."""

    person: Participant
    is_here: bool
    has_come: bool
    heard: int

    @property
    def is_away(self) -> bool:
        """Somebody in the hall needs no page of their own."""
        return not self.is_here and self.person.usual_place != Place.HALL

    @property
    def is_lost(self) -> bool:
        return self.has_come and self.is_away and self.person.usual_place == Place.REMOTE


@dataclass(frozen=True, slots=True)
class Lane:
    """How many of those in the hall, or of the others, have sent something in the step that is on."""

    is_hall: bool
    sent: int
    count: int

    @property
    def is_ready(self) -> bool:
        return self.sent >= self.count


@dataclass(frozen=True, slots=True)
class ConsoleView:
    session: Session
    room: RoomView
    people: tuple[Row, ...]
    queue: QueueView
    pulse: Pulse
    waiting: int
    lanes: tuple[Lane, ...]
    answered: tuple[int, int] | None = None  # by choosing: how many, of how many who are present

    @property
    def answered_words(self) -> str:
        """How many of those present have answered by choosing, without who; empty where nothing is chosen."""
        if self.answered is None:
            return ""
        sent, count = self.answered
        return ngettext(
            "%(sent)d of %(count)d person who is here has answered.",
            "%(sent)d of %(count)d people who are here have answered.",
            count,
        ) % {"sent": sent, "count": count}

    @property
    def here(self) -> int:
        return sum(row.is_here for row in self.people)

    @property
    def unheard(self) -> int:
        return sum(not row.heard for row in self.people)

    @property
    def away(self) -> int:
        return sum(row.is_away for row in self.people)

    @property
    def without_screen(self) -> list[Row]:
        """Those for whom a scribe may have to ask: in the hall and on the phone, by name."""
        return [
            row for row in self.people if row.person.is_named and row.person.usual_place in {Place.HALL, Place.PHONE}
        ]

    @property
    def lost(self) -> list[Row]:
        return [row for row in self.people if row.is_lost]

    @property
    def pace_words(self) -> str:
        """How far the meeting is from its plan when the step that is on ends in time; empty when none is on."""
        step = self.room.activity
        if step is None or step.ends_at is None:
            return ""
        before = sum(one.activity.minutes for one in self.room.steps[: self.room.number])
        ends_at = step.ends_at + (self.room.now - step.paused_at) if step.paused_at else step.ends_at
        behind = max(ends_at, self.room.now) - (self.session.starts_at + timedelta(minutes=before))
        minutes = round(behind.total_seconds() / 60)
        if abs(minutes) > MOST_MINUTES:
            return ""  # begun on another day than planned: there is nothing to catch up with
        if not minutes:
            return _("You are on time.")
        late = ngettext("You are %(n)d min behind the plan.", "You are %(n)d min behind the plan.", minutes)
        early = ngettext("You are %(n)d min ahead of the plan.", "You are %(n)d min ahead of the plan.", -minutes)
        return (late if minutes > 0 else early) % {"n": abs(minutes)}

    @property
    def clock(self) -> str:
        """What is left of the step, such as 3:12."""
        return f"{self.room.seconds_left // 60}:{self.room.seconds_left % 60:02}"


def console_view(session: Session, here: set[int]) -> ConsoleView:
    """The console of SESSION, with the ids of those whose pages are open. Eleven queries at most."""
    came = set(
        Event.objects.filter(session=session, verb=Verb.PARTICIPANT_ENTERED).values_list("participant_id", flat=True)
    )
    room, queue = room_view(session, is_facilitator=True), queue_view(session)
    people = _rows(session, here, came, queue)
    return ConsoleView(
        session=session,
        room=room,
        people=people,
        queue=queue,
        pulse=pulse_of(session),
        waiting=waiting_in(session.workshop_id).count(),
        lanes=_lanes(room, people),
        answered=_answered(room, people),
    )


def _answered(room: RoomView, people: tuple[Row, ...]) -> tuple[int, int] | None:
    """How many answers there are in this round, of how many people: those who are here, those in the hall who have a
    name, and whoever has answered. Who it was is not looked at where nobody may know it. One query, where names are."""
    if room.board is None:
        return None
    present = {row.person.pk for row in people if row.is_here or row.person.usual_place == Place.HALL}
    known = answered_by(room.board.dialogue)
    if room.activity is not None and room.activity.identity == Identity.ANONYMOUS:
        return room.board.count, max(len(present), room.board.count)
    return room.board.count, len(present | known) + room.board.count - len(known)  # with paper that has no name


def _rows(session: Session, here: set[int], came: set[int], queue: QueueView) -> tuple[Row, ...]:
    """Everybody who takes part and is a person to this meeting: came in, or has a name."""
    turns = Counter(turn.participant_id for turn in queue.given)
    words = dict(named_words(session).values_list("author").annotate(n=Count("pk")).order_by())
    everybody = Participant.objects.filter(workshop=session.workshop_id, removed_at=None, admitted_at__isnull=False)
    rows = [
        Row(person, person.pk in here, person.pk in came, words.get(person.pk, 0) + turns[person.pk])
        for person in everybody.order_by("name", "pk")
        if (Role.PARTICIPANT in person.roles or not person.roles) and (person.is_named or person.pk in came | here)
    ]
    return tuple(sorted(rows, key=lambda row: (not row.is_here, not row.has_come)))


def named_words(session: Session) -> QuerySet[Contribution]:
    """What was said in SESSION, also in small groups, under a name and lies face up: counting more would
    tell who wrote without one."""
    face_up = Q(dialogue__activity__blind=False) | Q(dialogue__activity__revealed_at__isnull=False)
    named = Q(dialogue__activity__session=session, dialogue__activity__identity=Identity.NAMED)
    return Contribution.objects.filter(named & face_up, withdrawn_at=None, from_group=None)


def _lanes(room: RoomView, people: tuple[Row, ...]) -> tuple[Lane, ...]:
    """Both lanes of the step that is on; none where words have no names, since a lane may be one person, or lie
    in small groups."""
    kind = room.kind
    if room.activity is None or not room.is_named or kind is None or not kind.invites() or kind.in_groups:
        return ()
    said = Contribution.objects.filter(dialogue=room.dialogue, withdrawn_at=None)
    chose = Response.objects.filter(dialogue=room.dialogue, round=room.activity.round, withdrawn_at=None)
    wrote = set(
        chose.values_list("participant", flat=True) if kind.takes_answers else said.values_list("author", flat=True)
    )
    lanes = []
    for is_hall in (True, False):
        there = [row for row in people if (row.person.usual_place == Place.HALL) == is_hall]
        present = [row for row in there if row.has_come or row.is_here or row.person.pk in wrote]
        if present:
            lanes.append(Lane(is_hall, sum(row.person.pk in wrote for row in present), len(present)))
    return tuple(lanes)


def hosts_words(session: Session) -> str:
    """Who does what, such as "Karin leads. Omar is scribe."."""
    held = Duty.objects.filter(session=session).select_related("participant").order_by("task")
    words = {Task.LEAD: _("%(name)s leads."), Task.ONLINE: _("%(name)s looks after online.")}
    told = [words[Task(duty.task)] % {"name": duty.participant.first_name} for duty in held]
    scribes = [person for person in hosts_of(session) if Role.SCRIBE in person.roles]
    return " ".join([*told, *(_("%(name)s is scribe.") % {"name": person.first_name} for person in scribes)])


def hosts_of(session: Session) -> list[Participant]:
    """All hosts of the meeting's workshop."""
    people = Participant.objects.filter(workshop=session.workshop_id, removed_at=None, admitted_at__isnull=False)
    return list(people.filter(roles__overlap=sorted(HOSTS)).order_by("name", "pk"))


def note_of(session: Session, person: Participant) -> str:
    """What PERSON noted for themselves in SESSION."""
    return PrivateNote.objects.filter(session=session, writer=person).values_list("body", flat=True).first() or ""


def sent_in(session: Session) -> list[Message]:
    """The latest messages of the hosts that stand."""
    sent = Message.objects.filter(session=session, withdrawn_at=None).select_related("sender", "to")
    return list(sent.order_by("-sent_at", "-pk")[:SENT])
