"""The replay tells what happened of whom and of which step, not what such lines mean in general."""

from sessions_app.models import Participant
from sessions_app.operations import running, sessions
from sessions_app.queries.replays import replay_view


def told(world) -> list[str]:
    view = replay_view(world.session, None)
    return [line.sentence.replace("\u2068", "").replace("\u2069", "") for line in (*view.before, *view.lines)]


def test_people_and_steps_are_told_by_name(world):
    world.go_live()
    sessions.enter_room(session=world.session, person=world["Ben"].participant)
    running.extend(session=world.session, actor=world.ada)

    sentences = told(world)

    assert "Ben came in." in sentences
    assert f"“{world.steps[0].title}” was put on the run sheet." in sentences
    assert f"“{world.steps[0].title}” got more time." in sentences


def test_one_without_a_name_is_a_guest(world):
    world.go_live()
    Participant.objects.filter(pk=world["Ben"].participant.pk).update(name="", name_key="")
    sessions.enter_room(session=world.session, person=Participant.objects.get(pk=world["Ben"].participant.pk))

    assert "A guest came in." in told(world)


def test_the_rest_is_told_by_the_codebook(world):
    world.go_live()

    assert "A meeting began." in told(world)


def test_it_opens_where_the_meeting_begins_with_the_planning_apart(world):
    running.open_doors(session=world.session, actor=world.ada)
    sessions.enter_room(session=world.session, person=world["Ben"].participant)
    world.go_live()
    world.say("Ben", "The one word.")

    view = replay_view(world.session, None)

    assert [line.event.verb for line in view.before] == ["session.planned"] + ["activity.planned"] * 4
    assert [line.event.verb for line in view.shown] == [
        *("session.doors_opened", "participant.entered", "session.started", "activity.opened")
    ]
    assert [line.number for line in view.lines] == [1, 2, 3, 4, 5]
    assert replay_view(world.session, 999).shown[-1].said.contribution.body == "The one word."


def test_a_meeting_that_is_only_planned_shows_its_planning(world):
    view = replay_view(world.session, None)

    assert (len(view.before), view.total, view.position) == (5, 0, 0)
