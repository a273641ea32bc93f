"""The log and the tables of records tell the same; where somebody tampered with either, it is found."""

import pytest

from eaa.models import Check, Outcome, Record, RecordVersion, Shown, Status
from sessions_app.models import Event
from sessions_app.verification import verify
from tests.eaa.story_records import records_and_checks


@pytest.fixture
def told(world):
    world.go_live()
    world.say("Ben", "calm Hello")
    records_and_checks(world)
    assert [str(found) for found in verify(world.workshop.slug)] == []
    return world


def wrong(world) -> list[str]:
    return [str(found) for found in verify(world.workshop.slug)]


TAMPERED = {
    "a status": lambda: Record.objects.filter(status=Status.UNDERSTOOD).update(status=Status.DIFFERENCE),
    "a version": lambda: RecordVersion.objects.order_by("pk").last().delete(),
    "a head": lambda: Record.objects.filter(pk=Record.objects.first().pk).update(head=9),
    "an answer": lambda: Check.objects.order_by("pk").last().delete(),
    "what is shown": lambda: Record.objects.filter(shown=Shown.WITHDRAWN).update(shown=Shown.SHOWN),
    "an outcome": lambda: Outcome.objects.update(kind="parked"),
    "what is gone": lambda: Record.objects.exclude(removed_at=None).update(removed_at=None),
    "a record": lambda: Record.objects.filter(mechanism="documentation").delete(),
}


@pytest.mark.parametrize("what", TAMPERED)
def test_it_is_found(told, what):
    TAMPERED[what]()

    assert wrong(told) != []


def test_the_story_holds_every_verb_of_records(told):
    verbs = set(Event.objects.filter(workshop=told.workshop).values_list("verb", flat=True))
    mine = {"made", "revised", "returned", "checked", "settled", "reopened", "removed"}

    assert verbs >= {f"record.{verb}" for verb in mine} | {"asset.shown", "outcome.told"}
