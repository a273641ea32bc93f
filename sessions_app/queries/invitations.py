"""Words that are ready to send: a letter or e-mail, and the same in the length of a text message."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from sessions_app.models import Session, Workshop
from sessions_app.moments import meeting_words


@dataclass(frozen=True, slots=True)
class Invitation:
    letter: str
    message: str


def invitation(workshop: Workshop, session: Session | None, *, address: str, code: str) -> Invitation:
    """What a facilitator can send as it stands. No query."""
    when = ""
    if session is not None:
        when = capfirst(meeting_words(workshop.local(session.starts_at), workshop.local(session.ends_at)))
    parts = [
        _("You are invited to “%(title)s”.") % {"title": workshop.title},
        workshop.lead,
        f"{when}." if when else _("There is one question, and you answer when it suits you."),
        session.place if session else "",
        _("There is a call beside it: %(link)s") % {"link": session.link} if session and session.link else "",
        _("This is how you come in: %(address)s") % {"address": address},
        _("Or go to %(site)s and type the code %(code)s.") % {"site": settings.PUBLIC_URL, "code": code},
        _("You need no account. You can just watch, and you can leave any time."),
        _help(workshop),
    ]
    short = _("“%(title)s”. %(when)s Come in here: %(address)s") % {
        "title": workshop.title,
        "when": f"{when}." if when else "",
        "address": address,
    }
    return Invitation("\n\n".join(part for part in parts if part), " ".join(short.split()))


def _help(workshop: Workshop) -> str:
    if not workshop.contact_phone:
        return _("Ask %(name)s if you want help.") % {"name": workshop.contact_name} if workshop.contact_name else ""
    return _("Can't use a screen, or want help? Call %(name)s, %(phone)s.") % {
        "name": workshop.contact_name,
        "phone": workshop.contact_phone,
    }
