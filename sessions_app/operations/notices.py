"""Mails to people: intents are made once, claimed by one worker, and sent at most once."""

import logging
import random
import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import Q

from sessions_app import clock
from sessions_app.carrier import Carried, Outcome, carry
from sessions_app.mail_marks import host
from sessions_app.mails import composed, for_its_reader
from sessions_app.models import MailChoice, Notice, NoticeState, Participant, ReturnedWords, Workshop
from sessions_app.reasons import Due, Mail, Reason, all_reasons, reason_of
from sessions_app.reasons.base import after_the_night, gets_mail, people_of

logger = logging.getLogger(__name__)
LEASE = timedelta(seconds=60)  # after that whoever claimed a notice is taken for dead
BACK_OFF = (1, 5, 15, 60, 240, 720)  # minutes until the next try
FAULTS = 3  # tries after which a mail that we cannot make is put aside
A_WEEK = 6  # mails to one person in a week, besides the urgent ones and those that they asked for
AWAY = "away"
PERHAPS_SENT = [NoticeState.SENDING, NoticeState.SENT, NoticeState.UNCONFIRMED]


def make_due(now: datetime | None = None) -> int:
    """Write down every notice that is due by now, in all workshops that go on. Returns how many were new.

    What is due was worked out from the tables, so that a beat that was late, doubled or dead harms nothing.
    """
    now = now or clock.now()
    made = 0
    for workshop in Workshop.objects.filter(closed_at=None, removed_at=None, practice_of=None).order_by("pk"):
        people = people_of(workshop)
        if not people:
            continue
        choices = {row.participant_id: row for row in MailChoice.objects.filter(participant__workshop=workshop)}
        for reason in all_reasons():
            try:
                made += _make(workshop, reason, reason.due(workshop, people, now), choices, now)
            except Exception:  # one thing that nobody expected must not silence all others
                logger.exception("Due notices could not be worked out", extra={"reason": reason.key})
    return made


def _make(
    workshop: Workshop, reason: type[Reason], found: Iterable[Due], choices: dict[int, MailChoice], now: datetime
) -> int:
    due = {
        (one.participant.pk, one.subject): one
        for one in found
        if one.at <= now < one.until and reason.is_wanted(choices.get(one.participant.pk))
    }
    made = Notice.objects.filter(workshop=workshop, reason=reason.key, subject__in={subject for _pk, subject in due})
    for known in made.values_list("participant_id", "subject"):
        due.pop(known, None)
    rows = [reason.notice(one, now) for one in due.values()]
    return len(Notice.objects.bulk_create(rows, ignore_conflicts=True))


def forget_returned() -> int:
    """Throw away the words that have gone back to whoever wrote them, or that are too old for it. Returns how many."""
    on_the_way = [NoticeState.CLAIMED, NoticeState.SENDING]
    is_done = Q(notice__state__in=[NoticeState.SENT, NoticeState.UNCONFIRMED, NoticeState.SKIPPED])
    is_old = Q(notice__stale_at__lt=clock.now()) & ~Q(notice__state__in=on_the_way)
    gone, _rows = ReturnedWords.objects.filter(is_done | is_old).delete()
    return gone


def claim(limit: int = 50) -> list[int]:
    """Take up to LIMIT notices whose time has come; nobody else gets them for a while. Returns their numbers.

    What a dead worker had claimed is free again. What it was sending when it died is unconfirmed, and stays so.
    """
    now = clock.now()
    lost = Notice.objects.filter(state=NoticeState.SENDING, leased_until__lt=now)
    lost.update(state=NoticeState.UNCONFIRMED, leased_until=None, why="worker_died")
    with transaction.atomic():
        free = Q(state=NoticeState.WAITING) | Q(state=NoticeState.CLAIMED, leased_until__lt=now)
        rows = Notice.objects.select_for_update(skip_locked=True).filter(free, try_at__lte=now).order_by("try_at", "pk")
        ids = list(rows.values_list("pk", flat=True)[:limit])
        Notice.objects.filter(pk__in=ids).update(state=NoticeState.CLAIMED, leased_until=now + LEASE)
    return ids


def deliver(notice_id: int) -> str:
    """Send one claimed notice, or say why not. Running it twice does no harm.

    Returns the state that it ends in; AWAY when it waits since the mail server does not speak to us at all; nothing
    when it is in somebody else's hands.
    """
    try:
        notice = _taken(notice_id)
        return _delivered(notice) if notice is not None else ""
    except _Lost:
        return ""


class _Lost(Exception):
    """Another worker has the notice now: this one was too slow, and is silent."""


def _taken(notice_id: int) -> Notice | None:
    found = Notice.objects.select_related("workshop", "participant__user", "participant__workshop")
    notice = found.filter(pk=notice_id, state=NoticeState.CLAIMED).first()
    if notice is not None:
        notice.message_id = notice.message_id or f"<{uuid.uuid4().hex}@{host()}>"  # kept before the words leave
    return notice


