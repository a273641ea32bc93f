"""Words under an agreement are marked with the language of the page on which they were written."""

import uuid

import pytest
from django.conf import settings
from django.urls import reverse

from eaa.models import Agreement, AgreementVersion, Position, Statement, Suggestion
from eaa.queries.standing import token_of, versions_of
from sessions_app.models import Participant
from tests.eaa.agreed import drafted, opened


@pytest.fixture
def swedes(world):
    """Everybody is written to in Swedish; the pages are read in English."""
    Participant.objects.filter(workshop=world.workshop).update(language="sv")


@pytest.fixture
def english(swedes, browser_of):
    def come(name):
        browser = browser_of(name)
        browser.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
        return browser

    return come


def at(name: str, agreement: Agreement) -> str:
    return reverse(f"eaa:{name}", args=[agreement.pk])


def test_a_draft_is_in_the_language_in_which_it_was_begun(world, english):
    english("Ada").post(reverse("eaa:new_agreement", args=[world.workshop.slug]), {"title": "One place for dates"})

    assert AgreementVersion.objects.get().language == "en"


def test_a_draft_takes_the_language_in_which_it_is_saved(world, english):
    agreement = drafted(world)
    AgreementVersion.objects.update(language="sv")
    seen = token_of(versions_of(agreement)[0])
    sent = {"clauses": "1", "clause-0-key": 1, "clause-0-heading": "", "clause-0-text": "One place.", "seen": seen}

    english("Ada").post(at("change_agreement", agreement), sent)

    assert AgreementVersion.objects.get().language == "en"


def test_a_next_version_keeps_the_language_of_its_text(world, english):
    agreement = opened(world)
    AgreementVersion.objects.update(language="sv")
    seen = token_of(versions_of(agreement)[0])
    sent = {"clauses": "1", "clause-0-key": 1, "clause-0-heading": "", "clause-0-text": "Ett ställe.", "seen": seen}

    english("Ada").post(at("change_agreement", agreement), sent)

    assert [version.language for version in versions_of(agreement)] == ["sv", "sv"]


@pytest.mark.parametrize(
    ("page", "sent", "kind"),
    [
        ("agreement_position", {"choice": "agree", "words": "In good time."}, Position),
        ("agreement_statements", {"text": "Some of us see it otherwise."}, Statement),
        ("agreement_suggestions", {"text": "On one list only.", "clause": "1"}, Suggestion),
    ],
)
def test_answers_are_in_the_language_of_the_page(world, english, page, sent, kind):
    agreement = opened(world)

    english("Ben").post(at(page, agreement), {"version": 1, "client_id": uuid.uuid4(), **sent})

    assert kind.objects.get().language == "en"


def test_an_answer_written_for_somebody_is_in_the_language_of_the_page(world, english):
    agreement = opened(world)
    ben = Participant.objects.get(workshop=world.workshop, name="Ben")
    sent = {"version": 1, "person": ben.pk, "choice": "agree", "words": "In good time.", "via": "paper"}

    english("Ada").post(at("agreement_position", agreement), sent)

    assert Position.objects.get().language == "en"


def test_the_name_that_a_clause_gets_is_in_the_language_of_the_page(world, english):
    agreement = opened(world, ("", "Ett ställe för alla datum."))
    AgreementVersion.objects.update(language="sv")

    page = english("Ben").get(at("agreement", agreement)).content.decode()

    assert '<span class="vh">Clause 1</span>' in page
    assert '<span lang="sv" dir="auto"><span class="vh">' not in page
    assert '<p lang="sv" dir="auto">Ett ställe' in page
