"""Mails about meetings: tomorrow, in an hour, doors open, and what happened while one was away."""

from abc import abstractmethod
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sessions_app import moments
from sessions_app.models import (
    Contribution,
    Event,
    Notice,
    Participant,
    Place,
    Response,
    Session,
    State,
    Turn,
    Workshop,
)
from sessions_app.reasons.base import AHEAD, LATE, Due, Mail, Reason, by_day, day_before
from sessions_app.verbs import Verb


class OfMeeting(Reason):
    """What all mails about a meeting have: its facts, and the button to the seat. Subjects begin with its number."""

    stop = "meetings"

    @classmethod
    def session_of(cls, notice: Notice) -> Session | None:
        number = notice.subject.partition(":")[0]
        found = Session.objects.standing().filter(pk=int(number), workshop=notice.workshop_id).first()
        if found is not None:
            found.workshop = notice.workshop
        return found

    @classmethod
    def topics(cls, workshop: Workshop, subjects: Iterable[str]) -> dict[str, str]:
        numbers = {subject: int(subject.partition(":")[0]) for subject in subjects}
        titles = dict(Session.objects.filter(workshop=workshop, pk__in=numbers.values()).values_list("pk", "title"))
        return {subject: titles.get(number, "") for subject, number in numbers.items()}

    @classmethod
    def about(cls, session: Session, subject: str, title: str, *lines: str, path: str = "", button: str = "") -> Mail:
        return Mail(
            subject=subject,
            title=title,
            lines=lines,
            facts=_facts(session),
            button=button or _("Your seat"),
            path=path or reverse("room", args=[session.pk]),
        )


class _Ahead(OfMeeting):
    """A reminder before a meeting; a meeting that was moved since is another subject, and so reminds anew."""

    @classmethod
    @abstractmethod
    def _at(cls, session: Session) -> datetime:
        """When SESSION is to be reminded of."""

    @classmethod
    def due(cls, workshop: Workshop, people: list[Participant], now: datetime) -> Iterator[Due]:
        planned = Session.objects.standing().filter(workshop=workshop, state=State.PLANNED, starts_at__gt=now)
        near = list(planned.filter(starts_at__lt=now + AHEAD))
        subjects = _with_moves(near)
        for session in near:
            session.workshop = workshop
            at = cls._at(session)
            for person in people:
                if person.joined_at < at:  # who has just come knows
                    yield Due(person, subjects[session.pk], at, min(at + LATE, session.starts_at))

    @classmethod
    def _stands(cls, notice: Notice) -> Session | None:
        session = cls.session_of(notice)
        if session is None or session.state != State.PLANNED:
            return None
        return session if notice.subject == _with_moves([session])[session.pk] else None


class Tomorrow(_Ahead):
    key = "session_tomorrow"
    name = gettext_lazy("The meeting is tomorrow")

    @classmethod
    def _at(cls, session: Session) -> datetime:
        return by_day(day_before(session.starts_at, session.workshop), session.workshop)

    @classmethod
    def mail(cls, notice: Notice) -> Mail | None:
        session = cls._stands(notice)
        if session is None:
            return None
        return cls.about(session, _("Tomorrow: %(title)s") % {"title": session.title}, _("We meet tomorrow."))


class InAnHour(_Ahead):
    key = "session_soon"
    name = gettext_lazy("The meeting is in an hour")
    is_urgent = True

    @classmethod
    def _at(cls, session: Session) -> datetime:
        return session.starts_at - timedelta(hours=1)

    @classmethod
    def mail(cls, notice: Notice) -> Mail | None:
        session = cls._stands(notice)
        if session is None:
            return None
        return cls.about(session, _("In an hour: %(title)s") % {"title": session.title}, _("We meet in an hour."))


