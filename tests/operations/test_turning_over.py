"""What was said face down and left so when its meeting ended: a host turns it over afterwards, nobody else does."""

import pytest
from django.urls import reverse

from sessions_app.errors import NotAllowed, NotFound, Refused
from sessions_app.models import Activity, Event
from sessions_app.operations import dialogues, running
from sessions_app.verification import verify
from tests.world import make_world

pytestmark = pytest.mark.django_db
WORDS = "Nobody has read this yet."


@pytest.fixture
def left(world):
    """A step whose cards lay face down when the meeting went on."""
    Activity.objects.filter(pk=world.steps[1].pk).update(blind=True)
    world.go_live(1)
    world.say("Ben", WORDS, 1)
    running.next_step(session=world.session, actor=world.ada)
    return world.steps[1]


def over(world):
    running.close_session(session=world.session, actor=world.ada)


def page(browser, step) -> str:
    return browser.get(reverse("thread", args=[step.plenary.pk])).content.decode()


def test_a_host_turns_it_over_after_the_meeting_and_all_read_it(world, left, browser_of):
    over(world)
    host = browser_of("Ada")
    assert WORDS not in page(browser_of("Chidi"), left)
    assert 'name="reveal"' in page(host, left)
    assert 'name="reveal"' not in page(browser_of("Chidi"), left)
    assert 'name="reveal"' in host.get(reverse("after", args=[world.session.pk])).content.decode()

    answer = host.post(reverse("window", args=[left.pk]), {"reveal": "1"})

    assert answer["Location"] == reverse("thread", args=[left.plenary.pk])
    assert WORDS in page(browser_of("Chidi"), left)
    assert 'name="reveal"' not in page(host, left)
    told = Event.objects.get(activity=left, verb="activity.revealed")
    assert (told.actor, told.session_id) == (world.ada.participant, world.session.pk)
    assert list(verify(world.workshop.slug)) == []


@pytest.mark.parametrize(("who", "refusal"), [("Sam", NotAllowed), ("Ben", NotAllowed), ("Rana", NotFound)])
def test_nobody_else_does(world, left, who, refusal):
    over(world)
    with pytest.raises(refusal):
        dialogues.turn_over(activity=left, actor=world[who])


def test_nobody_of_another_workshop_does(world, left):
    over(world)
    with pytest.raises(NotFound):
        dialogues.turn_over(activity=left, actor=make_world("Other", host="Olga").ada)


def test_what_is_on_in_a_meeting_is_turned_over_in_the_room(world, left):
    running.previous_step(session=world.session, actor=world.ada)
    with pytest.raises(Refused, match="in the room"):
        dialogues.turn_over(activity=left, actor=world.ada)


def test_it_is_turned_over_once(world, left):
    over(world)
    dialogues.turn_over(activity=left, actor=world.ada)
    with pytest.raises(Refused, match="face up"):
        dialogues.turn_over(activity=left, actor=world.ada)
    assert Event.objects.filter(activity=left, verb="activity.revealed").count() == 1
