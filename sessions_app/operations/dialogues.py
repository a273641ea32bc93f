"""Dialogues between the meetings: open a thread, keep a step open, end it on time, bring it to a meeting."""

import uuid
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sessions_app import clock, events
from sessions_app.errors import Refused
from sessions_app.kinds import kind_of
from sessions_app.models import Activity, Dialogue, Participant, Reading, Session, Workshop
from sessions_app.operations.activities import LINES, made_by_form, plan_activity
from sessions_app.operations.parking import one_by_one
from sessions_app.operations.responses import begins_a_round
from sessions_app.operations.windows import check_until, plan_window
from sessions_app.policy import Actor, require
from sessions_app.text import clean_line, shortened
from sessions_app.verbs import Verb


def open_thread(
    *,
    workshop: Workshop,
    actor: Actor,
    prompt: str,
    until: datetime,
    opens: datetime | None = None,
    session: Session | None = None,
    kind: str = "open_dialogue",
    client_id: uuid.UUID | None = None,
    **fields: Any,
) -> Activity:
    """Put a question that people answer from now UNTIL then: with no meeting at all, or as a step of SESSION.

    With OPENS it is only planned: it opens by itself at that moment.
    A session where everybody takes part in their own time has several such steps open side by side. The same
    CLIENT_ID, if there is one, gives the same question.
    """
    with transaction.atomic():
        events.lock(workshop.pk)
        if made := made_by_form(workshop, client_id):
            return made
        check_until(until)
        activity = plan_activity(
            workshop=workshop,
            actor=actor,
            session=session,
            kind=kind,
            client_id=client_id,
            prompt=clean_line(prompt, limit=LINES["prompt"]),
            **{"title": shortened(prompt, LINES["title"]), **fields},
        )
        if opens is not None:
            return plan_window(activity=activity, actor=actor, opens=opens, until=until)
        activity.opened_at, activity.open_until = clock.now(), until
        activity.save(update_fields=["opened_at", "open_until"])
        _record(Verb.ACTIVITY_OPENED, activity, actor)
        _record(Verb.ACTIVITY_KEPT_OPEN, activity, actor, until=until.isoformat())
    return activity


def keep_open(*, activity: Activity, actor: Actor, until: datetime) -> Activity:
    """Let a step that was on in a meeting be answered UNTIL then; what lay face down is turned over at the end."""
    require(actor, "activity.plan", activity)
    check_until(until)
    with transaction.atomic():
        events.lock(activity.workshop_id)
        activity.refresh_from_db()
        if not activity.was_opened:
            raise Refused(_("This step has not been on yet. Open it in the meeting first."))
        if not kind_of(activity.kind).invites():
            raise Refused(_("Nothing is written in a break."))
        activity.open_until, activity.ended_at = until, None
        activity.save(update_fields=["open_until", "ended_at"])
        _record(Verb.ACTIVITY_KEPT_OPEN, activity, actor, until=until.isoformat())
        if begins_a_round(activity):
            _record(Verb.ACTIVITY_ASKED_AGAIN, activity, actor, round=activity.round)
    return activity


def end_window(*, activity: Activity, actor: Actor | None = None) -> bool:
    """End answering between the meetings: by a facilitator at once, or (without actor) when its time is up."""
    if actor is not None:
        require(actor, "activity.plan", activity)
    with transaction.atomic():
        events.lock(activity.workshop_id)
        activity.refresh_from_db()
        now = clock.now()
        is_due = (
            activity.was_opened
            and activity.open_until is not None
            and (actor is not None or activity.open_until <= now)
        )
        if activity.ended_at is not None or not is_due:
            return False
        activity.ended_at = now
        activity.save(update_fields=["ended_at"])
        _record(Verb.ACTIVITY_ENDED, activity, actor)
        if activity.is_hidden:
            _reveal(activity, actor, now)
    return True


def turn_over(*, activity: Activity, actor: Actor) -> None:
    """Turn over what was left face down when its meeting went on without it: else nobody could ever read it.

    Raises Refused when nothing lies face down, and for the step that is on: the room has a button of its own.
    """
    require(actor, "activity.plan", activity)
    with transaction.atomic():
        events.lock(activity.workshop_id)
        activity.refresh_from_db()
        if not activity.is_hidden or not activity.was_opened:
            raise Refused(_("Everything lies face up already."))
        session = Session.objects.filter(current_activity=activity).first()
        if session is not None and session.is_on:
            raise Refused(_("This step is on. Turn it over in the room."))
        _reveal(activity, actor, clock.now())


def _reveal(activity: Activity, actor: Actor | None, now: datetime) -> None:
    activity.revealed_at = now
    activity.save(update_fields=["revealed_at"])
    _record(Verb.ACTIVITY_REVEALED, activity, actor)


def end_due_windows() -> int:
    """End every window whose time is up. Running it twice, or in two workers, ends each once."""
    due = Activity.objects.filter(open_until__lte=clock.now(), opened_at__isnull=False, ended_at__isnull=True)
    return one_by_one("close_window", due, lambda activity: end_window(activity=activity))


def bring_to_meeting(*, dialogue: Dialogue, session: Session, actor: Actor) -> Activity:
    """Make a step of SESSION out of a thread: same question, what was written comes along without names."""
    require(actor, "activity.plan", session)
    source = dialogue.activity
    if session.workshop_id != source.workshop_id or not session.is_to_come:
        raise Refused(_("That meeting is over. Choose another one."))
    with transaction.atomic():
        events.lock(session.workshop_id)
        already = Activity.objects.planned().filter(session=session, comes_from=source).first()
        if already is not None:
            return already
        step = plan_activity(
            workshop=source.workshop,
            actor=actor,
            session=session,
            kind="open_dialogue",
            title=source.title,
            prompt=source.prompt,
            stages=source.stages,
            mechanisms=source.mechanisms,
        )
        step.comes_from = source
        step.save(update_fields=["comes_from"])
        _record(Verb.ACTIVITY_BROUGHT, step, actor, **{"from": source.pk})
    return step


def read_through(*, person: Participant, dialogue: Dialogue, seq: int) -> int:
    """Remember that the person has seen the dialogue up to SEQ. Returns how far they had seen it before."""
    reading, is_new = Reading.objects.get_or_create(
        participant=person, dialogue=dialogue, defaults={"through_seq": seq, "at": clock.now()}
    )
    if is_new:
        return 0
    before = reading.through_seq
    if seq > before:
        Reading.objects.filter(pk=reading.pk, through_seq__lt=seq).update(through_seq=seq, at=clock.now())
    return before


def _record(verb: Verb, activity: Activity, actor: Actor | None, **data: Any) -> None:
    events.record(
        verb,
        workshop_id=activity.workshop_id,
        actor=actor.participant if actor else None,
        activity=activity,
        session_id=activity.session_id,
        data=data,
    )
