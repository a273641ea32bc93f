"""Anonymous words: a keyed token lets their author change them until the step closes; then the key is destroyed."""

import hashlib
import hmac
import secrets
from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet

from sessions_app import clock
from sessions_app.models import Activity, AnonymityKey, Participant, Session, SignalKey
from sessions_app.models.activity import UNDO_WITHIN


def token_for(activity: Activity, person: Participant) -> str:
    """The token of PERSON in ACTIVITY, making its key at first use. Only while the activity takes words."""
    held, _ = AnonymityKey.objects.get_or_create(activity=activity, defaults={"key": secrets.token_bytes(32)})
    return _token(bytes(held.key), person)


def known_token(activity: Activity, person: Participant) -> str:
    """The token of PERSON if the key still exists, else an empty text that equals nobody's."""
    held = AnonymityKey.objects.filter(activity=activity).first()
    return _token(bytes(held.key), person) if held else ""


def known_tokens(activities: Iterable[Activity] | QuerySet[Activity], person: Participant) -> list[str]:
    """The tokens of PERSON in those of ACTIVITIES whose key still exists. One query."""
    among = activities if isinstance(activities, QuerySet) else list(activities)
    keys = AnonymityKey.objects.filter(activity__in=among).values_list("key", flat=True)
    return [_token(bytes(key), person) for key in keys]


def has_key(activity: Activity) -> bool:
    """Whether the authors of ACTIVITY's words can still be recognised."""
    return AnonymityKey.objects.filter(activity=activity).exists()


def destroy_old_keys() -> int:
    """Destroy the keys of anonymous activities that take no more words, now or after an undo. Returns how many.

    A step whose opening was taken back keeps its key, since it opens again, unless nothing can open it any more.
    """
    now = clock.now()
    held = AnonymityKey.objects.select_related("activity__workshop", "activity__session")
    over = [key.pk for key in held if _is_over(key.activity, now)]
    return AnonymityKey.objects.filter(pk__in=over).delete()[0]


def _is_over(activity: Activity, now: datetime) -> bool:
    if activity.was_opened:
        return not activity.may_accept_again(now)
    workshop, session = activity.workshop, activity.session
    ended = [workshop.closed_at, workshop.removed_at, activity.removed_at]
    if session is not None:
        ended += [session.removed_at, session.closed_at]
    last = max((moment for moment in ended if moment is not None), default=None)
    is_cancelled = session is not None and session.is_cancelled
    return is_cancelled or (last is not None and now > last + UNDO_WITHIN)


def signal_token(session: Session, person: Participant) -> str:
    """The token of PERSON's signals in SESSION, making its key at first use. Only while the meeting is on."""
    held, _ = SignalKey.objects.get_or_create(session=session, defaults={"key": secrets.token_bytes(32)})
    return _token(bytes(held.key), person)


def signal_token_with(key: bytes, person: Participant) -> str:
    """The token that PERSON's signals have under KEY."""
    return _token(key, person)


def known_signal_token(session: Session, person: Participant) -> str:
    """The token of PERSON's signals if the key still exists, else an empty text that equals nobody's."""
    held = SignalKey.objects.filter(session=session).first()
    return _token(bytes(held.key), person) if held else ""


def destroy_signal_key(session: Session) -> None:
    """Make it unknowable for good who raised which signal in SESSION."""
    SignalKey.objects.filter(session=session).delete()


def _token(key: bytes, person: Participant) -> str:
    return hmac.new(key, f"participant {person.pk}".encode(), hashlib.sha256).hexdigest()
