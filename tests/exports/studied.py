"""A workshop of which every part is in a project: turns that answer, gaps, codes of each kind, agreements, notes."""

from eaa.models import Mechanism
from eaa.operations import codes, coding
from eaa.operations.evidence import Rests
from eaa.operations.records import make_record
from sessions_app.models import Activity
from sessions_app.operations import contributions
from tests.eaa import agreed
from tests.exports.opened import says
from tests.world import World

EMOJI = "We want 👩🏽‍🌾 and 𝒱 in the square,\n\nno n\u0308oise; مرحبا بالجميع."
LONG = "goldcrest " * 40


def study(world: World) -> None:
    """Ada and Rana code what Ben and Chidi say. Chidi takes one thing back. Hella is never asked."""
    says(world, "Ben", "Chidi", "Ada", "Rana", "Sam")
    Activity.objects.filter(pk=world.steps[0].pk).update(stages=["alignment"], mechanisms=["dialogue"])
    world.go_live()
    first = _said(world, "Ben", EMOJI)
    second = _said(world, "Chidi", "Quite so: yes!", reply_to=first.pk)
    _said(world, "Ben", LONG)
    gone = _said(world, "Chidi", "nuthatch")
    _said(world, "Ben", "But you said it?", reply_to=gone.pk)
    _said(world, "Hella", "waxwing")
    contributions.withdraw_contribution(contribution=gone, actor=world["Chidi"])
    _coded(world, first, second)
    make_record(workshop=world.workshop, actor=world.ada, mechanism=Mechanism.DOCUMENTATION, text="What we wrote")
    agreed.opened(world, ("Green", "The square\nstays green."), rests={1: [Rests(first.pk, "the square")]})


def _said(world: World, who: str, words: str, **more):
    said = world.say(who, words, **more)
    said.dialogue.activity.workshop = world.workshop
    return said


def _coded(world: World, first, second) -> None:
    eaa, *_rest = codes.begin_codebook(workshop=world.workshop, actor=world.ada)
    wish, hope = (_code(world, name) for name in ("Siskin", "Linnet"))
    coding.judge(said=first, actor=world.ada, codes={eaa.pk, wish.pk})
    coding.judge(said=first, actor=world["Rana"], codes={hope.pk})
    coding.judge(said=second, actor=world.ada, codes={hope.pk})
    for quote in ("👩🏽‍🌾 and 𝒱", "n\u0308oise", "بالجميع"):
        coding.code_part(said=first, actor=world.ada, code=hope.pk, quote=quote)


def _code(world: World, name: str):
    return codes.add_code(workshop=world.workshop, actor=world.ada, name=name, description=f"about {name}")
