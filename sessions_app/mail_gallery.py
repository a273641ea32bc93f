"""Every kind of mail there is, each as somebody of this workshop would read it now, for those who lead it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise

from sessions_app import clock
from sessions_app.mails import written
from sessions_app.models import Notice, Participant, Workshop
from sessions_app.reasons import Reason, all_reasons
from sessions_app.reasons.base import STOPS, people_of

TRIED = 3  # of each kind; what was sent long ago is seldom right any more


@dataclass(frozen=True, slots=True)
class KindOfMail:
    """One kind. `frame` is the address of an example as a mail program gets it, empty when there is none now."""

    key: str
    name: str | Promise
    stop: str | Promise
    is_urgent: bool
    counts: bool
    frame: str = ""
    person: str = ""


def kinds_of_mail(workshop: Workshop) -> list[KindOfMail]:
    """All of them, in the order in which they are known. A few queries for each."""
    now, people = clock.now(), people_of(workshop) if workshop.closed_at is None else []
    return [_kind(workshop, reason, people, now) for reason in all_reasons()]


def _kind(workshop: Workshop, reason: type[Reason], people: list[Participant], now: datetime) -> KindOfMail:
    told = (reason.key, reason.name, STOPS.get(reason.stop, ""), reason.is_urgent, reason.counts)
    for notice in _examples(workshop, reason, people, now):
        notice.workshop = notice.participant.workshop = workshop
        if written(notice) is not None:
            return KindOfMail(*told, frame=_frame(workshop, notice), person=notice.participant.name)
    return KindOfMail(*told)


def _examples(workshop: Workshop, reason: type[Reason], people: list[Participant], now: datetime) -> Iterator[Notice]:
    """The newest that were made, then some that are to come."""
    made = Notice.objects.filter(workshop=workshop, reason=reason.key).select_related("participant__user")
    yield from made.order_by("-due_at", "-pk")[:TRIED]
    for number, due in enumerate(reason.due(workshop, people, now)):
        if number == TRIED:
            return
        yield reason.notice(due, now)


def _frame(workshop: Workshop, notice: Notice) -> str:
    if notice.pk is not None:
        return f"{reverse('mail', args=[workshop.slug, notice.pk])}?alone=1"
    about = {"reason": notice.reason, "about": notice.subject, "to": notice.participant_id, "alone": 1}
    return f"{reverse('coming_mail', args=[workshop.slug])}?{urlencode(about)}"
