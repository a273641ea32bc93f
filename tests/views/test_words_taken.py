"""A script that keeps words until they are taken is told when they are, and where to go on; a refusal is none."""

import pytest
from django.conf import settings
from django.urls import reverse

from sessions_app.models import Participant

pytestmark = pytest.mark.django_db
KEEPS = {"X-Keeps-Words": "1"}


def needs(world):
    return reverse("needs", args=[world.workshop.slug])


def test_it_is_told_where_to_go_on(world, browser_of):
    answer = browser_of("Ben").post(needs(world), {"access_needs": "A chair with arms."}, headers=KEEPS)

    before = reverse("before", args=[world.workshop.slug])
    assert (answer.status_code, answer["X-Onward"], answer.has_header("Location")) == (200, before, False)
    assert Participant.objects.get(pk=world["Ben"].participant.pk).access_needs == "A chair with arms."


def test_everybody_else_is_sent_on_as_ever(world, browser_of):
    answer = browser_of("Ben").post(needs(world), {"access_needs": "A chair with arms."})

    assert (answer.status_code, answer.has_header("X-Onward")) == (302, False)


def test_what_was_refused_was_not_taken(world, browser_of):
    answer = browser_of("Ben").post(needs(world), {"access_needs": "a" * 5000}, headers=KEEPS)

    assert (answer.status_code, answer.has_header("X-Onward")) == (422, False)


def test_a_refusal_without_words_is_no_redirect_either(world, browser_of):
    answer = browser_of("Ben").post(reverse("research", args=[world.workshop.slug]), {"answer": "?"}, headers=KEEPS)

    assert (answer.status_code, answer.has_header("X-Onward")) == (422, False)


def test_who_has_to_sign_in_first_has_given_nothing(client):
    answer = client.post(reverse("new_workshop"), {"title": "Calmer visits"}, headers=KEEPS)

    assert (answer.status_code, answer.has_header("X-Onward"), answer.has_header("Location")) == (200, False, False)


def test_words_are_kept_under_the_name_of_who_writes(world, browser_of, client):
    as_ben, as_ada = browser_of("Ben").get(needs(world)), browser_of("Ada").get(needs(world))

    assert f'data-writer="{world["Ben"].participant.pk}"' in as_ben.content.decode()
    assert f'data-writer="staff-{world["Ada"].participant.user_id}"' in as_ada.content.decode()
    assert "drafts" not in client.get(reverse("front")).content.decode()
    assert settings.DEVICE_COOKIE not in client.cookies
