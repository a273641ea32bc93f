"""People come in, say what to call them, move, answer about research, leave, or are taken out."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sessions_app import clock, events
from sessions_app.errors import BadText, Closed, Refused, TooLong
from sessions_app.identifiers import token_of_form
from sessions_app.models import Consent, Help, Participant, Place, Purpose, Role, Workshop
from sessions_app.operations import devices
from sessions_app.operations.groups import leave_groups
from sessions_app.policy import Actor, require
from sessions_app.queries.consents import notice_of
from sessions_app.text import clean_body, clean_name, free_name, name_key
from sessions_app.verbs import Verb


class NeedsName(Refused):
    """The first words of a guest in a step with names."""

    code = "needs_name"
    text = _("Write a name first, any name. Then your words are sent.")


@dataclass(frozen=True, slots=True)
class Joined:
    """A person, and the new value of their browser's cookie (empty when it stays as it is)."""

    participant: Participant
    token: str


def join(
    *,
    workshop: Workshop,
    cookie: str = "",
    place: str = Place.REMOTE,
    language: str = "en",
    to_lobby: bool = False,
    visit: str = "",
) -> Joined:
    """Give the browser with COOKIE a seat as a guest, or its old seat back. No account, no name.

    `to_lobby` makes the person wait for a facilitator, as in a workshop where everybody waits. `visit` is the form's
    own random value: two presses of one form, by a shaking hand, are one person.
    """
    if workshop.closed_at is not None:
        raise Closed(_("This workshop is over. Thank you for coming."))
    if person := devices.seated(cookie, workshop):
        return Joined(person, "")
    token = token_of_form(visit) if visit else ""
    with transaction.atomic():
        events.lock(workshop.pk)
        if token and (person := devices.seated(token, workshop)):
            return Joined(person, token)
        now = clock.now()
        person = Participant.objects.create(
            workshop=workshop,
            roles=[Role.PARTICIPANT],
            usual_place=place if place in Place.values else Place.REMOTE,
            language=language,
            joined_at=now,
            admitted_at=None if workshop.lobby or to_lobby else now,
        )
        Consent.objects.create(participant=person, purpose=Purpose.TAKING_PART, given_at=now)
        token = devices.seat(cookie, person, token)
        _record(Verb.PARTICIPANT_JOINED, person, person, roles=person.roles, place=person.usual_place)
    return Joined(person, token)


def add_person(*, workshop: Workshop, roles: list[str], name: str, **fields: object) -> Participant:
    """Enter a person who did not come through the door: the founder of a workshop, staff, someone on the phone."""
    with transaction.atomic():
        person = Participant(workshop=workshop, roles=roles, joined_at=clock.now(), admitted_at=clock.now(), **fields)
        _take_name(person, clean_name(name))
        Consent.objects.create(participant=person, purpose=Purpose.TAKING_PART, given_at=clock.now())
        _record(Verb.PARTICIPANT_JOINED, person, person, roles=roles, place=person.usual_place)
    return person


def name_first(person: Participant, name: str) -> None:
    """Name a guest who says something for the first time. Raises NeedsName without a name; needs a transaction."""
    if not name.strip():
        raise NeedsName(field="name")
    try:
        _take_name(person, clean_name(name))
    except (BadText, TooLong) as trouble:
        raise NeedsName(trouble.message, field="name") from trouble
    _record(Verb.PARTICIPANT_RENAMED, person, person)


def rename(*, person: Participant, actor: Actor, name: str) -> Participant:
    """Change what the group calls the actor."""
    require(actor, "me.change", person)
    cleaned = clean_name(name)
    if cleaned == person.name:
        return person
    with transaction.atomic():
        _take_name(person, cleaned)
        _record(Verb.PARTICIPANT_RENAMED, person, actor.participant)
    return person


def move(*, person: Participant, actor: Actor, place: str) -> Participant:
    """Say where the actor takes part from."""
    require(actor, "me.change", person)
    if place not in Place.values:
        raise BadText(_("Choose one of the places in the list."))
    if place != person.usual_place:
        with transaction.atomic():
            events.lock(person.workshop_id)  # first of all, as everywhere: two orders of locks wait for each other
            person.usual_place = place
            person.save(update_fields=["usual_place"])
            _record(Verb.PARTICIPANT_MOVED, person, actor.participant, place=place)
    return person


def change_me(
    *, person: Participant, actor: Actor, language: str, access_needs: str, helps: Iterable[str] | None = None
) -> Participant:
    """Keep the actor's language, and what helps them. The needs reach the hosts only, and never the log."""
    require(actor, "me.change", person)
    if language not in dict(settings.LANGUAGES):
        raise BadText(_("Choose one of the languages in the list."), field="language")
    person.language = language
    person.access_needs = clean_body(access_needs, limit=500) if access_needs.strip() else ""
    if helps is not None:
        person.helps = _ticked(helps)
    person.save(update_fields=["language", "access_needs", "helps"])
    return person


