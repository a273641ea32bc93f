"""Who steps back finds the time that the step had left."""

from datetime import timedelta

import pytest

from sessions_app import clock
from sessions_app.operations import running

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("is_paused", [False, True])
def test_stepping_back_gives_a_step_the_time_that_it_had_left(world, is_paused):
    now = clock.now()
    with clock.at(now):
        running.start(session=world.session, actor=world.ada)
        running.extend(session=world.session, actor=world.ada)
    with clock.at(now + timedelta(minutes=1)):
        if is_paused:
            running.pause(session=world.session, actor=world.ada)
    later = now + timedelta(minutes=3)
    with clock.at(later):
        running.next_step(session=world.session, actor=world.ada)
    with clock.at(later + timedelta(minutes=2)):
        running.previous_step(session=world.session, actor=world.ada)

    step = world.steps[0]
    spent = 1 if is_paused else 3
    assert step.ends_at == later + timedelta(minutes=2 + step.minutes + 2 - spent)


def test_stepping_back_to_a_step_whose_time_was_up_gives_it_all_again(world):
    now = clock.now()
    with clock.at(now):
        running.start(session=world.session, actor=world.ada)
    later = now + timedelta(hours=1)
    with clock.at(later):
        running.next_step(session=world.session, actor=world.ada)
        running.previous_step(session=world.session, actor=world.ada)

    step = world.steps[0]
    assert step.ends_at == later + timedelta(minutes=step.minutes)
