"""What records rest on: words that everybody may read, as they stood; taken back they are a gap."""

import uuid

import pytest
from django.db import transaction

from eaa.models import Mechanism, Record, RecordVersion
from eaa.operations.evidence import Rests, carry_over, rest_on
from eaa.queries.quoting import citable, people_quoted, quotes
from sessions_app import clock, events
from sessions_app.errors import BadText
from sessions_app.operations import contributions


@pytest.fixture
def version(world):
    """The first version of an interpretation, as an operation would make it."""
    ada, now = world.ada.participant, clock.now()
    record = Record.objects.create(
        workshop=world.workshop, mechanism=Mechanism.INTERPRETATION, created_by=ada, created_at=now, head=1
    )
    return RecordVersion.objects.create(
        record=record, number=1, text="People want calm.", language="en", written_by=ada, at=now
    )


def rest(world, version, *rests):
    with transaction.atomic():
        events.lock(world.workshop.pk)
        return rest_on(world.workshop, rests, at=clock.now(), version=version)


def test_a_part_of_the_words_is_quoted_as_it_stood(world, version):
    world.go_live()
    said = world.say("Ben", "I want calm visits and coffee.")
    rest(world, version, Rests(said.pk, "calm visits"))
    contributions.revise_contribution(contribution=said, actor=world["Ben"], body="I want quiet.")

    (quote,) = quotes(version.evidence.all()).values()

    assert (quote.words, quote.who, quote.was_changed, quote.is_gone) == ("calm visits", "Ben", True, False)
    assert (quote.before, quote.after) == ("I want ", " and coffee.")


def test_words_taken_back_are_a_gap(world, version):
    world.go_live()
    said = world.say("Ben", "I want calm visits.")
    rest(world, version, Rests(said.pk, "calm"), Rests(world.say("Chidi", "Coffee.").pk))
    contributions.withdraw_contribution(contribution=said, actor=world["Ben"])

    gone, stands = quotes(version.evidence.all()).values()

    assert (gone.words, gone.is_gone, stands.words) == ("", True, "Coffee.")
    assert [person.name for person in people_quoted(version.evidence.all())] == ["Chidi"]


def test_a_quote_has_to_be_in_the_words(world, version):
    world.go_live()
    said = world.say("Ben", "I want calm visits.")

    with pytest.raises(BadText):
        rest(world, version, Rests(said.pk, "calmer visits"))
    with pytest.raises(BadText):
        rest(world, version, Rests(uuid.uuid4()))
    assert not version.evidence.exists()


def test_what_lies_face_down_can_not_be_quoted(world, version):
    world.go_live(step=1)
    hidden = world.say("Ben", "Nobody may read this yet.", number=1)

    assert not citable(world.workshop).filter(pk=hidden.pk).exists()
    with pytest.raises(BadText):
        rest(world, version, Rests(hidden.pk))


def test_the_next_version_rests_on_the_same_words(world, version):
    world.go_live()
    said = world.say("Ben", "I want calm visits.")
    first = rest(world, version, Rests(said.pk, "calm"))
    nextone = RecordVersion.objects.create(
        record=version.record, number=2, text="Calm.", language="en", written_by=world.ada.participant, at=clock.now()
    )

    carry_over(first, version=nextone)

    assert [quote.words for quote in quotes(nextone.evidence.all()).values()] == ["calm"]
