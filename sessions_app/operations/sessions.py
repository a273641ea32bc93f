"""Plan a meeting and change its plan. Running it is next door, in running.py."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.db.models import Subquery, Value
from django.db.models.functions import Least
from django.utils.translation import gettext_lazy as _

from sessions_app import clock, events
from sessions_app.errors import BadText, TooLong
from sessions_app.identifiers import door_code, normal_code
from sessions_app.models import Event, Participant, Session, Space, State, Time, Workshop
from sessions_app.moments import same_clock
from sessions_app.operations.editions import edition_of, need_newest
from sessions_app.operations.groups import seat_late
from sessions_app.policy import Actor, require
from sessions_app.series import MOST
from sessions_app.text import clean_line
from sessions_app.verbs import Verb

LINK = 200
FIELDS = frozenset({"title", "time", "space", "starts_at", "ends_at", "place", "link", "without_screen"})


def plan_session(
    *, workshop: Workshop, actor: Actor, code: str = "", client_id: uuid.UUID | None = None, **fields: Any
) -> Session:
    """Add a meeting with its cell in the time x space grid, and record it; once per CLIENT_ID, if there is one.

    Times are aware datetimes.
    """
    require(actor, "session.plan", workshop)
    values = _cleaned(fields)
    _check_times(values["starts_at"], values["ends_at"])
    with transaction.atomic():
        events.lock(workshop.pk)
        made = Session.objects.filter(workshop=workshop, client_id=client_id).first() if client_id else None
        if made is not None:
            return made
        session = Session.objects.create(
            workshop=workshop, code=normal_code(code) if code else door_code(), client_id=client_id, **values
        )
        events.record(Verb.SESSION_PLANNED, workshop_id=workshop.pk, actor=actor.participant, session=session)
    return session


def plan_series(
    *,
    workshop: Workshop,
    actor: Actor,
    moments: Sequence[tuple[datetime, datetime]],
    client_id: uuid.UUID | None = None,
    **fields: Any,
) -> list[Session]:
    """Add a meeting for each of MOMENTS, when it begins and ends. Each is a meeting of its own from then on."""
    series = client_id or uuid.uuid4()
    if len(moments) > MOST:
        raise BadText(_("A series has between 2 and 60 meetings."), field="times")
    with transaction.atomic():
        events.lock(workshop.pk)
        made = [
            plan_session(
                workshop=workshop,
                actor=actor,
                client_id=uuid.uuid5(series, str(number)),
                starts_at=starts_at,
                ends_at=ends_at,
                **fields,
            )
            for number, (starts_at, ends_at) in enumerate(moments)
        ]
        Session.objects.filter(pk__in=[session.pk for session in made]).update(series=series)
    return made


def seen_meeting(session: Session) -> str:
    """The edition of what the planner shows."""
    return edition_of(session, FIELDS)


def change_session(*, session: Session, actor: Actor, seen: str = "", **fields: Any) -> Session:
    """Change what FIELDS name. A meeting that is over keeps its times.

    SEEN is the edition that the form showed, if there was one; Stale when it says something else by now.
    """
    require(actor, "session.plan", session)
    values = _cleaned(fields)
    with transaction.atomic():
        events.lock(session.workshop_id)
        session.refresh_from_db()
        if session.state == State.CLOSED:
            values = {name: value for name, value in values.items() if name not in {"starts_at", "ends_at"}}
        changed = sorted(name for name, value in values.items() if getattr(session, name) != value)
        if changed:
            need_newest(seen, seen_meeting(session), verb=Verb.SESSION_CHANGED, actor=actor, session=session)
            _check_times(values.get("starts_at", session.starts_at), values.get("ends_at", session.ends_at))
            for name, value in values.items():
                setattr(session, name, value)
            session.save(update_fields=changed)
            _record_change(session, actor, changed)
    return session


def _record_change(session: Session, actor: Actor, fields: list[str]) -> None:
    events.record(
        Verb.SESSION_CHANGED,
        workshop_id=session.workshop_id,
        actor=actor.participant,
        session=session,
        data={"fields": fields},
    )


def keep_on_the_clock(*, workshop: Workshop, actor: Actor, zone: ZoneInfo) -> None:
    """Give the meetings to come the same times on the clock of ZONE as they had on the workshop's clock.

    Those that have been held, or are on, keep their moment. Called under the workshop's lock.
    """
    for session in Session.objects.filter(workshop=workshop, state__in=[State.PLANNED, State.CANCELLED]):
        lasts = session.ends_at - session.starts_at
        session.starts_at = same_clock(workshop.local(session.starts_at), zone)
        ends_at = same_clock(workshop.local(session.ends_at), zone)
        # Where the clocks change in between, both times may become one.
        session.ends_at = ends_at if ends_at > session.starts_at else session.starts_at + lasts
        session.save(update_fields=["starts_at", "ends_at"])
        _record_change(session, actor, ["ends_at", "starts_at"])


def enter_room(*, session: Session, person: Participant) -> bool:
    """Record, once per person and meeting, that somebody came in. Returns whether it was the first time.

    Who comes while small groups are out gets a place in one of them.
    """
    is_first = _enter(session, person)
    if session.is_on:
        seat_late(session=session, person=person)
    return is_first


def _enter(session: Session, person: Participant) -> bool:
    already = Event.objects.filter(session=session, participant=person, verb=Verb.PARTICIPANT_ENTERED)
    if not session.is_on or (person.last_here_at is not None and already.exists()):
        return False
    with transaction.atomic():
        # Recording takes the workshop's lock, so two tabs at once come one after the other.
        event = _record_entry(session, person)
        if is_second := already.exclude(pk=event.pk).exists():
            transaction.set_rollback(True)
    return not is_second


def enter_all(*, session: Session, people: Iterable[int]) -> None:
    """Record that these participants are in the room: those who had its page open before the doors did."""
    came = Event.objects.filter(session=session, verb=Verb.PARTICIPANT_ENTERED).values("participant")
    with transaction.atomic():
        events.lock(session.workshop_id)
        present = Participant.objects.filter(pk__in=people, workshop=session.workshop_id, removed_at__isnull=True)
        for person in present.exclude(pk__in=came).order_by("joined_at", "pk"):
            _record_entry(session, person)


def _record_entry(session: Session, person: Participant) -> Event:
    return events.record(
        Verb.PARTICIPANT_ENTERED,
        workshop_id=session.workshop_id,
        actor=person,
        participant=person,
        session=session,
        data={"place": person.usual_place},
    )


def note_visit(*, person: Participant, head_seq: int) -> None:
    """Remember how far the person had seen the workshop when they were last here."""
    Participant.objects.filter(pk=person.pk).update(last_here_at=clock.now(), last_here_seq=head_seq)


def note_seen(person: Participant, through: int) -> None:
    """Remember that the person sat in a room and saw the workshop's events until THROUGH, as their own client says."""
    head = Workshop.objects.filter(pk=person.workshop_id).values("head_seq")
    Participant.objects.filter(pk=person.pk, last_here_seq__lt=through).update(
        last_here_at=clock.now(), last_here_seq=Least(Value(through), Subquery(head))
    )


