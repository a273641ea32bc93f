"""A meeting whose first step is of one kind, answered through the real operations."""

from django.http import QueryDict

from sessions_app.models import Dialogue, Response
from sessions_app.operations import activities, responses, running
from sessions_app.queries.responses import board_of
from tests.world import World


def with_step(world: World, kind: str, **fields) -> Dialogue:
    """The world's meeting with a step of KIND first, which is on."""
    given = {"prompt": "What matters?", **fields}
    step = activities.plan_activity(workshop=world.workshop, actor=world.ada, session=world.session, kind=kind, **given)
    while step.position > 1:
        step = activities.move_activity(activity=step, actor=world.ada, earlier=True)
    world.go_live()
    return world.dialogue(0)


def give(world: World, who: str, sent: str, **more) -> Response:
    given = {"via": "room", **more}
    return responses.give_answer(dialogue=world.dialogue(0), actor=world[who], sent=QueryDict(sent), **given)


def revealed(world: World):
    """What the board shows after the answers have been turned over."""
    if world.dialogue(0).activity.is_hidden:
        running.reveal(session=world.session, actor=world.ada)
        world.session.refresh_from_db()
    return board_of(world.dialogue(0)).result
