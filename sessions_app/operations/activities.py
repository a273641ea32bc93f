"""The run sheet: add, change, move and take off steps."""

import uuid
from copy import copy
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sessions_app import clock, events
from sessions_app.errors import BadText, NotAllowed, Refused, Stale
from sessions_app.headings import OPTION, to_choose_from, without_sorted
from sessions_app.kinds import Kind, all_kinds, kind_of
from sessions_app.kinds.options import cleaned
from sessions_app.models import Activity, Contribution, Dialogue, Event, Identity, Response, Session, Workshop
from sessions_app.models.activity import LOOSENESS
from sessions_app.operations.editions import edition_of, need_newest
from sessions_app.policy import Actor, require
from sessions_app.tags import MECHANISMS, STAGES
from sessions_app.text import clean_line
from sessions_app.verbs import Verb

FIELDS = frozenset(
    {"title", "prompt", "lead", "hall", "online", "minutes", "stages", "mechanisms", "identity", "blind", "options"}
)
LINES = {"title": 120, "prompt": 500, "lead": 500, "hall": 300, "online": 300}
MOST_STEPS, MOST_MINUTES = 60, 600


def plan_activity(
    *,
    workshop: Workshop,
    actor: Actor,
    kind: str,
    session: Session | None = None,
    client_id: uuid.UUID | None = None,
    **fields: Any,
) -> Activity:
    """Add a step of KIND at the end of SESSION's run sheet, or (without one) prepare a thread.

    The same CLIENT_ID, if there is one, gives the same step.
    """
    require(actor, "activity.plan", workshop)
    if session is not None:
        require(actor, "activity.plan", session)
    if kind not in all_kinds():
        raise BadText(_("Choose one of the ways of working in the list."), field="kind")
    values = _with_what_is_usual(_planned(fields, kind), all_kinds()[kind])
    with transaction.atomic():
        events.lock(workshop.pk)
        if made := made_by_form(workshop, client_id):
            return made
        _need_space(workshop.pk, session.pk if session else None)
        others = Activity.objects.planned().filter(workshop=workshop, session=session)
        last = others.order_by("-position").first()
        activity = Activity.objects.create(
            workshop=workshop,
            session=session,
            kind=kind,
            position=last.position + 1 if last else 1,
            client_id=client_id,
            **values,
        )
        Dialogue.objects.create(activity=activity)
        _record(Verb.ACTIVITY_PLANNED, activity, actor, kind=kind)
    return activity


def _with_what_is_usual(fields: dict[str, Any], kind: type[Kind]) -> dict[str, Any]:
    """FIELDS, cleaned, and for what they leave out what is usual for KIND."""
    return {
        "title": str(kind.name),
        "minutes": kind.minutes,
        "stages": list(kind.stages),
        "mechanisms": list(kind.mechanisms),
        "blind": kind.blind,
        "identity": kind.identity,
        **_cleaned({"options": {}, **fields}, kind),
    }


def made_by_form(workshop: Workshop, client_id: uuid.UUID | None) -> Activity | None:
    """What the form with CLIENT_ID has made before. Only the workshop's lock makes the answer last."""
    return Activity.objects.filter(workshop=workshop, client_id=client_id).first() if client_id else None


def seen_step(activity: Activity) -> str:
    """The edition of what the planner shows; headings that people make while they sort are no part of it."""
    shown = copy(activity)
    shown.options = without_sorted(activity.kind, activity.options)
    return edition_of(shown, FIELDS)


def change_activity(*, activity: Activity, actor: Actor, seen: str = "", **fields: Any) -> Activity:
    """Change what FIELDS name. Once opened, identity can only become stricter and nothing is turned face down.

    SEEN is the edition that the form showed, if there was one; Stale when it says something else by now.
    """
    require(actor, "activity.plan", activity)
    values = _cleaned(fields, kind_of(activity.kind))
    with transaction.atomic():
        events.lock(activity.workshop_id)
        activity.refresh_from_db()
        _keep_headings(activity, values)
        if _was_promised(activity):
            _refuse_loosening(activity, values)
        changed = sorted(name for name, value in values.items() if getattr(activity, name) != value)
        if changed:
            need_newest(seen, seen_step(activity), verb=Verb.ACTIVITY_CHANGED, actor=actor, activity=activity)
            for name, value in values.items():
                setattr(activity, name, value)
            activity.save(update_fields=list(values))
            _record(Verb.ACTIVITY_CHANGED, activity, actor, fields=changed)
    return activity


def give_minutes(*, activity: Activity, actor: Actor, by: int) -> Activity:
    """Make a step BY minutes longer, or shorter: counted from what it has now, whoever else has pressed meanwhile."""
    require(actor, "activity.plan", activity)
    with transaction.atomic():
        events.lock(activity.workshop_id)
        activity.refresh_from_db(fields=["minutes"])
        minutes = min(MOST_MINUTES, max(1, activity.minutes + by))
        return change_activity(activity=activity, actor=actor, minutes=minutes)


def move_activity(*, activity: Activity, actor: Actor, earlier: bool, past: int | None = None) -> Activity:
    """Swap a step with the one before it (or after it). At the edge nothing happens.

    PAST is the step that stood there on the page of who pressed, if there was one; Stale when another does by now.
    """
    require(actor, "activity.plan", activity)
    with transaction.atomic():
        events.lock(activity.workshop_id)
        steps = list(Activity.objects.planned().filter(session=activity.session_id, workshop=activity.workshop_id))
        order = [step.pk for step in steps]
        here = order.index(activity.pk) if activity.pk in order else len(order)
        there = here + (-1 if earlier else 1)
        swaps = here < len(order) and 0 <= there < len(order)
        if past is not None and not (swaps and order[there] == past):
            raise Stale(_("Somebody else has just changed the run sheet. Look at it, then move the step again."))
        if not swaps:
            return activity
        steps[here], steps[there] = steps[there], steps[here]
        for position, step in enumerate(steps, start=1):
            step.position = position
        Activity.objects.bulk_update(steps, ["position"])
        activity.refresh_from_db()
        _record(Verb.ACTIVITY_CHANGED, activity, actor, fields=["position"])
    return activity


