"""Who leads and who looks after those online; and whether the group is shown how its voices were shared out."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sessions_app import clock, events
from sessions_app.errors import BadText, Refused
from sessions_app.models import Duty, Participant, Session, Task
from sessions_app.policy import FACILITATOR, HOSTS, Actor, require
from sessions_app.verbs import Verb


def hand_over(*, session: Session, actor: Actor, task: str, to: Participant) -> None:
    """Give TASK to another host, or take it oneself. Only a facilitator leads."""
    require(actor, "session.run", session)
    if task not in Task.values:
        raise BadText(_("Choose one of the answers in the list."))
    may = FACILITATOR if task == Task.LEAD else HOSTS
    if to.workshop_id != session.workshop_id or not Actor(to).has(may):
        raise Refused(_("Only a host can do that. Change their roles on the page “People” first."))
    with transaction.atomic():
        events.lock(session.workshop_id)
        duty = Duty.objects.filter(session=session, task=task).first()
        if duty is not None and duty.participant_id == to.pk:
            return
        values = {"participant": to, "since": clock.now()}
        Duty.objects.update_or_create(session=session, task=task, defaults=values)
        _record(Verb.SESSION_HANDED_OVER, session, actor, participant=to, data={"task": task})


def show_mirror(*, session: Session, actor: Actor, shown: bool = True) -> None:
    """Show the group, on the page “While you were away”, how its voices were shared out; or take it away again."""
    require(actor, "session.run", session)
    with transaction.atomic():
        events.lock(session.workshop_id)
        session.refresh_from_db(fields=["mirror_shown_at"])
        if (session.mirror_shown_at is not None) == shown:
            return
        session.mirror_shown_at = clock.now() if shown else None
        session.save(update_fields=["mirror_shown_at"])
        _record(Verb.MIRROR_SHOWN if shown else Verb.MIRROR_HIDDEN, session, actor)


def _record(verb: Verb, session: Session, actor: Actor, **more: object) -> None:
    events.record(verb, workshop_id=session.workshop_id, actor=actor.participant, session=session, **more)  # type: ignore[arg-type]
