"""The codebook: one name once, everything can be undone, what went into another counts for it."""

import pytest

from eaa.models import Code, Coding
from eaa.operations import codes, coding
from eaa.queries.codes import codable, codebook_of, examples_of
from sessions_app.errors import BadText, NotAllowed, NotFound, TooLong
from sessions_app.operations import workshops
from sessions_app.verification import verify
from tests.world import make_world


def add(world, name="Wishes", who="Ada", **more) -> Code:
    return codes.add_code(workshop=world.workshop, actor=world.people[who], name=name, **more)


def said_by(world, who="Ben", words="I want calm."):
    if world.session.started_at is None:
        world.go_live()
    said = world.say(who, words)
    said.dialogue.activity.workshop = world.workshop
    return said


def counted(world) -> dict[str, int]:
    view = codebook_of(world.workshop, world.ada)
    return {line.code.name: line.said for _name, lines in view.schemes for line in lines}


def test_it_begins_with_the_framework_once(world):
    about = {"workshop": world.workshop, "actor": world.ada}
    first = codes.begin_codebook(**about)

    assert [one.name for one in first][:2] == ["EAA: intention", "EAA: assets"]
    assert [one.name for one in first][-2:] == ["CMO: mechanism - reasoning", "CMO: outcome"]
    assert all(one.description for one in first)
    codes.remove_code(code=first[0], actor=world.ada)
    assert codes.begin_codebook(**about) == []


@pytest.mark.parametrize("name", ["wishes", "WISHES", " Wishes "])
def test_a_name_is_there_once_whatever_its_letters(world, name):
    add(world)

    with pytest.raises(BadText, match="of that name"):
        add(world, name)


@pytest.mark.parametrize(("name", "error"), [("", BadText), ("\x00", BadText), ("x" * 121, TooLong)])
def test_names_that_are_none(world, name, error):
    with pytest.raises(error):
        add(world, name)


@pytest.mark.parametrize("who", ["Sam", "Hella", "Ben", "Gil"])
def test_nobody_else_makes_codes(world, who):
    with pytest.raises(NotAllowed):
        add(world, who=who)


def test_a_facilitator_of_another_workshop_makes_none_here(world):
    with pytest.raises(NotFound):
        codes.add_code(workshop=world.workshop, actor=make_world("Other", host="Dora").ada, name="Wishes")


def test_a_researcher_codes_also_when_the_workshop_is_over(world):
    said = said_by(world)
    workshops.close_workshop(workshop=world.workshop, actor=world.ada)
    code = add(world, who="Rana")

    with pytest.raises(NotFound):
        coding.judge(said=said, actor=world["Rana"], codes={code.pk})  # Ben never said yes to research
    coding.judge(said=said, actor=world.ada, codes={code.pk})
    assert counted(world) == {"Wishes": 1}


def test_changing_keeps_the_frameworks_names_and_others_apart(world):
    (mechanism, *_rest), own = codes.begin_codebook(workshop=world.workshop, actor=world.ada), add(world)
    given = {"actor": world.ada, "description": "Ours.", "colour": "plum"}

    codes.change_code(code=mechanism, name="Mine", **given)
    with pytest.raises(BadText, match="of that name"):
        codes.change_code(code=own, name="eaa: INTENTION", **given)

    mechanism.refresh_from_db()
    assert (mechanism.name, mechanism.description, mechanism.colour) == ("EAA: intention", "Ours.", "plum")
    with pytest.raises(BadText):
        codes.change_code(code=own, name="Wishes", actor=world.ada, description="", colour="url(x)")


def test_merging_counts_for_the_other_and_comes_back(world):
    wish, hope, dream = add(world), add(world, "Hopes"), add(world, "Dreams")
    for code in (wish, hope, hope):
        coding.judge(said=said_by(world), actor=world.ada, codes={code.pk})
    both = said_by(world)
    coding.judge(said=both, actor=world.ada, codes={wish.pk, hope.pk})

    codes.merge_code(code=wish, actor=world.ada, into=hope)
    codes.merge_code(code=hope, actor=world.ada, into=dream)
    assert counted(world) == {"Dreams": 4}
    assert len(examples_of(dream, world.ada)) == 4

    codes.put_back_code(code=hope, actor=world.ada)
    assert counted(world) == {"Hopes": 4, "Dreams": 0}
    codes.put_back_code(code=wish, actor=world.ada)
    assert counted(world) == {"Wishes": 2, "Hopes": 3, "Dreams": 0}
    assert list(verify(world.workshop.slug)) == []


def test_merging_goes_neither_into_itself_nor_into_another_workshop(world):
    wish, gone = add(world), add(world, "Gone")
    other = make_world("Other", host="Dora")
    theirs = codes.add_code(workshop=other.workshop, actor=other.ada, name="Theirs")
    codes.remove_code(code=gone, actor=world.ada)

    with pytest.raises(BadText):
        codes.merge_code(code=wish, actor=world.ada, into=wish)
    for into in (theirs, gone):
        with pytest.raises(NotFound):
            codes.merge_code(code=wish, actor=world.ada, into=into)


def test_what_was_taken_away_comes_back_unless_its_name_is_taken(world):
    wish = add(world)
    coding.judge(said=said_by(world), actor=world.ada, codes={wish.pk})
    codes.remove_code(code=wish, actor=world.ada)
    assert counted(world) == {}
    second = add(world)

    with pytest.raises(BadText):
        codes.put_back_code(code=wish, actor=world.ada)
    codes.remove_code(code=second, actor=world.ada)
    codes.put_back_code(code=wish, actor=world.ada)
    assert counted(world) == {"Wishes": 1}


def test_a_log_that_says_otherwise_is_found(world):
    coding.judge(said=said_by(world), actor=world.ada, codes={add(world).pk})
    Coding.objects.update(removed_at=world.workshop.created_at)

    assert [problem for problem in verify(world.workshop.slug) if "coding" in str(problem)]


def test_codable_is_what_everybody_may_read(world):
    said = said_by(world)

    assert [one.pk for one in codable(world.workshop, world.ada)] == [said.pk]
    assert not codable(world.workshop, world["Rana"]).exists()
