"""Cards move on everybody's page, also in another process; whoever missed it catches up to the same places."""

import pytest

from sessions_app.models import Dialogue
from sessions_app.operations import headings, running


@pytest.fixture
def wall(world) -> Dialogue:
    world.go_live(step=1)
    running.reveal(session=world.session, actor=world.ada)
    return world.dialogue(1)


def pieces(line, seq) -> dict[str, dict]:
    """All pieces up to the frame that reaches SEQ, the last of each."""
    found, through = {}, 0
    while through < seq:
        frame = line.next("news")
        through = frame["through"]
        found |= {piece["id"]: piece for piece in frame["pieces"]}
    return found


def test_a_card_moves_in_the_room_of_another_process(world, wall, processes, enter):
    card = world.say("Ben", "A calm room", 1)
    heading = headings.add_heading(dialogue=wall, actor=world["Ben"], title="Waiting")
    lines = [enter("Chidi", where=processes()), enter("Sam", where=processes())]

    headings.file_under(contribution=card, actor=world["Ben"], heading=heading)
    world.workshop.refresh_from_db()

    for line in lines:
        told = pieces(line, world.workshop.head_seq)
        assert told[f"said-{card.pk}"]["in"] == f"said-{wall.pk}-0"
        assert told[f"count-said-{wall.pk}-0"]["html"] == "1 card"
        assert told[f"count-said-{wall.pk}-none"]["html"] == "0 cards"


def test_a_new_heading_redraws_the_outline_and_nothing_else_of_the_wall(world, wall, processes, enter):
    card = world.say("Ben", "A calm room", 1)
    line = enter("Chidi", where=processes())

    headings.add_heading(dialogue=wall, actor=world["Ben"], title="Waiting")
    world.workshop.refresh_from_db()

    told = pieces(line, world.workshop.head_seq)
    assert "Waiting" in told[f"outline-{wall.pk}"]["html"]
    assert f'id="said-{card.pk}"' in told[f"outline-{wall.pk}"]["html"]
    assert "room-wall" not in told
