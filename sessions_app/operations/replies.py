"""An answer by mail: posted like any other words, and its writer told of it once."""

import hashlib
import uuid
from datetime import timedelta

from django.db import transaction

from sessions_app import clock
from sessions_app.errors import BadText, Closed, NotAllowed, TooLong
from sessions_app.models import Contribution, Dialogue, Identity, Notice, Participant, ReturnedWords, Via
from sessions_app.operations import limits
from sessions_app.operations.contributions import Posted, post_contribution
from sessions_app.policy import Actor
from sessions_app.reasons.base import Due, Reason, gets_mail
from sessions_app.reasons.replies import FILES, RETURNED, ReplyNotPosted, ReplyPosted
from sessions_app.reply_addresses import takes_mails

A_DAY, LASTS = timedelta(days=1), timedelta(days=2)
A_FEW = 5  # answers to one person in a day that something was not posted: mails that answer mails never end
SPACE = uuid.UUID("6c1f2f0e-5b0a-5d0e-9c55-0f5f6b0f7a11")


class NotPosted(Exception):
    """The mail was not posted; `why` is one of NOT_POSTED. Its writer has been told, unless they were told enough."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(why)


def post_reply(*, person: Participant, dialogue: Dialogue, words: str, mail: str, has_files: bool = False) -> Posted:
    """Put WORDS of a mail into DIALOGUE in PERSON's name, once for each MAIL (its Message-ID), and tell them.

    Raises NotPosted where it is refused; NotFound or NotAllowed to who may not be there at all.
    """
    if not gets_mail(person):
        raise NotAllowed
    client_id = uuid.uuid5(SPACE, f"{person.pk}:{dialogue.pk}:{mail}")
    is_known = Contribution.objects.filter(client_id=client_id).exists()
    why = "" if is_known else _why_not(person, dialogue, words, has_files=has_files)
    try:
        if why:
            raise NotPosted(why)
        posted = post_contribution(
            dialogue=dialogue, actor=Actor(person), body=words, via=Via.EMAIL, client_id=client_id
        )
    except (NotPosted, Closed, TooLong, BadText) as trouble:
        told = why or str(getattr(trouble, "code", ""))
        refuse_reply(person=person, dialogue=dialogue, why=told, mail=mail, words=words)
        raise NotPosted(told) from trouble
    _tell(person, ReplyPosted, ReplyPosted.subject(posted.contribution, has_files=has_files))
    return posted


def refuse_reply(*, person: Participant, dialogue: Dialogue, why: str, mail: str, words: str = "") -> None:
    """Tell PERSON, at their own address, why a mail was not posted: once for each MAIL, and a few times a day.

    Where they can do something else with their WORDS these go back to them in the same mail.
    """
    since = clock.now() - A_DAY
    told = Notice.objects.filter(participant=person, reason=ReplyNotPosted.key, made_at__gt=since)
    if told.count() < A_FEW:
        number = hashlib.sha256(mail.encode("utf-8", "replace")).hexdigest()
        returned = "".join(sign for sign in words if sign.isprintable() or sign in "\n\t") if why in RETURNED else ""
        _tell(person, ReplyNotPosted, ReplyNotPosted.subject(why, dialogue, number), returned.strip())


def _why_not(person: Participant, dialogue: Dialogue, words: str, *, has_files: bool) -> str:
    """Why nothing can be posted, in the order in which it helps people most to know it; nothing when it can be."""
    if person.workshop.closed_at is not None:
        return "over"
    if not limits.may_mail(person.pk):
        return "too_fast"
    if dialogue.activity.identity == Identity.ANONYMOUS:
        return "anonymous"
    if not takes_mails(dialogue, person):
        return "page"
    if not dialogue.activity.accepts(clock.now()):
        return "closed"
    if not words.strip():
        return FILES if has_files else "empty"
    return ""


def _tell(person: Participant, reason: type[Reason], subject: str, words: str = "") -> None:
    now = clock.now()
    row = reason.notice(Due(person, subject, now, now + LASTS), now)
    with transaction.atomic():  # no worker sends the one without the other
        Notice.objects.bulk_create([row], ignore_conflicts=True)
        if words:
            notice = Notice.objects.get(participant=person, reason=reason.key, subject=subject)
            ReturnedWords.objects.get_or_create(notice=notice, defaults={"words": words})
