"""The pulse of a meeting: how many cannot follow or ask for a break, without anybody's name; and what all are told."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Q, Window
from django.db.models.functions import RowNumber

from sessions_app import anonymity
from sessions_app.models import Event, Message, Participant, Place, Session, Signal, SignalKind
from sessions_app.moments import clock_words
from sessions_app.verbs import Verb

FEW = 3  # people online; below that a place is nearly a name
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
    tokens: Mapping[str, frozenset[str]]  # kind -> who raised it, as tokens that tell nobody who
    key: bytes | None  # behind these tokens; None when nothing is raised or it has been destroyed

    def own(self, person: Participant) -> frozenset[str]:
        """The kinds of PERSON's own signals that stand now; only they are told."""
        token = anonymity.signal_token_with(self.key, person) if self.key else ""
        return frozenset(kind for kind, tokens in self.tokens.items() if token and token in tokens)

    @property
    def pauses(self) -> bool:
        """Whether so many of those online cannot follow that everybody is told."""
        return self._lost > 0 and self._lost >= PAUSE_FROM * self.online

    @property
    def are_several(self) -> bool:
        """Whether it can be told where they are who cannot follow: where few are online, it would tell who."""
        return self.online >= FEW

    @property
    def count(self) -> int:
        return sum(one.count for one in self.raised)

    @property
    def _lost(self) -> int:
        return next(one.online for one in self.raised if one.kind == SignalKind.CANT_FOLLOW)


def pulse_of(session: Session) -> Pulse:
    """The pulse of SESSION now. One query; two when signals stand, since only then those online are counted."""
    rows = list(
        Signal.objects.filter(session=session, lowered_at=None)
        .annotate(key=F("session__signal_key__key"))
        .order_by("raised_at")
    )
    raised: list[Raised] = []
    tokens: dict[str, frozenset[str]] = {}
    for kind in SignalKind:
        these = [row for row in rows if row.kind == kind]
        since = these[0].raised_at if these else None
        raised.append(Raised(kind, len(these), sum(row.online for row in these), since, session))
        tokens[kind.value] = frozenset(row.token for row in these)
    key = bytes(rows[0].key) if rows and rows[0].key else None
    return Pulse(tuple(raised), _online(session) if rows else 0, tokens, key)


def _online(session: Session) -> int:
    came = Event.objects.filter(session=session, verb=Verb.PARTICIPANT_ENTERED).values("participant")
    return Participant.objects.filter(pk__in=came, removed_at=None).exclude(usual_place=Place.HALL).count()


def messages_for(session: Session, person: Participant) -> tuple[list[Message], list[Message]]:
    """The latest messages to everybody and those to PERSON alone, each the newest first. One query."""
    found = _latest(session, Q(to=None) | Q(to=person))
    return [message for message in found if message.to_id is None], [message for message in found if message.to_id]


def notices_of(session: Session) -> list[Message]:
    """What the hall does now, then the latest messages to everybody, the newest first. One query."""
    return _latest(session, Q(to=None))


def _latest(session: Session, which: Q) -> list[Message]:
    """Of each sort the last few; only the last line about the room, since the others are not now any more."""
    order = [F("sent_at").desc(), F("pk").desc()]
    place = Window(RowNumber(), partition_by=[F("to"), F("about_room")], order_by=order)
    sent = Message.objects.filter(which, session=session, withdrawn_at=None)
    found = sent.annotate(place=place).filter(place__lte=NOTICES).exclude(about_room=True, place__gt=1)
    rows: list[Message] = list(found.select_related("sender").order_by("-about_room", "place"))
    for row in rows:
        row.session = session
    return rows