def _change(notice: Notice, state: NoticeState, **fields: Any) -> None:
    """Bring NOTICE to STATE as long as it is in our hands. Committed at once: no transaction is open around this.

    Raises _Lost when our lease ran out, and somebody else has claimed it, or has sent it.
    """
    ours = Notice.objects.filter(pk=notice.pk, state=notice.state, leased_until=notice.leased_until)
    fields["state"] = state
    if not ours.update(**fields):
        raise _Lost
    for name, value in fields.items():
        setattr(notice, name, value)


def _delivered(notice: Notice) -> str:
    try:
        why, mail = _decided(notice)
        message = composed(notice, mail, notice.message_id) if mail is not None else None
    except Exception:  # one mail that cannot be made must not stop the others
        logger.exception("A notice could not be made", extra={"notice_id": notice.pk, "reason": notice.reason})
        return _fault(notice)
    if message is None:
        return _end(notice, NoticeState.SKIPPED, why=why) if why != "later" else _wait(notice)
    try:
        return _told(notice, _carried(notice, message))
    except _Lost:
        raise
    except Exception:
        logger.exception("A mail could not be carried", extra={"notice_id": notice.pk})
        if notice.state == NoticeState.SENDING:
            return _end(notice, NoticeState.UNCONFIRMED, why="no_answer")
        return _fault(notice)


def _carried(notice: Notice, message: EmailMultiAlternatives) -> Carried:
    return carry(message, before_words=lambda: _sending(notice))


def _decided(notice: Notice) -> tuple[str, Mail | None]:
    """Why NOTICE is not sent (a key of ours), or its mail."""
    now, reason, person, workshop = clock.now(), reason_of(notice.reason), notice.participant, notice.workshop
    if reason is None:
        return "unknown_reason", None
    is_over = workshop.closed_at is not None and not reason.outlives
    if is_over or workshop.removed_at is not None or workshop.is_practice or not gets_mail(person):
        return "gone", None
    if not reason.address(notice):
        return "no_address", None
    if not reason.is_wanted(MailChoice.objects.filter(participant=person).first()):
        return "said_stop", None
    if now >= notice.stale_at:
        return "too_late", None
    if not reason.is_urgent and after_the_night(now, workshop) > now:
        return "later", None
    if reason.counts and _this_week(person, now) >= A_WEEK:
        return "enough", None
    mail = for_its_reader(notice)
    return ("not_right_any_more", None) if mail is None else ("", mail)


def _this_week(person: Participant, now: datetime) -> int:
    """How many mails that count PERSON got in seven days, or may have got."""
    counted = [reason.key for reason in all_reasons() if reason.counts]
    found = Notice.objects.filter(participant=person, reason__in=counted, state__in=PERHAPS_SENT)
    return found.filter(sent_at__gt=now - timedelta(days=7)).count()


def _sending(notice: Notice) -> None:
    """From here on it may be in somebody's mailbox."""
    now = clock.now()
    _change(notice, NoticeState.SENDING, leased_until=now + LEASE, sent_at=now, message_id=notice.message_id)


def _told(notice: Notice, carried: Carried) -> str:
    address = reason_of(notice.reason).address(notice)  # type: ignore[union-attr]
    reply = carried.reply.replace(address, "…") if address else carried.reply  # servers like to repeat it
    if carried.outcome == Outcome.SENT:
        return _end(notice, NoticeState.SENT, reply=reply, sent_at=clock.now())
    if carried.outcome == Outcome.UNCLEAR:
        return _end(notice, NoticeState.UNCONFIRMED, reply=reply, why="no_answer")
    if carried.outcome == Outcome.REFUSED:
        return _end(notice, NoticeState.FAILED, reply=reply, why="refused", sent_at=None)
    if notice.tries >= len(BACK_OFF):
        return _end(notice, NoticeState.FAILED, reply=reply, why="no_way_through", sent_at=None)
    state = _try_later(notice, reply)
    return AWAY if carried.outcome == Outcome.AWAY else state


def _try_later(notice: Notice, reply: str) -> str:
    minutes = BACK_OFF[notice.tries]
    again = clock.now() + timedelta(minutes=minutes, seconds=random.randint(0, 20))  # noqa: S311
    return _end(notice, NoticeState.WAITING, reply=reply, tries=notice.tries + 1, try_at=again, sent_at=None)


def _wait(notice: Notice) -> str:
    return _end(notice, NoticeState.WAITING, try_at=after_the_night(clock.now(), notice.workshop))


def _fault(notice: Notice) -> str:
    """Our own fault: tried again, and put aside after three times so that the queue goes on."""
    faults = notice.faults + 1
    is_over = faults >= FAULTS
    state, why = (NoticeState.PARKED, "fault") if is_over else (NoticeState.WAITING, "")
    return _end(notice, state, why=why, faults=faults, try_at=clock.now() + timedelta(minutes=faults))


def _end(notice: Notice, state: NoticeState, *, why: str = "", reply: str = "", **fields: Any) -> str:
    _change(notice, state, leased_until=None, why=why, reply=reply[:300], **fields)
    return str(state)
