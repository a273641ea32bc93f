"""Workshops of a person, and a workshop's meetings and threads."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User
from django.db.models import Count, Prefetch, Q, QuerySet

from sessions_app import clock, moments
from sessions_app.models import Dialogue, Participant, Role, Session, State, Workshop

COUNTED = Count("contributions", filter=Q(contributions__withdrawn_at__isnull=True))


def workshops_of(user: User) -> list[Workshop]:
    """The workshops in which USER has a place, the newest first, with their meetings and people at hand."""
    people = Participant.objects.filter(removed_at__isnull=True).order_by("joined_at", "pk")
    return list(
        Workshop.objects.filter(
            participants__user=user, participants__removed_at__isnull=True, practice_of=None, removed_at__isnull=True
        )
        .prefetch_related("sessions", Prefetch("participants", queryset=people, to_attr="people"))
        .order_by("-created_at")
    )


@dataclass(frozen=True, slots=True)
class Meeting:
    """A session with the dialogues of its steps."""

    session: Session
    dialogues: tuple[Dialogue, ...]

    @property
    def open_dialogues(self) -> list[Dialogue]:
        now = clock.now()
        return [d for d in self.dialogues if d.activity.is_open(now) and d.activity.open_until is not None]


@dataclass(frozen=True, slots=True)
class WorkshopView:
    """A workshop's own page: meetings in order of time, threads that are open or were, the next meeting."""

    workshop: Workshop
    meetings: tuple[Meeting, ...]
    threads: tuple[Dialogue, ...]

    @property
    def next_meeting(self) -> Session | None:
        return next((m.session for m in self.meetings if m.session.is_to_come), None)

    @property
    def last_held(self) -> Session | None:
        """The meeting that was held last."""
        return next((m.session for m in reversed(self.meetings) if m.session.state == State.CLOSED), None)

    @property
    def cancelled(self) -> list[Session]:
        """Meetings that do not take place, as long as somebody might still come."""
        now = clock.now()
        return [m.session for m in self.meetings if m.session.is_cancelled and m.session.ends_at > now]

    @property
    def closed_threads(self) -> list[Dialogue]:
        """Questions that had no meeting and are over."""
        now = clock.now()
        return [d for d in self.threads if d.activity.was_opened and not d.activity.is_open(now)]

    @property
    def questions_to_come(self) -> list[Dialogue]:
        """Questions that are to open by themselves, or were. The facilitators' secret until then."""
        everything = [*self.threads, *(d for m in self.meetings for d in m.dialogues if d.group_id is None)]
        planned = [d for d in everything if d.activity.opens_at is not None and not d.activity.was_opened]
        return sorted(planned, key=lambda d: d.activity.opens_at or d.activity.workshop.created_at)

    @property
    def open_questions(self) -> list[Dialogue]:
        """What can be answered between the meetings right now."""
        now = clock.now()
        everything = [*self.threads, *(d for m in self.meetings for d in m.dialogues)]
        return [d for d in everything if d.activity.open_until is not None and d.activity.is_open(now)]


def workshop_view(workshop: Workshop, groups: Sequence[int] = ()) -> WorkshopView:
    """With the dialogues of GROUPS, those in which the reader sits, beside everybody's. Two queries."""
    (view,) = workshop_views([workshop], groups)
    return view


def workshop_views(workshops: Sequence[Workshop], groups: Sequence[int] = ()) -> list[WorkshopView]:
    """The view of each workshop, in the same order. Two queries for all of them."""
    by_workshop = {workshop.pk: workshop for workshop in workshops}
    by_session = {}
    for session in Session.objects.standing().filter(workshop__in=list(by_workshop)).order_by("starts_at", "pk"):
        session.workshop = by_workshop[session.workshop_id]
        by_session[session.pk] = session
    dialogues = list(_dialogues(by_workshop, groups))
    for dialogue in dialogues:
        dialogue.activity.workshop = by_workshop[dialogue.activity.workshop_id]
        dialogue.until_words = until_words(dialogue)  # type: ignore[attr-defined]
        dialogue.opens_words = _opens_words(dialogue)  # type: ignore[attr-defined]
        if dialogue.activity.session_id:
            dialogue.activity.session = by_session[dialogue.activity.session_id]
    return [_view(workshop, by_session.values(), dialogues) for workshop in workshops]


def _view(workshop: Workshop, sessions: Iterable[Session], dialogues: Iterable[Dialogue]) -> WorkshopView:
    """What of SESSIONS and DIALOGUES belongs to WORKSHOP."""
    own = [dialogue for dialogue in dialogues if dialogue.activity.workshop_id == workshop.pk]
    meetings = tuple(
        Meeting(session, tuple(d for d in own if d.activity.session_id == session.pk))
        for session in sessions
        if session.workshop_id == workshop.pk
    )
    return WorkshopView(workshop, meetings, tuple(d for d in own if d.activity.is_thread))


def removed_meeting(workshop: Workshop, pk: str) -> Session | None:
    """The meeting with this number if it was taken off WORKSHOP's plan, so that it can be put back."""
    if not pk.isdecimal() or len(pk) > 18:
        return None
    return Session.objects.filter(workshop=workshop, pk=pk, removed_at__isnull=False).first()


def removed_workshop(user: User, slug: str) -> Workshop | None:
    """The workshop at this address if USER has thrown it away, so that it can be put back."""
    mine = Workshop.objects.filter(participants__user=user, participants__roles__contains=[Role.FACILITATOR])
    return mine.filter(slug=slug, removed_at__isnull=False).first() if slug else None


def keeping_ends(workshop: Workshop) -> bool:
    """Whether the last day has come on which people were told that their words are kept."""
    return workshop.keep_until is not None and workshop.local(clock.now()).date() >= workshop.keep_until


def until_words(dialogue: Dialogue) -> str:
    """Until when a question can be answered, in words."""
    return _words(dialogue, dialogue.activity.open_until)


def _opens_words(dialogue: Dialogue) -> str:
    """When it opens by itself, in words; nothing once that time is over."""
    activity = dialogue.activity
    return _words(dialogue, activity.opens_at) if activity.opens_later(clock.now()) else ""


def _words(dialogue: Dialogue, moment: datetime | None) -> str:
    if moment is None:
        return ""
    local = dialogue.activity.workshop.local(moment)
    return f"{moments.day_words(local)}, {moments.clock_words(local)}"


def _dialogues(workshop_ids: Iterable[int], groups: Sequence[int]) -> QuerySet[Dialogue]:
    return (
        Dialogue.objects.filter(Q(group=None) | Q(group__in=groups))
        .filter(
            activity__workshop__in=list(workshop_ids),
            activity__removed_at__isnull=True,
            activity__session__removed_at__isnull=True,
        )
        .select_related("activity", "group")
        .annotate(count=COUNTED)
        .order_by("activity__session__starts_at", "activity__position", "pk")
    )


def last_contact(user: User) -> dict[str, object]:
    """Whom people could call in USER's newest workshop, so that nobody types it twice; else USER's own name."""
    newest = Workshop.objects.filter(participants__user=user, practice_of=None).order_by("-created_at")
    found = newest.values("contact_name", "contact_phone", "time_zone").first()
    return dict(found) if found else {"contact_name": user.get_full_name()}
