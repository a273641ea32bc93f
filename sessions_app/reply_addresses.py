"""The address at which one person answers one question by mail: a key in it says who, and where."""

import base64
import binascii
import hmac
from dataclasses import dataclass

from django.conf import settings
from django.utils.crypto import salted_hmac

from sessions_app.headings import to_choose_from
from sessions_app.kinds import kind_of
from sessions_app.models import Activity, Dialogue, Identity, MailChoice, Participant
from sessions_app.queries.dialogues import dialogue_in

PURPOSE = "mail.reply"
NUMBER, SEAL = 5, 12  # bytes; the part before the @ may hold 64 signs, and mail servers change their case


@dataclass(frozen=True, slots=True)
class Reply:
    """Who answers where. The dialogue has its activity, session and workshop at hand."""

    person: Participant
    dialogue: Dialogue


def reply_address(person: Participant, dialogue: Dialogue) -> str:
    """Where PERSON may answer in DIALOGUE by mail; nothing where that is not possible. One query."""
    if not takes_mails(dialogue, person):
        return ""
    local, _at, domain = settings.REPLY_ADDRESS.partition("@")
    numbers = _numbers(person.pk, dialogue.pk)
    key = base64.b32encode(numbers + _seal(numbers, MailChoice.objects.epoch_of(person))).decode().rstrip("=").lower()
    return f"{local}+{key}@{domain}"


def is_reply_address(address: str) -> bool:
    """Whether ADDRESS has the shape of one of ours, whatever its key is worth."""
    return bool(_key_in(address))


def opened(address: str) -> Reply | None:
    """Whose ADDRESS it is; None for one that is void, made up, or another mailbox. Any case will do.

    It is void when the person left, or gave or forgot an address since, and when the workshop was removed.
    """
    key = _key_in(address)
    try:
        given = base64.b32decode(key.upper() + "=" * (-len(key) % 8)) if key else b""
    except (binascii.Error, ValueError):
        return None
    if len(given) != 2 * NUMBER + SEAL:
        return None
    numbers, seal = given[: 2 * NUMBER], given[2 * NUMBER :]
    who, where = int.from_bytes(numbers[:NUMBER]), int.from_bytes(numbers[NUMBER:])
    found = Participant.objects.select_related("workshop", "user").filter(removed_at=None, workshop__removed_at=None)
    person = found.filter(pk=who).first()
    if person is None or not _is_sealed(numbers, seal, MailChoice.objects.epoch_of(person)):
        return None
    dialogue = dialogue_in(where, person.workshop)
    return Reply(person, dialogue) if dialogue is not None else None


def takes_mails(dialogue: Dialogue, person: Participant) -> bool:
    """Whether PERSON can answer in DIALOGUE by mail at all, as long as it is open.

    Not where nobody may know who wrote, since a mail says it to each server on its way; not where more than words is
    asked for, nor by guests who would have to be named first.
    """
    activity: Activity = dialogue.activity
    kind = kind_of(activity.kind)
    if not settings.REPLY_ADDRESS or activity.identity == Identity.ANONYMOUS or dialogue.group_id is not None:
        return False
    if not kind.takes_words or kind.is_private or kind.in_turn or to_choose_from(activity):
        return False
    return person.is_named or activity.identity != Identity.NAMED


def _key_in(address: str) -> str:
    ours, _at, domain = settings.REPLY_ADDRESS.casefold().partition("@")
    local, _at, given = address.strip().casefold().rpartition("@")
    if not ours or given != domain or not local.startswith(f"{ours}+") or not local.isascii():
        return ""
    return local[len(ours) + 1 :]


def _numbers(*numbers: int) -> bytes:
    return b"".join(number.to_bytes(NUMBER) for number in numbers)


def _seal(numbers: bytes, epoch: int, secret: str | None = None) -> bytes:
    return salted_hmac(PURPOSE, f"{numbers.hex()}:{epoch}", secret=secret, algorithm="sha256").digest()[:SEAL]


def _is_sealed(numbers: bytes, seal: bytes, epoch: int) -> bool:
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return any(hmac.compare_digest(seal, _seal(numbers, epoch, secret)) for secret in secrets)
