"""The pulse of a meeting: how many cannot follow or ask for a break, without anybody's name; and what all are told."""

from dataclasses import dataclass
from datetime import datetime

from sessions_app import anonymity
from sessions_app.models import Event, Message, Participant, Place, Session, Signal, SignalKind
from sessions_app.moments import clock_words
from sessions_app.verbs import Verb

PAUSE_FROM = 0.2  # of those online: then everybody is told to pause
NOTICES = 3


@dataclass(frozen=True, slots=True)
class Raised:
    """The signals of one kind that stand now."""

    kind: SignalKind
    count: int
    online: int
    since: datetime | None
    session: Session

    @property
    def since_words(self) -> str:
        return clock_words(self.session.workshop.local(self.since)) if self.since else ""


@dataclass(frozen=True, slots=True)
class Pulse:
    """`online` counts who came in from outside the hall. Others may use `pauses` for the screen in the hall."""

    raised: tuple[Raised, ...]
    online: int

    @property
    def pauses(self) -> bool:
        """Whether so many of those online cannot follow that everybody is told."""
        return self._lost > 0 and self._lost >= PAUSE_FROM * self.online

    @property
    def count(self) -> int:
        return sum(one.count for one in self.raised)

    @property
    def _lost(self) -> int:
        return next(one.online for one in self.raised if one.kind == SignalKind.CANT_FOLLOW)


def pulse_of(session: Session) -> Pulse:
    """The pulse of SESSION now. Two queries."""
    rows = list(Signal.objects.filter(session=session, lowered_at=None).order_by("raised_at"))
    raised = []
    for kind in SignalKind:
        these = [row for row in rows if row.kind == kind]
        since = these[0].raised_at if these else None
        raised.append(Raised(kind, len(these), sum(row.online for row in these), since, session))
    came = Event.objects.filter(session=session, verb=Verb.PARTICIPANT_ENTERED).values("participant")
    online = Participant.objects.filter(pk__in=came, removed_at=None).exclude(usual_place=Place.HALL).count()
    return Pulse(tuple(raised), online)


def signals_of(session: Session, person: Participant) -> frozenset[str]:
    """The kinds of PERSON's own signals that stand now; only they are told. Two queries at most."""
    token = anonymity.known_signal_token(session, person)
    if not token:
        return frozenset()
    return frozenset(
        Signal.objects.filter(session=session, token=token, lowered_at=None).values_list("kind", flat=True)
    )


def notices_of(session: Session) -> list[Message]:
    """The latest messages to everybody, the newest first."""
    to_all = Message.objects.filter(session=session, to=None, withdrawn_at=None)
    return list(to_all.select_related("sender").order_by("-sent_at", "-pk")[:NOTICES])


def messages_to(session: Session, person: Participant) -> list[Message]:
    """What hosts told PERSON alone, the newest first."""
    to_them = Message.objects.filter(session=session, to=person, withdrawn_at=None)
    return list(to_them.select_related("sender").order_by("-sent_at", "-pk")[:NOTICES])
