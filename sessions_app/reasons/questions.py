"""Mails with a question: a thread waits, and its time is nearly over. Only to those who have not been heard."""

from abc import abstractmethod
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sessions_app import clock, moments
from sessions_app.kinds import Kind, kind_of
from sessions_app.mail_links import answer_key
from sessions_app.models import (
    Activity,
    Contribution,
    Dialogue,
    Identity,
    Notice,
    Participant,
    Response,
    Role,
    Workshop,
)
from sessions_app.queries.promises import promise_of
from sessions_app.queries.timeline import newest
from sessions_app.reasons.base import Due, Mail, Quoted, Reason, by_day, day_before
from sessions_app.reply_addresses import reply_address

THINKS = timedelta(hours=1)  # a question that was just asked may yet be changed
CHOICE = "choice"  # the kind of key for a question that is answered by choosing
SHOWN = 2  # answers of others in the mail


class _Question(Reason):
    stop = "questions"

    @classmethod
    @abstractmethod
    def _at(cls, activity: Activity) -> datetime | None:
        """When the mail about ACTIVITY is due; None when there is to be none."""

    @classmethod
    def due(cls, workshop: Workshop, people: list[Participant], now: datetime) -> Iterator[Due]:
        found = Activity.objects.planned().filter(workshop=workshop, open_until__gt=now, ended_at=None)
        open_now = [one for one in found.filter(opened_at__isnull=False) if not one.is_on and _is_asked(one)]
        heard = _heard(open_now)
        for activity in open_now:
            activity.workshop = workshop
            at = cls._at(activity)
            if at is None or activity.open_until is None:
                continue
            for person in people:
                is_asked = Role.FACILITATOR not in person.roles  # who asks is not asked
                if is_asked and person.pk not in heard[activity.pk]:
                    since = max(at, person.joined_at + THINKS)  # who has just come has seen it
                    yield Due(person, str(activity.pk), since, activity.open_until)

    @classmethod
    def topics(cls, workshop: Workshop, subjects: Iterable[str]) -> dict[str, str]:
        found = Activity.objects.filter(workshop=workshop, pk__in=[int(subject) for subject in subjects])
        return {str(pk): prompt or title for pk, prompt, title in found.values_list("pk", "prompt", "title")}

    @classmethod
    def mail(cls, notice: Notice) -> Mail | None:
        activity = Activity.objects.planned().filter(pk=int(notice.subject), workshop=notice.workshop_id).first()
        if activity is None:
            return None
        activity.workshop = notice.workshop
        dialogue = Dialogue.objects.get(activity=activity, group=None)
        dialogue.activity = activity
        if not activity.is_open(clock.now()) or activity.open_until is None or activity.is_on:
            return None
        if notice.participant_id in _heard([activity])[activity.pk]:
            return None
        until = notice.workshop.local(activity.open_until)
        when = {"day": moments.day_words(until), "time": moments.clock_words(until)}
        lines = [_("We have this one question for you before %(day)s, %(time)s.") % when]
        if activity.identity == Identity.ANONYMOUS:
            lines.append(_("Nobody can know who has answered. If you have answered, thank you."))
        return Mail(
            subject=cls._subject(activity),
            title=activity.prompt or activity.title,
            lines=tuple(lines),
            quotes=_said(dialogue),
            button=_("Answer"),
            **_ways(notice.participant, activity, f"{reverse('thread', args=[dialogue.pk])}#write"),
            note=cls._note(activity),
            reply_to=reply_address(notice.participant, dialogue),
            promise=promise_of(activity),
        )

    @classmethod
    def _subject(cls, activity: Activity) -> str:
        return activity.prompt or activity.title

    @classmethod
    def _note(cls, activity: Activity) -> str:
        """At most two mails are about one question."""
        return _("This is the last mail about it.")


class ThreadWaits(_Question):
    key = "thread_waits"
    name = gettext_lazy("A question waits for you")

    @classmethod
    def _note(cls, activity: Activity) -> str:
        return _("This is the first of two.") if WindowCloses._at(activity) else super()._note(activity)

    @classmethod
    def _at(cls, activity: Activity) -> datetime | None:
        since = activity.closed_at or activity.opened_at
        return since + THINKS if since is not None else None


class WindowCloses(_Question):
    """The second and last mail about one question."""

    key = "window_closes"
    name = gettext_lazy("A question closes tomorrow")

    @classmethod
    def _at(cls, activity: Activity) -> datetime | None:
        since = activity.closed_at or activity.opened_at
        if activity.open_until is None or since is None or activity.open_until - since < timedelta(days=2):
            return None  # the first mail was yesterday
        return by_day(day_before(activity.open_until, activity.workshop), activity.workshop)

    @classmethod
    def _subject(cls, activity: Activity) -> str:
        return _("Until tomorrow: %(question)s") % {"question": activity.prompt or activity.title}


def _ways(person: Participant, activity: Activity, thread: str) -> dict[str, Any]:
    """Where the button leads: what is chosen is chosen on a page of its own, with no seat; words are written in the
    THREAD. Who has an account signs in for either."""
    if not answers_by_mail(kind_of(activity.kind)) or person.user_id is not None:
        return {"path": thread}
    key = answer_key(person, CHOICE, f"{activity.pk}:{activity.round}")
    return {"path": reverse("choose_by_mail", args=[key]), "is_open": False, "detail": thread}


def answers_by_mail(kind: type[Kind]) -> bool:
    """Whether people choose, and need to see nothing else for it than the question."""
    return kind.takes_answers and not kind.takes_words and not kind.quotes


def _is_asked(activity: Activity) -> bool:
    kind = kind_of(activity.kind)
    return kind.takes_words or kind.takes_answers


def _heard(activities: list[Activity]) -> dict[int, set[int | None]]:
    """By question, who has said or chosen something there under their name.

    Nobody where answers are anonymous, not even those whom a token could still tell: who gets no mail would be known
    to have written.
    """
    found: dict[int, set[int | None]] = defaultdict(set)
    named = [activity for activity in activities if activity.identity != Identity.ANONYMOUS]
    stands = {"dialogue__activity__in": named, "withdrawn_at": None}
    words = Contribution.objects.filter(**stands).order_by()
    chosen = Response.objects.filter(**stands, round=F("dialogue__activity__round")).order_by()
    for rows in (
        words.values_list("dialogue__activity", "author"),
        chosen.values_list("dialogue__activity", "participant"),
    ):
        for number, person in rows:
            found[number].add(person)
    return found


def _said(dialogue: Dialogue) -> tuple[Quoted, ...]:
    """The last few things that others said there, as everybody may see them; nothing of what lies face down."""
    if dialogue.activity.is_hidden or not kind_of(dialogue.activity.kind).takes_words:
        return ()
    said = newest([dialogue], after=0, limit=SHOWN).get(dialogue.pk, [])
    return tuple(
        Quoted(one.contribution.body, one.who, one.contribution.language, one.said_on)
        for one in said
        if not one.contribution.is_withdrawn
    )
