"""People of a list become people of a workshop, all at once; those with an address can be invited by mail."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sessions_app import clock, events
from sessions_app.errors import NotAllowed, TooFast
from sessions_app.lists import Row, rows_of
from sessions_app.models import MailChoice, Notice, Participant, Place, Role, Workshop
from sessions_app.policy import Actor, require
from sessions_app.queries.imports import Sorted, sorted_out
from sessions_app.reasons.base import Due
from sessions_app.reasons.invitations import Invited
from sessions_app.text import free_name
from sessions_app.verbs import Verb

A_DAY = timedelta(days=1)
INVITED_A_DAY = 2000
INVITED_FOR = timedelta(days=14)  # an invitation that could not be sent for so long is not sent any more


def look_through(*, workshop: Workshop, actor: Actor, text: str) -> Sorted:
    """What would become of the list in TEXT. Changes nothing. Raises BadText or TooLong as rows_of does."""
    require(actor, "people.change", workshop)
    return sorted_out(workshop, rows_of(text))


def add_people(*, workshop: Workshop, actor: Actor, text: str, invites: bool) -> list[Participant]:
    """Add everybody of the list in TEXT who is new; lines with trouble are left out. Twice adds nobody twice.

    Their addresses are only asked about: until somebody presses the button in the invitation nothing else goes there.
    An address that this workshop has invited once is not invited again, whatever its person answered.
    """
    require(actor, "people.change", workshop)
    if workshop.is_practice:
        raise NotAllowed
    rows = rows_of(text)
    with transaction.atomic():
        events.lock(workshop.pk)
        new = sorted_out(workshop, rows).new
        people = Participant.objects.bulk_create(_people(workshop, new))
        addresses = [(person, row.address) for person, row in zip(people, new, strict=True) if row.address]
        MailChoice.objects.bulk_create(MailChoice(participant=who, asked_address=to) for who, to in addresses)
        about = [{"participant": who, "data": {"roles": who.roles, "place": who.usual_place}} for who in people]
        events.record_all(
            Verb.PARTICIPANT_LISTED, about, workshop_id=workshop.pk, actor=actor.participant, at=clock.now()
        )
        if invites:
            _invite(workshop, addresses)
    return people


def _people(workshop: Workshop, rows: tuple[Row, ...]) -> list[Participant]:
    """The second "Ana" becomes "Ana (2)". Called under the workshop's lock."""
    here = Participant.objects.filter(workshop=workshop, removed_at=None)
    taken, now = set(here.values_list("name_key", flat=True)), clock.now()
    found = []
    for row in rows:
        name, key = free_name(row.name, taken) if row.name else ("", "")
        taken.add(key)
        person = Participant(workshop=workshop, name=name, name_key=key, roles=[Role.PARTICIPANT], joined_at=now)
        person.admitted_at, person.usual_place = now, Place.REMOTE
        person.language = row.language or (workshop.languages or [settings.LANGUAGE_CODE])[0]
        found.append(person)
    return found


def _invite(workshop: Workshop, addresses: list[tuple[Participant, str]]) -> None:
    now = clock.now()
    made = Notice.objects.filter(workshop=workshop, reason=Invited.key)
    known = set(made.values_list("subject", flat=True))
    fresh = [(person, subject) for person, address in addresses if (subject := Invited.subject(address)) not in known]
    if made.filter(made_at__gt=now - A_DAY).count() + len(fresh) > INVITED_A_DAY:
        raise TooFast(_("That would be too many invitations in one day. Invite the others tomorrow."))
    due = [Due(person, subject, now, now + INVITED_FOR) for person, subject in fresh]
    Notice.objects.bulk_create(Invited.notice(one, now) for one in due)
