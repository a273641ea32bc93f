"""Run a meeting: doors, start, next, back, extend, reveal, close, and undo for ten seconds."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.dateparse import parse_datetime
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sessions_app import clock, events
from sessions_app.errors import Refused, Stale
from sessions_app.kinds import kind_of
from sessions_app.models import Activity, Event, Participant, Session, State
from sessions_app.models.activity import UNDO_WITHIN
from sessions_app.operations.responses import begins_a_round
from sessions_app.operations.signals import forget_signals
from sessions_app.operations.turns import finish_speaking
from sessions_app.policy import Actor, require
from sessions_app.verbs import Verb

MOST_ROUNDS = 20
SESSION_FIELDS = ("state", "doors_opened_at", "started_at", "closed_at", "current_activity_id")
ACTIVITY_FIELDS = ("opened_at", "ends_at", "revealed_at", "closed_at", "round")

PRESSED: dict[str, str | Promise] = {
    Verb.DOORS_OPENED: _("the doors are open."),
    Verb.SESSION_STARTED: _("the meeting has begun."),
    Verb.ACTIVITY_OPENED: _("another step is on."),
    Verb.ACTIVITY_EXTENDED: _("the step got more time."),
    Verb.ACTIVITY_REVEALED: _("the cards are turned over."),
    Verb.ACTIVITY_ASKED_AGAIN: _("the question is put once more."),
    Verb.ACTIVITY_CLOSED: _("the step is closed."),
    Verb.SESSION_CLOSED: _("the meeting is over."),
}


@dataclass(slots=True)
class Press:
    """One press of a button: the locked session, its steps, and what those that it changes were like before."""

    session: Session
    actor: Actor
    steps: list[Activity]
    now: datetime = field(default_factory=clock.now)
    before: dict[str, Any] = field(default_factory=dict)

    @property
    def current(self) -> Activity | None:
        return next((step for step in self.steps if step.pk == self.session.current_activity_id), None)

    def touch(self, step: Activity) -> None:
        """Remember what STEP was like before this press. Called before every change of a step."""
        self.before["activities"].setdefault(str(step.pk), _snapshot(step, ACTIVITY_FIELDS))

    def record(self, verb: Verb, activity: Activity | None = None, **data: Any) -> None:
        """Append an event; the last one of a press carries all that is needed to undo it."""
        events.record(
            verb,
            workshop_id=self.session.workshop_id,
            actor=self.actor.participant,
            session=self.session,
            activity=activity,
            at=self.now,
            data={"before": self.before, "rev": self.session.rev + 1, **data},
        )

    def open(self, step: Activity) -> None:
        self.touch(step)
        step.opened_at = step.opened_at or self.now
        step.closed_at = None
        step.ends_at = self.now + timedelta(minutes=step.minutes)
        step.save(update_fields=["opened_at", "closed_at", "ends_at"])
        self.session.current_activity = step
        self.record(Verb.ACTIVITY_OPENED, step)
        if begins_a_round(step):
            self.record(Verb.ACTIVITY_ASKED_AGAIN, step, round=step.round)

    def close(self, step: Activity) -> None:
        self.touch(step)
        step.closed_at = self.now
        step.save(update_fields=["closed_at"])
        self.session.current_activity = None
        self.record(Verb.ACTIVITY_CLOSED, step)


@contextmanager
def _press(session: Session, actor: Actor, rev: int | None) -> Iterator[Press]:
    """Lock, check the right and the state that the page showed, let the press happen, count it."""
    require(actor, "session.run", session)
    with transaction.atomic():
        events.lock(session.workshop_id)
        fresh = Session.objects.select_related("workshop").get(pk=session.pk)
        if rev is not None and fresh.rev != rev:
            raise Stale(_who_was_faster(fresh, actor))
        _need(fresh.state != State.CANCELLED, _("This meeting is cancelled. Its run sheet can put it on again."))
        _need(fresh.removed_at is None, _("This meeting was taken off the plan."))
        press = Press(fresh, actor, list(Activity.objects.planned().filter(session=fresh)))
        press.before = {"session": _snapshot(fresh, SESSION_FIELDS), "activities": {}}
        yield press
        fresh.rev += 1
        fresh.save()
    for name in (*SESSION_FIELDS, "rev"):
        setattr(session, name, getattr(fresh, name))


def open_doors(*, session: Session, actor: Actor, rev: int | None = None) -> None:
    """Let people in. Fifteen minutes before the start is a good time."""
    with _press(session, actor, rev) as press:
        _need(press.session.state == State.PLANNED, _("The doors are open already."))
        press.session.state, press.session.doors_opened_at = State.DOORS_OPEN, press.now
        press.record(Verb.DOORS_OPENED)


def start(*, session: Session, actor: Actor, rev: int | None = None) -> None:
    """Begin the meeting with its first step; opens the doors too if nobody has."""
    with _press(session, actor, rev) as press:
        _need(press.session.state in {State.PLANNED, State.DOORS_OPEN}, _("The meeting has begun already."))
        press.session.doors_opened_at = press.session.doors_opened_at or press.now
        press.session.state, press.session.started_at = State.LIVE, press.now
        press.record(Verb.SESSION_STARTED)
        if press.steps:
            press.open(press.steps[0])


def next_step(*, session: Session, actor: Actor, rev: int | None = None) -> None:
    """Close the step that is on and open the one after it."""
    with _press(session, actor, rev) as press:
        _step_to(press, +1, _("That was the last step. Close the meeting when you are ready."))


def previous_step(*, session: Session, actor: Actor, rev: int | None = None) -> None:
    """Close the step that is on and open the one before it again."""
    with _press(session, actor, rev) as press:
        _step_to(press, -1, _("This is the first step."))


def extend(*, session: Session, actor: Actor, minutes: int = 2, rev: int | None = None) -> None:
    """Give the step that is on more time, counted from now when its time is already up."""
    with _press(session, actor, rev) as press:
        step = press.current
        if step is None:
            raise Refused(_("No step is on."))
        _need(1 <= minutes <= 600, _("Give between 1 and 600 minutes."))
        press.touch(step)
        step.ends_at = max(step.ends_at or press.now, press.now) + timedelta(minutes=minutes)
        step.save(update_fields=["ends_at"])
        press.record(Verb.ACTIVITY_EXTENDED, step, minutes=minutes)


def reveal(*, session: Session, actor: Actor, rev: int | None = None) -> None:
    """Turn all face-down answers of the step over at once."""
    with _press(session, actor, rev) as press:
        step = press.current
        if step is None or not step.is_hidden:
            raise Refused(_("Everything lies face up already."))
        press.touch(step)
        step.revealed_at = press.now
        step.save(update_fields=["revealed_at"])
        press.record(Verb.ACTIVITY_REVEALED, step)


def ask_again(*, session: Session, actor: Actor, rev: int | None = None) -> None:
    """Put the question of the step once more: earlier answers stay as a round of their own."""
    with _press(session, actor, rev) as press:
        step = press.current
        if step is None or not kind_of(step.kind).takes_answers:
            raise Refused(_("Only a step where people choose can be asked again."))
        _need(step.round < MOST_ROUNDS, _("This question has been put often enough. Plan a new step."))
        press.touch(step)
        step.round += 1
        step.revealed_at, step.ends_at = None, press.now + timedelta(minutes=step.minutes)
        step.save(update_fields=["round", "revealed_at", "ends_at"])
        press.record(Verb.ACTIVITY_ASKED_AGAIN, step, round=step.round)


def close_session(*, session: Session, actor: Actor, rev: int | None = None) -> None:
    """End the meeting and the step that is on."""
    with _press(session, actor, rev) as press:
        _need(press.session.state != State.CLOSED, _("The meeting is over already."))
        if press.current is not None:
            press.close(press.current)
        finish_speaking(press.session, actor)
        forget_signals(press.session)
        press.session.state, press.session.closed_at = State.CLOSED, press.now
        press.record(Verb.SESSION_CLOSED)


def undo(*, session: Session, actor: Actor, rev: int | None = None) -> None:
    """Take back the actor's own last press, if it was a moment ago and nobody has pressed since."""
    with _press(session, actor, rev) as press:
        pressed = last_press(press.session)
        if not pressed or pressed[0].actor_id != getattr(actor.participant, "pk", None):
            raise Refused(_("There is nothing of yours to undo."))
        _need(press.now - pressed[0].at <= UNDO_WITHIN, _("It is too late to undo that."))
        _restore(press, pressed[-1].data["before"])
        events.record(
            Verb.CONTROL_UNDONE,
            workshop_id=press.session.workshop_id,
            actor=actor.participant,
            session=press.session,
            at=press.now,
            data={"undid": pressed[0].seq},
        )


