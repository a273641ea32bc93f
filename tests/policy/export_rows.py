"""Who may go where for exports: for researchers of the workshop alone. More of matrix.py's tables."""

from sessions_app.operations import exports
from tests.world import World

# how  address              out seat staff lobby gone  guest part help scri rese faci
OPEN = """\
GET  exports                ..  ..   ..    ..    ..    no    no   no   no   ok   ok
POST exports                ..  ..   ..    ..    ..    no    no   no   no   to   no
POST download_export        ..  ..   ..    ..    ..    no    no   no   no   ok   no
"""

CLOSED = OPEN

SHOWN_BY = {"exports": "exports", "download_export": "exports"}


def play(world: World) -> None:
    """Rana has had one made."""
    exports.ask_export(workshop=world.workshop, actor=world["Rana"])
    exports.make_waiting()


def things(world: World) -> dict[str, dict[str, tuple]]:
    """What each address is about."""
    export = world.workshop.exports.get()
    return {"exports": {"": (world.workshop.slug,)}, "download_export": {"": (world.workshop.slug, export.key)}}
