"""Answers that are being chosen are drawn at most twice in a second; everything else is told at once."""

import pytest

from sessions_app.live import feed, reading
from sessions_app.models import Workshop
from sessions_app.operations import messages
from tests.e2e.hall_scenes import give, with_poll
from tests.live.lines import until


@pytest.fixture
def left(monkeypatch):
    """How many events were left for later each time that the hub read news and drew nothing."""
    found: list[int] = []
    read = reading.news_for

    def news_for(*args, **more):
        happened, pieces = read(*args, **more)
        if pieces is None:
            found.append(len(happened))
        return happened, pieces

    monkeypatch.setattr(reading, "news_for", news_for)
    return found


def head_of(world):
    return Workshop.objects.values_list("head_seq", flat=True).get(pk=world.workshop.pk)


def boards(line):
    return [text for text in line.all if '"id":"room-board"' in text]


def test_three_drawings_of_answers_never_fall_into_one_second():
    assert 2 * feed.ANSWERS_PACE > 1


def test_answers_wait_for_the_next_drawing_and_come_in_one_frame(world, enter, left, monkeypatch):
    monkeypatch.setattr(feed, "ANSWERS_PACE", 3600)
    with_poll(world)
    line = enter("Sam")
    give(world, "Ben")
    until(lambda: len(boards(line)) == 1)
    first = head_of(world)

    give(world, "Chidi")
    until(lambda: left)
    assert len(boards(line)) == 1

    messages.send_message(session=world.session, actor=world.ada, text="We go on.")
    until(lambda: len(boards(line)) == 2)
    assert f'"after":{first},"through":{head_of(world)}' in boards(line)[-1]


def test_what_waited_is_drawn_when_its_time_has_come(world, enter, left):
    with_poll(world)
    line = enter("Sam")
    give(world, "Ben")
    until(lambda: len(boards(line)) == 1)

    give(world, "Chidi")

    until(lambda: left)
    until(lambda: len(boards(line)) == 2)
    assert "2 answers" in boards(line)[-1]
