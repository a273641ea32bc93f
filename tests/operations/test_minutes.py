"""Minutes that several give at once, and how many steps a meeting can hold."""

import pytest

from sessions_app.errors import Refused
from sessions_app.models import Activity
from sessions_app.operations import activities
from tests.together import together


@pytest.mark.django_db(transaction=True)
def test_minutes_that_two_give_at_once_are_both_given(world):
    step = world.steps[1]
    pages = [Activity.objects.select_related("workshop").get(pk=step.pk) for _ in range(4)]  # as each has it open

    together(*[lambda page=page: activities.give_minutes(activity=page, actor=world.ada, by=1) for page in pages])

    assert Activity.objects.get(pk=step.pk).minutes == step.minutes + 4


def test_minutes_stay_within_reason(world):
    step = world.steps[0]
    for by, expected in ((-1000, 1), (5000, 600), (-1, 599)):
        assert activities.give_minutes(activity=step, actor=world.ada, by=by).minutes == expected


def test_a_step_is_put_back_only_where_there_is_space(world):
    step = world.steps[0]
    activities.remove_activity(activity=step, actor=world.ada)
    for _ in range(activities.MOST_STEPS - 3):
        activities.plan_activity(workshop=world.workshop, actor=world.ada, session=world.session, kind="cards")
    with pytest.raises(Refused, match="60 steps"):
        activities.put_back_activity(activity=step, actor=world.ada)
    activities.remove_activity(activity=world.steps[0], actor=world.ada)
    activities.put_back_activity(activity=step, actor=world.ada)

    assert len(world.steps) == activities.MOST_STEPS
