"""The speaking queue: one line for the hall and online. Nobody is skipped, nothing is cut off."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sessions_app import clock, events
from sessions_app.errors import BadText, Closed, NotAllowed, Refused
from sessions_app.models import Activity, Participant, Session, State, Turn, Via
from sessions_app.operations import limits
from sessions_app.operations.participants import name_first
from sessions_app.policy import Actor, can, require
from sessions_app.text import clean_line
from sessions_app.verbs import Verb

NOTE = 200  # signs that a person sees
SECONDS, MORE = 90, 60
ROADS = frozenset({Via.ROOM, Via.THREAD})


def ask_for_word(
    *,
    session: Session,
    actor: Actor,
    person: Participant | None = None,
    is_reply: bool = False,
    note: str = "",
    name: str = "",
    via: str = Via.ROOM,
) -> Turn:
    """Put the actor in the line, or PERSON on whose behalf a scribe does it. Who stands in it already stays there.

    `note` is what somebody else shall raise for them; before the meeting it is needed, since nobody can speak then.
    `name` names a guest. Raises Closed, TooLong, BadText, TooFast, NeedsName.
    """
    who = _speaker(session, actor, person)
    words = clean_line(note, limit=NOTE) if note.strip() else ""
    limits.spend_post(who.pk)
    with transaction.atomic():
        _lock(session)
        if session.state == State.PLANNED and not words:
            raise BadText(_("Write what should be raised for you. The meeting has not begun."), field="note")
        standing = Turn.objects.filter(session=session, participant=who, ended_at=None, withdrawn_at=None).first()
        if standing is not None:
            return standing
        if not who.is_named:
            name_first(who, name)
        turn = Turn(session=session, participant=who, via=via if via in ROADS else Via.ROOM, place=who.usual_place)
        if who != actor.participant:
            turn.recorded_by, turn.via = actor.participant, Via.SCRIBE
        turn.is_reply, turn.note, turn.seconds, turn.asked_at = is_reply, words, SECONDS, clock.now()
        turn.save(force_insert=True)
        data = {"via": turn.via, "place": turn.place, "reply": turn.is_reply}
        record(Verb.TURN_ASKED, turn, actor, turn.asked_at, **data)
    return turn


def withdraw_turn(*, turn: Turn, actor: Actor) -> None:
    """Leave the line: one's own place, or one that a scribe put somebody in."""
    require_own(turn, actor, "session.record_for")
    with transaction.atomic():
        _lock_turn(turn)
        if turn.is_on:
            raise Refused(_("The word has been given already. Press “I am done” instead."))
        _need_open(turn)
        _withdraw(turn, actor)


def give_word(*, turn: Turn, actor: Actor) -> None:
    """Give the word to TURN's person, whoever stands before them. Who speaks now has then finished."""
    require(actor, "session.run", turn.session)
    with transaction.atomic():
        _lock_turn(turn)
        _need_open(turn)
        if turn.is_on:
            return
        if turn.session.state != State.LIVE:
            raise Refused(_("The meeting has not begun."))
        finish_speaking(turn.session, actor)
        begin(turn, actor)


def put_back(*, turn: Turn, actor: Actor) -> None:
    """Undo give_word: the person stands in the line again, where they stood before."""
    require(actor, "session.run", turn.session)
    with transaction.atomic():
        _lock_turn(turn)
        if not turn.is_on:
            raise Refused(_("That person does not have the word any more."))
        turn.given_at = None
        turn.save(update_fields=["given_at"])
        record(Verb.TURN_PUT_BACK, turn, actor)


def end_turn(*, turn: Turn, actor: Actor) -> None:
    """The speaker, or a facilitator, says that the turn is over."""
    require_own(turn, actor, "session.run")
    with transaction.atomic():
        _lock_turn(turn)
        if not turn.is_on:
            raise Refused(_("That person does not have the word any more."))
        _end(turn, actor)


