"""Anonymous words: a keyed token lets their author change them until the step closes; then the key is destroyed."""

import hashlib
import hmac
import secrets

from sessions_app import clock
from sessions_app.models import Activity, AnonymityKey, Participant, Session, SignalKey


def token_for(activity: Activity, person: Participant) -> str:
    """The token of PERSON in ACTIVITY, making its key at first use. Only while the activity takes words."""
    held, _ = AnonymityKey.objects.get_or_create(activity=activity, defaults={"key": secrets.token_bytes(32)})
    return _token(bytes(held.key), person)


def known_token(activity: Activity, person: Participant) -> str:
    """The token of PERSON if the key still exists, else an empty text that equals nobody's."""
    held = AnonymityKey.objects.filter(activity=activity).first()
    return _token(bytes(held.key), person) if held else ""


def has_key(activity: Activity) -> bool:
    """Whether the authors of ACTIVITY's words can still be recognised."""
    return AnonymityKey.objects.filter(activity=activity).exists()


def destroy_old_keys() -> int:
    """Destroy the keys of anonymous activities that take no more words, now or after an undo. Returns how many."""
    now = clock.now()
    held = AnonymityKey.objects.select_related("activity__workshop")
    over = [key.pk for key in held if key.activity.was_opened and not key.activity.may_accept_again(now)]
    return AnonymityKey.objects.filter(pk__in=over).delete()[0]


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
