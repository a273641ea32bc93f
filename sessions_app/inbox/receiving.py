"""What becomes of one mail that came in, by whichever road: the one door that every road calls."""

import logging
from collections.abc import Sequence
from enum import StrEnum

from sessions_app.errors import Refused
from sessions_app.inbox.cleaning import cleaned
from sessions_app.inbox.message import Incoming, read
from sessions_app.operations.limits import may_refuse_mail
from sessions_app.operations.replies import NotPosted, post_reply, refuse_reply
from sessions_app.reasons.base import address_of
from sessions_app.reply_addresses import Reply, is_reply_address, opened

logger = logging.getLogger(__name__)
AT_ONCE = 3  # questions that one mail may answer


class Fate(StrEnum):
    """POSTED, now or earlier. TOLD: not posted, and the person was told why, at their own address.

    DROPPED: from a program, or from who may not be here; nobody is told, since programs answer answers. UNKNOWN: no
    address of ours that is still good; the server that brought it may refuse it, and we write to nobody. When many of
    those come they are dropped.
    """

    POSTED = "posted"
    TOLD = "told"
    DROPPED = "dropped"
    UNKNOWN = "unknown"


def receive(raw: bytes, *, envelope_from: str | None = None, envelope_to: Sequence[str] = ()) -> Fate:
    """Post what RAW says where its address belongs, and tell its writer. The same mail again changes nothing.

    What the server heard in the envelope goes before what the mail claims. Raises only when the database is away.
    """
    mail = read(raw, envelope_from=envelope_from, envelope_to=envelope_to)
    if mail.is_automatic or is_reply_address(mail.sender):
        return _noted(Fate.DROPPED)
    replies = [reply for one in mail.recipients[:50] if is_reply_address(one) and (reply := opened(one)) is not None]
    fates = {_answered(mail, reply) for reply in replies[:AT_ONCE]}
    for fate in (Fate.POSTED, Fate.TOLD, Fate.DROPPED):
        if fate in fates:
            return _noted(fate, replies[0])
    return _noted(Fate.UNKNOWN if may_refuse_mail() else Fate.DROPPED)


def is_known(address: str) -> bool:
    """Whether a mail to ADDRESS can be taken: a server that asks before the mail comes can refuse it at once."""
    return is_reply_address(address) and opened(address) is not None


def _answered(mail: Incoming, reply: Reply) -> Fate:
    person, dialogue = reply.person, reply.dialogue
    number = mail.message_id
    if not mail.sender or mail.sender != address_of(person).casefold():
        refuse_reply(person=person, dialogue=dialogue, why="other_address", mail=number)
        return Fate.TOLD
    words = cleaned(mail.written, [person.name, mail.sender_name])
    try:
        if mail.is_cut and not words:
            refuse_reply(person=person, dialogue=dialogue, why="too_big", mail=number)
            return Fate.TOLD
        post_reply(person=person, dialogue=dialogue, words=words, mail=number, has_files=mail.has_files)
    except NotPosted:
        return Fate.TOLD
    except Refused:  # who may not be there is told nothing
        return Fate.DROPPED
    return Fate.POSTED


def _noted(fate: Fate, reply: Reply | None = None) -> Fate:
    ids = {"participant_id": reply.person.pk, "dialogue_id": reply.dialogue.pk} if reply is not None else {}
    logger.info("A mail came in", extra={"fate": str(fate), **ids})
    return fate
