"""Who was invited says yes, and has a seat from then on; or no, and is forgotten."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sessions_app import events
from sessions_app.errors import Closed, Refused
from sessions_app.models import Consent, Participant, Purpose
from sessions_app.operations import devices
from sessions_app.operations.mail_choices import confirm_address, forget_address
from sessions_app.operations.participants import answer_consent, remove
from sessions_app.policy import Actor


def accept_invitation(*, person: Participant, address: str, cookie: str = "") -> str:
    """Take part as PERSON, whose ADDRESS gets mails from now on. Returns the new value of the browser's cookie.

    Whoever presses holds the mail that was sent there. Pressed again, on another device, it gives the same seat.
    """
    if person.workshop.closed_at is not None:
        raise Closed
    with transaction.atomic():
        events.lock(person.workshop_id)
        confirm_address(person=person, address=address)
        if not _takes_part(person):
            answer_consent(person=person, actor=Actor(person), purpose=Purpose.TAKING_PART, yes=True)
        return devices.seat(cookie, person)


def decline_invitation(*, person: Participant) -> None:
    """Forget the address, and take PERSON off the list. Nobody is told why, and no more mails go there."""
    if _takes_part(person):
        raise Refused(_("You take part already. You can leave on the page “Me”."))
    actor = Actor(person)
    with transaction.atomic():
        events.lock(person.workshop_id)
        forget_address(person=person, actor=actor)
        remove(person=person, actor=actor)


def _takes_part(person: Participant) -> bool:
    """Whether PERSON has come in, by whatever road."""
    return Consent.objects.filter(participant=person, purpose=Purpose.TAKING_PART, given_at__isnull=False).exists()
