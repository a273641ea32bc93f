"""What the log alone says of turns, signals, messages and tasks: read event by event, then held beside the tables."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q

from sessions_app.models import Duty, Message, Session, Signal, Task, Turn, Workshop
from sessions_app.told import Told, differing, is_number
from sessions_app.verbs import Verb

NEAR = timedelta(minutes=1)  # a table's moment and its event's are taken one after the other
MOMENTS = ("asked_at", "given_at", "ended_at", "withdrawn_at")
ROOM_SHAPES: dict[str, Callable[[Any], Any]] = {
    "task": lambda value: value in Task.values,
    "reply": lambda value: isinstance(value, bool),
    "seconds": lambda value: is_number(value) and value >= 0,
}
TURNED = {
    Verb.TURN_GIVEN: "given_at",
    Verb.TURN_PUT_BACK: "given_at",
    Verb.TURN_ENDED: "ended_at",
    Verb.TURN_WITHDRAWN: "withdrawn_at",
}


@dataclass
class RoomLedger:
    """The state that the events of rooms add up to; keys hold the meeting first."""

    turns: dict[tuple[int, int], list[dict[str, datetime | None]]] = field(default_factory=dict)
    signals: Counter[tuple[int, str]] = field(default_factory=Counter)
    messages: Counter[tuple[int, int | None, bool]] = field(default_factory=Counter)
    duties: dict[tuple[int, str], int] = field(default_factory=dict)
    mirrors: dict[int, datetime | None] = field(default_factory=dict)

    def read(self, line: Told) -> None:
        """Take LINE in, if it tells of a room."""
        if line.session is None or not isinstance(line.data, dict):
            return
        session, person, kind = line.session, line.participant, str(line.data.get("kind"))
        if line.verb.startswith("turn.") and person is not None:
            self._turn(line, self.turns.setdefault((session, person), []))
        elif line.verb in {Verb.SIGNAL_RAISED, Verb.SIGNAL_TAKEN_BACK}:
            self.signals[session, kind] += 1 if line.verb == Verb.SIGNAL_RAISED else -1
        elif line.verb == Verb.SIGNAL_ANSWERED:
            self.signals[session, kind] = 0
        elif line.verb == Verb.SESSION_CLOSED:
            self.signals = Counter({key: n for key, n in self.signals.items() if key[0] != session})
        elif line.verb in {Verb.MESSAGE_SENT, Verb.MESSAGE_WITHDRAWN}:
            self.messages[session, person, line.verb == Verb.MESSAGE_WITHDRAWN] += 1
        elif line.verb == Verb.SESSION_HANDED_OVER and person is not None:
            self.duties[session, str(line.data.get("task"))] = person
        elif line.verb in {Verb.MIRROR_SHOWN, Verb.MIRROR_HIDDEN}:
            self.mirrors[session] = line.at if line.verb == Verb.MIRROR_SHOWN else None

    def _turn(self, line: Told, told: list[dict[str, datetime | None]]) -> None:
        if line.verb == Verb.TURN_ASKED:
            told.append({**dict.fromkeys(MOMENTS), "asked_at": line.at})
        elif told and line.verb in TURNED:
            told[-1][TURNED[Verb(line.verb)]] = None if line.verb == Verb.TURN_PUT_BACK else line.at

    def contradictions(self, workshop: Workshop) -> Iterator[tuple[str, str]]:
        """(check, text) of everything in the tables that the log tells otherwise."""
        yield from self._turns(workshop)
        yield from self._others(workshop)
        for session in Session.objects.filter(workshop=workshop):
            if not _near(session.mirror_shown_at, self.mirrors.get(session.pk)):
                yield "mirror", f"{session.pk} is shown at another time than the log says"

    def _turns(self, workshop: Workshop) -> Iterator[tuple[str, str]]:
        rows: dict[tuple[int, int], list[Turn]] = {}
        for turn in Turn.objects.filter(session__workshop=workshop):
            rows.setdefault((turn.session_id, turn.participant_id), []).append(turn)
        for key in rows.keys() | self.turns.keys():
            here, told = rows.get(key, []), self.turns.get(key, [])
            if len(here) != len(told):
                yield "turn", f"{key} asked {len(here)} times, the log says {len(told)}"
                continue
            for turn, moments in zip(here, told, strict=True):
                for name in MOMENTS:
                    if not _near(getattr(turn, name), moments[name]):
                        yield "turn", f"{turn.pk} has {name} {getattr(turn, name)}, the log says {moments[name]}"

    def _others(self, workshop: Workshop) -> Iterator[tuple[str, str]]:
        raised = Signal.objects.filter(session__workshop=workshop, lowered_at=None)
        open_now = {
            (s, kind): n for s, kind, n in raised.values_list("session", "kind").annotate(n=Count("pk")).order_by()
        }
        yield from differing("signal", open_now, self.signals)
        sent = Message.objects.filter(session__workshop=workshop).values_list("session", "to")
        gone = Q(withdrawn_at__isnull=False)
        counted = {}
        both = sent.annotate(made=Count("pk"), gone=Count("pk", filter=gone)).order_by()
        for session, to, made, taken_back in both:
            counted[session, to, False], counted[session, to, True] = made, taken_back
        yield from differing("message", counted, self.messages)
        held = Duty.objects.filter(session__workshop=workshop).values_list("session", "task", "participant")
        yield from differing("duty", {(session, task): person for session, task, person in held}, self.duties)


def _near(here: datetime | None, told: datetime | None) -> bool:
    if here is None or told is None:
        return here is told
    return abs(here - told) <= NEAR
