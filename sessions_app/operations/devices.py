"""Devices: which browser holds whose seat. The cookie gets a new value with every seat."""

from django.db import transaction

from sessions_app import clock, hints
from sessions_app.identifiers import new_token, token_hash
from sessions_app.models import Device, Participant, Seat, Workshop
from sessions_app.policy import Actor


def seated(cookie: str, workshop: Workshop) -> Participant | None:
    """Who the browser with COOKIE is in WORKSHOP."""
    if not cookie:
        return None
    seat = (
        Seat.objects.select_related("participant")
        .filter(device__token_hash=token_hash(cookie), left_at__isnull=True)
        .filter(participant__workshop=workshop, participant__removed_at__isnull=True)
        .order_by("-claimed_at", "-pk")
        .first()
    )
    return seat.participant if seat else None


def seat(cookie: str, person: Participant, token: str = "") -> str:
    """Give the browser with COOKIE the seat of PERSON. Returns the cookie's new value: an old one is worth nothing.

    TOKEN is that value when it has to be a certain one; one that has been given out before is not used again.
    """
    if not token or Device.objects.filter(token_hash=token_hash(token)).exists():
        token = new_token()
    with transaction.atomic():
        device = Device.objects.select_for_update().filter(token_hash=token_hash(cookie)).first() if cookie else None
        if device is None:
            device = Device.objects.create(token_hash=token_hash(token), created_at=clock.now())
        else:
            device.token_hash = token_hash(token)
            device.save(update_fields=["token_hash"])
        Seat.objects.get_or_create(
            device=device, participant=person, left_at=None, defaults={"claimed_at": clock.now()}
        )
    return token


def leave_device(actor: Actor) -> None:
    """Free this browser's seat; the person keeps their place in the workshop on other devices."""
    if actor.seat_id is not None:
        Seat.objects.filter(pk=actor.seat_id).update(left_at=clock.now())
        hints.publish("kick", {"seat": actor.seat_id})
