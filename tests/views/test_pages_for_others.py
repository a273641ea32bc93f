"""Whoever opens a page that is for others is told so, and has a way on."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["plan", "console", "share", "after"])
def test_a_citizen_is_told_and_led_on(world, browser_of, name):
    answer = browser_of("Ben").get(reverse(name, args=[world.session.pk]))
    page = answer.content.decode()

    assert answer.status_code == 403
    assert "This page is for others." in page
    assert f'href="{reverse("front")}"' in page
    assert "Go back" in page
