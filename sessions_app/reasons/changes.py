"""Mails about a meeting that is not as it was: moved, cancelled, on again."""

from abc import abstractmethod
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sessions_app.models import Event, Notice, NoticeState, Participant, Session, State, Workshop
from sessions_app.reasons.base import Due, Mail
from sessions_app.reasons.meetings import OfMeeting
from sessions_app.verbs import Verb

SETTLES = timedelta(minutes=10)  # who moves a meeting often moves it twice
PERHAPS_READ = [NoticeState.SENDING, NoticeState.SENT, NoticeState.UNCONFIRMED]
MOVES = frozenset({"starts_at", "ends_at", "place", "link"})


class _Changed(OfMeeting):
    """Told once for the newest change of its kind, when no other has followed for some minutes."""

    verb: Verb

    @classmethod
    @abstractmethod
    def _sessions(cls, workshop: Workshop, now: datetime) -> list[Session]:
        """The meetings of WORKSHOP about which such a change may still be told."""

    @classmethod
    def due(cls, workshop: Workshop, people: list[Participant], now: datetime) -> Iterator[Due]:
        sessions = {session.pk: session for session in cls._sessions(workshop, now)}
        recent = Event.objects.filter(session__in=sessions, verb=cls.verb, at__gt=now - timedelta(days=2))
        newest = {event.session_id or 0: event for event in recent.order_by("seq") if cls._tells(event)}
        for number, event in newest.items():
            at = event.at + SETTLES
            for person in people:
                if person.joined_at < event.at:
                    yield Due(person, f"{number}:{event.seq}", at, max(sessions[number].starts_at, at))

    @classmethod
    def _tells(cls, event: Event) -> bool:
        return True

    @classmethod
    def _is_newest(cls, notice: Notice, session: Session) -> bool:
        found = Event.objects.filter(workshop=notice.workshop_id, verb=cls.verb, session=session)
        newest = max((one.seq for one in found if cls._tells(one)), default=0)
        return notice.subject == f"{session.pk}:{newest}"


class Moved(_Changed):
    key = "session_moved"
    name = gettext_lazy("The meeting has another time or place")
    is_urgent = True
    verb = Verb.SESSION_CHANGED

    @classmethod
    def _sessions(cls, workshop: Workshop, now: datetime) -> list[Session]:
        return list(Session.objects.to_come().filter(workshop=workshop, starts_at__gt=now))

    @classmethod
    def _tells(cls, event: Event) -> bool:
        return bool(MOVES & set(event.data.get("fields", [])))

    @classmethod
    def mail(cls, notice: Notice) -> Mail | None:
        session = cls.session_of(notice)
        if session is None or not session.is_to_come or not cls._is_newest(notice, session):
            return None
        subject = _("Changed: %(title)s") % {"title": session.title}
        return cls.about(session, subject, _("The meeting has another time or place."), _("This is how it is now."))


class Cancelled(_Changed):
    key = "session_cancelled"
    name = gettext_lazy("The meeting is cancelled")
    is_urgent = True
    verb = Verb.SESSION_CANCELLED

    @classmethod
    def _sessions(cls, workshop: Workshop, now: datetime) -> list[Session]:
        found = Session.objects.standing().filter(workshop=workshop, state=State.CANCELLED, ends_at__gt=now)
        return list(found)

    @classmethod
    def mail(cls, notice: Notice) -> Mail | None:
        session = cls.session_of(notice)
        if session is None or session.state != State.CANCELLED or not cls._is_newest(notice, session):
            return None
        subject = _("Cancelled: %(title)s") % {"title": session.title}
        path = reverse("workshop", args=[notice.workshop.slug])
        lines = _("It does not take place. We tell you when there is a new day.")
        return cls.about(
            session, subject, _("The meeting is cancelled."), lines, path=path, button=_("See the workshop")
        )


class OnAgain(_Changed):
    """For those who may have read that it was cancelled."""

    key = "session_on_again"
    name = gettext_lazy("The meeting takes place after all")
    is_urgent = True
    verb = Verb.SESSION_ON_AGAIN

    @classmethod
    def _sessions(cls, workshop: Workshop, now: datetime) -> list[Session]:
        told = Notice.objects.filter(workshop=workshop, reason=Cancelled.key, state__in=PERHAPS_READ)
        numbers = {int(subject.partition(":")[0]) for subject in told.values_list("subject", flat=True)}
        return list(Session.objects.to_come().filter(workshop=workshop, starts_at__gt=now, pk__in=numbers))

    @classmethod
    def mail(cls, notice: Notice) -> Mail | None:
        session = cls.session_of(notice)
        if session is None or not session.is_to_come or not cls._is_newest(notice, session):
            return None
        subject = _("It takes place: %(title)s") % {"title": session.title}
        return cls.about(session, subject, _("The meeting takes place after all."))
