"""How much is new to somebody who was away: what others said and may be read, and nothing of one's own."""

import pytest

from sessions_app.models import Participant
from sessions_app.operations import activities, running
from sessions_app.queries.away import away_view

pytestmark = pytest.mark.django_db


def news_for(world, who: str) -> int:
    person = Participant.objects.select_related("workshop").get(pk=world[who].participant.pk)
    return away_view(person).news_count


def test_ones_own_words_are_no_news_also_without_a_name(world):
    activities.change_activity(activity=world.steps[0], actor=world.ada, identity="anonymous")
    world.go_live()
    before = news_for(world, "Ben"), news_for(world, "Chidi")
    world.say("Ben", "Nobody knows that it was me.")

    assert (news_for(world, "Ben"), news_for(world, "Chidi")) == (before[0], before[1] + 1)


def test_words_that_lie_face_down_are_no_news_before_they_are_turned_over(world):
    world.go_live(1)  # cards, face down
    before = news_for(world, "Ben")
    world.say("Chidi", "Not to be read yet.", 1)
    assert news_for(world, "Ben") == before

    running.reveal(session=world.session, actor=world.ada)

    assert news_for(world, "Ben") == before + 1
