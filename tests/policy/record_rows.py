"""Who may go where in records: Ben (part) is quoted by this one. More of matrix.py's tables."""

from datetime import timedelta

from eaa.models import Mechanism, Record
from eaa.operations.assets import keep_asset
from eaa.operations.checks import return_record, tell_check
from eaa.operations.evidence import Rests
from eaa.operations.outcomes import tell_outcomes
from eaa.operations.records import make_record, revise_record
from sessions_app import clock
from sessions_app.models import Contribution
from tests.world import World

# how  address              out seat staff lobby gone  guest part help scri rese faci
OPEN = """\
GET  eaa:records            ..  ..   ..    ..    ..    ok    ok   ok   ok   no   ok
GET  eaa:new_record         ..  ..   ..    ..    ..    ok    ok   ok   ok   no   ok
POST eaa:new_record         ..  ..   ..    ..    ..    cl    to   to   to   no   to
GET  eaa:record             ..  ..   ..    ..    ..    ok    ok   ok   ok   ..   ok
GET  eaa:change_record      ..  ..   ..    ..    ..    no    no   no   ok   ..   ok
POST eaa:change_record      ..  ..   ..    ..    ..    no    no   no   to   ..   to
GET  eaa:remove_record      ..  ..   ..    ..    ..    no    no   no   ok   ..   ok
POST eaa:remove_record      ..  ..   ..    ..    ..    no    no   no   no   ..   no
GET  eaa:return_record      ..  ..   ..    ..    ..    no    no   no   ok   ..   ok
POST eaa:return_record      ..  ..   ..    ..    ..    no    no   no   to   ..   to
GET  eaa:check              ..  ..   ..    ..    ..    ok    ok   ok   ok   ..   ok
POST eaa:check              ..  ..   ..    ..    ..    no    to   no   to   ..   to
GET  eaa:settle_record      ..  ..   ..    ..    ..    no    no   no   no   ..   ok
POST eaa:settle_record      ..  ..   ..    ..    ..    no    no   no   no   ..   to
GET  eaa:intention          ..  ..   ..    ..    ..    ok    ok   ok   ok   no   ok
GET  eaa:assets             ..  ..   ..    ..    ..    ok    ok   ok   ok   no   ok
POST eaa:assets             ..  ..   ..    ..    ..    cl    to   to   to   no   to
GET  eaa:outcomes           ..  ..   ..    ..    ..    no    no   no   ok   no   ok
POST eaa:outcomes           ..  ..   ..    ..    ..    no    no   no   to   no   to
GET  eaa:became             ..  ..   ..    ..    ..    ok    ok   ok   ok   no   ok
"""

CLOSED = """\
GET  eaa:records            ..  ..   ..    ..    ..    ok    ok   ok   ok   no   ok
GET  eaa:new_record         ..  ..   ..    ..    ..    no    no   no   no   no   no
POST eaa:new_record         ..  ..   ..    ..    ..    no    no   no   no   no   no
GET  eaa:record             ..  ..   ..    ..    ..    ok    ok   ok   ok   ..   ok
POST eaa:change_record      ..  ..   ..    ..    ..    no    no   no   no   ..   no
POST eaa:remove_record      ..  ..   ..    ..    ..    no    no   no   no   ..   no
POST eaa:return_record      ..  ..   ..    ..    ..    no    no   no   no   ..   no
POST eaa:check              ..  ..   ..    ..    ..    no    no   no   no   ..   no
POST eaa:settle_record      ..  ..   ..    ..    ..    no    no   no   no   ..   no
GET  eaa:intention          ..  ..   ..    ..    ..    ok    ok   ok   ok   no   ok
GET  eaa:assets             ..  ..   ..    ..    ..    ok    ok   ok   ok   no   ok
POST eaa:assets             ..  ..   ..    ..    ..    no    no   no   no   no   no
GET  eaa:outcomes           ..  ..   ..    ..    ..    no    no   no   no   no   no
GET  eaa:became             ..  ..   ..    ..    ..    ok    ok   ok   ok   no   ok
"""

SHOWN_BY = {
    "eaa:new_record": "eaa:new_record",
    "eaa:change_record": "eaa:change_record",
    "eaa:remove_record": "eaa:remove_record",
    "eaa:return_record": "eaa:return_record",
    "eaa:check": "eaa:check",
    "eaa:settle_record": "eaa:settle_record",
    "eaa:assets": "eaa:assets",
    "eaa:outcomes": "eaa:outcomes",
}
QUERIES = {"eaa:new_record": "?mechanism=interpretation", "eaa:assets": ""}
SOON = timedelta(days=5)


def play(world: World) -> None:
    """Ben's first card is quoted by an interpretation that is with him, and has another text since; he has answered."""
    cards = [Contribution.objects.filter(author=world["Ben"].participant, dialogue=world.dialogue(0)).first()]
    about = {"workshop": world.workshop, "actor": world.ada}
    rests = [Rests(card.pk) for card in cards]
    make_record(**about, mechanism=Mechanism.INTENTION, text="To be heard, and answered.", rests=rests)
    notes = make_record(**about, mechanism=Mechanism.DOCUMENTATION, kind="notes", text="Rooms and chairs.", rests=rests)
    meant = make_record(
        **about, mechanism=Mechanism.INTERPRETATION, text="People want calm.", rests=rests, from_record=notes
    )
    revise_record(record=meant, actor=world.ada, head=1, text="People want calm rooms.")
    return_record(record=meant, actor=world.ada, head=2, until=clock.now() + SOON)
    tell_check(record=meant, actor=world["Ben"], head=2, answer="almost", words="And a chair.")
    keep_asset(workshop=world.workshop, actor=world["Ben"], kind="skill", text="I bake bread.")
    tell_outcomes(**about, contributions=[cards[0].pk], kind="used", words="The room is calm.", place=world.session)


def interpretation(world: World) -> Record:
    """The one of play(); of a world that was not played, one that is made now."""
    found = Record.objects.filter(workshop=world.workshop, mechanism=Mechanism.INTERPRETATION).order_by("pk").first()
    assert found is not None
    return found


def things(world: World) -> dict[str, dict[str, tuple]]:
    slug, record = world.workshop.slug, interpretation(world).pk
    return {
        "eaa:records eaa:new_record eaa:intention eaa:assets eaa:outcomes eaa:became": {"": (slug,)},
        "eaa:record eaa:change_record eaa:remove_record eaa:return_record eaa:check eaa:settle_record": {"": (record,)},
    }


def forms(world: World) -> dict[str, dict[str, object]]:
    record, soon = interpretation(world), (clock.now() + SOON).date().isoformat()
    card = Contribution.objects.filter(dialogue=world.dialogue(0), withdrawn_at=None).order_by("seq").first()
    return {
        "eaa:new_record": {"mechanism": "interpretation", "text": "Calm.", "card": str(card.pk), "press": "save"},
        "eaa:change_record": {"head": record.head, "text": "Other words.", "card": str(card.pk), "press": "save"},
        "eaa:return_record": {"head": record.head, "day": soon, "clock": "20:00"},
        "eaa:check": {"head": record.head, "answer": "that_is", "person": world["Ben"].participant.pk},
        "eaa:settle_record": {"head": record.head, "status": "difference", "difference": "x"},
        "eaa:assets": {"kind": "skill", "text": "Bread"},
        "eaa:outcomes": {"card": str(card.pk), "kind": "parked", "words": "For spring.", "press": "save"},
    }
