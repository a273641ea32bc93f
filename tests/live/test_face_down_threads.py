"""A thread whose answers lie face down: the line brings the state, never a list without the reader's own words."""

from datetime import timedelta

import pytest

from sessions_app import clock
from sessions_app.live.audience import Audience, Scope
from sessions_app.live.reading import happened_since, pieces_for
from sessions_app.models import Workshop
from sessions_app.operations import dialogues, running

pytestmark = pytest.mark.django_db


@pytest.fixture
def ids(world):
    """Says a face-down word, and gives the ids of all pieces that the thread's readers got so far."""
    world.go_live(step=1)
    world.say("Ben", "Mine.", 1)
    dialogues.keep_open(activity=world.steps[1], actor=world.ada, until=clock.now() + timedelta(days=1))
    audience = Audience(world.workshop.pk, Scope.THREAD, world.dialogue(1).pk, False, "en")
    return lambda: [piece["id"] for piece in pieces_for(audience, happened_since(world.workshop.pk, 0))]


def test_a_face_down_answer_takes_nobodys_own_words_off_their_page(ids):
    assert ids() == ["thread-state", "thread-count"]


def test_turning_over_brings_the_whole_list(ids, world):
    running.reveal(session=world.session, actor=world.ada)

    assert ids() == ["thread-state", "thread-says", "thread-count"]


def test_everybody_reads_how_many_have_answered(world):
    world.go_live(step=2)
    dialogues.keep_open(activity=world.steps[2], actor=world.ada, until=clock.now() + timedelta(days=1))
    audience = Audience(world.workshop.pk, Scope.THREAD, world.dialogue(2).pk, False, "en")
    told = []
    for number, name in enumerate(("Ben", "Chidi", "Gil"), start=1):
        since = Workshop.objects.get(pk=world.workshop.pk).head_seq
        world.say(name, f"Answer {number}.", 2, name=name)
        pieces = {piece["id"]: piece for piece in pieces_for(audience, happened_since(world.workshop.pk, since))}
        told.append(pieces["thread-count"]["html"])

    assert told == ["1 answer so far", "2 answers so far", "3 answers so far"]
