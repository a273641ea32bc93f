"""What tests of the learning log begin with: somebody tells something, and the log is looked at."""

import uuid
from datetime import timedelta

from eaa.operations import learning
from eaa.operations.learning import Told
from sessions_app import clock
from sessions_app.models import Activity, Event
from sessions_app.operations import dialogues
from sessions_app.verification import verify

WORDS = "I could hear the people in the hall for the first time."


def tell(world, who="Ben", about=None, told=None, **more):
    given = {"language": "en", "client_id": uuid.uuid4(), **more}
    told = told or Told("easier", WORDS)
    return learning.tell(about=about or world.session, actor=world[who], told=told, **given)


def thread(world) -> Activity:
    made = dialogues.open_thread(
        workshop=world.workshop, actor=world.ada, prompt="And now?", until=clock.now() + timedelta(days=2)
    )
    made.workshop = world.workshop
    return made


def agrees(world) -> None:
    assert [str(found) for found in verify(world.workshop.slug)] == []


def told_events(world, verb="learning.told"):
    return list(Event.objects.filter(workshop=world.workshop, verb=verb).order_by("seq"))
