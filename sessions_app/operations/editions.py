"""Which state of a thing a form was drawn from: who saves an older one is told by whom it was changed."""

import hashlib
from collections.abc import Iterable
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from sessions_app.errors import Stale
from sessions_app.models import Event
from sessions_app.policy import Actor
from sessions_app.verbs import Verb


def edition_of(thing: Model, fields: Iterable[str]) -> str:
    """A short mark of what THING says in FIELDS: another one as soon as it says anything else."""
    said = [(name, _plain(getattr(thing, name))) for name in sorted(fields)]
    return hashlib.sha256(repr(said).encode()).hexdigest()[:20]


def need_newest(seen: str, now: str, *, verb: Verb, actor: Actor, **about: Any) -> None:
    """Refuse with Stale unless SEEN is the edition of NOW, or a script that saw none; ABOUT finds who was faster."""
    if seen and seen != now:
        raise Stale(_told(Event.objects.filter(verb=verb, **about).select_related("actor").last(), actor))


def _told(last: Event | None, actor: Actor) -> str:
    if last is None or last.actor is None or last.actor == actor.participant:
        return _("This was changed while you were writing. What you wrote is still here.")
    told = _("%(name)s changed this while you were writing. What you wrote is still here.")
    return told % {"name": last.actor.first_name}


def _plain(value: Any) -> Any:
    """VALUE as it is after a way through the database; the order in which JSON keeps its keys says nothing."""
    return sorted(value.items()) if isinstance(value, dict) else str(value)
