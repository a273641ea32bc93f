"""Practise a meeting: a copy of it that nobody else sees, with six pretend people who come in and answer."""

import logging
import secrets
import uuid
from contextlib import suppress
from datetime import datetime, timedelta

from django.db import DatabaseError, transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sessions_app import clock, events, pretend
from sessions_app.errors import NotAllowed, Refused
from sessions_app.headings import to_choose_from
from sessions_app.kinds import kind_of
from sessions_app.models import (
    Activity,
    Contribution,
    Dialogue,
    Duty,
    Group,
    Membership,
    Message,
    Participant,
    Response,
    Role,
    Session,
    Turn,
    Via,
    Workshop,
)
from sessions_app.operations import activities, contributions, participants, sessions, workshops
from sessions_app.policy import Actor, require

logger = logging.getLogger(__name__)
LASTS = timedelta(days=1)
QUIET_BEFORE_ERASING = timedelta(minutes=1)  # open pages are told that it is over, and close
COMES_EVERY = timedelta(seconds=2)
THINKS = timedelta(seconds=4)  # until the first of them answers; then one after the other
ANSWERS_EVERY = timedelta(seconds=5)
ABOUT = ("title", "lead", "purpose", "languages", "time_zone", "contact_name", "contact_phone")
MEETING = ("title", "time", "space", "starts_at", "ends_at", "place", "link")
STEP = ("title", "prompt", "lead", "hall", "online", "minutes", "stages", "mechanisms", "identity", "blind", "options")


def begin(*, session: Session, actor: Actor) -> Session:
    """Copy the run sheet of SESSION into a practice of the actor's own, or give back the one that is there."""
    require(actor, "session.plan", session)
    person, source = actor.participant, session.workshop
    if person is None or person.user is None or source.is_practice:
        raise NotAllowed(gettext_lazy("Sign in with your account to practise."))
    with transaction.atomic():
        events.lock(source.pk)  # a second press finds the first one's copy
        already = Session.objects.filter(
            workshop__practice_of=session, workshop__closed_at=None, workshop__participants__user=person.user
        ).first()
        if already is not None:
            return already
        copy = workshops.create_workshop(
            user=person.user,
            host_name=person.name,
            slug=f"practice-{secrets.token_hex(8)}",
            host={"language": person.language},
            **{name: getattr(source, name) for name in ABOUT},
        )
        copy.practice_of, copy.practice_ends_at = session, clock.now() + LASTS
        copy.save(update_fields=["practice_of", "practice_ends_at"])
        host = Actor(Participant.objects.select_related("workshop").get(workshop=copy, user=person.user))
        return _lay_out(session, copy, host)


def play(*, session: Session) -> int:
    """Let the pretend people come in and say what it is time for. Twice in the same moment says nothing twice."""
    if not session.workshop.is_practice or not session.is_on:
        return 0
    now, people = clock.now(), pretend_people(session.workshop)
    for number, person in enumerate(people):
        if session.doors_opened_at and now >= session.doors_opened_at + number * COMES_EVERY:
            sessions.enter_room(session=session, person=person)
    step = session.current_activity
    if step is None or not kind_of(step.kind).takes_words or not step.opened_at:
        return 0
    step.workshop, step.session = session.workshop, session
    return _answer(step, people, now)


def pretend_people(workshop: Workshop) -> list[Participant]:
    """Those in a practice who are nobody."""
    if not workshop.is_practice:
        return []
    found = Participant.objects.filter(workshop=workshop, user=None, removed_at=None).order_by("pk")
    return list(found.select_related("workshop"))


def throw_away(*, workshop: Workshop, actor: Actor) -> None:
    """End a practice at once; its rows are gone a minute later."""
    require(actor, "workshop.change", workshop)
    if not workshop.is_practice:
        raise NotAllowed
    workshops.close_workshop(workshop=workshop, actor=actor)


def clear_away() -> int:
    """End practices whose day is over, and erase those that have ended. Returns how many were erased."""
    now = clock.now()
    practices = Workshop.objects.filter(practice_of__isnull=False)
    for workshop in practices.filter(practice_ends_at__lte=now, closed_at=None):
        workshops.close_workshop(workshop=workshop)
    over = practices.filter(closed_at__lte=now - QUIET_BEFORE_ERASING)
    return sum(_erase_or_tell(workshop) for workshop in over)


def _lay_out(session: Session, copy: Workshop, host: Actor) -> Session:
    meeting = sessions.plan_session(workshop=copy, actor=host, **{name: getattr(session, name) for name in MEETING})
    for step in Activity.objects.planned().filter(session=session):
        fields = {name: getattr(step, name) for name in STEP}
        activities.plan_activity(workshop=copy, actor=host, session=meeting, kind=step.kind, **fields)
    for name, place in pretend.PEOPLE:
        participants.add_person(
            workshop=copy,
            roles=[Role.PARTICIPANT],
            name=_("%(name)s (pretend)") % {"name": name},
            usual_place=place,
            language=translation.get_language() or "en",
        )
    return meeting


def _answer(step: Activity, people: list[Participant], now: datetime) -> int:
    """Everybody whose time it is says one sentence in STEP, once."""
    dialogue = Dialogue.objects.select_related("activity__workshop", "activity__session").get(activity=step, group=None)
    keys = {person.pk: uuid.uuid5(uuid.NAMESPACE_OID, f"practice {step.pk} {person.pk}") for person in people}
    said = set(Contribution.objects.filter(client_id__in=keys.values()).values_list("client_id", flat=True))
    lists: list[int | None] = [place for place, _title in to_choose_from(step)] or [None]
    sentences, spoken = pretend.SENTENCES.get(step.kind, pretend.SENTENCES["open_dialogue"]), 0
    for number, person in enumerate(people):
        due = step.opened_at is not None and now >= step.opened_at + THINKS + number * ANSWERS_EVERY
        if not due or keys[person.pk] in said:
            continue
        with suppress(Refused), translation.override(person.language):  # the step may close in this very moment
            spoken += contributions.post_contribution(
                dialogue=dialogue,
                actor=Actor(person),
                body=str(sentences[number % len(sentences)]),
                via=Via.ROOM,
                client_id=keys[person.pk],
                heading=lists[number % len(lists)],
            ).is_new
    return spoken


def _erase_or_tell(workshop: Workshop) -> bool:
    """Erase a practice. One that can't be erased is told of and tried again; it does not keep the others."""
    try:
        _erase(workshop)
    except DatabaseError:
        logger.exception("A practice could not be erased", extra={"workshop_id": workshop.pk})
        return False
    return True


def _erase(workshop: Workshop) -> None:
    """Every row of a practice. Its log goes first, which no other workshop's ever does; then whatever holds on to
    its people."""
    with transaction.atomic():
        events.erase_practice(workshop.pk)
        for in_meetings in (Turn, Duty, Message):
            in_meetings.objects.filter(session__workshop=workshop).delete()
        for in_dialogues in (Response, Contribution):
            in_dialogues.objects.filter(dialogue__activity__workshop=workshop).delete()
        for in_groups in (Membership, Group):
            in_groups.objects.filter(activity__workshop=workshop).delete()
        workshop.delete()
