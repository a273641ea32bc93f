"""The mails of a person for their own page; of a workshop: what goes to whom and when, and who is not reached."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sessions_app import clock, moments
from sessions_app.models import Frequency, Letter, MailChoice, Notice, NoticeState, Participant, Workshop
from sessions_app.reasons import all_reasons, reason_of
from sessions_app.reasons.base import AHEAD, STOPS, address_of, gets_mail, people_of

PAGE = 400  # of the newest past mails
KNOWN = timedelta(days=400)  # longer than anything can be open
TO_COME = [NoticeState.WAITING, NoticeState.CLAIMED, NoticeState.SENDING]
Ending = tuple[str | Promise, str | Promise]  # how it is with a mail, and why
Line = tuple[str, str, datetime, Ending, "Notice | Participant"]
# Why a mail was not sent, in words.
WHY: dict[str, str | Promise] = {
    "no_address": _("There is no address."),
    "said_stop": _("They said stop to these mails."),
    "too_late": _("It would have come too late."),
    "enough": _("They had enough mails this week."),
    "not_right_any_more": _("It was not right any more: answered, moved or over."),
    "gone": _("They left, or the workshop is over."),
    "unknown_reason": _("We do not know this kind of mail any more."),
    "worker_died": _("The program stopped while it was being sent. It is not sent twice."),
    "no_answer": _("The mail server gave no answer. It is not sent twice."),
    "refused": _("The mail server refused it."),
    "no_way_through": _("The mail server could not be reached for a long time."),
    "put_away": _("A facilitator put it away."),
    "fault": _("We could not make this mail. It is our fault."),
}
NOT_CONFIRMED = _("They have not said yes to their address yet.")
SAID_STOP: dict[str, str | Promise] = {"questions": _("They want no mails with a question.")}


@dataclass(frozen=True, slots=True)
class Addressee:
    """Somebody in a batch; without a notice the mail is still to be made. `reply` is what went wrong, as told to us."""

    person: Participant
    notice: Notice | None = None

    @property
    def reply(self) -> str:
        return self.notice.reply if self.notice is not None and self.notice.state != NoticeState.SENT else ""


@dataclass(frozen=True, slots=True)
class Part:
    """Those of a batch for whom it ended in the same way."""

    words: str | Promise
    why: str | Promise
    people: tuple[Addressee, ...]


@dataclass(frozen=True, slots=True)
class Batch:
    """All mails for one reason about one thing."""

    reason: str
    subject: str
    name: str | Promise
    topic: str
    at: datetime
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Unreached:
    """Somebody who gets no mail, and why."""

    person: Participant
    why: str | Promise


@dataclass(frozen=True, slots=True)
class Outbox:
    """`until` is the day as far as which mails to come are known, in words; nothing when none will come."""

    until: str
    coming: tuple[Batch, ...]
    past: tuple[Batch, ...]
    unreached: tuple[Unreached, ...]
    counts: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Mails:
    """What one person gets by mail, for their own page."""

    address: str
    is_own_address: bool  # given here, not taken from the account that they sign in with
    choice: MailChoice
    frequencies: tuple[tuple[str, str | Promise], ...]
    kinds: tuple[tuple[str, str | Promise], ...]


def mails_of(person: Participant) -> Mails:
    """One or two queries."""
    choice = MailChoice.objects.filter(participant=person).first() or MailChoice(participant=person)
    return Mails(address_of(person), bool(person.email), choice, tuple(Frequency.choices), tuple(STOPS.items()))


def outbox_of(workshop: Workshop) -> Outbox:
    """As many queries as there are reasons, a few each, however many people and mails there are."""
    rows = Notice.objects.filter(workshop=workshop).select_related("participant")
    choices = {row.participant_id: row for row in MailChoice.objects.filter(participant__workshop=workshop)}
    states = dict(rows.order_by().values_list("state").annotate(Count("pk")))
    waiting = [(row.reason, row.subject, row.try_at, _state_of(row), row) for row in rows.filter(state__in=TO_COME)]
    past = rows.exclude(state__in=TO_COME).order_by("-due_at", "-pk")[:PAGE]
    now, goes_on = clock.now(), workshop.closed_at is None and not workshop.is_practice
    return Outbox(
        until=moments.day_words(workshop.local(now + AHEAD)) if goes_on else "",
        coming=_batches(workshop, [*waiting, *_foreseen(workshop, choices)]),
        past=_batches(workshop, [(r.reason, r.subject, r.sent_at or r.due_at, _state_of(r), r) for r in past])[::-1],
        unreached=tuple(_unreached(workshop, choices)),
        counts=tuple((str(state.label), states[state.value]) for state in NoticeState if state.value in states),
    )


def letters_to_come(workshop: Workshop) -> list[Letter]:
    """The letters that nobody has got yet, since their moment has not come. One query."""
    found = Letter.objects.filter(workshop=workshop, taken_back_at=None, send_at__gt=clock.now())
    return list(found.order_by("send_at", "pk"))


def foreseen_notice(workshop: Workshop, reason: str, subject: str, person_id: int) -> Notice | None:
    """A notice that is not made yet, to be looked at: only one that will be made as far as we know."""
    found = reason_of(reason)
    if found is None or workshop.closed_at is not None:
        return None
    now = clock.now()
    for due in found.due(workshop, people_of(workshop), now):
        if due.subject == subject and due.participant.pk == person_id:
            return found.notice(due, now)
    return None


def _foreseen(workshop: Workshop, choices: dict[int, MailChoice]) -> Iterator[Line]:
    """What no row stands for yet: it comes in the next days, or in the next half minute."""
    if workshop.closed_at is not None or workshop.is_practice:
        return
    now, people = clock.now(), people_of(workshop)
    made = Notice.objects.filter(workshop=workshop, made_at__gt=now - KNOWN).order_by()
    known = set(made.values_list("participant", "reason", "subject"))
    for reason in all_reasons():
        for due in reason.due(workshop, people, now):
            if due.until <= now or not reason.is_wanted(choices.get(due.participant.pk)):
                continue
            if (due.participant.pk, reason.key, due.subject) not in known:
                yield reason.key, due.subject, max(due.at, now), (_("To be sent"), ""), due.participant


def _batches(workshop: Workshop, lines: Iterable[Line]) -> tuple[Batch, ...]:
    """LINES put together by reason and thing, the earliest first."""
    found: dict[tuple[str, str], dict[Ending, list[Addressee]]] = defaultdict(lambda: defaultdict(list))
    times: dict[tuple[str, str], datetime] = {}
    for reason, subject, at, ending, whose in lines:
        addressee = Addressee(whose.participant, whose) if isinstance(whose, Notice) else Addressee(whose)
        found[reason, subject][ending].append(addressee)
        times[reason, subject] = max(at, times.get((reason, subject), at))
    topics = _topics(workshop, found)
    batches = [
        Batch(
            *key,
            name=known.name if (known := reason_of(key[0])) is not None else key[0],
            topic=topics.get(key, ""),
            at=times[key],
            parts=tuple(Part(words, why, tuple(people)) for (words, why), people in parts.items()),
        )
        for key, parts in found.items()
    ]
    return tuple(sorted(batches, key=lambda batch: batch.at))


def _topics(workshop: Workshop, keys: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
    found: dict[str, list[str]] = defaultdict(list)
    for reason, subject in keys:
        found[reason].append(subject)
    told = {key: known.topics(workshop, subjects) for key, subjects in found.items() if (known := reason_of(key))}
    return {(key, subject): words for key, topics in told.items() for subject, words in topics.items()}


def _state_of(row: Notice) -> Ending:
    return NoticeState(row.state).label, WHY.get(row.why, "")


def notice_in(workshop: Workshop, pk: int) -> Notice | None:
    found = Notice.objects.select_related("participant__user", "workshop").filter(workshop=workshop, pk=pk)
    return found.first()


def why_unreached(person: Participant, choice: MailChoice | None, stop: str) -> str | Promise:
    """Why PERSON gets no mails of the kind STOP, in words; nothing when they get them."""
    choice = choice or MailChoice()
    if not address_of(person):
        return NOT_CONFIRMED if choice.asked_address else WHY["no_address"]
    if choice.frequency == Frequency.NEVER:
        return _("They want no mails.")
    return SAID_STOP.get(stop, WHY["said_stop"]) if stop in choice.stopped else ""


def _unreached(workshop: Workshop, choices: dict[int, MailChoice]) -> Iterator[Unreached]:
    """Who is told of no question: the mails that matter most."""
    people = Participant.objects.filter(workshop=workshop, removed_at=None).select_related("user")
    for person in people.order_by("name", "pk"):
        if not gets_mail(person):
            continue
        if why := why_unreached(person, choices.get(person.pk), "questions"):
            yield Unreached(person, why)
