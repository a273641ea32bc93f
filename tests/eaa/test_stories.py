"""The story: what became of one person's words, and of everybody's, in a page that is read in two minutes."""

import re

from django.urls import reverse

from eaa.queries.stories import common_story, paths_of
from sessions_app.operations import contributions
from tests.eaa.chain import add_agreement, add_record, add_version, build_chain, promise, settle, tell

LONG = "word " * 200


def story(world, browser_of, who):
    return browser_of(who).get(reverse("eaa:story", args=[world.workshop.slug])).content.decode()


def text_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", re.sub(r"<svg.*?</svg>", " ", html, flags=re.DOTALL)).split())


def test_each_of_ones_own_words_is_followed_to_what_was_done(world):
    chain = build_chain(world)
    paths = {path.said.pk: path for path in paths_of(world["Ben"], world["Ben"].participant)}
    path = paths[chain.words["silence"].pk]

    assert [led.record.title for led in path.noted] == ["Notes of the morning"]
    assert [led.version.text for led in path.understood] == ["Silence is a way of taking part."]
    assert [[led.clause.text for led in agreed.clauses] for agreed in path.agreed] == [["We begin with silence."]]
    assert [promise.told for promise in path.done] == ["All were rung."]


def test_it_tells_of_ones_own_words_only(world, browser_of):
    build_chain(world)

    assert "Ring before ten" not in story(world, browser_of, "Ben")
    assert "Ring before ten" in story(world, browser_of, "Chidi")


def test_what_led_nowhere_is_said_honestly(world, browser_of):
    build_chain(world)

    assert "1 more thing that you said has not led to anything yet." in story(world, browser_of, "Chidi")
    assert "You have not said anything under your name yet." in story(world, browser_of, "Gil")


def test_words_without_any_consequence_have_a_page_of_their_own_kind(world, browser_of):
    world.go_live()
    world.say("Ben", "Calm.")

    page = story(world, browser_of, "Ben")

    assert "Nothing has been made of your words yet." in page
    assert "Nothing has been agreed or understood together yet." in page


def test_what_was_told_about_words_is_enough_to_be_in_it(world, browser_of):
    chain = build_chain(world)
    tell(world, chain.words["alone"], "not_used", "The bakery has a step at its door.")

    page = story(world, browser_of, "Chidi")

    assert "The bakery has a step at its door." in page
    assert "has not led to anything yet" not in page


def test_anonymous_words_are_nobodys(world):
    step = world.steps[0]
    step.identity = "anonymous"
    step.save()
    world.go_live()
    words = world.say("Ben", "Nobody knows that I said this.")
    add_record(world, "documentation", "Somebody said something.", words, kind="notes")

    assert paths_of(world["Ben"], world["Ben"].participant) == []


def test_words_that_were_taken_back_stay_as_a_place(world, browser_of):
    chain = build_chain(world)
    contributions.withdraw_contribution(contribution=chain.words["silence"], actor=world["Ben"])

    page = story(world, browser_of, "Ben")

    assert "You took these words back. Their place stays." in page
    assert "One whole minute" not in page


def test_the_story_of_all_goes_from_the_first_intention_to_the_agreements(world):
    chain = build_chain(world)
    intention = add_record(world, "intention", "To find out.", chain.words["late"])
    add_version(world, intention, "To be heard.", chain.words["late"])

    found = common_story(world.workshop, world["Ben"])

    assert (found.first.text, found.now.text) == ("To find out.", "To be heard.")
    assert [one.text for one in found.understood] == ["Silence is a way of taking part."]
    assert [(agreement, len(clauses)) for agreement, clauses in found.agreed] == [(chain.agreement, 2)]
    assert (found.promised, found.done) == (1, 1)


def test_the_story_of_all_is_never_longer_than_350_words(world, browser_of):
    chain = build_chain(world)
    intention = add_record(world, "intention", LONG, chain.words["late"])
    add_version(world, intention, f"Now {LONG}", chain.words["late"])
    for number in range(12):
        settle(world, add_record(world, "interpretation", LONG, chain.words["late"]), Ben="that_is")
        differs = add_record(world, "interpretation", LONG, chain.words["late"])
        settle(world, differs, "Some want it short.", Ben="almost")
        clauses = [(f"{number} {LONG}", [chain.words["late"]])] * 12
        promise(world, add_agreement(world, LONG[:115], *clauses), "Do it")

    page = story(world, browser_of, "Gil")
    words = text_of(page[page.index('id="all-h"') : page.index('id="own-h"')]).split()

    assert 100 < len(words) <= 350
    assert "And 9 more." in text_of(page)
