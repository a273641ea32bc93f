"""A round: everybody has the word once, online and the hall by turns, online first. To pass is a full answer."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import timedelta
from itertools import zip_longest

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from sessions_app import clock, events
from sessions_app.errors import Refused
from sessions_app.kinds import kind_of
from sessions_app.models import Activity, Contribution, Dialogue, Participant, Place, Session, State, Turn, Via
from sessions_app.operations import turns
from sessions_app.operations.contributions import post_contribution
from sessions_app.policy import Actor, require
from sessions_app.queries.dialogues import still_takes
from sessions_app.queries.people import taking_part
from sessions_app.verbs import Verb

WITHOUT_SCREEN = frozenset({Place.HALL, Place.PHONE})  # nobody sees on a screen whether they are there


def in_order(people: Sequence[Participant]) -> list[Participant]:
    """PEOPLE by turns from outside the hall and from it, beginning outside."""
    hall = [person for person in people if person.usual_place == Place.HALL]
    others = [person for person in people if person.usual_place != Place.HALL]
    return [person for pair in zip_longest(others, hall) for person in pair if person is not None]


def begin_round(*, session: Session, actor: Actor, here: Iterable[int]) -> None:
    """Put everybody who is HERE, or in the hall, in the line, but for those who have answered; the first has the word.

    Pressed again, it takes in those who have come since. Raises Refused when nobody is left, or there is no round.
    """
    require(actor, "session.run", session)
    with transaction.atomic():
        step = _step_of(session)
        present = set(here)
        people = in_order([one for one in taking_part(session.workshop_id, present) if one.pk not in _done(step)])
        now = clock.now()
        for place, person in enumerate(people):
            turn = Turn(session=session, participant=person, via=Via.ROOM, place=person.usual_place, step=step)
            turn.recorded_by, turn.seconds = actor.participant, turns.SECONDS
            turn.asked_at = now + timedelta(microseconds=place)  # the line stands in the order in which people asked
            turn.save(force_insert=True)
            turns.record(Verb.TURN_ASKED, turn, actor, turn.asked_at, via=turn.via, place=turn.place, reply=False)
        if not people and not _waiting(step).exists():
            raise Refused(_("Nobody is left in this round. Those who come later can write."))
        _go_on(session, step, actor, present)


def finish_turn(*, turn: Turn, actor: Actor, here: Iterable[int], passes: bool = False) -> None:
    """End a turn of a round, or leave it before it came; the next who is HERE, or in the hall, has the word.

    Who PASSES says so in the round, like everybody else, under the name that the others know.
    """
    with transaction.atomic():
        events.lock(turn.session.workshop_id)
        turn.refresh_from_db(fields=["given_at", "ended_at", "withdrawn_at"])
        if turn.ended_at is not None:  # the step has ended, or they pressed twice: they are done, as they say
            turns.require_own(turn, actor, "session.run")
            return
        if turn.is_on:
            turns.end_turn(turn=turn, actor=actor)
        else:
            turns.withdraw_turn(turn=turn, actor=actor)
        step = turn.step
        if step is None:
            return
        person = turn.participant
        if passes and person == actor.participant and person.is_named and still_takes(step, person, clock.now()):
            _say_pass(step, actor)
        _go_on(turn.session, step, actor, set(here))


def has_answered(*, activity: Activity, person: int | None, actor: Actor, here: Iterable[int]) -> None:
    """PERSON (an id) has written in ACTIVITY: in a round that was their turn, and the next one has the word.

    Elsewhere nothing happens, nor for words without an author.
    """
    if not kind_of(activity.kind).in_turn or person is None or activity.session_id is None:
        return
    with transaction.atomic():
        events.lock(activity.workshop_id)
        mine = Turn.objects.filter(step=activity, participant=person, ended_at=None, withdrawn_at=None)
        turn = mine.select_related("session__workshop", "participant").first()
        if turn is None:
            return
        turns.leave(turn, actor)
        _go_on(turn.session, activity, actor, set(here))


def _step_of(session: Session) -> Activity:
    events.lock(session.workshop_id)
    session.refresh_from_db(fields=["current_activity", "state"])
    step = session.current_activity
    if session.state != State.LIVE or step is None or not kind_of(step.kind).in_turn:
        raise Refused(_("This step has no round."))
    return step


def _done(step: Activity) -> set[int]:
    """Who has answered in STEP, had the word in its round, or stands in the line already."""
    wrote = Contribution.objects.filter(dialogue__activity=step, author__isnull=False, withdrawn_at=None)
    spoke = Turn.objects.filter(step=step, given_at__isnull=False)
    stands = Turn.objects.filter(session=step.session_id, ended_at=None, withdrawn_at=None)
    return {
        *wrote.values_list("author_id", flat=True),
        *spoke.values_list("participant_id", flat=True),
        *stands.values_list("participant_id", flat=True),
    }


def _waiting(step: Activity) -> QuerySet[Turn]:
    return Turn.objects.filter(step=step, given_at=None, withdrawn_at=None, participant__removed_at=None)


def _go_on(session: Session, step: Activity, actor: Actor, here: set[int]) -> None:
    """Give the word to the first in the round who is there, unless somebody has it. Who is away keeps their place."""
    if Turn.objects.filter(session=session, given_at__isnull=False, ended_at=None, withdrawn_at=None).exists():
        return
    for turn in _waiting(step).select_related("participant").order_by("asked_at", "pk"):
        if turn.participant_id in here or turn.participant.usual_place in WITHOUT_SCREEN:
            turn.session = session
            turns.begin(turn, actor)
            return


def _say_pass(step: Activity, actor: Actor) -> None:
    dialogue = Dialogue.objects.select_related("activity__workshop", "activity__session").get(activity=step)
    post_contribution(
        dialogue=dialogue,
        actor=actor,
        body=gettext("Pass."),
        via=Via.ROOM,
        client_id=uuid.uuid4(),
        language=get_language() or "",
    )
