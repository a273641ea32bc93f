"""Run a meeting: doors, start, next, back, pause, extend, reveal, close, and undo for ten seconds."""

from datetime import timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sessions_app import events
from sessions_app.errors import Refused
from sessions_app.kinds import kind_of
from sessions_app.models import Session, State
from sessions_app.models.activity import UNDO_WITHIN
from sessions_app.operations.presses import Press, last_press, need, pressing, restore, undone_in_words
from sessions_app.operations.signals import forget_signals
from sessions_app.operations.turns import finish_speaking
from sessions_app.policy import Actor
from sessions_app.queries.lanes import is_awaited
from sessions_app.verbs import Verb

MOST_ROUNDS = 20


def open_doors(*, session: Session, actor: Actor, rev: int | None = None) -> None:
    """Let people in. Fifteen minutes before the start is a good time."""
    with pressing(session, actor, rev) as press:
        need(press.session.state == State.PLANNED, _("The doors are open already."))
        press.session.state, press.session.doors_opened_at = State.DOORS_OPEN, press.now
        press.record(Verb.DOORS_OPENED)


def start(*, session: Session, actor: Actor, rev: int | None = None) -> None:
    """Begin the meeting with its first step; opens the doors too if nobody has."""
    with pressing(session, actor, rev) as press:
        need(press.session.state in {State.PLANNED, State.DOORS_OPEN}, _("The meeting has begun already."))
        press.session.doors_opened_at = press.session.doors_opened_at or press.now
        press.session.state, press.session.started_at = State.LIVE, press.now
        press.record(Verb.SESSION_STARTED)
        if press.steps:
            press.open(press.steps[0])


def next_step(*, session: Session, actor: Actor, rev: int | None = None) -> None:
    """Close the step that is on and open the one after it."""
    with pressing(session, actor, rev) as press:
        _step_to(press, +1, _("That was the last step. Close the meeting when you are ready."))


def previous_step(*, session: Session, actor: Actor, rev: int | None = None) -> None:
    """Close the step that is on and open the one before it again."""
    with pressing(session, actor, rev) as press:
        _step_to(press, -1, _("This is the first step."))


def extend(*, session: Session, actor: Actor, minutes: int = 2, rev: int | None = None) -> None:
    """Give the step that is on more time, counted from now when its time is already up."""
    with pressing(session, actor, rev) as press:
        step = press.current
        if step is None:
            raise Refused(_("No step is on."))
        need(1 <= minutes <= 600, _("Give between 1 and 600 minutes."))
        press.touch(step)
        since = step.paused_at or press.now
        step.ends_at = max(step.ends_at or since, since) + timedelta(minutes=minutes)
        step.save(update_fields=["ends_at"])
        press.record(Verb.ACTIVITY_EXTENDED, step, minutes=minutes)


def pause(*, session: Session, actor: Actor, rev: int | None = None) -> None:
    """Let the clock of the step stand still. People can go on writing: nobody loses time or words."""
    with pressing(session, actor, rev) as press:
        step = press.current
        if step is None or step.paused_at is not None:
            raise Refused(_("No step is on.") if step is None else _("The clock stands still already."))
        press.touch(step)
        step.paused_at = press.now
        step.save(update_fields=["paused_at"])
        press.record(Verb.ACTIVITY_PAUSED, step)


def resume(*, session: Session, actor: Actor, rev: int | None = None) -> None:
    """Let the clock of the step go on from where it stood."""
    with pressing(session, actor, rev) as press:
        step = press.current
        if step is None or step.paused_at is None:
            raise Refused(_("No step is on.") if step is None else _("The clock goes on already."))
        press.touch(step)
        step.ends_at = (step.ends_at or step.paused_at) + (press.now - step.paused_at)
        step.paused_at = None
        step.save(update_fields=["ends_at", "paused_at"])
        press.record(Verb.ACTIVITY_RESUMED, step)


