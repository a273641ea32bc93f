"""Planning when a question opens and closes by itself: on the page that asks, and on the page of a step."""

from datetime import timedelta

import pytest
from django.urls import reverse

from sessions_app import clock
from sessions_app.models import Activity
from sessions_app.operations import windows

pytestmark = pytest.mark.django_db
NEW = {"prompt": "Who rings?", "lead": "", "identity": "named", "opens_clock": "08:00", "clock": "20:00"}


def day(days):
    return (clock.now() + timedelta(days=days)).date().isoformat()


@pytest.fixture
def ada(browser_of):
    return browser_of("Ada")


def test_a_question_is_planned_and_the_hosts_see_when_it_opens(world, ada, browser_of):
    made = ada.post(reverse("new_thread", args=[world.workshop.slug]), NEW | {"opens_day": day(2), "day": day(5)})

    thread = Activity.objects.get(session=None)
    assert (made.status_code, thread.was_opened) == (302, False)
    assert (thread.opens_at, thread.open_until) == tuple(
        moment_on(world, days, hour) for days, hour in ((2, 8), (5, 20))
    )
    page = ada.get(made.headers["Location"]).content.decode()
    assert "Not open yet" in page
    assert "opens by itself" in page
    assert "Who rings?" in ada.get(reverse("workshop", args=[world.workshop.slug])).content.decode()
    for who in ("Ben", "Sam"):  # nobody else knows of it before it opens
        assert browser_of(who).get(made.headers["Location"]).status_code == 404
        assert "Who rings?" not in browser_of(who).get(reverse("workshop", args=[world.workshop.slug])).content.decode()


def moment_on(world, days, hour):
    local = world.workshop.local(clock.now() + timedelta(days=days))
    return local.replace(hour=hour, minute=0, second=0, microsecond=0)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"opens_day": day(-1), "day": day(5)}, "That moment has passed"),
        ({"opens_day": day(5), "day": day(2)}, "It would close before it opens"),
        ({"opens_day": "31 Feb", "day": day(2)}, "There is no such day in the calendar"),
        ({"opens_day": day(2), "opens_clock": "", "day": day(5)}, "Choose a time"),
    ],
)
def test_what_was_typed_stays_when_the_times_cannot_be(world, ada, given, words):
    answer = ada.post(reverse("new_thread", args=[world.workshop.slug]), NEW | given)

    page = answer.content.decode()
    assert (answer.status_code, Activity.objects.filter(session=None).exists()) == (422, False)
    assert words in page
    assert "Who rings?" in page
    assert given["opens_day"] in page


def test_a_step_of_a_meeting_is_let_open_by_itself_and_not_after_all(world, ada):
    step = world.steps[1]
    address = reverse("window", args=[step.pk])

    ada.post(address, {"opens_day": day(2), "opens_clock": "08:00", "day": day(5), "clock": "20:00"})
    step.refresh_from_db()
    assert step.opens_at == moment_on(world, 2, 8)
    assert "Do not open it by itself" in ada.get(reverse("thread", args=[step.plenary.pk])).content.decode()
    assert "Opens by itself" in ada.get(reverse("plan", args=[world.session.pk])).content.decode()

    ada.post(address, {"forget": "1"})
    step.refresh_from_db()
    assert (step.opens_at, step.open_until) == (None, None)


def test_a_step_needs_a_day_on_which_it_opens(world, ada):
    step = world.steps[1]

    answer = ada.post(reverse("window", args=[step.pk]), {"opens_day": "", "day": day(5), "clock": "20:00"})

    step.refresh_from_db()
    assert (answer.status_code, step.open_until) == (422, None)
    assert day(5) in answer.content.decode()


def test_the_page_tells_of_a_time_that_went_by_with_nobody_at_work(world, ada):
    with clock.at(clock.now() - timedelta(days=2)):
        opens = clock.now() + timedelta(hours=1)
        windows.plan_window(activity=world.steps[1], actor=world.ada, opens=opens, until=opens + timedelta(hours=1))

    for address in (
        reverse("thread", args=[world.steps[1].plenary.pk]),
        reverse("workshop", args=[world.workshop.slug]),
    ):
        assert "Its time is over, and it did not open. Choose another time." in ada.get(address).content.decode()
