"""Workshops for exports: one through which everything has gone, one in which Ben has spoken; and where files lie."""

import pytest

from sessions_app import clock
from sessions_app.models import Consent, Participant
from tests.everything import go_through_everything
from tests.exports.opened import says


@pytest.fixture
def story(world):
    """Everybody says yes to research. The answers are plain rows: a workshop that is closed takes none."""
    go_through_everything(world)
    for person in Participant.objects.filter(workshop=world.workshop):
        Consent.objects.create(participant=person, purpose="research", given_at=clock.now())
    return world


@pytest.fixture(autouse=True)
def folder(tmp_path, settings):
    settings.EXPORT_FOLDER = tmp_path / "exports"
    settings.MFA_REQUIRED_FOR_RESEARCHERS = False
    return settings.EXPORT_FOLDER


@pytest.fixture
def spoken(world):
    says(world, "Ben", "Chidi")
    world.go_live()
    world.say("Ben", "goldcrest")
    return world
