"""The same client_id by any road, any number of times, is one contribution."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse

from sessions_app import anonymity, clock
from sessions_app.errors import Closed, NotAllowed
from sessions_app.models import Contribution, Event
from sessions_app.operations import activities, contributions, running, workshops
from tests.security.pages import read
from tests.together import kinds, together


def send(world, who, client_id, words="Once", *, number=0, via="room", **more):
    return contributions.post_contribution(
        dialogue=world.dialogue(number), actor=world[who], body=words, via=via, client_id=client_id, **more
    )


def test_same_client_id_is_one_contribution(world):
    world.go_live()
    client_id = uuid.uuid4()

    first = send(world, "Ben", client_id)
    again = send(world, "Ben", client_id, via="thread")

    assert (first.is_new, again.is_new) == (True, False)
    assert again.contribution.pk == first.contribution.pk
    assert Contribution.objects.count() == 1
    assert Event.objects.filter(verb="contribution.posted").count() == 1


def test_second_try_leaves_no_gap_in_the_log(world):
    world.go_live()
    client_id = uuid.uuid4()
    for _ in range(3):
        send(world, "Ben", client_id)
    after = world.say("Ben", "After")

    numbers = list(Event.objects.filter(workshop=world.workshop).order_by("seq").values_list("seq", flat=True))
    assert numbers == list(range(1, after.seq + 1))


def test_client_id_of_somebody_else_is_refused(world):
    world.go_live()
    client_id = uuid.uuid4()
    send(world, "Ben", client_id)

    with pytest.raises(NotAllowed):
        send(world, "Chidi", client_id)

    assert Contribution.objects.get().author == world["Ben"].participant


def test_client_id_of_another_dialogue_is_refused(world):
    world.go_live()
    client_id = uuid.uuid4()
    send(world, "Ben", client_id)
    running.next_step(session=world.session, actor=world.ada)

    with pytest.raises(NotAllowed):
        send(world, "Ben", client_id, number=1)

    assert Contribution.objects.count() == 1


def test_second_try_after_the_step_has_closed_gets_the_first_answer(world):
    """The first answer was lost on the way: the person must not be told that their words were not kept."""
    world.go_live()
    client_id = uuid.uuid4()
    first = send(world, "Ben", client_id)
    running.next_step(session=world.session, actor=world.ada)

    with clock.at(clock.now() + timedelta(minutes=5)):
        again = send(world, "Ben", client_id)

    assert (again.is_new, again.contribution.pk) == (False, first.contribution.pk)


def test_second_try_after_the_workshop_has_closed_gets_the_first_answer(world, browser_of):
    world.go_live()
    client_id, ben = uuid.uuid4(), browser_of("Ben")
    sent = {"body": "Once", "client_id": str(client_id), "view": "room"}
    address = reverse("post", args=[world.dialogue(0).pk])
    first = ben.post(address, sent, HTTP_ACCEPT="application/json")
    workshops.close_workshop(workshop=world.workshop, actor=world.ada)

    again = ben.post(address, sent, HTTP_ACCEPT="application/json")
    other = ben.post(address, sent | {"client_id": str(uuid.uuid4())}, HTTP_ACCEPT="application/json")

    assert (first.status_code, again.status_code, other.status_code) == (200, 200, 403)
    assert again.json()["id"] == first.json()["id"]
    assert Contribution.objects.count() == 1


def test_other_words_under_the_same_client_id_are_given_back(world, browser_of):
    """A page that was gone back to still has the id with which something was sent."""
    world.go_live()
    client_id, ben = uuid.uuid4(), browser_of("Ben")
    address = reverse("post", args=[world.dialogue(0).pk])
    ben.post(address, {"body": "Once", "client_id": str(client_id), "view": "room"})

    answer = ben.post(address, {"body": "Something else", "client_id": str(client_id), "view": "room"})

    page = read(answer)
    assert (answer.status_code, page.values["body"].strip()) == (422, "Something else")
    assert page.values["client_id"] != str(client_id)
    ben.post(address, {"body": "Something else", "client_id": page.values["client_id"], "view": "room"})
    assert list(Contribution.objects.order_by("seq").values_list("body", flat=True)) == ["Once", "Something else"]


def test_a_second_try_of_words_that_were_changed_since_is_none(world):
    world.go_live()
    client_id = uuid.uuid4()
    first = send(world, "Ben", client_id)
    contributions.revise_contribution(contribution=first.contribution, actor=world["Ben"], body="Twice")

    assert send(world, "Ben", client_id).contribution.body == "Twice"


def test_second_try_is_not_counted_against_the_limit(world, settings):
    settings.POSTS_AT_ONCE, settings.POSTS_PER_SECOND = 1, 0.0
    world.go_live()
    client_id = uuid.uuid4()

    tries = [send(world, "Ben", client_id) for _ in range(3)]

    assert [given.is_new for given in tries] == [True, False, False]


def test_second_try_of_a_guest_needs_no_name_again(world):
    world.go_live()
    client_id = uuid.uuid4()
    first = send(world, "Gil", client_id, name="Gil")
    world.refresh("Gil")

    again = send(world, "Gil", client_id)

    assert again.contribution == first.contribution


def test_second_try_of_anonymous_words_after_the_key_is_gone(world):
    activities.change_activity(activity=world.steps[0], actor=world.ada, identity="anonymous")
    world.go_live()
    client_id = uuid.uuid4()
    first = send(world, "Ben", client_id)
    running.next_step(session=world.session, actor=world.ada)

    with clock.at(clock.now() + timedelta(minutes=5)):
        assert anonymity.destroy_old_keys() == 1
        again = send(world, "Ben", client_id)
        with pytest.raises(NotAllowed):
            send(world, "Ben", client_id, "Other words under the same id")
        with pytest.raises(Closed):
            send(world, "Ben", uuid.uuid4())

    assert (again.is_new, again.contribution.pk) == (False, first.contribution.pk)
    assert Contribution.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_fifty_at_the_same_moment_are_one(world, settings):
    settings.POSTS_AT_ONCE = 100
    world.go_live()
    client_id = uuid.uuid4()
    dialogue = world.dialogue()

    def post():
        return contributions.post_contribution(
            dialogue=dialogue, actor=world["Ben"], body="Once", via="room", client_id=client_id
        )

    results = together(*[post] * 50)

    assert kinds(results) == ["Posted"] * 50
    assert sum(result.is_new for result in results) == 1
    assert len({result.contribution.pk for result in results}) == 1
    assert Contribution.objects.count() == 1
    numbers = list(Event.objects.filter(workshop=world.workshop).order_by("seq").values_list("seq", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.django_db(transaction=True)
def test_post_and_close_at_the_same_moment(world):
    """Whichever takes the lock first, words are kept and told so, or refused and not there."""
    world.go_live()
    now = clock.now()
    dialogue = world.dialogue()

    def post():
        with clock.at(now + timedelta(seconds=6)):
            return contributions.post_contribution(
                dialogue=dialogue, actor=world["Ben"], body="Now", via="room", client_id=uuid.uuid4()
            )

    def close():
        with clock.at(now):
            running.next_step(session=world.session, actor=world.ada)

    posted, closed = together(post, close)

    assert closed is None
    assert (type(posted).__name__, Contribution.objects.count()) in {("Posted", 1), ("Closed", 0)}
