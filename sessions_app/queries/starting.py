"""What a host is asked before the doors open or a meeting begins: is it meant already, and with nothing to do?"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from sessions_app import moments
from sessions_app.models import Session

DOORS_EARLY = timedelta(hours=4)  # whoever comes in is told that it begins soon
BEGINS_EARLY = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Starting:
    """`doors` and `begin` are what to ask before the press; empty when there is nothing to ask."""

    doors: str
    begin: str


def starting(session: Session, *, has_steps: bool, now: datetime) -> Starting:
    local = session.workshop.local
    when = moments.meeting_words(local(session.starts_at), local(session.ends_at))
    planned = _("This meeting is planned for %(when)s.") % {"when": when}
    ahead = session.starts_at - now
    doors = [planned, _("People who come in are told that it begins soon.")] if ahead > DOORS_EARLY else []
    begin = [planned] if ahead > BEGINS_EARLY else []
    begin += [] if has_steps else [_("No question is planned for it yet.")]
    return Starting(" ".join(doors), " ".join(begin))
