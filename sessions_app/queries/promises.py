"""What people are promised before they write: who will see it, and what the button does."""

from django.utils.translation import gettext as _

from sessions_app.kinds import Kind, kind_of
from sessions_app.models import Activity, Identity


def promise_of(activity: Activity) -> str:
    """Who will see what somebody writes, said before they write."""
    who = {
        Identity.NAMED: _("It shows your name."),
        Identity.GROUP: _("The group does not see your name. The facilitators do."),
        Identity.ANONYMOUS: _("Nobody can know that it was you."),
    }[Identity(activity.identity)]
    kind = kind_of(activity.kind)
    if kind.takes_answers and not kind.shows_who and activity.identity != Identity.ANONYMOUS:
        who = _("The group sees how many chose what, not who.")
    if kind.is_private:
        return _("Only you see your note, on this device. Once you share it: %(who)s") % {"who": who}
    face_down = _("It lies face down until all are turned over.")
    return f"{who} {face_down}" if activity.is_hidden else who


def send_words(kind: type[Kind] | None) -> str:
    """What the button of the composer says."""
    return _("Share it as a card") if kind is not None and kind.is_private else _("Send")
