"""What only one person sees in the room: their place in the line, their signals, messages to them alone."""

from dataclasses import dataclass

from sessions_app.models import Message, Participant, Session, SignalKind, Turn
from sessions_app.queries.pulse import Pulse, messages_for
from sessions_app.queries.turns import QueueView


@dataclass(frozen=True, slots=True)
class OwnView:
    session: Session
    person: Participant
    queue: QueueView
    signals: frozenset[str]
    messages: tuple[Message, ...]
    told: tuple[Message, ...] = ()  # what everybody is told

    @property
    def turn(self) -> Turn | None:
        return self.queue.turn_of(self.person.pk)

    @property
    def number(self) -> int:
        return self.queue.number_of(self.person.pk)

    @property
    def can_speak(self) -> bool:
        return self.session.is_to_come and self.session.workshop.closed_at is None

    @property
    def kinds(self) -> list[tuple[SignalKind, bool]]:
        """Each kind of signal, and whether the person has raised it."""
        return [(kind, kind.value in self.signals) for kind in SignalKind]


def own_view(session: Session, person: Participant, queue: QueueView, pulse: Pulse) -> OwnView:
    """What PERSON alone sees in the room of SESSION, whose QUEUE and PULSE are at hand. One query."""
    to_all, to_them = messages_for(session, person)
    return OwnView(session, person, queue, pulse.own(person), tuple(to_them), tuple(to_all))
