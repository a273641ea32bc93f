"""Who may go where in the learning log and the grid: the note is Ben's (part). More of matrix.py's tables."""

from eaa.models import LearningNote
from eaa.operations import learning
from eaa.operations.learning import Told
from eaa.queries.learning import state_of
from sessions_app.models import Dialogue
from tests.world import World

# how  address              out seat staff lobby gone  guest part help scri rese faci
OPEN = """\
GET  eaa:learn              ..  ..   ..    ..    ..    ok    ok   ok   ok   ..   ok
POST eaa:learn              ..  ..   ..    ..    ..    to    to   to   to   ..   to
GET  eaa:learn_thread       ..  ..   ..    ..    ..    ok    ok   ok   ok   ..   ok
POST eaa:learn_thread       ..  ..   ..    ..    ..    to    to   to   to   ..   to
GET  eaa:change_learning    ..  ..   ..    ..    ..    ..    ok   ..   ..   ..   ..
POST eaa:change_learning    ..  ..   ..    ..    ..    ..    to   ..   ..   ..   ..
GET  eaa:withdraw_learning  ..  ..   ..    ..    ..    ..    ok   ..   ..   ..   ..
POST eaa:withdraw_learning  ..  ..   ..    ..    ..    ..    to   ..   ..   ..   ..
GET  eaa:learning           ..  ..   ..    ..    ..    ok    ok   ok   ok   ok   ok
GET  eaa:grid               ..  ..   ..    ..    ..    no    no   no   no   ok   ok
"""

CLOSED = """\
GET  eaa:learn              ..  ..   ..    ..    ..    ok    ok   ok   ok   ..   ok
POST eaa:learn              ..  ..   ..    ..    ..    no    no   no   no   ..   no
GET  eaa:learn_thread       ..  ..   ..    ..    ..    ok    ok   ok   ok   ..   ok
POST eaa:learn_thread       ..  ..   ..    ..    ..    no    no   no   no   ..   no
GET  eaa:change_learning    ..  ..   ..    ..    ..    ..    no   ..   ..   ..   ..
POST eaa:change_learning    ..  ..   ..    ..    ..    ..    no   ..   ..   ..   ..
POST eaa:withdraw_learning  ..  ..   ..    ..    ..    ..    no   ..   ..   ..   ..
GET  eaa:learning           ..  ..   ..    ..    ..    ok    ok   ok   ok   ok   ok
GET  eaa:grid               ..  ..   ..    ..    ..    no    no   no   no   ok   ok
"""

SHOWN_BY = {
    "eaa:learn": "eaa:learn",
    "eaa:learn_thread": "eaa:learn_thread",
    "eaa:change_learning": "eaa:learn",
    "eaa:withdraw_learning": "eaa:learn",
}


def play(world: World) -> None:
    """Ben tells of the meeting that is on."""
    learning.tell(
        about=world.session,
        actor=world["Ben"],
        told=Told("harder", "I did not hear those in the hall."),
        language="en",
        client_id=world.workshop.epoch,
    )


def things(world: World) -> dict[str, dict[str, tuple]]:
    """What each address is about."""
    thread = Dialogue.objects.filter(activity__workshop=world.workshop, activity__session=None, group=None).first()
    note = LearningNote.objects.get(participant=world["Ben"].participant)
    return {
        "eaa:learn": {"": (world.session.pk,)},
        "eaa:learn_thread": {"": (thread.pk,)},
        "eaa:change_learning eaa:withdraw_learning": {"": (note.pk,)},
        "eaa:learning eaa:grid": {"": (world.workshop.slug,)},
    }


def forms(world: World) -> dict[str, dict[str, object]]:
    """What is sent to each."""
    note = LearningNote.objects.get(participant=world["Ben"].participant)
    told = {"effect": "easier", "body": "I could hear them.", "client_id": "5f0a3c68-7c1e-4a57-8d0a-0c6d6c1f7c11"}
    return {
        "eaa:learn": {"intention": "4", **told},
        "eaa:learn_thread": told,
        "eaa:change_learning": {"effect": "easier", "body": "I heard some.", "seen": state_of(note)},
    }