def more_time(*, turn: Turn, actor: Actor) -> None:
    """Give the speaker another minute; they may ask themselves."""
    require_own(turn, actor, "session.run")
    with transaction.atomic():
        _lock_turn(turn)
        if not turn.is_on:
            raise Refused(_("That person does not have the word any more."))
        turn.seconds = min(turn.seconds + MORE, 3600)
        turn.save(update_fields=["seconds"])
        record(Verb.TURN_PROLONGED, turn, actor)


def finish_speaking(session: Session, actor: Actor) -> None:
    """End the turn of whoever speaks now, if anybody does. Needs the workshop's lock."""
    now = Turn.objects.filter(session=session, given_at__isnull=False, ended_at=None, withdrawn_at=None).first()
    if now is not None:
        now.session = session
        _end(now, actor)


def begin(turn: Turn, actor: Actor) -> None:
    """TURN's person has the word. Needs the workshop's lock, and that nobody else has it."""
    turn.given_at = clock.now()
    turn.save(update_fields=["given_at"])
    record(Verb.TURN_GIVEN, turn, actor, turn.given_at)


def leave(turn: Turn, actor: Actor) -> None:
    """End TURN, or take it off the line. Needs the workshop's lock."""
    if turn.is_on:
        _end(turn, actor)
    else:
        _withdraw(turn, actor)


def end_round(step: Activity, actor: Actor) -> None:
    """Whoever speaks in the round of STEP, which is over, has finished; who still waits in it leaves the line.

    Needs the workshop's lock.
    """
    for turn in Turn.objects.select_related("session").filter(step=step, ended_at=None, withdrawn_at=None):
        leave(turn, actor)


def _withdraw(turn: Turn, actor: Actor) -> None:
    turn.withdrawn_at = clock.now()
    turn.note = ""  # what was taken back is not kept
    turn.save(update_fields=["withdrawn_at", "note"])
    record(Verb.TURN_WITHDRAWN, turn, actor, turn.withdrawn_at)


def _end(turn: Turn, actor: Actor) -> None:
    assert turn.given_at is not None  # noqa: S101  -- it is on
    turn.ended_at = clock.now()
    turn.save(update_fields=["ended_at"])
    seconds = max(0, (turn.ended_at - turn.given_at) // timedelta(seconds=1))
    record(Verb.TURN_ENDED, turn, actor, turn.ended_at, seconds=seconds)


def _speaker(session: Session, actor: Actor, person: Participant | None) -> Participant:
    """Who shall stand in the line: the actor, or somebody on whose behalf a scribe may do it."""
    for_other = person is not None and person != actor.participant
    require(actor, "session.record_for" if for_other else "session.speak", session)
    who = person or actor.participant
    if who is None or who.workshop_id != session.workshop_id or not who.is_here_to_stay:
        raise Refused(_("That person is not in this workshop any more. Choose somebody else."))
    return who


def require_own(turn: Turn, actor: Actor, otherwise: str) -> None:
    """One's own turn needs the right to speak; anybody else's the right named OTHERWISE."""
    if actor.participant is not None and turn.participant_id == actor.participant.pk:
        require(actor, "session.speak", turn.session)
    elif not can(actor, otherwise, turn.session):
        require(actor, "session.see", turn.session)
        raise NotAllowed


def _lock(session: Session) -> None:
    events.lock(session.workshop_id)
    session.refresh_from_db(fields=["state"])
    if session.state == State.CLOSED:
        raise Closed(_("The meeting is over. Write to the group in a thread instead."))
    if session.state == State.CANCELLED:
        raise Closed(_("This meeting is cancelled. Write to the group in a thread instead."))


def _lock_turn(turn: Turn) -> None:
    _lock(turn.session)
    turn.refresh_from_db(fields=["given_at", "ended_at", "withdrawn_at", "seconds"])


def _need_open(turn: Turn) -> None:
    if turn.ended_at is not None or turn.withdrawn_at is not None:
        raise Refused(_("That person does not stand in the line any more."))


def record(verb: Verb, turn: Turn, actor: Actor, at: Any = None, **data: Any) -> None:
    """Append the event of VERB about TURN."""
    events.record(
        verb,
        workshop_id=turn.session.workshop_id,
        actor=actor.participant,
        participant_id=turn.participant_id,
        session=turn.session,
        at=at,
        data=data,
    )
