"""Windows that open by themselves: a question gets its times beforehand, and a poll of what is due opens it."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from sessions_app import clock, events
from sessions_app.errors import BadText, Refused
from sessions_app.kinds import kind_of
from sessions_app.models import Activity, State, Workshop
from sessions_app.moments import same_clock
from sessions_app.operations.parking import one_by_one
from sessions_app.policy import Actor, require
from sessions_app.verbs import Verb

LONGEST = timedelta(days=366)


def check_until(until: datetime, *, since: datetime | None = None) -> None:
    """Raise BadText unless UNTIL lies ahead, and after SINCE."""
    now = clock.now()
    if until <= now:
        raise BadText(_("That moment has passed. Choose a later one."), field="until")
    if since is not None and until <= since:
        raise BadText(_("It would close before it opens. Change one of the two."), field="until")
    if until > now + LONGEST:
        raise BadText(_("That is more than a year away. Choose an earlier day."), field="until")


def plan_window(*, activity: Activity, actor: Actor, opens: datetime, until: datetime) -> Activity:
    """Let a step that was never open be answered from OPENS until then, without anybody at a button."""
    require(actor, "activity.plan", activity)
    if opens <= clock.now():
        raise BadText(_("That moment has passed. Choose a later one."), field="opens")
    check_until(until, since=opens)
    with transaction.atomic():
        events.lock(activity.workshop_id)
        activity.refresh_from_db()
        _need_closed(activity)
        if not kind_of(activity.kind).invites():
            raise Refused(_("Nothing is written in a break."))
        _set_times(activity, actor, opens, until)
    return activity


def forget_window(*, activity: Activity, actor: Actor) -> Activity:
    """Take the times away again: it opens only when somebody opens it."""
    require(actor, "activity.plan", activity)
    with transaction.atomic():
        events.lock(activity.workshop_id)
        activity.refresh_from_db()
        _need_closed(activity)
        if activity.opens_at is not None:
            _set_times(activity, actor, None, None)
    return activity


def open_window(*, activity: Activity) -> bool:
    """Open a question whose time has come. Returns whether it did; in two workers it opens once."""
    with transaction.atomic():
        events.lock(activity.workshop_id)
        now = clock.now()
        due = _due(now).filter(pk=activity.pk).first()
        if due is None:
            return False
        due.opened_at = now
        due.save(update_fields=["opened_at"])
        _record(Verb.ACTIVITY_OPENED, due, None)
    return True


def open_due_windows() -> int:
    """Open every question whose time has come. What nobody looked at until its end was over stays closed."""
    return one_by_one("open_window", _due(clock.now()), lambda activity: open_window(activity=activity))


def keep_windows_on_the_clock(*, workshop: Workshop, actor: Actor, zone: ZoneInfo) -> None:
    """Give what opens or ends by itself the same times on the clock of ZONE as on the workshop's clock before.

    Called under the workshop's lock. What would be over at once by that keeps its moment.
    """
    found = Activity.objects.planned().filter(workshop=workshop, open_until__gt=clock.now(), ended_at=None)
    for activity in found.order_by("pk"):
        until = same_clock(workshop.local(activity.open_until), zone) if activity.open_until else None
        if until is None or until <= clock.now():
            continue
        if activity.opened_at is not None:
            activity.open_until = until
            activity.save(update_fields=["open_until"])
            _record(Verb.ACTIVITY_KEPT_OPEN, activity, actor, until=until.isoformat())
        elif activity.opens_at is not None:
            opens = same_clock(workshop.local(activity.opens_at), zone)
            _set_times(activity, actor, opens, max(until, opens + timedelta(minutes=1)))


def _due(now: datetime) -> QuerySet[Activity]:
    """Those to open at NOW: in a workshop that goes on, and in no meeting that is off."""
    found = Activity.objects.planned().filter(opens_at__lte=now, open_until__gt=now, opened_at=None)
    stands = Q(session=None) | (Q(session__removed_at=None) & ~Q(session__state=State.CANCELLED))
    return found.filter(stands, workshop__closed_at=None, workshop__removed_at=None).order_by("opens_at", "pk")


def _need_closed(activity: Activity) -> None:
    if activity.was_opened:
        raise Refused(_("It is open already, or was. You can still keep it open."))


def _set_times(activity: Activity, actor: Actor, opens: datetime | None, until: datetime | None) -> None:
    activity.opens_at, activity.open_until = opens, until
    activity.save(update_fields=["opens_at", "open_until"])
    given = {"opens": opens, "until": until}
    _record(Verb.ACTIVITY_TIMED, activity, actor, **{name: at.isoformat() for name, at in given.items() if at})


def _record(verb: Verb, activity: Activity, actor: Actor | None, **data: str) -> None:
    events.record(
        verb,
        workshop_id=activity.workshop_id,
        actor=actor.participant if actor else None,
        activity=activity,
        session_id=activity.session_id,
        data=data,
    )
