"""A host leads a step to its next phase: everybody's page and the screen say so at once, and nothing else moves."""

from sessions_app.models import Session
from sessions_app.operations import running
from tests.kinds.choosing import with_step


def test_a_phase_is_on_every_page_of_another_process(world, processes, enter):
    with_step(world, "consent_round", options={"proposal": ["We ask those at home first."]})
    lines = [enter(who, where=processes()) for who in ("Chidi", "Sam")]

    running.next_phase(session=Session.objects.get(pk=world.session.pk), actor=world.ada)
    world.workshop.refresh_from_db()

    for line in lines:
        found, through = {}, 0
        while through < world.workshop.head_seq:
            frame = line.next("news")
            through = frame["through"]
            found |= {piece["id"]: piece["html"] for piece in frame["pieces"]}
        assert 'data-phase="Ask what it means"' in found["room-now"]
        assert 'aria-current="step"><span><b>Ask what it means</b>' in found["room-now"]
        assert not {"room-wall", "room-board", "room-controls"} & found.keys()
