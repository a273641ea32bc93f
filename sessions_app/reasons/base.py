"""The parts of a mail, and what a reason for one is."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sessions_app.models import MailChoice, Notice, Participant, Workshop
from sessions_app.policy import TAKES_PART, Actor

# What a person can say stop to, each with its own link: how it is called, and what the link says.
STOPS: dict[str, str | Promise] = {
    "meetings": _("Mails about meetings"),
    "questions": _("Mails with a question"),
    "answers": _("Mails when somebody answered me"),
    "words": _("Mails when my words were used"),
    "agreements": _("Mails about what we agree"),
    "digests": _("Mails with news"),
    "letters": _("Letters from the hosts"),
}
STOP_WORDS: dict[str, str | Promise] = {
    "meetings": _("Stop mails about meetings"),
    "questions": _("Stop mails with questions"),
    "answers": _("Stop mails about answers to me"),
    "words": _("Stop mails about my words"),
    "agreements": _("Stop mails about what we agree"),
    "digests": _("Stop mails with news"),
    "letters": _("Stop letters from the hosts"),
}
LATE = timedelta(hours=2)  # a reminder that is later than this would only confuse
AHEAD = timedelta(days=8)  # how far facilitators see what will go out
MORNING, EVENING, NIGHT = time(7, 0), time(20, 0), time(21, 0)  # on the clock of the workshop


@dataclass(frozen=True, slots=True)
class Due:
    """That PARTICIPANT is to get a mail about SUBJECT at `at`, and not after `until`."""

    participant: Participant
    subject: str
    at: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Quoted:
    words: str
    who: str
    language: str
    said_on: str = ""


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail in its reader's language. `title` is the one question or the one piece of news; `path` where the button
    leads, inside the product."""

    subject: str
    title: str
    lines: tuple[str, ...]
    button: str = ""
    path: str = ""
    quotes: tuple[Quoted, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    is_open: bool = True  # whether the button takes the seat of who presses it; else PATH is a key of its own
    detail: str = ""  # a page with all of it, for those who want more than to answer; it needs the seat
    note: str = ""  # a sentence at the very end, such as how many more will come
    reply_to: str = ""  # where an answer to the mail itself is posted, if it can be
    promise: str = ""  # who sees such an answer


class Reason(ABC):
    """One reason. `due` says who is to be told what, from the tables as they are; it may say the same many times, since
    a notice is made once. `mail` writes it when it is sent, or returns None when it is no longer right."""

    key: ClassVar[str]
    name: ClassVar[str | Promise]
    stop: ClassVar[str]
    is_urgent: ClassVar[bool] = False  # goes out at night
    counts: ClassVar[bool] = True  # against the number of mails that are enough in a week
    only_if: ClassVar[frozenset[str]] = frozenset({"everything", "daily", "weekly", "asked"})
    outlives: ClassVar[bool] = False  # goes out although the workshop is over

    @classmethod
    def address(cls, notice: Notice) -> str:
        """Where it goes; nothing when the person gave no address."""
        return address_of(notice.participant)

    @classmethod
    def is_wanted(cls, choice: MailChoice | None) -> bool:
        """Whether somebody with CHOICE wants mails like this one."""
        choice = choice or MailChoice()
        return cls.stop not in choice.stopped and choice.frequency in cls.only_if

    @classmethod
    @abstractmethod
    def due(cls, workshop: Workshop, people: list[Participant], now: datetime) -> Iterable[Due]:
        """Who of PEOPLE is to be told what: what is due at NOW, and as far as it is known what will be in AHEAD."""

    @classmethod
    def notice(cls, due: Due, now: datetime) -> Notice:
        """The row for DUE as it is made at NOW, not saved: it goes out by day, unless it is urgent."""
        person = due.participant
        return Notice(
            workshop=person.workshop,
            participant=person,
            reason=cls.key,
            subject=due.subject,
            due_at=due.at,
            stale_at=due.until,
            try_at=due.at if cls.is_urgent else after_the_night(max(due.at, now), person.workshop),
            made_at=now,
        )

    @classmethod
    def topics(cls, workshop: Workshop, subjects: Iterable[str]) -> dict[str, str]:
        """What the subjects are about, in words for facilitators. At most one query."""
        return {}

    @classmethod
    @abstractmethod
    def mail(cls, notice: Notice) -> Mail | None:
        """What NOTICE says in the language that is on; None when it is not right any more."""

    @classmethod
    def for_its_reader(cls, notice: Notice, mail: Mail) -> Mail:
        """MAIL with what nobody but its reader may see; whoever looks at mails on a page sees it without."""
        return mail


class _Registry:
    def __init__(self) -> None:
        self._by_key: dict[str, type[Reason]] = {}

    def register(self, *reasons: type[Reason]) -> None:
        self._by_key.update({reason.key: reason for reason in reasons})

    def get(self, key: str) -> type[Reason] | None:
        return self._by_key.get(key)

    def __iter__(self) -> Iterator[type[Reason]]:
        return iter(self._by_key.values())


REASONS = _Registry()


def all_reasons() -> list[type[Reason]]:
    return list(REASONS)


def reason_of(key: str) -> type[Reason] | None:
    """The reason called KEY, or None for one that is not known (any more)."""
    return REASONS.get(key)


def people_of(workshop: Workshop) -> list[Participant]:
    """Who can get mail at all: those who take part and gave an address."""
    people = Participant.objects.filter(workshop=workshop, removed_at=None, admitted_at__isnull=False)
    rows = list(people.exclude(email="", user=None).select_related("user").order_by("pk"))
    for person in rows:
        person.workshop = workshop
    return [person for person in rows if address_of(person) and gets_mail(person)]


def gets_mail(person: Participant) -> bool:
    """Whether PERSON may see the rooms and threads that mails tell of; who only reads the record may not."""
    return Actor(person).has(TAKES_PART)


def address_of(person: Participant) -> str:
    """Where PERSON gets mail: what they gave here, else the address that they sign in with."""
    return person.email or (person.user.email if person.user is not None else "")


def after_the_night(moment: datetime, workshop: Workshop) -> datetime:
    """MOMENT, or the morning after it when it is night in the workshop's zone."""
    local = workshop.local(moment)
    if MORNING <= local.time() < NIGHT:
        return moment
    day = local.date() + timedelta(days=1) if local.time() >= NIGHT else local.date()
    return datetime.combine(day, MORNING, tzinfo=workshop.zone)


def day_before(moment: datetime, workshop: Workshop) -> datetime:
    """The same time on the workshop's clock, one day before. An hour that does not exist counts as the one after."""
    local = workshop.local(moment)
    before = datetime.combine(local.date() - timedelta(days=1), local.time(), tzinfo=workshop.zone)
    return before.astimezone(UTC)


def by_day(moment: datetime, workshop: Workshop) -> datetime:
    """MOMENT, or the hour of the same day that is next to it and in which people are awake."""
    local = workshop.local(moment)
    awake = min(max(local.time(), MORNING), EVENING)
    return moment if awake == local.time() else datetime.combine(local.date(), awake, tzinfo=workshop.zone)
