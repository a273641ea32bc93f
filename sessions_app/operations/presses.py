"""A press of a button that runs the meeting: the lock, who was faster, what it was like before, and putting it back."""

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
from sessions_app.operations.turns import end_round, finish_speaking
from sessions_app.policy import Actor, require
from sessions_app.verbs import Verb

SESSION_FIELDS = ("state", "doors_opened_at", "started_at", "closed_at", "current_activity_id")
ACTIVITY_FIELDS = ("opened_at", "ends_at", "paused_at", "revealed_at", "closed_at", "round", "phase")

PRESSED: dict[str, str | Promise] = {
    Verb.DOORS_OPENED: _("the doors are open."),
    Verb.SESSION_STARTED: _("the meeting has begun."),
    Verb.ACTIVITY_OPENED: _("another step is on."),
    Verb.ACTIVITY_EXTENDED: _("the step got more time."),
    Verb.ACTIVITY_PAUSED: _("the clock stands still."),
    Verb.ACTIVITY_RESUMED: _("the clock goes on."),
    Verb.ACTIVITY_REVEALED: _("the cards are turned over."),
    Verb.ACTIVITY_ASKED_AGAIN: _("the question is put once more."),
    Verb.ACTIVITY_PHASE_REACHED: _("the step is in another phase."),
    Verb.ACTIVITY_CLOSED: _("the step is closed."),
    Verb.SESSION_CLOSED: _("the meeting is over."),
}
UNDONE: dict[str, str | Promise] = {
    Verb.DOORS_OPENED: _("Undone. The doors are closed again."),
    Verb.SESSION_STARTED: _("Undone. The meeting has not begun yet."),
    Verb.ACTIVITY_OPENED: _("Undone. “%(title)s” is on again."),
    Verb.ACTIVITY_EXTENDED: _("Undone. The extra time is gone again."),
    Verb.ACTIVITY_PAUSED: _("Undone. The clock goes on."),
    Verb.ACTIVITY_RESUMED: _("Undone. The clock stands still again."),
    Verb.ACTIVITY_REVEALED: _("Undone. All lies face down again."),
    Verb.ACTIVITY_ASKED_AGAIN: _("Undone. The answers from before are back."),
    Verb.ACTIVITY_PHASE_REACHED: _("Undone. You are back where you were."),
    Verb.SESSION_CLOSED: _("Undone. The meeting goes on."),
}
# A press may leave several events; the first of these among them says what it was.
TELLING = (Verb.SESSION_STARTED, Verb.SESSION_CLOSED, Verb.ACTIVITY_OPENED)


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
        if kind_of(step.kind).rests:
            finish_speaking(self.session, self.actor)
        step.opened_at = step.opened_at or self.now
        step.ends_at = self.now + _time_of(step)
        step.closed_at = step.paused_at = None
        step.save(update_fields=["opened_at", "closed_at", "paused_at", "ends_at"])
        self.session.current_activity = step
        self.record(Verb.ACTIVITY_OPENED, step)
        if begins_a_round(step):
            self.record(Verb.ACTIVITY_ASKED_AGAIN, step, round=step.round)

    def close(self, step: Activity) -> None:
        self.touch(step)
        if step.paused_at is not None and step.ends_at is not None:
            step.ends_at += self.now - step.paused_at  # what was left stays left
        step.closed_at, step.paused_at = self.now, None
        step.save(update_fields=["closed_at", "paused_at", "ends_at"])
        self.session.current_activity = None
        if kind_of(step.kind).in_turn:
            end_round(step, self.actor)
        self.record(Verb.ACTIVITY_CLOSED, step)


@contextmanager
def pressing(session: Session, actor: Actor, rev: int | None) -> Iterator[Press]:
    """Lock, check the right and the state that the page showed, let the press happen, count it."""
    require(actor, "session.run", session)
    with transaction.atomic():
        events.lock(session.workshop_id)
        fresh = Session.objects.select_related("workshop").get(pk=session.pk)
        if rev is not None and fresh.rev != rev:
            raise Stale(_who_was_faster(fresh, actor))
        need(fresh.state != State.CANCELLED, _("This meeting is cancelled. Its run sheet can put it on again."))
        need(fresh.removed_at is None, _("This meeting was taken off the plan."))
        press = Press(fresh, actor, list(Activity.objects.planned().filter(session=fresh)))
        press.before = {"session": _snapshot(fresh, SESSION_FIELDS), "activities": {}}
        yield press
        fresh.rev += 1
        fresh.save()
    for name in (*SESSION_FIELDS, "rev"):
        setattr(session, name, getattr(fresh, name))


def last_press(session: Session) -> list[Event]:
    """The events of the last press of SESSION's buttons, in order; none after it was undone."""
    pressed = Event.objects.filter(session=session, data__rev=session.rev, data__has_key="before")
    return list(pressed.select_related("actor").order_by("seq"))


def undone_in_words(pressed: list[Event], session: Session) -> str:
    """What it is like now that the press PRESSED was undone in SESSION."""
    step = session.current_activity
    return str(UNDONE.get(_telling(pressed), _("Undone."))) % {"title": step.title if step else session.title}


def _telling(pressed: list[Event]) -> str:
    verbs = [event.verb for event in pressed]
    return next((verb for verb in TELLING if verb in verbs), verbs[-1])


def can_undo(session: Session, person: Participant) -> bool:
    """Whether the last press was PERSON's, a moment ago."""
    pressed = last_press(session)
    return bool(pressed) and pressed[0].actor_id == person.pk and clock.now() - pressed[0].at <= UNDO_WITHIN


def _who_was_faster(session: Session, actor: Actor) -> str | None:
    """Who of the hosts pressed what, for the one who came second; None when that can't be told."""
    pressed = last_press(session)
    if not pressed or pressed[0].actor is None or pressed[0].actor == actor.participant:
        return None
    told = {"name": pressed[0].actor.first_name, "what": PRESSED[_telling(pressed)]}
    return _("%(name)s was faster: %(what)s Look at what has changed, then press again if you still want to.") % told


def _snapshot(row: Session | Activity, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: _plain(getattr(row, name)) for name in names}


def restore(press: Press, before: dict[str, Any]) -> None:
    for name, value in before["session"].items():
        setattr(press.session, name, parse_datetime(value) if name.endswith("_at") and value else value)
    touched = [step for step in press.steps if str(step.pk) in before["activities"]]
    for step in touched:
        for name, value in before["activities"][str(step.pk)].items():
            setattr(step, name, parse_datetime(value) if name.endswith("_at") and value else value)
        step.save(update_fields=list(ACTIVITY_FIELDS))


def _time_of(step: Activity) -> timedelta:
    """What STEP had left when it closed; all its minutes when it was never on, or its time was up."""
    if step.ends_at is None or step.closed_at is None or step.ends_at <= step.closed_at:
        return timedelta(minutes=step.minutes)
    return step.ends_at - step.closed_at


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def need(condition: bool, text: str | Promise) -> None:
    if not condition:
        raise Refused(text)
