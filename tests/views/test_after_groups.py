"""What a small group says stays there for every other page, and a scribe's next sending stays on its table."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sessions_app.models import Participant
from sessions_app.operations import activities, groups, running, sessions
from tests.operations.carried import post
from tests.operations.test_carrying import of

pytestmark = pytest.mark.django_db
PRIVATE = "Private to our group"


def in_groups(world, *kinds: str, **options) -> None:
    """Two groups are out, in the world's fifth step; steps of KINDS follow."""
    given = {"workshop": world.workshop, "actor": world.ada, "session": world.session}
    activities.plan_activity(kind="small_groups", options=options, **given)
    for kind in kinds:
        activities.plan_activity(kind=kind, title=kind, **given)
    world.go_live(4)
    for name in ("Ben", "Chidi"):
        sessions.enter_room(session=world.session, person=world[name].participant)
    groups.make_groups(activity=world.steps[4], actor=world.ada, rule=options.get("rule", "number"), count=2)


@pytest.mark.parametrize("kind", ["say_it_back", "together"])
def test_a_step_that_takes_up_words_takes_none_of_a_group(world, browser_of, kind):
    in_groups(world, kind)
    post(world, of(world, "Ben"), "Ben", PRIVATE)
    running.next_step(session=world.session, actor=world.ada)
    thread = reverse("thread", args=[world.dialogue(5).pk])

    for address in (reverse("room", args=[world.session.pk]), thread):
        for who in ("Chidi", "Ada"):
            assert PRIVATE not in browser_of(who).get(address).content.decode()


def test_what_a_scribe_sends_next_stays_on_the_table_of_the_group(world, browser_of):
    in_groups(world)
    table, sam = of(world, "Ben").dialogue.pk, browser_of("Sam")
    sent = {"step": table, "lines": "A chair", "client_id": str(uuid.uuid4()), "person": ""}

    answer = sam.post(reverse("scribe", args=[world.session.pk]), sent)

    assert f'value="{table}" selected' in sam.get(answer["Location"]).content.decode()


@pytest.mark.parametrize("minutes", ["--5", "5-", "five", "", "1" * 30])
def test_minutes_that_are_none_are_told(world, browser_of, minutes):
    in_groups(world)

    answer = browser_of("Ada").post(reverse("groups", args=[world.steps[4].pk]), {"press": "time", "minutes": minutes})

    assert answer.status_code == 422


def test_where_people_choose_a_page_of_the_room_waits_for_nobody(world):
    in_groups(world, rule="choice", size=2)
    person = Participant.objects.get(pk=world["Ben"].participant.pk)
    sessions.enter_room(session=world.session, person=person)

    with CaptureQueriesContext(connection) as found:
        sessions.enter_room(session=world.session, person=person)

    assert not any("FOR UPDATE" in query["sql"] for query in found)
