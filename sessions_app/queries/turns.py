"""The line of those who want to speak: who speaks, who is next, and hints that a facilitator may follow or not."""

from dataclasses import dataclass
from datetime import timedelta

from sessions_app.models import Place, Session, State, Turn

IN_A_ROW = 3


@dataclass(frozen=True, slots=True)
class QueueView:
    """`waiting` stands in the order in which people asked. Nothing here ever skips anybody."""

    session: Session
    speaks: Turn | None
    waiting: tuple[Turn, ...]
    heard: frozenset[int]  # participants who have had the word in this meeting
    given: tuple[Turn, ...]  # the turns that were given, newest first

    @property
    def last(self) -> tuple[Turn, ...]:
        """The latest three, newest first."""
        return self.given[:IN_A_ROW]

    @property
    def next(self) -> Turn | None:
        return self.waiting[0] if self.waiting else None

    @property
    def is_round(self) -> bool:
        """Whether everybody has the word in turn, rather than those who asked for it."""
        return any(turn.step_id is not None for turn in (self.speaks, *self.waiting) if turn is not None)

    @property
    def speaks_until(self) -> int | None:
        """When the soft timer of the speaker runs out, in seconds since 1970."""
        if self.speaks is None or self.speaks.given_at is None:
            return None
        return int((self.speaks.given_at + timedelta(seconds=self.speaks.seconds)).timestamp())

    @property
    def first_online(self) -> Turn | None:
        """Who waits outside the hall, when the last three turns in a row came from the hall: a hint."""
        from_hall = [turn for turn in self.last if turn.place == Place.HALL]
        if len(self.last) < IN_A_ROW or len(from_hall) < IN_A_ROW:
            return None
        return next((turn for turn in self.waiting if turn.place != Place.HALL), None)

    @property
    def first_unheard(self) -> Turn | None:
        """Who waits and has not had the word today, when somebody who has stands before them: a hint."""
        unheard = [turn for turn in self.waiting if turn.participant_id not in self.heard]
        return unheard[0] if unheard and unheard[0] != self.next else None

    @property
    def other_place(self) -> Turn | None:
        """The first from another place than the last turn, for those who alternate: a hint."""
        if not self.last or self.next is None or self.next.place != self.last[0].place:
            return None
        return next((turn for turn in self.waiting if turn.place != self.last[0].place), None)

    def number_of(self, person_id: int) -> int:
        """The place of a person in the line, from 1; 0 when they do not stand in it."""
        return next((n for n, turn in enumerate(self.waiting, start=1) if turn.participant_id == person_id), 0)

    def turn_of(self, person_id: int) -> Turn | None:
        """The turn that somebody waits for or has."""
        mine = [turn for turn in (self.speaks, *self.waiting) if turn and turn.participant_id == person_id]
        return mine[0] if mine else None


def queue_view(session: Session) -> QueueView:
    """The line of SESSION as it is now; nobody is next once it is over. One query."""
    turns = Turn.objects.filter(session=session, withdrawn_at=None, participant__removed_at=None)
    rows = list(turns.select_related("participant").order_by("asked_at", "pk"))
    for row in rows:
        row.session = session
    given = sorted((row for row in rows if row.given_at), key=lambda row: row.given_at, reverse=True)  # type: ignore[arg-type, return-value]
    return QueueView(
        session=session,
        speaks=next((row for row in rows if row.is_on), None),
        waiting=tuple(row for row in rows if row.is_waiting and session.state != State.CLOSED),
        heard=frozenset(row.participant_id for row in given),
        given=tuple(given),
    )
