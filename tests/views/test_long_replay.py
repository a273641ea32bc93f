"""The page of a replay: where it opens, the way back, and what it says when it holds only the beginning."""

import pytest
from django.urls import reverse

from sessions_app.queries import replays

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("longest", "is_told"), [(3, True), (2000, False)])
def test_a_log_that_is_longer_than_the_page_says_so(world, browser_of, monkeypatch, longest, is_told):
    world.go_live()
    for number in range(5):
        world.say("Ben", f"Word {number}.")
    monkeypatch.setattr(replays, "LONGEST", longest)

    page = browser_of("Ada").get(reverse("replay", args=[world.session.pk])).content.decode()

    assert ("There are more than this page can hold" in page) is is_told


def test_a_button_goes_before_the_slider_beside_it(world, browser_of):
    world.go_live()
    world.say("Ben", "The one word.")
    browser, address = browser_of("Ada"), reverse("replay", args=[world.session.pk])

    assert 'value="1" data-line' in browser.get(f"{address}?line=1&at=3").content.decode()
    assert 'value="3" data-line' in browser.get(f"{address}?at=3").content.decode()


def test_it_opens_at_the_beginning_and_leads_back(world, browser_of):
    world.go_live()
    world.say("Ben", "The one word.")
    browser, address = browser_of("Ada"), reverse("replay", args=[world.session.pk])

    page = browser.get(address).content.decode()

    assert "The one word." not in page
    assert "Before the doors opened: 5 lines" in page
    assert f'<a class="linkish" href="{reverse("workshop", args=[world.workshop.slug])}"' in page
    assert f'<a class="linkish" href="{reverse("record", args=[world.workshop.slug])}"' in page
    assert "The one word." in browser.get(f"{address}?line=3").content.decode()
