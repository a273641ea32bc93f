"""Keys in mailed links: each for one person and purpose; those that open a seat are void when the epoch changes."""

from dataclasses import dataclass
from datetime import timedelta

from django.core import signing
from django.urls import reverse
from django.utils.crypto import salted_hmac

from sessions_app.models import MailChoice, Participant

OPEN, STOP, CONFIRM, CALENDAR = "mail.open", "mail.stop", "mail.confirm", "mail.calendar"
ANSWER, INVITE = "mail.answer", "mail.invite"
# How long keys can be used. The others have no time in them: whoever has the mail may stop the mails, and a calendar
# asks for years at the address that it once got.
LONG = timedelta(days=60)
VOIDABLE = frozenset({OPEN, ANSWER, CALENDAR})  # by a new epoch
LASTS = {OPEN: LONG, ANSWER: LONG, INVITE: LONG, CONFIRM: timedelta(days=3)}


@dataclass(frozen=True, slots=True)
class Key:
    """Whose key it is; `about` is the kind of mail to stop, the address to confirm, or what is answered."""

    person: Participant
    about: str = ""


def open_key(person: Participant) -> str:
    return _signed(person, OPEN)


def stop_key(person: Participant, kind: str) -> str:
    return _signed(person, STOP, kind)


def confirm_path(person: Participant, address: str) -> str:
    """The key says which address it is about without naming it: links end up in histories and in logs of others."""
    return reverse("confirm_address", args=[_signed(person, CONFIRM, digest_of(address))])


def invited_path(person: Participant, address: str) -> str:
    return reverse("invited", args=[_signed(person, INVITE, digest_of(address))])


def answer_key(person: Participant, kind: str, about: str) -> str:
    """For one answer to one question of KIND, and nothing else."""
    return _signed(person, ANSWER, f"{kind}:{about}")


def calendar_path(person: Participant) -> str:
    return reverse("calendar", args=[person.workshop.slug, _signed(person, CALENDAR)])


def digest_of(address: str) -> str:
    """What tells ADDRESS from others."""
    return salted_hmac(CONFIRM, address.casefold(), algorithm="sha256").hexdigest()[:32]


def opened(key: str) -> Key | None:
    """Whose seat KEY opens; None for one that is void, too old, or for something else."""
    return _read(key, OPEN)


def stopped(key: str) -> Key | None:
    """Who says stop to what."""
    return _read(key, STOP)


def answered(key: str, kind: str) -> Key | None:
    """Who is asked which question of KIND; a new epoch makes it void."""
    found = _read(key, ANSWER)
    if found is None or not found.about.startswith(f"{kind}:"):
        return None
    return Key(found.person, found.about.removeprefix(f"{kind}:"))


def calendar_key(key: str) -> Key | None:
    """Whose feed of meetings it is; a new epoch makes it void."""
    return _read(key, CALENDAR)


def confirmed(key: str) -> Key | None:
    """Whose address it is about: the one that they gave last, or have said yes to by this same link."""
    return _about_address(_read(key, CONFIRM))


def invited(key: str) -> Key | None:
    """Who is invited, at which address: void once it was forgotten or another one was given."""
    return _about_address(_read(key, INVITE))


def _about_address(found: Key | None) -> Key | None:
    if found is None:
        return None
    asked = MailChoice.objects.filter(participant=found.person).values_list("asked_address", flat=True).first()
    for address in (asked, found.person.email):
        if address and digest_of(address) == found.about:
            return Key(found.person, address)
    return None


def _signed(person: Participant, purpose: str, about: str = "") -> str:
    said = [person.pk, MailChoice.objects.epoch_of(person) if purpose in VOIDABLE else 0, about]
    return signing.dumps(said, salt=purpose) if purpose in LASTS else signing.Signer(salt=purpose).sign_object(said)


def _read(key: str, purpose: str) -> Key | None:
    try:
        if purpose in LASTS:
            number, epoch, about = signing.loads(key, salt=purpose, max_age=LASTS[purpose])
        else:
            number, epoch, about = signing.Signer(salt=purpose).unsign_object(key)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    person = Participant.objects.select_related("workshop").filter(pk=number, removed_at=None).first()
    if person is None or person.workshop.removed_at is not None:
        return None
    if purpose in VOIDABLE and epoch != MailChoice.objects.epoch_of(person):
        return None
    return Key(person, about)
