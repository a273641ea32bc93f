"""Who may go where in the codebook and in coding: Ben (part) said the words. More of matrix.py's tables."""

from django.core import signing

from eaa.models import Code
from eaa.operations import codes, coding
from eaa.queries.codes import codable
from eaa.views.importing import SALT
from sessions_app.models import Contribution
from sessions_app.operations import participants
from tests.world import World

# how  address              out seat staff lobby gone  guest part help scri rese faci
OPEN = """\
GET  eaa:codebook           ..  ..   ..    ..    ..    no    no   no   no   ok   ok
POST eaa:codebook           ..  ..   ..    ..    ..    no    no   no   no   to   to
GET  eaa:code               ..  ..   ..    ..    ..    ..    ..   ..   ..   ok   ok
POST eaa:code               ..  ..   ..    ..    ..    ..    ..   ..   ..   to   to
GET  eaa:import_codes       ..  ..   ..    ..    ..    no    no   no   no   ok   ok
POST eaa:import_codes       ..  ..   ..    ..    ..    no    no   no   no   to   to
POST eaa:merge_code         ..  ..   ..    ..    ..    ..    ..   ..   ..   to   to
POST eaa:remove_code        ..  ..   ..    ..    ..    ..    ..   ..   ..   to   to
GET  eaa:coding             ..  ..   ..    ..    ..    no    no   no   no   ok   ok
GET  eaa:coders             ..  ..   ..    ..    ..    no    no   no   no   ok   ok
GET  eaa:code_words         ..  ..   ..    ..    ..    ..    ..   ..   ..   ok   ok
POST eaa:code_words         ..  ..   ..    ..    ..    ..    ..   ..   ..   to   to
"""
HIDDEN = """\
GET  eaa:code_words:face_down     ..  ..   ..    ..    ..    ..    ..   ..   ..   ..   ..
GET  eaa:code_words:grouped       ..  ..   ..    ..    ..    ..    ..   ..   ..   ..   ..
GET  eaa:code_words:no_yes        ..  ..   ..    ..    ..    ..    ..   ..   ..   ..   ok
"""

CLOSED = OPEN
SHOWN_BY = {
    "eaa:codebook": "eaa:codebook",
    "eaa:code": "eaa:code",
    "eaa:import_codes": "eaa:import_codes",
    "eaa:merge_code": "eaa:code",
    "eaa:remove_code": "eaa:code",
    "eaa:code_words": "eaa:code_words",
}


def play(world: World) -> None:
    """Ben said yes to research, Chidi did not; Ada has put Ben's words under a code."""
    participants.answer_consent(person=world["Ben"].participant, actor=world["Ben"], purpose="research", yes=True)
    about = {"workshop": world.workshop, "actor": world.ada}
    codes.begin_codebook(**about)
    wish = codes.add_code(name="Wishes", **about)
    codes.add_code(name="Hopes", **about)
    said = codable(world.workshop, world.ada).filter(author=world["Ben"].participant).first()
    said.dialogue.activity.workshop = world.workshop
    coding.judge(said=said, actor=world.ada, codes={wish.pk})


def things(world: World, shown: object, hidden: object, grouped: object) -> dict[str, dict[str, tuple]]:
    """SHOWN is a card that lies face up, HIDDEN one that lies face down, GROUPED one of a small group."""
    wish = Code.objects.filter(workshop=world.workshop, name="Wishes").first()
    of_chidi = Contribution.objects.filter(
        author=world["Chidi"].participant, pk__in=codable(world.workshop, world.ada).values("pk")
    ).first()
    return {
        "eaa:codebook eaa:coding eaa:coders eaa:import_codes record_pictures": {"": (world.workshop.slug,)},
        "eaa:code eaa:merge_code eaa:remove_code": {"": (wish.pk if wish else 0,)},
        "eaa:code_words": {
            "": (shown,),
            "face_down": (hidden,),
            "grouped": (grouped,),
            "no_yes": (of_chidi.pk if of_chidi else hidden,),
        },
    }


def forms(world: World) -> dict[str, dict[str, object]]:
    known = dict(Code.objects.filter(workshop=world.workshop).values_list("name", "pk"))
    return {
        "eaa:codebook": {"name": "Fears"},
        "eaa:code": {"name": "Wants", "colour": "sky"},
        "eaa:import_codes": {"packed": signing.dumps([["Joys", ""]], salt=SALT + world.workshop.slug), "take": ["0"]},
        "eaa:merge_code": {"into": known.get("Hopes", 0)},
        "eaa:code_words": {"codes": [known.get("Wishes", 0)]},
    }
