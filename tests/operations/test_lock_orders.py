"""Writes that meet at one person: each takes the workshop's lock first, so that none waits for another in a ring."""

import pytest
from django.db import OperationalError

from sessions_app.operations import participants
from tests.together import together
from tests.world import make_world


@pytest.mark.django_db(transaction=True)
def test_moving_naming_and_letting_in_at_once_never_end_in_a_deadlock():
    world = make_world()
    ben = world["Ben"]
    works = [
        lambda number: participants.move(person=ben.participant, actor=ben, place=("hall", "remote")[number % 2]),
        lambda number: participants.rename(person=ben.participant, actor=ben, name=f"Ben {number}"),
        lambda number: participants.admit(person=world["Chidi"].participant, actor=world.ada),
        lambda number: participants.change_roles(
            person=ben.participant, actor=world.ada, roles=["participant"] + ["helper"] * (number % 2)
        ),
    ]

    def again_and_again(which):
        for number in range(15):
            works[which](number)

    found = together(*(lambda which=which: again_and_again(which) for which in range(len(works))))

    assert [trouble for trouble in found if isinstance(trouble, OperationalError)] == []
