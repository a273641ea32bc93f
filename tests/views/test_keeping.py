"""When the day has come until which words are kept, facilitators are told, and nobody else."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from sessions_app import clock
from sessions_app.models import Workshop
from sessions_app.operations import workshops

pytestmark = pytest.mark.django_db
LAST, TOLD, LATER = date(2027, 3, 31), "People were told that their words are kept until 31 March 2027.", "a later day"
EVE, DAY = datetime(2027, 3, 30, 21, 59, tzinfo=UTC), datetime(2027, 3, 30, 22, 1, tzinfo=UTC)  # midnight in Stockholm


@pytest.fixture(autouse=True)
def _kept(world):
    Workshop.objects.filter(pk=world.workshop.pk).update(keep_until=LAST)


def page_of(browser, world, moment) -> str:
    with clock.at(moment):
        return browser.get(reverse("workshop", args=[world.workshop.slug])).content.decode()


@pytest.mark.parametrize(("moment", "is_told"), [(EVE, False), (DAY, True)])
def test_a_facilitator_is_told_when_the_day_has_come(world, browser_of, moment, is_told):
    page = page_of(browser_of("Ada"), world, moment)

    assert ((TOLD in page), (LATER in page)) == (is_told, is_told)


@pytest.mark.parametrize("name", ["Ben", "Sam", "Hella"])
def test_nobody_else_is_told(world, browser_of, name):
    assert TOLD not in page_of(browser_of(name), world, DAY)


def test_a_workshop_that_is_over_can_only_be_erased(world, browser_of):
    workshops.close_workshop(workshop=world.workshop, actor=world.ada)

    page = page_of(browser_of("Ada"), world, DAY)

    assert (TOLD in page, LATER in page) == (True, False)


def test_a_later_day_takes_the_notice_away(world, browser_of):
    workshops.change_workshop(workshop=world.workshop, actor=world.ada, keep_until=date(2028, 3, 31))

    assert "words are kept until" not in page_of(browser_of("Ada"), world, DAY)
