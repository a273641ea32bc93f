"""What the log alone says of meetings, steps and people: read event by event, to be held beside the tables."""

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.utils.dateparse import parse_datetime

from sessions_app.group_ledger import GroupLedger
from sessions_app.heading_ledger import HeadingLedger
from sessions_app.models import Purpose, State
from sessions_app.room_ledger import RoomLedger
from sessions_app.verbs import Verb


class Line(NamedTuple):
    """One event, with what the table says of its contribution (all None where there is none)."""

    seq: int
    verb: str
    at: datetime
    data: dict[str, Any]
    actor: int | None
    participant: int | None
    session: int | None
    activity: int | None
    dialogue: int | None
    contribution: UUID | None
    said_seq: int | None
    said_dialogue: int | None
    said_via: str | None
    said_place: str | None
    said_late: bool | None
    said_token: str | None
    said_at: datetime | None
    said_by: int | None
    typed_by: int | None


@dataclass(slots=True)
class Meeting:
    state: str = State.PLANNED
    doors_opened_at: datetime | None = None
    started_at: datetime | None = None
    closed_at: datetime | None = None
    current_activity_id: int | None = None
    removed_at: datetime | None = None


@dataclass(slots=True)
class Step:
    session: int | None = None
    opens_at: datetime | None = None
    opened_at: datetime | None = None
    revealed_at: datetime | None = None
    closed_at: datetime | None = None
    open_until: datetime | None = None
    ended_at: datetime | None = None
    removed_at: datetime | None = None
    round: int = 1
    phase: int = 0


@dataclass(slots=True)
class Person:
    joined: int = 0
    removed_at: datetime | None = None
    roles: list[str] = field(default_factory=list)
    usual_place: str = ""
    was_let_in: bool = False
    answers: dict[str, tuple[bool, int]] = field(default_factory=dict)  # purpose -> yes or no, to which version


@dataclass(slots=True)
class Press:
    """The last press of a button in a meeting, and what it changed was like before: it can be undone."""

    seq: int
    rev: int
    meeting: Meeting
    steps: dict[int, Step] = field(default_factory=dict)


@dataclass
class Ledger:
    """The state that the events add up to."""

    meetings: dict[int, Meeting] = field(default_factory=dict)
    steps: dict[int, Step] = field(default_factory=dict)
    people: dict[int, Person] = field(default_factory=dict)
    room: RoomLedger = field(default_factory=RoomLedger)
    closed_at: datetime | None = None
    headings: HeadingLedger = field(default_factory=HeadingLedger)
    groups: GroupLedger = field(default_factory=GroupLedger)
    _presses: dict[int, Press] = field(default_factory=dict)

    def read(self, line: Line) -> str:
        """Take LINE in. Returns what is wrong with it, or an empty text."""
        self.room.read(line)
        self.groups.read(line)
        if line.verb in SORTED:
            return self.headings.read(line)
        if line.session is not None and "rev" in line.data:
            self._remember(line.session, line)
        if line.verb == Verb.WORKSHOP_CLOSED:
            self.closed_at = line.at
        elif line.participant is not None and line.verb in PEOPLE:
            PEOPLE[line.verb](self.people.setdefault(line.participant, Person()), line)
        elif line.activity is not None and line.verb in STEPS:
            step = self.steps.setdefault(line.activity, Step(session=line.session))
            STEPS[line.verb](step, line)
            self._follow(line)
        elif line.session is not None and line.verb in MEETINGS:
            MEETINGS[line.verb](self.meetings.setdefault(line.session, Meeting()), line)
        elif line.session is not None and line.verb == Verb.CONTROL_UNDONE:
            return self._undo(line.session, line)
        return ""

    def _remember(self, session: int, line: Line) -> None:
        """Keep what things were like before the first event of a press, and each step before it was touched."""
        press = self._presses.get(session)
        if press is None or press.rev != line.data["rev"]:
            before = copy(self.meetings.get(session, Meeting()))
            press = self._presses[session] = Press(line.seq, line.data["rev"], before)
        if line.activity in self.steps:
            press.steps.setdefault(line.activity, copy(self.steps[line.activity]))

    def _undo(self, session: int, line: Line) -> str:
        press = self._presses.pop(session, None)
        if press is None or press.seq != line.data.get("undid"):
            return "undoes something else than the last press"
        self.meetings[session] = press.meeting
        for key, before in press.steps.items():
            step = self.steps[key]
            step.opened_at, step.revealed_at, step.closed_at = before.opened_at, before.revealed_at, before.closed_at
            step.round, step.phase = before.round, before.phase
        return ""

    def _follow(self, line: Line) -> None:
        """What is on in the room: only a press of a button changes it, a thread that opens does not."""
        if line.session is None or "rev" not in line.data:
            return
        meeting = self.meetings.setdefault(line.session, Meeting())
        if line.verb == Verb.ACTIVITY_OPENED:
            meeting.current_activity_id = line.activity
        elif line.verb == Verb.ACTIVITY_CLOSED:
            meeting.current_activity_id = None