class DoorsOpen(OfMeeting):
    """For those who come by the net or the telephone; whoever is in the hall sees the doors."""

    key = "doors_open"
    name = gettext_lazy("The doors are open")
    is_urgent = True

    @classmethod
    def due(cls, workshop: Workshop, people: list[Participant], now: datetime) -> Iterator[Due]:
        open_now = list(Session.objects.standing().filter(workshop=workshop, state=State.DOORS_OPEN))
        there = _entered(open_now)
        for session in open_now:
            at = session.doors_opened_at or now
            for person in people:
                if person.usual_place != Place.HALL and person.pk not in there[session.pk]:
                    yield Due(person, str(session.pk), at, at + timedelta(minutes=30))

    @classmethod
    def mail(cls, notice: Notice) -> Mail | None:
        session = cls.session_of(notice)
        if session is None or not session.is_on or notice.participant_id in _entered([session])[session.pk]:
            return None
        subject = _("The doors are open: %(title)s") % {"title": session.title}
        return cls.about(session, subject, _("The doors are open."), _("Come in when you like."), button=_("Go in"))


class Missed(OfMeeting):
    key = "session_missed"
    name = gettext_lazy("You were not there")

    @classmethod
    def due(cls, workshop: Workshop, people: list[Participant], now: datetime) -> Iterator[Due]:
        over = Session.objects.standing().filter(workshop=workshop, state=State.CLOSED)
        recent = list(over.filter(closed_at__gt=now - timedelta(days=2)))
        there = _took_part(recent)
        for session in recent:
            assert session.closed_at is not None  # noqa: S101  -- the filter has looked
            at = session.closed_at + timedelta(hours=1)
            for person in people:
                if person.pk not in there[session.pk] and person.joined_at < session.closed_at:
                    yield Due(person, str(session.pk), at, at + timedelta(days=3))

    @classmethod
    def mail(cls, notice: Notice) -> Mail | None:
        session = cls.session_of(notice)
        if session is None or session.state != State.CLOSED:
            return None
        if notice.participant_id in _took_part([session])[session.pk]:
            return None
        return Mail(
            subject=_("What happened: %(title)s") % {"title": session.title},
            title=_("What happened while you were away"),
            lines=(
                _("We did not see you at “%(title)s”.") % {"title": session.title},
                *([session.summary] if session.summary else []),
                _("Your answers are still welcome: they join the same questions."),
            ),
            button=_("Read and answer"),
            path=reverse("away", args=[notice.workshop.slug]),
        )


def _facts(session: Session) -> tuple[tuple[str, str], ...]:
    workshop = session.workshop
    when = moments.meeting_words(workshop.local(session.starts_at), workshop.local(session.ends_at))
    facts = [(_("When"), when), (_("Where"), session.place), (_("Link to the call"), session.link)]
    return tuple((name, words) for name, words in facts if words)


def _with_moves(sessions: list[Session]) -> dict[int, str]:
    """Each meeting's number, and which event last changed its time: away and back is not the same as never moved."""
    moved = Event.objects.filter(
        session__in=sessions, verb=Verb.SESSION_CHANGED, data__fields__contains=["starts_at"]
    ).order_by()
    last = dict(moved.values_list("session").annotate(Max("seq")))
    return {session.pk: f"{session.pk}:{last.get(session.pk, 0)}" for session in sessions}


def _entered(sessions: list[Session]) -> dict[int, set[int | None]]:
    """By meeting, who has come into its room with a device of their own."""
    came = Event.objects.filter(session__in=sessions, verb=Verb.PARTICIPANT_ENTERED)
    return _by_meeting(came.order_by().values_list("session", "participant"))


def who_took_part(session: Session) -> set[int | None]:
    """By number, who was at SESSION, with a device or without."""
    return _took_part([session])[session.pk]


def _took_part(sessions: list[Session]) -> dict[int, set[int | None]]:
    """The same, with those who were there without a device: they spoke, or somebody wrote for them."""
    said = {"dialogue__activity__session__in": sessions, "late": False}
    words = Contribution.objects.filter(**said).order_by().values_list("dialogue__activity__session", "author")
    chosen = Response.objects.filter(**said).order_by().values_list("dialogue__activity__session", "participant")
    spoke = Turn.objects.filter(session__in=sessions, given_at__isnull=False).order_by()
    found = _entered(sessions)
    for rows in (words, chosen, spoke.values_list("session", "participant")):
        for session, people in _by_meeting(rows).items():
            found[session] |= people
    return found


def _by_meeting(rows: Iterable[tuple[int, int | None]]) -> dict[int, set[int | None]]:
    found: dict[int, set[int | None]] = defaultdict(set)
    for session, person in rows:
        found[session].add(person)
    return found
