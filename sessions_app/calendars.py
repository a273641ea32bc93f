"""The meetings of a workshop as a feed for calendar programs (RFC 5545): one UID each, and a number that rises."""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db.models import Count, Max
from django.urls import reverse
from django.utils.translation import gettext as _
from icalendar import Calendar, Timezone
from icalendar import Event as Appointment

from sessions_app.mail_marks import host
from sessions_app.models import Event as Logged
from sessions_app.models import Participant, Session
from sessions_app.text import clean_line, shortened
from sessions_app.verbs import Verb

# After each of these the meeting in a calendar is not as it was.
CHANGES = [
    *(Verb.SESSION_PLANNED, Verb.SESSION_CHANGED, Verb.SESSION_REMOVED),
    *(Verb.SESSION_CANCELLED, Verb.SESSION_ON_AGAIN),
]
ASK_AGAIN = timedelta(hours=2)
AROUND = timedelta(days=400)  # how far before and after the meetings the zone's changes of clocks are told
LINE = 200


def calendar_of(person: Participant) -> bytes:
    """All meetings of PERSON's workshop, also those that are off: only then do calendars take them out. Two queries."""
    workshop = person.workshop
    sessions = list(Session.objects.filter(workshop=workshop).order_by("starts_at", "pk"))
    changes = Logged.objects.filter(session__in=sessions, verb__in=CHANGES).order_by()
    told = {row[0]: row[1:] for row in changes.values_list("session").annotate(Count("pk"), Max("at"))}
    calendar = Calendar()
    calendar.add("prodid", "-//Coproduction//Meetings//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _line(workshop.title))
    calendar.add("refresh-interval", ASK_AGAIN, parameters={"value": "DURATION"})
    calendar.add("x-published-ttl", "PT2H")
    if sessions:
        days = [session.starts_at.date() for session in sessions]
        first, last = min(days) - AROUND, max(days) + AROUND
        calendar.add_component(Timezone.from_tzinfo(workshop.zone, first_date=first, last_date=last))
    for session in sessions:
        session.workshop = workshop
        count, at = told.get(session.pk, (1, session.starts_at))
        calendar.add_component(_event(session, count - 1, at))
    return calendar.to_ical()


def _event(session: Session, sequence: int, at: datetime) -> Appointment:
    workshop, is_off = session.workshop, session.is_cancelled or session.removed_at is not None
    room = f"{settings.PUBLIC_URL}{reverse('room', args=[session.pk])}"
    event = Appointment()
    event.add("uid", f"meeting-{session.pk}@{host()}")
    event.add("sequence", sequence)
    event.add("dtstamp", at.astimezone(UTC))
    event.add("last-modified", at.astimezone(UTC))
    event.add("dtstart", workshop.local(session.starts_at))
    event.add("dtend", workshop.local(session.ends_at))
    event.add("status", "CANCELLED" if is_off else "CONFIRMED")
    event.add("summary", _line(f"{session.title} – {workshop.title}"))
    if session.place:
        event.add("location", _line(session.place))
    elif session.link:
        event.add("location", session.link)
    event.add("description", _description(session, room))
    event.add("url", room)
    return event


def _description(session: Session, room: str) -> str:
    lines = [_("Your seat: %(address)s") % {"address": room}]
    if session.link:
        lines.insert(0, _("The call: %(address)s") % {"address": session.link})
    if session.workshop.contact_name:
        contact = f"{session.workshop.contact_name} {session.workshop.contact_phone}".strip()
        lines.append(_("Questions: %(contact)s") % {"contact": _line(contact)})
    return "\n".join(lines)


def _line(text: str) -> str:
    """TEXT on one line, without signs that the library would let through."""
    return clean_line(shortened(text, LINE), limit=LINE)
