"""Devices: which browser holds whose seat. The cookie gets a new value with every seat."""

from django.db import transaction
from django.db.models import Q

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


def leave_device(actor: Actor, cookie: str = "") -> None:
    """Free every seat of this browser, which is ACTOR's and has COOKIE, in whatever workshop; each is cut off at once.

    The people keep their places in their workshops on other devices.
    """
    own = Seat.objects.filter(pk=actor.seat_id or 0).values("device")
    devices = Device.objects.filter(Q(pk__in=own) | Q(token_hash=token_hash(cookie)))
    with transaction.atomic():
        held = Seat.objects.select_for_update().filter(device__in=devices.values("pk"), left_at__isnull=True)
        seats = [seat.pk for seat in held]
        Seat.objects.filter(pk__in=seats).update(left_at=clock.now())
    for seat_id in seats:
        hints.publish("kick", {"seat": seat_id})
