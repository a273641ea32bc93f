"""Create, change and close a workshop; throw one away that was made by mistake."""

import uuid
import zoneinfo
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from sessions_app import clock, events
from sessions_app.errors import BadText, NotAllowed
from sessions_app.identifiers import door_code, normal_code
from sessions_app.models import Contribution, Participant, Place, ResearchNotice, Response, Role, Workshop
from sessions_app.operations import sessions, windows
from sessions_app.operations.editions import edition_of, need_newest
from sessions_app.operations.participants import add_person
from sessions_app.policy import Actor, require
from sessions_app.text import clean_body, clean_line
from sessions_app.verbs import Verb

LINES = {"title": 120, "lead": 300, "contact_name": 80, "contact_phone": 40}
CHANGEABLE = frozenset(
    {*LINES, "purpose", "languages", "time_zone", "contact_email", "lobby", "late_answers_days", "keep_until"}
)


def create_workshop(
    *,
    user: AbstractUser | None,
    host_name: str,
    slug: str = "",
    code: str = "",
    host: Mapping[str, Any] | None = None,
    client_id: uuid.UUID | None = None,
    **fields: Any,
) -> Workshop:
    """Make a workshop with USER as its first facilitator under HOST_NAME, and record it.

    `code` is a door code chosen by hand; `host` says more of the facilitator, e.g. their language; `client_id` is
    the form's that it was made with, which makes no second one (IntegrityError).
    """
    values = _cleaned(fields)
    with transaction.atomic():
        workshop = _insert(slug, code, {**values, "client_id": client_id})
        ResearchNotice.objects.create(workshop=workshop, version=1, at=clock.now())
        about_host = {"usual_place": Place.HALL, **(host or {})}
        founder = add_person(workshop=workshop, roles=[Role.FACILITATOR], name=host_name, user=user, **about_host)
        events.record(Verb.WORKSHOP_CREATED, workshop_id=workshop.pk, actor=founder)
    return workshop


def seen_workshop(workshop: Workshop) -> str:
    """The edition of what its form shows."""
    return edition_of(workshop, CHANGEABLE)


def change_workshop(*, workshop: Workshop, actor: Actor, seen: str = "", **fields: Any) -> Workshop:
    """Change what FIELDS name; the event tells which fields, never what they say.

    In another time zone the meetings to come keep their times on the clock. SEEN is the edition that the form showed,
    if there was one; Stale when it says something else by now.
    """
    require(actor, "workshop.change", workshop)
    values = _cleaned(fields)
    with transaction.atomic():
        before = events.lock(workshop.pk)
        changed = sorted(name for name, value in values.items() if getattr(before, name) != value)
        if changed:
            need_newest(seen, seen_workshop(before), verb=Verb.WORKSHOP_CHANGED, actor=actor, workshop=workshop)
            events.record(
                Verb.WORKSHOP_CHANGED, workshop_id=workshop.pk, actor=actor.participant, data={"fields": changed}
            )
            if "time_zone" in changed:
                zone = zoneinfo.ZoneInfo(values["time_zone"])
                sessions.keep_on_the_clock(workshop=before, actor=actor, zone=zone)
                windows.keep_windows_on_the_clock(workshop=before, actor=actor, zone=zone)
            Workshop.objects.filter(pk=workshop.pk).update(**values)
    workshop.refresh_from_db()
    return workshop


def close_workshop(*, workshop: Workshop, actor: Actor | None = None) -> Workshop:
    """End the workshop for everybody: by a facilitator, or (without actor) because the day of a practice is over.

    Its record can still be read by facilitators and researchers.
    """
    if actor is not None:
        require(actor, "workshop.change", workshop)
    with transaction.atomic():
        if events.lock(workshop.pk).closed_at is None:
            events.record(Verb.WORKSHOP_CLOSED, workshop_id=workshop.pk, actor=actor.participant if actor else None)
            Workshop.objects.filter(pk=workshop.pk).update(closed_at=clock.now())
    workshop.refresh_from_db()
    return workshop


def remove_workshop(*, workshop: Workshop, actor: Actor) -> Workshop:
    """Throw a workshop away that was made by mistake: nobody else has ever been in it, and nothing was said."""
    require(actor, "workshop.change", workshop)
    assert actor.participant is not None  # noqa: S101  -- an outsider may change none
    with transaction.atomic():
        if events.lock(workshop.pk).removed_at is None:
            others = Participant.objects.filter(workshop=workshop).exclude(pk=actor.participant.pk)
            words = Contribution.objects.filter(dialogue__activity__workshop=workshop)
            answers = Response.objects.filter(dialogue__activity__workshop=workshop)
            if any(rows.exists() for rows in (others, words, answers)):
                raise NotAllowed(_("Somebody has been here, or something was said. End the workshop instead."))
            _set_removed(workshop, actor, clock.now())
    workshop.refresh_from_db()
    return workshop


def put_back_workshop(*, workshop: Workshop, actor: Actor) -> Workshop:
    """Undo remove_workshop."""
    require(actor, "workshop.change", workshop)
    with transaction.atomic():
        if events.lock(workshop.pk).removed_at is not None:
            _set_removed(workshop, actor, None)
    workshop.refresh_from_db()
    return workshop


def _set_removed(workshop: Workshop, actor: Actor, at: datetime | None) -> None:
    fields = {"fields": ["removed_at"]}
    events.record(Verb.WORKSHOP_CHANGED, workshop_id=workshop.pk, actor=actor.participant, data=fields)
    Workshop.objects.filter(pk=workshop.pk).update(removed_at=at)


def _cleaned(fields: dict[str, Any]) -> dict[str, Any]:
    unknown = set(fields) - CHANGEABLE
    if unknown:
        raise TypeError(f"A workshop has no {sorted(unknown)} to set.")
    values = dict(fields)
    for name, limit in LINES.items():
        if values.get(name) or name in values.keys() & {"title"}:  # a workshop has a title
            values[name] = clean_line(values[name], limit=limit)
    if values.get("purpose"):
        values["purpose"] = clean_body(values["purpose"], limit=2000)
    if "time_zone" in values and values["time_zone"] not in zoneinfo.available_timezones():
        raise BadText(_("We don't know that time zone. Choose one from the list."), field="time_zone")
    return values


def _insert(slug: str, code: str, values: dict[str, Any]) -> Workshop:
    """A row with an address and a code that nobody else has, also when somebody presses twice at once."""
    while True:
        address = slug or _free_slug(values["title"])
        door = normal_code(code) if code else door_code(8)
        try:
            with transaction.atomic():
                return Workshop.objects.create(slug=address, code=door, created_at=clock.now(), **values)
        except IntegrityError:
            made_by = values["client_id"]
            if slug or code or (made_by and Workshop.objects.filter(client_id=made_by).exists()):
                raise


def _free_slug(title: str) -> str:
    stem = slugify(title)[:40] or "workshop"
    taken = set(Workshop.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    slug, number = stem, 1
    while slug in taken:
        number += 1
        slug = f"{stem}-{number}"
    return slug
