"""Who may go where in the trace, the map and the story. More of matrix.py's tables."""

from eaa.models import Clause, Record
from eaa.operations import assets
from tests.eaa.chain import add_agreement, add_record
from tests.world import World

# how  address              out seat staff lobby gone  guest part help scri rese faci
OPEN = """\
GET  eaa:map                ..  ..   ..    ..    ..    ok    ok   ok   ok   ok   ok
GET  eaa:meeting_map        ..  ..   ..    ..    ..    ok    ok   ok   ok   ok   ok
GET  eaa:story              ..  ..   ..    ..    ..    ok    ok   ok   ok   no   ok
GET  eaa:clause_trace       ..  ..   ..    ..    ..    ok    ok   ok   ok   no   ok
GET  eaa:record_trace       ..  ..   ..    ..    ..    ok    ok   ok   ok   ..   ok
GET  eaa:trace              ..  ..   ..    ..    ..    ok    ok   ok   ok   ..   ok
"""

HIDDEN = """\
GET  eaa:clause_trace:draft       ..  ..   ..    ..    ..    ..    ..   ..   ok   ..   ok
GET  eaa:record_trace:hidden      ..  ..   ..    ..    ..    ..    ok   ..   ..   ..   ..
GET  eaa:trace:face_down          ..  ..   ..    ..    ..    ..    ok   ..   ..   ..   ..
GET  eaa:trace:grouped            ..  ..   ..    ..    ..    ..    ok   ..   ok   ..   ok
"""

CLOSED = OPEN
SHOWN_BY: dict[str, str] = {}


def play(world: World) -> None:
    """Notes rest on what Ben said first, an open agreement on the notes; a draft and a hidden asset beside them."""
    said = world.dialogue(0).contributions.order_by("seq")[0]
    notes = add_record(world, "documentation", "Ben wants calm.", said, kind="notes", title="Notes of calm")
    asset = assets.keep_asset(workshop=world.workshop, actor=world["Ben"], kind="skill", text="I can weld.")
    assets.show_asset(record=asset, actor=world["Ben"], shown="hidden")
    add_agreement(world, "Calm", ("We are calm.", [notes, said]))
    add_agreement(world, "Calmer still", ("We are quiet.", [notes]), draft=True)


def things(world: World, shown: object, hidden: object, grouped: object) -> dict[str, dict[str, tuple]]:
    """SHOWN is a card that lies face up, HIDDEN one that lies face down, GROUPED one of a small group."""
    clauses = Clause.objects.filter(version__agreement__workshop=world.workshop)
    opened, draft = clauses.get(text="We are calm."), clauses.get(text="We are quiet.")
    records = Record.objects.filter(workshop=world.workshop)
    notes, hidden_asset = records.get(title="Notes of calm"), records.get(shown="hidden")
    return {
        "eaa:map eaa:story": {"": (world.workshop.slug,)},
        "eaa:meeting_map": {"": (world.session.pk,)},
        "eaa:clause_trace": {"": (opened.pk,), "draft": (draft.pk,)},
        "eaa:record_trace": {"": (notes.pk,), "hidden": (hidden_asset.pk,)},
        "eaa:trace": {"": (shown,), "face_down": (hidden,), "grouped": (grouped,)},
    }
