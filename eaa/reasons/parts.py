"""What mails of the framework share: until when, at which hour, and whose words are in it."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from eaa.models import Evidence
from eaa.queries.quoting import quotes
from sessions_app import moments
from sessions_app.mail_links import answer_key
from sessions_app.models import Participant, Workshop
from sessions_app.reasons.base import Quoted, by_day, day_before

CHECK, POSITION = "check", "position"  # kinds of keys
MORNING = time(8, 0)  # on the clock of the workshop
SHOWN = 2  # pieces of somebody's own words in one mail
GOES_FOR = timedelta(days=3)  # so long after its day a mail is still worth being sent
ENOUGH_BETWEEN = timedelta(days=2)  # what is open for a shorter time is asked about once


def morning_of(day: date, workshop: Workshop) -> datetime:
    return datetime.combine(day, MORNING, tzinfo=workshop.zone).astimezone(UTC)


def day_before_the_end(since: datetime, until: datetime | None, workshop: Workshop) -> datetime | None:
    """When the second and last mail goes out; None when the first one was only yesterday."""
    if until is None or until - since < ENOUGH_BETWEEN:
        return None
    return by_day(day_before(until, workshop), workshop)


def until_line(until: datetime, workshop: Workshop) -> str:
    local = workshop.local(until)
    when = {"day": moments.day_words(local), "time": moments.clock_words(local)}
    return _("We have this one question for you before %(day)s, %(time)s.") % when


def own_words(evidence: Iterable[Evidence], person: Participant) -> tuple[Quoted, ...]:
    """The words of PERSON that EVIDENCE points at, those that still stand."""
    found = [
        Quoted(quote.words, _("Your words"), quote.language)
        for quote in quotes(evidence).values()
        if quote.said is not None and quote.said.contribution.author_id == person.pk and quote.words
    ]
    return tuple(dict.fromkeys(found))[:SHOWN]


def by_mail(person: Participant, kind: str, about: str, page: str, seated: str, section: str = "") -> dict[str, Any]:
    """Where the button of a mail leads: a PAGE with a key for this one answer of KIND. Who has an account signs in, and
    who has no name yet takes their seat first: both go to the page of those who are SEATED."""
    within = f"{reverse(seated, args=[int(about.partition(':')[0])])}{section}"
    if person.user_id is not None or not person.is_named:
        return {"path": within}
    return {"path": reverse(page, args=[answer_key(person, kind, about)]), "is_open": False, "detail": within}


def numbers_of(subjects: Iterable[str]) -> dict[str, int]:
    """The number that each subject begins with."""
    return {subject: int(subject.partition(":")[0]) for subject in subjects}
