"""The question about research: everybody reads it in their own language, and the answer keeps what was read."""

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import translation

from sessions_app.models import Consent, Participant, ResearchNotice
from sessions_app.operations import devices, participants, workshops
from sessions_app.policy import Actor
from tests.security.pages import read
from tests.world import make_user

BEGINS = {"en": "May the researchers read", "sv": "Får forskarna också läsa", "ar": "هل يجوز للباحثين"}


@pytest.fixture
def made_in_swedish(db):
    """A workshop that somebody made on Swedish pages."""
    with translation.override("sv"):
        return workshops.create_workshop(user=make_user("bea"), host_name="Bea", title="Lugn", languages=["sv"])


@pytest.fixture
def citizen(made_in_swedish, client):
    """Somebody who reads in the language that their browser carries."""
    person = participants.add_person(workshop=made_in_swedish, roles=["participant"], name="Amal", language="ar")
    client.cookies[settings.DEVICE_COOKIE] = devices.seat("", person)
    return person


def open_me(client, workshop, language):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    return client.get(reverse("me", args=[workshop.slug])).content.decode()


def last_answer(person) -> Consent:
    return Consent.objects.filter(participant=person, purpose="research").latest("pk")


@pytest.mark.parametrize("language", BEGINS)
def test_everybody_reads_the_standard_question_in_their_own_language(made_in_swedish, citizen, client, language):
    page = open_me(client, made_in_swedish, language)

    assert f'<bdi lang="{language}">{BEGINS[language]}' in page
    assert [begins for code, begins in BEGINS.items() if code != language and begins in page] == []


def test_the_answer_keeps_the_words_and_the_language_that_were_read(made_in_swedish, citizen, client):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "ar"
    form = read(client.get(reverse("me", args=[made_in_swedish.slug]))).values
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"  # chosen in another tab, before the button was pressed
    client.post(
        reverse("research", args=[made_in_swedish.slug]),
        {"answer": "yes", "version": form["version"], "read_in": form["read_in"]},
    )

    answer = last_answer(citizen)
    assert (answer.version, answer.language) == (1, "ar")
    assert answer.text.startswith(BEGINS["ar"])


def test_words_of_a_facilitator_are_shown_as_they_were_written(made_in_swedish, citizen, client):
    own = "Får vi läsa med?"
    ResearchNotice.objects.create(workshop=made_in_swedish, version=2, text=own, language="sv")
    page = open_me(client, made_in_swedish, "ar")
    client.post(reverse("research", args=[made_in_swedish.slug]), {"answer": "no", "version": "2", "read_in": "sv"})

    assert f'<bdi lang="sv">{own}</bdi>' in page
    answer = last_answer(citizen)
    assert (answer.version, answer.language, answer.text) == (2, "sv", own)


def test_an_answer_to_the_question_before_is_an_answer_to_that_one(made_in_swedish, citizen, client):
    ResearchNotice.objects.create(workshop=made_in_swedish, version=2, text="Och nu?", language="sv")
    client.post(reverse("research", args=[made_in_swedish.slug]), {"answer": "yes", "version": "1", "read_in": "en"})

    answer = last_answer(citizen)
    assert (answer.version, answer.language) == (1, "en")
    assert answer.text.startswith(BEGINS["en"])


@pytest.mark.parametrize("version", ["7", "x", "-1", "9" * 40])
def test_an_answer_to_a_question_that_was_never_put_is_refused(made_in_swedish, citizen, client, version):
    client.post(reverse("research", args=[made_in_swedish.slug]), {"answer": "yes", "version": version})

    assert not Consent.objects.filter(participant=citizen, purpose="research").exists()


def test_a_language_that_we_do_not_have_is_asked_in_english(made_in_swedish):
    person = participants.add_person(workshop=made_in_swedish, roles=["participant"], name="Eero", language="fi")
    fresh = Participant.objects.select_related("workshop").get(pk=person.pk)
    answer = participants.answer_consent(person=fresh, actor=Actor(fresh), purpose="research", yes=True)

    assert (answer.language, answer.text[:24]) == ("en", BEGINS["en"])
