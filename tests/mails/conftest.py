"""A workshop whose people gave an address, in the middle of a working day."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest

from eaa.models import Mechanism
from eaa.operations.checks import return_record
from eaa.operations.evidence import Rests
from eaa.operations.records import make_record
from sessions_app import clock
from sessions_app.models import Participant
from sessions_app.operations import cancelling, contributions, dialogues, sessions
from tests.eaa.agreed import opened

NOON = datetime(2027, 3, 10, 11, 0, tzinfo=UTC)  # a Wednesday; noon in Stockholm
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
UNTIL = NOON + 5 * DAY  # of what the group is asked about its own words


@pytest.fixture
def at_noon():
    with clock.at(NOON):
        yield NOON


@pytest.fixture
def mailed(at_noon, world):
    """Ben and Chidi have an address; nobody else takes mail but Ada, by her account."""
    for name in ("Ben", "Chidi"):
        person = world[name].participant
        person.email = f"{name.lower()}@example.org"
        person.joined_at = NOON - timedelta(days=9)
        person.save(update_fields=["email", "joined_at"])
    Participant.objects.filter(pk=world.ada.participant.pk).update(user=None)
    cancelling.remove_session(session=world.session, actor=world.ada)  # it would remind, too
    return world


@pytest.fixture
def question(mailed):
    """A thread that was asked two hours ago and is open for four days."""
    with clock.at(NOON - timedelta(hours=2)):
        step = dialogues.open_thread(
            workshop=mailed.workshop, actor=mailed.ada, prompt="Who rings?", until=NOON + timedelta(days=4)
        )
    step.refresh_from_db()
    return step


@pytest.fixture
def meeting(mailed):
    """A meeting tomorrow at this time."""
    starts = NOON + timedelta(days=1)
    with clock.at(NOON - timedelta(days=5)):
        return sessions.plan_session(
            workshop=mailed.workshop,
            actor=mailed.ada,
            title="Second meeting",
            starts_at=starts,
            ends_at=starts + timedelta(hours=1),
        )


@pytest.fixture
def cards(mailed):
    """Ben and Chidi each said something, in a thread that is over."""
    with clock.at(NOON - 8 * DAY):
        step = dialogues.open_thread(
            workshop=mailed.workshop, actor=mailed.ada, prompt="What is calm?", until=NOON - 5 * DAY
        )
        dialogue = step.dialogues.select_related("activity__workshop").get()
        return {
            name: contributions.post_contribution(
                dialogue=dialogue, actor=mailed[name], body=f"{name} wants quiet.", via="thread", client_id=uuid.uuid4()
            ).contribution
            for name in ("Ben", "Chidi")
        }


@pytest.fixture
def returned(mailed, cards):
    """An interpretation that rests on both, asked about two hours ago for five days."""
    with clock.at(NOON - 2 * HOUR):
        record = make_record(
            workshop=mailed.workshop,
            actor=mailed.ada,
            mechanism=Mechanism.INTERPRETATION,
            text="People want quiet.",
            rests=[Rests(card.pk) for card in cards.values()],
        )
        return return_record(record=record, actor=mailed.ada, head=1, until=UNTIL)


@pytest.fixture
def agreement(mailed):
    """Open since two hours for five days, for everybody."""
    with clock.at(NOON - 2 * HOUR):
        return opened(mailed, until=UNTIL - NOON + 2 * HOUR)
