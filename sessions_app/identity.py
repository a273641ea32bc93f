"""Who is asking: the device cookie or the staff login of a request or a socket, turned into an Actor."""

from typing import Any

from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.sessions.backends.db import SessionStore
from django.core import signing
from django.http import HttpRequest

from sessions_app.identifiers import token_hash
from sessions_app.models import Device, Participant, Seat, Session, Workshop
from sessions_app.models.joined import Joined
from sessions_app.policy import OUTSIDER, Actor

HALL_KEY_LASTS = 36 * 3600  # seconds
SEAT = """
    SELECT {columns} FROM sessions_app_seat s
    JOIN sessions_app_device d ON d.id = s.device_id
    JOIN sessions_app_participant p ON p.id = s.participant_id
    JOIN sessions_app_workshop w ON w.id = p.workshop_id
    WHERE d.token_hash = %s AND s.left_at IS NULL AND p.removed_at IS NULL AND w.
"""
OWNER = "id = (SELECT a.workshop_id FROM sessions_app_activity a "
WAYS = {
    "pk": "id = %s",
    "slug": "slug = %s",
    "sessions": "id = (SELECT workshop_id FROM sessions_app_session WHERE id = %s)",
    "activities": f"{OWNER} WHERE a.id = %s)",
    "activities__groups": f"{OWNER} JOIN sessions_app_group g ON g.activity_id = a.id WHERE g.id = %s)",
    "activities__dialogues": f"{OWNER} JOIN sessions_app_dialogue g ON g.activity_id = a.id WHERE g.id = %s)",
    "activities__dialogues__contributions": f"{OWNER} JOIN sessions_app_dialogue g ON g.activity_id = a.id "
    "JOIN sessions_app_contribution c ON c.dialogue_id = g.id WHERE c.id = %s)",
}


def _seat_by(which: str) -> Joined:
    ordered = f"{SEAT.rstrip()}{which} ORDER BY s.claimed_at DESC, s.id DESC LIMIT 1"
    return Joined(ordered, s=Seat, p=Participant, w=Workshop)


SEATS = {way: _seat_by(which) for way, which in WAYS.items()}


def add_way(way: str, which: str) -> None:
    """Let an app beside the product find a workshop by something of its own: WHICH is SQL after `w.`, with one %s."""
    SEATS[way] = _seat_by(which)


def actor_of(request: HttpRequest, **workshop: Any) -> Actor:
    """The actor of REQUEST in the workshop that the lookups find, e.g. `slug="x"` or `sessions=3`.

    A staff login goes before a device, since it can do more. Costs one query for a device, three for staff.
    """
    if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
        actor = actor_by_user(request.user.pk, token_hash(request.session.session_key or ""), **workshop)
        if actor.participant is not None:
            return actor
    actor = actor_by_device(request.COOKIES.get(settings.DEVICE_COOKIE, ""), **workshop)
    if actor.participant is not None:
        request.writer = str(actor.participant.pk)  # type: ignore[attr-defined]  # whose unsent words are put back
    return actor


def actor_of_cookies(cookies: dict[str, str], **workshop: Any) -> Actor:
    """The same for a socket, which has cookies but no request."""
    cookies = readable(cookies)
    if session_key := cookies.get(settings.SESSION_COOKIE_NAME):
        user_id = user_of_login(session_key)
        if user_id is not None:
            actor = actor_by_user(user_id, token_hash(session_key), **workshop)
            if actor.participant is not None:
                return actor
    return actor_by_device(cookies.get(settings.DEVICE_COOKIE, ""), **workshop)


def user_of_login(session_key: str) -> int | None:
    """Whose login this is, as a page would see it: one from before a change of password is nobody's."""
    request = HttpRequest()
    request.session = SessionStore(session_key)
    user = get_user(request)
    return user.pk


def actor_by_user(user_id: int, login_key: str, **workshop: Any) -> Actor:
    where = {f"workshop__{name}": value for name, value in workshop.items()}
    person = (
        Participant.objects.select_related("workshop")
        .filter(user_id=user_id, user__is_active=True, removed_at__isnull=True, **where)
        .first()
    )
    return Actor(person, login_key=login_key) if person else OUTSIDER


def actor_by_device(token: str, **workshop: Any) -> Actor:
    """The actor that holds the newest seat of the device with this cookie. One query."""
    if not token:
        return OUTSIDER
    ((way, value),) = workshop.items()
    found = SEATS[way].first([token_hash(token), value])
    if found is None:
        return OUTSIDER
    seat, person, person.workshop = found
    return Actor(person, seat_id=seat.pk)


def hall_key(purpose: str, session: Session, person: Participant) -> str:
    """A key for a device of the hall, such as its screen or a shared tablet: it stands for PERSON, and for nothing
    but PURPOSE in SESSION."""
    return signing.dumps([session.pk, person.pk], salt=f"hall.{purpose}")


def actor_by_hall_key(purpose: str, key: str, session_id: int) -> Actor:
    """The host who gave out KEY, with the rights that they have now; an outsider when the key is not one of ours."""
    try:
        of_session, person_id = signing.loads(key, salt=f"hall.{purpose}", max_age=HALL_KEY_LASTS)
    except signing.BadSignature:
        return OUTSIDER
    if of_session != session_id:
        return OUTSIDER
    person = Participant.objects.select_related("workshop").filter(pk=person_id, removed_at=None).first()
    return Actor(person) if person else OUTSIDER


def readable(cookies: dict[str, str]) -> dict[str, str]:
    """COOKIES without those that hold control signs: none of ours does, and the database refuses some of them."""
    return {name: value for name, value in cookies.items() if value.isprintable()}


def address_of(request: HttpRequest) -> str:
    """The address that our own outermost proxy saw. What a browser claims beyond that is not believed."""
    if settings.PROXY_COUNT:
        hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if hop.strip()]
        if len(hops) >= settings.PROXY_COUNT:
            return hops[-settings.PROXY_COUNT]
    return request.META.get("REMOTE_ADDR", "")


def device_of(request: HttpRequest) -> Device | None:
    """The device that the request's cookie belongs to, if we gave it out."""
    token = request.COOKIES.get(settings.DEVICE_COOKIE, "")
    return Device.objects.filter(token_hash=token_hash(token)).first() if token else None
