"""Whoever’s words are shown, wherever: they carry the language they were written in, and find their own direction."""

from datetime import timedelta

import pytest
from django.urls import reverse

from sessions_app import clock
from sessions_app.models import Contribution
from sessions_app.operations import dialogues, running, translations
from tests.security.pages import read

BODIES = {"sv": "En hel minuts tystnad.", "ar": "دقيقة صمت كاملة.", "en": "Somebody who writes it down."}


@pytest.fixture
def spoken(world):
    """Words in three languages in the first step, one of them with a translation beside it; the step stays open."""
    world.go_live()
    for language, body in BODIES.items():
        world.say("Chidi", body, language=language)
    said = Contribution.objects.get(language="ar")
    translations.gloss_contribution(contribution=said, actor=world.ada, text="One minute of silence.", language="en")
    dialogues.keep_open(activity=world.steps[0], actor=world.ada, until=clock.now() + timedelta(days=2))
    return world


def words_on(answer) -> list[dict[str, str]]:
    return [given for tag, given in read(answer).tags if tag == "p" and "card__words" in given.get("class", "")]


PAGES = {
    "room": ("Ben", lambda world: reverse("room", args=[world.session.pk])),
    "thread": ("Ben", lambda world: reverse("thread", args=[world.dialogue(0).pk])),
    "away": ("Hella", lambda world: reverse("away", args=[world.workshop.slug])),
    "replay": ("Ada", lambda world: reverse("replay", args=[world.session.pk]) + "?line=40"),
}


@pytest.mark.parametrize("page", PAGES)
def test_every_contribution_carries_language_and_direction(spoken, browser_of, page):
    if page in {"away", "replay"}:
        running.close_session(session=spoken.session, actor=spoken.ada)
    who, address = PAGES[page]
    answer = browser_of(who).get(address(spoken))
    found = words_on(answer)

    assert {given.get("lang") for given in found} == set(BODIES), page
    assert {given.get("dir") for given in found} == {"auto"}
    shown = read(answer).text
    assert all(body in shown for body in BODIES.values())


def test_a_translation_carries_its_own_language(spoken, browser_of):
    tags = read(browser_of("Ben").get(PAGES["room"][1](spoken))).tags
    (gloss,) = [given for _tag, given in tags if "card__gloss" in given.get("class", "")]

    assert (gloss["lang"], gloss["dir"]) == ("en", "auto")


def test_a_piece_that_is_sent_to_open_pages_carries_them_too(spoken, browser_of):
    browser = browser_of("Ben")
    (main,) = [given for _tag, given in read(browser.get(PAGES["room"][1](spoken))).tags if "data-head" in given]
    spoken.say("Chidi", "Till sist.", language="sv")

    news = browser.get(f"{main['data-news']}?after={main['data-head']}&epoch={main['data-epoch']}")
    (drawn,) = [piece["html"] for piece in news.json()["pieces"] if piece["id"].startswith("said-")]

    assert '<p class="card__words" lang="sv" dir="auto">Till sist.</p>' in drawn