def reveal(*, session: Session, actor: Actor, rev: int | None = None, anyway: bool = True) -> None:
    """Turn all face-down answers of the step over at once.

    When somebody in the hall or online has sent nothing yet, only if the host does it ANYWAY; the log says so.
    """
    with pressing(session, actor, rev) as press:
        step = press.current
        if step is None or not step.is_hidden:
            raise Refused(_("Everything lies face up already."))
        step.workshop = press.session.workshop
        waits = is_awaited(step.plenary)
        need(anyway or not waits, _("Not everybody has sent something yet. Press again to turn over all the same."))
        press.touch(step)
        step.revealed_at = press.now
        step.save(update_fields=["revealed_at"])
        press.record(Verb.ACTIVITY_REVEALED, step, **({"overrode": True} if waits else {}))


def ask_again(*, session: Session, actor: Actor, rev: int | None = None) -> None:
    """Put the question of the step once more: earlier answers stay as a round of their own."""
    with pressing(session, actor, rev) as press:
        step = press.current
        if step is None or not kind_of(step.kind).takes_answers:
            raise Refused(_("Only a step where people choose can be asked again."))
        need(step.round < MOST_ROUNDS, _("This question has been put often enough. Plan a new step."))
        press.touch(step)
        step.round += 1
        step.phase, step.revealed_at, step.paused_at = 0, None, None
        step.ends_at = press.now + timedelta(minutes=step.minutes)
        step.save(update_fields=["round", "phase", "revealed_at", "paused_at", "ends_at"])
        press.record(Verb.ACTIVITY_ASKED_AGAIN, step, round=step.round)


def next_phase(*, session: Session, actor: Actor, rev: int | None = None) -> None:
    """Lead the group to the phase of the step that comes after the one it is in."""
    with pressing(session, actor, rev) as press:
        _phase_to(press, +1, _("This is the last phase. Ask again, or go on to the next step."))


def previous_phase(*, session: Session, actor: Actor, rev: int | None = None) -> None:
    """Lead the group back to the phase before."""
    with pressing(session, actor, rev) as press:
        _phase_to(press, -1, _("This is the first phase."))


def close_session(*, session: Session, actor: Actor, rev: int | None = None) -> None:
    """End the meeting and the step that is on."""
    with pressing(session, actor, rev) as press:
        need(press.session.state != State.CLOSED, _("The meeting is over already."))
        if press.current is not None:
            press.close(press.current)
        finish_speaking(press.session, actor)
        forget_signals(press.session)
        press.session.state, press.session.closed_at = State.CLOSED, press.now
        press.record(Verb.SESSION_CLOSED)


def undo(*, session: Session, actor: Actor, rev: int | None = None) -> str:
    """Take back the actor's own last press, if it was a moment ago and nobody has pressed since.

    Returns what it is like now, in words.
    """
    with pressing(session, actor, rev) as press:
        pressed = last_press(press.session)
        if not pressed or pressed[0].actor_id != getattr(actor.participant, "pk", None):
            raise Refused(_("There is nothing of yours to undo."))
        need(press.now - pressed[0].at <= UNDO_WITHIN, _("It is too late to undo that."))
        restore(press, pressed[-1].data["before"])
        events.record(
            Verb.CONTROL_UNDONE,
            workshop_id=press.session.workshop_id,
            actor=actor.participant,
            session=press.session,
            at=press.now,
            data={"undid": pressed[0].seq},
        )
        return undone_in_words(pressed, press.session)


def _phase_to(press: Press, by: int, at_the_edge: str | Promise) -> None:
    step = press.current
    if step is None or not kind_of(step.kind).phases:
        raise Refused(_("The step that is on has no phases."))
    need(0 <= step.phase + by < len(kind_of(step.kind).phases), at_the_edge)
    press.touch(step)
    step.phase += by
    step.save(update_fields=["phase"])
    press.record(Verb.ACTIVITY_PHASE_REACHED, step, phase=step.phase)


def _step_to(press: Press, by: int, at_the_edge: str | Promise) -> None:
    need(press.session.state == State.LIVE, _("The meeting has not begun."))
    if not press.steps:
        raise Refused(at_the_edge)
    # A step that was on and then taken away leaves no current one: begin at the edge we come from.
    here = press.steps.index(press.current) if press.current else (-1 if by > 0 else len(press.steps))
    there = here + by
    need(0 <= there < len(press.steps), at_the_edge)
    if press.current is not None:
        press.close(press.current)
    press.open(press.steps[there])
