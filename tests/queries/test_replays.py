"""The replay tells what happened of whom and of which step, not what such lines mean in general."""

from sessions_app.models import Participant
from sessions_app.operations import running, sessions
from sessions_app.queries.replays import replay_view


def told(world) -> list[str]:
    lines = replay_view(world.session, None).lines
    return [line.sentence.replace("\u2068", "").replace("\u2069", "") for line in lines]


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