def _plan(step: Step, line: Line) -> None:
    step.session, step.removed_at = line.session, None


def _remove(step: Step, line: Line) -> None:
    step.removed_at = line.at


def _open(step: Step, line: Line) -> None:
    step.opened_at, step.closed_at = step.opened_at or line.at, None


def _reveal(step: Step, line: Line) -> None:
    step.revealed_at = line.at


def _ask_again(step: Step, line: Line) -> None:
    step.round, step.phase, step.revealed_at = line.data["round"], 0, None


def _reach(step: Step, line: Line) -> None:
    step.phase = line.data["phase"]


def _close(step: Step, line: Line) -> None:
    step.closed_at = line.at


def _keep_open(step: Step, line: Line) -> None:
    step.open_until, step.ended_at = parse_datetime(str(line.data.get("until", ""))), None


def _time(step: Step, line: Line) -> None:
    step.opens_at = parse_datetime(str(line.data.get("opens", "")))
    step.open_until = parse_datetime(str(line.data.get("until", "")))


def _end(step: Step, line: Line) -> None:
    step.ended_at = line.at


def _plan_meeting(meeting: Meeting, line: Line) -> None:
    meeting.removed_at = None


def _remove_meeting(meeting: Meeting, line: Line) -> None:
    meeting.removed_at = line.at


def _cancel(meeting: Meeting, line: Line) -> None:
    meeting.state = State.CANCELLED


def _put_on_again(meeting: Meeting, line: Line) -> None:
    meeting.state = State.PLANNED


def _open_doors(meeting: Meeting, line: Line) -> None:
    meeting.state, meeting.doors_opened_at = State.DOORS_OPEN, line.at


def _start(meeting: Meeting, line: Line) -> None:
    meeting.doors_opened_at = meeting.doors_opened_at or line.at
    meeting.state, meeting.started_at = State.LIVE, line.at


def _close_meeting(meeting: Meeting, line: Line) -> None:
    meeting.state, meeting.closed_at = State.CLOSED, line.at


def _join(person: Person, line: Line) -> None:
    person.joined += 1
    person.roles = line.data.get("roles", [])
    person.usual_place = line.data.get("place", "")
    person.answers[Purpose.TAKING_PART] = (True, 1)  # coming in says so


def _list(person: Person, line: Line) -> None:
    person.joined += 1
    person.roles, person.usual_place = line.data.get("roles", []), line.data.get("place", "")


def _move(person: Person, line: Line) -> None:
    person.usual_place = line.data.get("place", "")


def _let_in(person: Person, line: Line) -> None:
    person.was_let_in = True


def _answer(person: Person, line: Line) -> None:
    person.answers[line.data["purpose"]] = (line.verb == Verb.CONSENT_GIVEN, line.data["version"])


def _change_roles(person: Person, line: Line) -> None:
    person.roles = line.data.get("roles", [])


def _leave(person: Person, line: Line) -> None:
    person.removed_at = line.at


PEOPLE: dict[str, Callable[[Person, Line], None]] = {
    Verb.PARTICIPANT_JOINED: _join,
    Verb.PARTICIPANT_LISTED: _list,
    Verb.PARTICIPANT_ROLES_CHANGED: _change_roles,
    Verb.PARTICIPANT_REMOVED: _leave,
    Verb.PARTICIPANT_MOVED: _move,
    Verb.PARTICIPANT_ADMITTED: _let_in,
    Verb.CONSENT_GIVEN: _answer,
    Verb.CONSENT_WITHDRAWN: _answer,
}
STEPS: dict[str, Callable[[Step, Line], None]] = {
    Verb.ACTIVITY_PLANNED: _plan,
    Verb.ACTIVITY_REMOVED: _remove,
    Verb.ACTIVITY_OPENED: _open,
    Verb.ACTIVITY_REVEALED: _reveal,
    Verb.ACTIVITY_ASKED_AGAIN: _ask_again,
    Verb.ACTIVITY_PHASE_REACHED: _reach,
    Verb.ACTIVITY_CLOSED: _close,
    Verb.ACTIVITY_KEPT_OPEN: _keep_open,
    Verb.ACTIVITY_TIMED: _time,
    Verb.ACTIVITY_ENDED: _end,
}
SORTED = frozenset(
    {
        *(Verb.CONTRIBUTION_POSTED, Verb.CONTRIBUTION_FILED),
        *(Verb.HEADING_ADDED, Verb.HEADING_RENAMED, Verb.HEADING_REMOVED),
    }
)
MEETINGS: dict[str, Callable[[Meeting, Line], None]] = {
    Verb.SESSION_PLANNED: _plan_meeting,
    Verb.SESSION_REMOVED: _remove_meeting,
    Verb.SESSION_CANCELLED: _cancel,
    Verb.SESSION_ON_AGAIN: _put_on_again,
    Verb.DOORS_OPENED: _open_doors,
    Verb.SESSION_STARTED: _start,
    Verb.SESSION_CLOSED: _close_meeting,
}
