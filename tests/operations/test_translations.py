"""A translation stands beside somebody's words and never touches them."""

import pytest

from sessions_app.errors import BadText, Closed, NotAllowed, NotFound, TooLong
from sessions_app.models import Contribution, Event, Revision
from sessions_app.operations import activities, carrying, contributions, groups, running, translations, workshops
from sessions_app.verification import verify
from tests.operations.carried import post

WORDS = "Ett lugnt väntrum."


@pytest.fixture
def said(world):
    world.go_live()
    return world.say("Ben", WORDS, language="sv")


def gloss(contribution, actor, text="A calm waiting room.", language="en"):
    return translations.gloss_contribution(contribution=contribution, actor=actor, text=text, language=language)


def glosses(world):
    return Event.objects.filter(workshop=world.workshop, verb="contribution.glossed")


@pytest.mark.parametrize("who", ["Ada", "Sam", "Hella", "Ben"])
def test_hosts_and_the_author_translate(world, said, who):
    gloss(said, world[who])

    kept = Contribution.objects.get(pk=said.pk)
    assert (kept.body, kept.language) == (WORDS, "sv")
    assert (kept.gloss, kept.gloss_language) == ("A calm waiting room.", "en")
    assert kept.revised_at is None
    assert Revision.objects.count() == 0
    told = glosses(world).get()
    assert (told.contribution_id, told.actor_id, told.data) == (said.pk, world[who].participant.pk, {})


@pytest.mark.parametrize(("who", "refusal"), [("Chidi", NotAllowed), ("Gil", NotAllowed), ("Rana", NotFound)])
def test_nobody_else_does(world, said, who, refusal):
    with pytest.raises(refusal):
        gloss(said, world[who])

    assert glosses(world).count() == 0


def test_the_same_translation_twice_is_one_event(world, said):
    gloss(said, world["Sam"])
    gloss(said, world["Sam"])
    gloss(said, world["Hella"], "A quiet waiting room.")

    assert glosses(world).count() == 2
    assert Contribution.objects.get(pk=said.pk).gloss == "A quiet waiting room."


def test_an_empty_text_takes_it_away(world, said):
    gloss(said, world["Sam"])

    gloss(said, world["Ben"], "  ")

    kept = Contribution.objects.get(pk=said.pk)
    assert (kept.gloss, kept.gloss_language) == ("", "")


def test_it_goes_when_the_words_are_taken_back(world, said):
    gloss(said, world["Sam"])

    contributions.withdraw_contribution(contribution=said, actor=world["Ben"])

    kept = Contribution.objects.get(pk=said.pk)
    assert (kept.body, kept.gloss, kept.gloss_language) == ("", "", "")
    with pytest.raises(Closed):
        gloss(said, world["Sam"])


def test_it_is_welcome_after_the_step_but_not_after_the_workshop(world, said):
    running.close_session(session=world.session, actor=world.ada)
    gloss(said, world["Sam"])

    workshops.close_workshop(workshop=world.workshop, actor=world.ada)

    with pytest.raises(NotAllowed):
        gloss(said, world.refresh("Sam"), "Too late.")


def test_face_down_words_are_translated_by_their_author_or_who_typed_them(world):
    world.go_live(step=1)
    own = world.say("Ben", WORDS, 1)
    typed = world.say("Sam", WORDS, 1, author=world["Chidi"].participant, via="scribe")

    gloss(own, world["Ben"])
    gloss(typed, world["Sam"])
    for contribution in (own, typed):
        with pytest.raises(NotAllowed):
            gloss(contribution, world.ada, "I have not seen it.")

    running.reveal(session=world.session, actor=world.ada)
    gloss(own, world.ada, "Now I have.")


def test_of_anonymous_words_nobody_is_told_who_translated(world):
    activities.change_activity(activity=world.steps[0], actor=world.ada, identity="anonymous")
    world.go_live()
    said = world.say("Ben", WORDS)

    gloss(said, world["Ben"])
    with pytest.raises(NotAllowed):
        gloss(said, world["Chidi"], "Somebody else's.")
    gloss(said, world["Sam"], "A quiet waiting room.")

    assert set(glosses(world).values_list("actor", flat=True)) == {None}


@pytest.mark.parametrize("language", ["", "EN", "english words", "e", "en'--", "zxx-abcdefgh"])
def test_a_language_is_a_code(world, said, language):
    with pytest.raises(BadText):
        gloss(said, world["Sam"], language=language)


def test_a_translation_has_the_limits_of_words(world, said):
    with pytest.raises(TooLong):
        gloss(said, world["Sam"], "word " * 4000)


def test_a_translation_comes_along_when_a_group_brings_its_words_back_and_the_log_knows(world):
    activities.plan_activity(
        workshop=world.workshop, actor=world.ada, session=world.session, kind="small_groups", title="At tables"
    )
    world.go_live(4)
    group = groups.make_groups(activity=world.steps[4], actor=world.ada, rule="number", count=1)[0]
    groups.move_person(activity=world.steps[4], actor=world.ada, person=world["Ben"].participant, group=group)
    translated, plain = post(world, group, "Ben", WORDS), post(world, group, "Ben", "Stolar.")
    gloss(translated, world["Sam"])

    carrying.carry_back(activity=world.steps[4], actor=world.ada)

    assert Contribution.objects.get(carried_from=translated).gloss == "A calm waiting room."
    assert list(verify(world.workshop.slug)) == []

    Contribution.objects.filter(carried_from=plain).update(gloss="Chairs.")
    assert ["a translation that the log does not know" in told.text for told in verify(world.workshop.slug)] == [True]