def tell_needs(*, person: Participant, actor: Actor, helps: Iterable[str], access_needs: str) -> Participant:
    """Tell the hosts what helps the actor. It reaches nobody else, and never the log."""
    require(actor, "me.change", person)
    person.helps = _ticked(helps)
    person.access_needs = clean_body(access_needs, limit=500) if access_needs.strip() else ""
    person.save(update_fields=["helps", "access_needs"])
    return person


def _ticked(helps: Iterable[str]) -> list[str]:
    given = set(helps)
    if given - set(Help.values):
        raise BadText(_("Choose one of the answers in the list."), field="helps")
    return [key for key in Help.values if key in given]


def answer_consent(
    *, person: Participant, actor: Actor, purpose: str, yes: bool, version: int = 1, language: str = ""
) -> Consent:
    """Keep the actor's answer to PURPOSE as a new row, and record it.

    `version` and `language` say how the question about research was put to the person; the row keeps its words.
    """
    require(actor, "me.change", person)
    if purpose not in Purpose.values:
        raise BadText(_("Choose one of the answers in the list."))
    now = clock.now()
    asked = notice_of(person.workshop, language or person.language, version) if purpose == Purpose.RESEARCH else None
    with transaction.atomic():
        answer = Consent.objects.create(
            participant=person,
            purpose=purpose,
            version=version,
            text=asked.text if asked else "",
            language=asked.language if asked else "",
            **({"given_at": now} if yes else {"withdrawn_at": now}),
        )
        verb = Verb.CONSENT_GIVEN if yes else Verb.CONSENT_WITHDRAWN
        _record(verb, person, actor.participant, purpose=purpose, version=version)
    return answer


def admit(*, person: Participant, actor: Actor) -> Participant:
    """Let somebody in from the lobby."""
    require(actor, "people.admit", person)
    with transaction.atomic():
        events.lock(person.workshop_id)
        changed = Participant.objects.filter(pk=person.pk, admitted_at__isnull=True).update(admitted_at=clock.now())
        person.refresh_from_db()
        if changed:
            _record(Verb.PARTICIPANT_ADMITTED, person, actor.participant)
    return person


def change_roles(*, person: Participant, actor: Actor, roles: list[str]) -> Participant:
    """Give PERSON exactly ROLES. A workshop never loses its last facilitator."""
    require(actor, "people.change", person)
    if not roles or any(not isinstance(role, str) or role not in Role.values for role in roles):
        raise BadText(_("Choose at least one of the roles in the list."))
    with transaction.atomic():
        _lock(person)
        if Role.FACILITATOR not in roles:
            _keep_a_facilitator(person)
        person.roles = sorted(set(roles))
        person.save(update_fields=["roles"])
        _record(Verb.PARTICIPANT_ROLES_CHANGED, person, actor.participant, roles=person.roles)
    return person


def remove(*, person: Participant, actor: Actor) -> Participant:
    """Take PERSON out of the workshop, or let the actor leave it. Their words stay; their devices lose the seat."""
    require(actor, "me.change" if person == actor.participant else "people.change", person)
    with transaction.atomic():
        _lock(person)
        if person.removed_at is not None:
            return person
        _keep_a_facilitator(person)
        person.removed_at = clock.now()
        person.save(update_fields=["removed_at"])
        person.seats.filter(left_at__isnull=True).update(left_at=person.removed_at)
        leave_groups(person)
        _record(Verb.PARTICIPANT_REMOVED, person, actor.participant)
    return person


def _lock(person: Participant) -> None:
    """Lock the workshop, and read what others may have changed of PERSON since the page was drawn."""
    events.lock(person.workshop_id)
    person.refresh_from_db(fields=["roles", "removed_at"])


def _keep_a_facilitator(person: Participant) -> None:
    others = Participant.objects.filter(
        workshop_id=person.workshop_id, removed_at__isnull=True, roles__contains=[Role.FACILITATOR]
    ).exclude(pk=person.pk)
    if Role.FACILITATOR in person.roles and not others.exists():
        raise Refused(_("A workshop needs a facilitator. Make somebody else facilitator first."))


def _take_name(person: Participant, name: str) -> None:
    """Save PERSON under NAME; the second "Ana" becomes "Ana (2)". A facilitator's name is nobody else's."""
    events.lock(person.workshop_id)  # so that nobody takes the same name in this very moment
    others = Participant.objects.filter(workshop_id=person.workshop_id, removed_at__isnull=True).exclude(pk=person.pk)
    hosts = others.filter(roles__contains=[Role.FACILITATOR])
    stem = name_key(name)
    if Role.FACILITATOR not in person.roles and hosts.filter(name_key=stem).exists():
        raise BadText(_("A facilitator here has that name. Add a letter, or choose another one."))
    alike = others.filter(Q(name_key=stem) | Q(name_key__startswith=f"{stem} ("))
    taken = set(alike.values_list("name_key", flat=True))
    person.name, person.name_key = free_name(name, taken)
    if person.pk is None:
        person.save()
    else:
        person.save(update_fields=["name", "name_key"])


def _record(verb: Verb, person: Participant, actor: Participant | None, **data: object) -> None:
    events.record(verb, workshop_id=person.workshop_id, actor=actor, participant=person, data=data)