def last_press(session: Session) -> list[Event]:
    """The events of the last press of SESSION's buttons, in order; none after it was undone."""
    pressed = Event.objects.filter(session=session, data__rev=session.rev, data__has_key="before")
    return list(pressed.select_related("actor").order_by("seq"))


def can_undo(session: Session, person: Participant) -> bool:
    """Whether the last press was PERSON's, a moment ago."""
    pressed = last_press(session)
    return bool(pressed) and pressed[0].actor_id == person.pk and clock.now() - pressed[0].at <= UNDO_WITHIN


def _who_was_faster(session: Session, actor: Actor) -> str | None:
    """Who of the hosts pressed what, for the one who came second; None when that can't be told."""
    pressed = last_press(session)
    if not pressed or pressed[0].actor is None or pressed[0].actor == actor.participant:
        return None
    told = {"name": pressed[0].actor.first_name, "what": PRESSED[pressed[-1].verb]}
    return _("%(name)s was faster: %(what)s Look at what has changed, then press again if you still want to.") % told


def _step_to(press: Press, by: int, at_the_edge: str | Promise) -> None:
    _need(press.session.state == State.LIVE, _("The meeting has not begun."))
    if not press.steps:
        raise Refused(at_the_edge)
    # A step that was on and then taken away leaves no current one: begin at the edge we come from.
    here = press.steps.index(press.current) if press.current else (-1 if by > 0 else len(press.steps))
    there = here + by
    _need(0 <= there < len(press.steps), at_the_edge)
    if press.current is not None:
        press.close(press.current)
    press.open(press.steps[there])


def _snapshot(row: Session | Activity, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: _plain(getattr(row, name)) for name in names}


def _restore(press: Press, before: dict[str, Any]) -> None:
    for name, value in before["session"].items():
        setattr(press.session, name, parse_datetime(value) if name.endswith("_at") and value else value)
    touched = [step for step in press.steps if str(step.pk) in before["activities"]]
    for step in touched:
        for name, value in before["activities"][str(step.pk)].items():
            setattr(step, name, parse_datetime(value) if name.endswith("_at") and value else value)
        step.save(update_fields=list(ACTIVITY_FIELDS))


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def _need(condition: bool, text: str | Promise) -> None:
    if not condition:
        raise Refused(text)
