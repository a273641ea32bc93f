"""The same form sent twice, by a double press or a reload, makes one thing and leads to the same page."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse

from sessions_app import clock
from sessions_app.models import Activity, Event, Session, Workshop
from sessions_app.operations import activities, blueprints, dialogues, sessions
from tests.policy.sending import forms, queries
from tests.security.pages import read
from tests.together import together
from tests.world import make_user, make_world

MAKES = {"new_workshop": Workshop, "new_meeting": Session, "new_thread": Activity, "new_step": Activity}


@pytest.fixture
def ada(world, browser_of):
    return browser_of("Ada")


def address(world, name: str) -> str:
    args = {"new_workshop": [], "new_step": [world.session.pk]}.get(name, [world.workshop.slug])
    query = {"new_workshop": "?template=thread_only"} | queries(world)
    return reverse(name, args=args) + query.get(name, "")


def token_on(browser, where: str) -> str:
    return read(browser.get(where)).values["client_id"]


@pytest.mark.parametrize("name", MAKES)
def test_the_same_form_twice_makes_one_thing(world, ada, name):
    where = address(world, name)
    sent = forms(world)[name] | {"client_id": token_on(ada, where)}
    before = MAKES[name].objects.count()
    first = ada.post(where, sent)
    log = Event.objects.count()
    again = ada.post(where, sent)

    assert (first.status_code, again.status_code, again.url) == (302, 302, first.url)
    assert MAKES[name].objects.count() == before + 1
    assert Event.objects.count() == log


@pytest.mark.parametrize("name", MAKES)
def test_another_form_makes_another_thing(world, ada, name):
    where = address(world, name)
    before = MAKES[name].objects.count()
    for _ in range(2):
        ada.post(where, forms(world)[name] | {"client_id": token_on(ada, where)})

    assert MAKES[name].objects.count() == before + 2


@pytest.mark.parametrize("name", MAKES)
def test_a_form_that_comes_back_with_a_mistake_is_still_the_same_form(world, ada, name):
    where = address(world, name)
    token = token_on(ada, where)
    wrong = forms(world)[name] | {"client_id": token, "title": "x" * 200, "prompt": "x" * 900}

    answer = ada.post(where, wrong)

    assert answer.status_code == 422
    assert read(answer).values["client_id"] == token


def test_a_first_practice_pressed_twice_is_one(client, db):
    client.force_login(make_user("newcomer"))
    token = token_on(client, reverse("workshops"))
    first, again = (client.post(reverse("first_practice"), {"client_id": token}) for _ in range(2))

    assert again.url == first.url
    assert Workshop.objects.filter(practice_of=None).count() == 1


def test_the_form_of_somebody_else_makes_a_workshop_of_ones_own(db):
    client_id = uuid.uuid4()
    made = [
        blueprints.create_from_blueprint(
            user=make_user(name), host_name=name, blueprint="blank", title="Calm", client_id=client_id
        )
        for name in ("bea", "cleo")
    ]

    assert made[0] != made[1]


def test_the_form_of_another_workshop_makes_a_thing_here(world):
    other, client_id = make_world("Other", host="Bea"), uuid.uuid4()
    soon = clock.now() + timedelta(hours=1)
    when = {"starts_at": soon, "ends_at": soon + timedelta(hours=1)}
    made = [
        sessions.plan_session(workshop=one.workshop, actor=one.ada, title="Next", client_id=client_id, **when)
        for one in (world, other)
    ]
    steps = [
        activities.plan_activity(
            workshop=one.workshop, actor=one.ada, session=one.session, kind="cards", client_id=client_id
        )
        for one in (world, other)
    ]

    assert (
        [session.workshop for session in made] == [step.workshop for step in steps] == [world.workshop, other.workshop]
    )


@pytest.mark.django_db(transaction=True)
def test_presses_at_the_same_moment_make_one_thing():
    user, client_id = make_user("bea"), uuid.uuid4()
    soon = clock.now() + timedelta(hours=1)

    made = together(
        *[
            lambda: blueprints.create_from_blueprint(
                user=user,
                host_name="Bea",
                blueprint="first_meeting",
                title="Calm",
                languages=["en"],
                starts=[soon],
                client_id=client_id,
            )
        ]
        * 3
    )

    assert {workshop.pk for workshop in made} == {Workshop.objects.get().pk}
    assert Session.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_questions_asked_at_the_same_moment_are_one():
    world, client_id = make_world(), uuid.uuid4()
    until = clock.now() + timedelta(days=1)

    made = together(
        *[
            lambda: dialogues.open_thread(
                workshop=world.workshop, actor=world.ada, prompt="Why?", until=until, client_id=client_id
            )
        ]
        * 3
    )

    assert len({activity.pk for activity in made}) == 1
    assert Event.objects.filter(activity=made[0], verb="activity.opened").count() == 1