def remove_activity(*, activity: Activity, actor: Actor) -> Activity:
    """Take a step off the run sheet, as long as nobody could have written in it."""
    require(actor, "activity.plan", activity)
    with transaction.atomic():
        events.lock(activity.workshop_id)
        activity.refresh_from_db()
        if activity.removed_at is not None:
            return activity
        if _was_worked_on(activity):
            raise NotAllowed(_("People have already worked on this step, so it stays."))
        activity.removed_at = clock.now()
        activity.save(update_fields=["removed_at"])
        _record(Verb.ACTIVITY_REMOVED, activity, actor, kind=activity.kind, position=activity.position)
    return activity


def put_back_activity(*, activity: Activity, actor: Actor) -> Activity:
    """Undo remove_activity."""
    require(actor, "activity.plan", activity)
    with transaction.atomic():
        events.lock(activity.workshop_id)
        activity.refresh_from_db()
        if activity.removed_at is None:
            return activity
        _need_space(activity.workshop_id, activity.session_id)
        activity.removed_at = None
        activity.save(update_fields=["removed_at"])
        _record(Verb.ACTIVITY_PLANNED, activity, actor, kind=activity.kind)
    return activity


def _need_space(workshop_id: int, session_id: int | None) -> None:
    if session_id is None:
        return
    if Activity.objects.planned().filter(workshop=workshop_id, session=session_id).count() >= MOST_STEPS:
        raise Refused(_("A meeting can hold 60 steps. Plan the rest in another meeting."))


def _planned(fields: dict[str, Any], kind: str) -> dict[str, Any]:
    """FIELDS of a step that is planned, perhaps after another one: without what people made while they sorted."""
    return {**fields, "options": without_sorted(kind, fields["options"])} if "options" in fields else fields


def _keep_headings(activity: Activity, values: dict[str, Any]) -> None:
    """Headings that people made are not the planner's: they stay whatever it sets."""
    if "options" in values and OPTION in activity.options and not to_choose_from(activity):
        values["options"] = {**values["options"], OPTION: activity.options[OPTION]}


def _was_worked_on(activity: Activity) -> bool:
    """Whether the step is or was on, or holds words though the press that opened it was undone."""
    return activity.was_opened or _was_said(activity)


def _was_promised(activity: Activity) -> bool:
    """Whether people have seen who will know what they write, also when the press that opened the step was undone.

    Words that wait on a device for a better line were written under the promise that its page showed.
    """
    return activity.was_opened or Event.objects.filter(activity=activity, verb=Verb.ACTIVITY_OPENED).exists()


def _was_answered(activity: Activity) -> bool:
    return Response.objects.filter(dialogue__activity=activity).exists()


def _was_said(activity: Activity) -> bool:
    return Contribution.objects.filter(dialogue__activity=activity).exists()


def _refuse_loosening(activity: Activity, values: dict[str, Any]) -> None:
    identity = values.get("identity", activity.identity)
    if LOOSENESS[identity] > LOOSENESS[activity.identity]:
        raise NotAllowed(
            _("People wrote here with a promise about their names. It can't be loosened."), field="identity"
        )
    has_words = _was_worked_on(activity)
    if has_words and identity != activity.identity and Identity.ANONYMOUS in {identity, activity.identity}:
        raise NotAllowed(_("Words that are written with names can't be made anonymous afterwards."), field="identity")
    if values.get("options", activity.options) != activity.options and _was_answered(activity):
        raise NotAllowed(_("People have already answered this, so what they could choose stays as it was."))
    if to_choose_from(activity) and values.get("options", activity.options) != activity.options and _was_said(activity):
        text = _("People have already written under these headings, so the headings stay as they are.")
        raise NotAllowed(text, field=OPTION)
    if values.get("blind", activity.blind) != activity.blind and (activity.blind or has_words):
        raise NotAllowed(_("People have already written here, so face down or open stays as it was."), field="blind")


def _cleaned(fields: dict[str, Any], kind: type[Kind]) -> dict[str, Any]:
    unknown = set(fields) - FIELDS
    if unknown:
        raise TypeError(f"A step has no {sorted(unknown)} to set.")
    values = dict(fields)
    for name, limit in LINES.items():
        if values.get(name):
            values[name] = clean_line(values[name], limit=limit)
    if not 1 <= values.get("minutes", 1) <= MOST_MINUTES:
        raise BadText(_("A step takes between 1 and 600 minutes."), field="minutes")
    for name, tags in (("stages", STAGES), ("mechanisms", MECHANISMS)):
        if name in values:
            values[name] = [tag.key for tag in tags.chosen(values[name])]
    if "options" in values:
        values["options"] = cleaned(kind.options, values["options"])
    if values.get("identity", Identity.NAMED) not in Identity.values:
        raise BadText(_("Choose one of the answers in the list."), field="identity")
    return values


def _record(verb: Verb, activity: Activity, actor: Actor, **data: Any) -> None:
    events.record(
        verb,
        workshop_id=activity.workshop_id,
        actor=actor.participant,
        activity=activity,
        session_id=activity.session_id,
        data=data,
    )
