"""The part of the story of everything in which people say how it was to work this way."""

import uuid

from eaa.operations import learning
from eaa.operations.learning import Told
from eaa.queries.learning import state_of
from sessions_app.models import Activity
from tests.world import World


def learn(world: World) -> None:
    """Answers and notes about the meeting, changed and taken back; one that is typed for Chidi, one about a thread."""
    session, ben = world.session, world["Ben"]
    learning.answer(session=session, actor=ben, answers={"intention": 4, "dialogue": 2})
    about = {"about": session, "language": "en"}
    note = learning.tell(actor=ben, told=Told("easier", "calm Hello"), client_id=uuid.uuid4(), **about)
    learning.change_note(note=note, actor=ben, told=Told("harder", "Again"), seen=state_of(note))
    learning.withdraw_note(note=note, actor=ben)
    chidi = world["Chidi"].participant
    typed = {"person": chidi, "on_paper": True, "client_id": uuid.uuid4()}
    learning.tell(actor=world["Sam"], told=Told("easier", "calm Hello", "trust"), **about, **typed)
    thread = Activity.objects.filter(workshop=world.workshop, session=None, opened_at__isnull=False).first()
    thread.workshop = world.workshop
    about = {"about": thread, "actor": ben, "language": "en"}
    learning.tell(told=Told("harder", "calm Again"), client_id=uuid.uuid4(), **about)
    note = learning.tell(told=Told("easier", "calm Hello"), client_id=uuid.uuid4(), **about)
    learning.withdraw_note(note=note, actor=ben)
