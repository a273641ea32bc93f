"""Once: the same client_id by any road, any number of times, in any order, is one contribution on every page."""

import uuid

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sessions_app.errors import Refused
from sessions_app.live.audience import Audience, Scope
from sessions_app.live.reading import happened_since, pieces_for
from sessions_app.models import Contribution, Event, Via
from sessions_app.operations import contributions
from tests.live.page import Page
from tests.live.story import Story

NAMES = ("Ben", "Chidi", "Sam")
TRY = st.tuples(
    st.integers(0, 2),  # which of three client_ids
    st.sampled_from(Via.values),
    st.sampled_from(["say", "next", "back", "close", "keep open", "withdraw", "revise"]),
    st.booleans(),  # sent by its own author, or by somebody else who has got hold of it
)

pytestmark = pytest.mark.django_db


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(TRY, min_size=2, max_size=16))
def test_any_road_any_number_of_times(tries):
    with transaction.atomic():
        play(tries)
        transaction.set_rollback(True)


def play(tries):
    story = Story()
    world = story.world
    world.go_live()
    dialogue, keys, kept = world.dialogue(), [uuid.uuid4() for _ in range(3)], {}
    for which, via, act, is_author in tries:
        if act != "say":
            story.act(act, which)
            continue
        author = NAMES[which]
        sender = author if is_author else NAMES[(which + 1) % 3]
        whose = author if sender == "Sam" else sender
        posted = send(story, dialogue, whose, sender, keys[which], via)
        if posted is None:
            continue
        assert posted.is_new == (which not in kept)
        assert kept.setdefault(which, (posted.contribution.pk, whose)) == (posted.contribution.pk, whose)
    assert set(Contribution.objects.values_list("pk", flat=True)) == {pk for pk, _whose in kept.values()}
    assert Event.objects.filter(verb="contribution.posted").count() == len(kept)
    assert len(on_the_page(story, dialogue)) == len(kept)


def send(story, dialogue, whose, sender, key, via):
    """Somebody sends their words, or Sam, the scribe, sends them. What was kept is answered the same for ever."""
    person = story.world[whose].participant
    try:
        return contributions.post_contribution(
            dialogue=dialogue,
            actor=story.world[sender],
            author=person if whose != sender else None,
            body=f"Words {key}",
            via=via,
            client_id=key,
        )
    except Refused:
        pass
    # What is kept is refused to its author only where they claim that a scribe has typed it.
    assert (
        via in contributions.TYPED_BY_OTHERS or not Contribution.objects.filter(client_id=key, author=person).exists()
    )
    return None


def on_the_page(story, dialogue):
    """The contributions on a page that took all the news twice, the second time from the beginning."""
    audience = Audience(story.world.workshop.pk, Scope.THREAD, dialogue.pk, False, "en")
    page = Page(f'<div id="thread-state"></div><div id="thread-says"><ul id="said-{dialogue.pk}"></ul></div>')
    for _ in range(2):
        page.apply(pieces_for(audience, happened_since(story.world.workshop.pk, 0)))
    _parent, said = page.root.find(f"said-{dialogue.pk}")
    return [item.attrs["id"] for item in said.children]
