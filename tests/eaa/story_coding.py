"""The part of the story of everything in which words are coded: codes made, changed, merged, taken away, put back."""

from eaa.operations import codes, coding
from eaa.queries.codes import codable
from tests.world import World


def code_words(world: World) -> None:
    about = {"workshop": world.workshop, "actor": world.ada}
    first, *_rest = codes.begin_codebook(**about)
    wish, hope = (codes.add_code(name=name, description="Hello calm", **about) for name in ("calm", "Later"))
    codes.change_code(code=wish, actor=world.ada, name="Again", description="", colour="plum")
    said = codable(world.workshop, world.ada).select_related("dialogue__activity__workshop").first()
    coding.judge(said=said, actor=world.ada, codes={first.pk, hope.pk})
    coding.judge(said=said, actor=world.ada, codes={hope.pk})
    part = coding.code_part(said=said, actor=world.ada, code=wish.pk, quote=said.body[:3])
    coding.take_off_part(said=said, actor=world.ada, coding=part.pk)
    codes.merge_code(code=hope, actor=world.ada, into=wish)
    codes.put_back_code(code=hope, actor=world.ada)
    codes.remove_code(code=wish, actor=world.ada)