def _cleaned(fields: dict[str, Any]) -> dict[str, Any]:
    unknown = set(fields) - FIELDS
    if unknown:
        raise TypeError(f"A meeting has no {sorted(unknown)} to set.")
    values = dict(fields)
    if "title" in values:
        values["title"] = clean_line(values["title"])
    if values.get("place"):
        values["place"] = clean_line(values["place"], limit=200)
    if values.get("without_screen"):
        values["without_screen"] = clean_line(values["without_screen"], limit=300)
    if values.get("time", Time.SAME) not in Time.values or values.get("space", Space.SAME) not in Space.values:
        raise BadText(_("Choose one of the answers in the list."))
    if values.get("link"):
        check_link(values["link"])
    return values


def _check_times(starts_at: datetime, ends_at: datetime) -> None:
    if ends_at <= starts_at:
        raise BadText(_("The meeting ends before it begins. Change one of the two times."), field="ends_at")


def check_link(link: str, *, field: str = "link") -> None:
    """Raise BadText or TooLong for what is not the address of a call."""
    try:
        URLValidator(schemes=["http", "https"])(link)
    except ValidationError as trouble:
        raise BadText(_("That is not a link. Links begin with https://"), field=field) from trouble
    if len(link) > LINK:
        raise TooLong(field=field)
