"""What somebody wants by mail: an address of their own, how often, and stop."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sessions_app import clock
from sessions_app.errors import BadText, NotFound, TooFast
from sessions_app.models import Frequency, MailChoice, Notice, Participant
from sessions_app.policy import Actor, require
from sessions_app.reasons.addresses import ConfirmAddress
from sessions_app.reasons.base import STOPS, Due
from sessions_app.text import clean_address

A_DAY, A_FEW = timedelta(days=1), 3


def choose_mails(*, person: Participant, actor: Actor, frequency: str, stopped: list[str]) -> MailChoice:
    """Keep how often PERSON wants mails, and which kinds they do not want."""
    require(actor, "me.change", person)
    if frequency not in Frequency.values or not set(stopped) <= STOPS.keys():
        raise BadText(_("Choose one of the answers in the list."))
    values = {"frequency": frequency, "stopped": sorted(set(stopped))}
    choice, _made = MailChoice.objects.update_or_create(participant=person, defaults=values)
    return choice


def stop_mails(*, person: Participant, kind: str) -> MailChoice:
    """Stop one kind of mail. Whoever holds the link in the mail may do this, and nothing else."""
    with transaction.atomic():
        MailChoice.objects.get_or_create(participant=person)
        choice = MailChoice.objects.select_for_update().get(participant=person)
        if kind not in choice.stopped:
            choice.stopped = sorted({*choice.stopped, kind})
            choice.save(update_fields=["stopped"])
    return choice


def allow_mails(*, person: Participant, kind: str) -> MailChoice:
    """Undo stop_mails, by the same link."""
    with transaction.atomic():
        MailChoice.objects.get_or_create(participant=person)
        choice = MailChoice.objects.select_for_update().get(participant=person)
        choice.stopped = [one for one in choice.stopped if one != kind]
        choice.save(update_fields=["stopped"])
    return choice


def ask_address(*, person: Participant, actor: Actor, address: str) -> None:
    """Send a mail to ADDRESS that asks whether it is PERSON's. Nothing else goes there before they said yes.

    Raises BadText for what is no address, TooFast after a few in a day, to one person or one address: nobody is to be
    bothered through us.
    """
    require(actor, "me.change", person)
    now = clock.now()
    address = clean_address(address)
    with transaction.atomic():
        MailChoice.objects.get_or_create(participant=person)
        choice = MailChoice.objects.select_for_update().get(participant=person)
        asked = Notice.objects.filter(reason=ConfirmAddress.key, made_at__gt=now - A_DAY)
        subject = ConfirmAddress.subject(address)
        same = asked.filter(subject__startswith=subject.partition(":")[0])
        if asked.filter(participant=person).count() >= A_FEW or same.count() >= A_FEW:
            raise TooFast(_("We have sent a few mails already today. Look for one, or try again tomorrow."))
        choice.asked_address = address
        choice.save(update_fields=["asked_address"])
        ConfirmAddress.notice(Due(person, subject, now, now + A_DAY), now).save(force_insert=True)


def confirm_address(*, person: Participant, address: str) -> Participant:
    """Use ADDRESS for PERSON's mails: whoever pressed had the mail that was sent there.

    The links in mails to another address open nothing from then on.
    """
    address = clean_address(address)
    with transaction.atomic():
        choice = MailChoice.objects.select_for_update().get(participant=person)
        if address not in {choice.asked_address, person.email}:
            raise NotFound  # another one was given meanwhile
        if person.email != address:
            choice.epoch += 1
        choice.confirmed_at, choice.asked_address = clock.now(), ""
        choice.save(update_fields=["epoch", "confirmed_at", "asked_address"])
        person.email = address
        person.save(update_fields=["email"])
    return person


def forget_address(*, person: Participant, actor: Actor) -> Participant:
    """Take PERSON's address away, also one that they have not said yes to; old links in mails are void at once."""
    require(actor, "me.change", person)
    with transaction.atomic():
        MailChoice.objects.get_or_create(participant=person)
        choice = MailChoice.objects.select_for_update().get(participant=person)
        choice.epoch, choice.confirmed_at, choice.asked_address = choice.epoch + 1, None, ""
        choice.save(update_fields=["epoch", "confirmed_at", "asked_address"])
        person.email = ""
        person.save(update_fields=["email"])
    return person
