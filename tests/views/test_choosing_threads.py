"""A question that is answered by choosing, as a thread: it says that it is open, and counts the answers."""

from datetime import timedelta

import pytest
from django.http import QueryDict
from django.urls import reverse

from sessions_app import clock
from sessions_app.models import Dialogue
from sessions_app.operations import dialogues, responses


@pytest.fixture
def poll(world):
    step = dialogues.open_thread(
        workshop=world.workshop,
        actor=world.ada,
        kind="poll",
        prompt="Which day?",
        options={"choices": ["Monday", "Tuesday"]},
        until=clock.now() + timedelta(days=3),
    )
    poll = Dialogue.objects.select_related("activity__workshop", "activity__session").get(activity=step)
    for name in ("Ben", "Chidi"):
        responses.give_answer(dialogue=poll, actor=world[name], sent=QueryDict("choice=1"), via="thread")
    return poll


@pytest.fixture
def page(browser_of, poll):
    """What somebody sees of it."""
    return lambda name: browser_of(name).get(reverse("thread", args=[poll.pk])).content.decode()


def test_an_open_one_says_until_when_and_can_be_closed(page):
    assert "Between the meetings" in page("Ben")
    assert "open until" in page("Ben")
    assert "You can still read everything." not in page("Ben")
    assert "Close it now" in page("Ada")


def test_a_closed_one_says_so(page, world, poll):
    dialogues.end_window(activity=poll.activity, actor=world.ada)

    assert "You can still read everything." in page("Ben")
    assert "Close it now" not in page("Ada")


def test_answers_are_counted_and_nobody_is_told_that_no_words_lie_there(page):
    seen = page("Ben")

    assert "2 answers so far" in seen
    assert "The answers lie face down until they are all turned over at once." not in seen
    assert "The first words are yours" not in seen
