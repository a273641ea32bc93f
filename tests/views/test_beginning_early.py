"""Before a meeting begins long before its time, or with nothing to do, a host is asked; one more press begins it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from sessions_app import clock
from sessions_app.models import Activity, Session, State
from sessions_app.operations import running

pytestmark = pytest.mark.django_db
WEEK, HOURS, MINUTES = timedelta(days=7), timedelta(hours=2), timedelta(minutes=20)
PLANNED, BARE, DOORS = "This meeting is planned for ", "No question is planned for it yet.", "Open them now?"


def page_of(world, browser_of, name="room") -> str:
    return browser_of("Ada").get(reverse(name, args=[world.session.pk])).content.decode()


def starts_in(world, ahead: timedelta) -> None:
    start = clock.now() + ahead
    Session.objects.filter(pk=world.session.pk).update(starts_at=start, ends_at=start + timedelta(hours=1))
    world.session.refresh_from_db()


@pytest.mark.parametrize("name", ["room", "console"])
@pytest.mark.parametrize(
    ("ahead", "asks_to_begin", "asks_for_doors"),
    [(WEEK, True, True), (HOURS, True, False), (MINUTES, False, False), (-WEEK, False, False)],
)
def test_who_is_early_is_asked_first(world, browser_of, name, ahead, asks_to_begin, asks_for_doors):
    starts_in(world, ahead)

    page = page_of(world, browser_of, name)

    assert ("Begin now?" in page) is asks_to_begin
    assert (DOORS in page) is asks_for_doors
    assert (PLANNED in page) is asks_to_begin
    assert page.count('value="start"') == page.count('value="doors"') == 1


def test_after_the_doors_opened_early_the_beginning_is_still_asked_about(world, browser_of):
    starts_in(world, WEEK)
    running.open_doors(session=world.session, actor=world.ada)

    assert "Begin now?" in page_of(world, browser_of)


def test_a_meeting_without_a_question_says_so_before_it_begins(world, browser_of):
    Activity.objects.filter(session=world.session).update(removed_at=clock.now())

    assert BARE in page_of(world, browser_of)


def test_one_with_a_question_at_its_time_asks_nothing(world, browser_of):
    page = page_of(world, browser_of)

    assert (BARE in page, PLANNED in page, "Begin now?" in page) == (False, False, False)


def test_the_button_inside_the_question_begins_it(world, browser_of):
    starts_in(world, WEEK)

    browser_of("Ada").post(reverse("controls", args=[world.session.pk]), {"press": "start", "rev": world.session.rev})

    world.session.refresh_from_db()
    assert world.session.state == State.LIVE
