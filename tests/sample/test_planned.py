"""Stage planned: the first meeting is still to come."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from sessions_app.models import (
    Contribution,
)
from sessions_app.sample import Stage, load_sample
from sessions_app.verification import verify


def states(workshop) -> list[str]:
    return [session.state for session in workshop.sessions.all()]


def test_planned_everybody_can_still_come(db):
    workshop = load_sample(stage=Stage.PLANNED)

    assert states(workshop) == ["planned"] * 3
    first = workshop.sessions.first()
    assert timedelta() < first.starts_at - timezone.now() < timedelta(days=8)
    assert first.activities.count() == 6
    assert not Contribution.objects.exists()
    assert workshop.participants.filter(roles__contains=["participant"]).count() >= 5
    assert list(verify(workshop.slug)) == []


def test_the_same_seed_makes_the_same_workshop(db):
    codes = []
    for seed in (7, 7, 8):
        with transaction.atomic():
            codes.append(load_sample(stage=Stage.PLANNED, seed=seed).code)
            transaction.set_rollback(True)

    assert codes[0] == codes[1] != codes[2]
