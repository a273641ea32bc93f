"""Mails with news, once a day or once a week, and none when there is none."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from sessions_app.models import Contribution, Dialogue, Notice, Participant, Workshop
from sessions_app.neighbours import news_of
from sessions_app.queries.timeline import newest
from sessions_app.reasons.answers import open_to_all
from sessions_app.reasons.base import Due, Mail, Quoted, Reason

MORNING = time(8, 0)
SHOWN, LOOKED_AT = 3, 20


class _Digest(Reason):
    stop = "digests"
    counts = False  # who gets it has asked for it
    days: int

    @classmethod
    def due(cls, workshop: Workshop, people: list[Participant], now: datetime) -> Iterator[Due]:
        today = workshop.local(now).date()
        at = datetime.combine(today, MORNING, tzinfo=workshop.zone)
        if not cls._is_day(today.weekday()) or not timedelta(0) <= now - at < timedelta(hours=2):
            return
        since = at - timedelta(days=cls.days)
        if not _news(workshop, since, at).exists() and not news_of(workshop, None, since, at):
            return
        for person in people:
            yield Due(person, today.isoformat(), at, at + timedelta(hours=12))

    @classmethod
    def _is_day(cls, weekday: int) -> bool:
        return True

    @classmethod
    def mail(cls, notice: Notice) -> Mail | None:
        workshop, person = notice.workshop, notice.participant
        since = notice.due_at - timedelta(days=cls.days)
        news = _news(workshop, since, notice.due_at).exclude(author=person)
        count, more = news.count(), news_of(workshop, person, since, notice.due_at)
        if not count and not more:
            return None
        fresh = set(news.order_by("-seq").values_list("pk", flat=True)[:SHOWN])
        dialogues = list(Dialogue.objects.filter(contributions__in=fresh).select_related("activity").distinct())
        for dialogue in dialogues:
            dialogue.activity.workshop = workshop
        quotes = [
            Quoted(said.contribution.body, said.who, said.contribution.language, said.said_on)
            for words in newest(dialogues, after=0, limit=LOOKED_AT).values()
            for said in words
            if said.contribution.pk in fresh
        ]
        told = ngettext("%(count)d new thing was said.", "%(count)d new things were said.", count) % {"count": count}
        told = told if count else more.pop(0)
        return Mail(
            subject=told,
            title=told,
            lines=tuple(more),
            quotes=tuple(quotes[:SHOWN]),
            button=_("While you were away"),
            path=reverse("away", args=[workshop.slug]),
        )


class DailyDigest(_Digest):
    key = "daily_digest"
    name = gettext_lazy("News of the day")
    only_if = frozenset({"daily"})
    days = 1


class WeeklyDigest(_Digest):
    key = "weekly_digest"
    name = gettext_lazy("News of the week")
    only_if = frozenset({"weekly"})
    days = 7

    @classmethod
    def _is_day(cls, weekday: int) -> bool:
        return weekday == 0


def _news(workshop: Workshop, since: datetime, until: datetime) -> QuerySet[Contribution]:
    found = Contribution.objects.filter(dialogue__activity__workshop=workshop)
    return open_to_all(found).filter(said_at__gt=since, said_at__lte=until)
