"""Quiet advice on the run sheet: what is said, and what is not."""

from datetime import timedelta

import pytest
from django.urls import reverse

from sessions_app import clock
from sessions_app.operations import activities, sessions
from sessions_app.queries.advice import advice
from sessions_app.queries.plans import plan_view

pytestmark = pytest.mark.django_db
WHO = "Who cannot use this, and how do they take part?"


def told(session) -> list[str]:
    return [thought.text for thought in advice(plan_view(session))]


def said(session, words: str) -> bool:
    return any(words in text for text in told(session))


def minutes(world, *lengths: int) -> None:
    for step, length in zip(world.steps, lengths, strict=True):
        activities.change_activity(activity=step, actor=world.ada, minutes=length)


def test_a_meeting_of_an_hour_needs_no_break(world):
    minutes(world, 15, 15, 15, 15)
    assert not said(world.session, "break")
    minutes(world, 15, 15, 15, 16)
    assert said(world.session, "There is no break.")


def test_a_break_comes_within_45_minutes(world):
    minutes(world, 10, 20, 20, 20)
    kettle = activities.plan_activity(workshop=world.workshop, actor=world.ada, session=world.session, kind="kettle")
    assert said(world.session, "more than 45 minutes without a break")
    for _ in range(2):
        activities.move_activity(activity=kettle, actor=world.ada, earlier=True)
    assert not said(world.session, "without a break")


def test_steps_that_are_longer_than_the_meeting(world):
    minutes(world, 20, 20, 20, 20)
    assert said(world.session, "The steps take 80 minutes, the meeting has 75.")


def test_more_than_90_minutes_is_much(world):
    for lasts, much in ((90, False), (91, True)):
        ends = world.session.starts_at + timedelta(minutes=lasts)
        sessions.change_session(session=world.session, actor=world.ada, ends_at=ends)
        assert said(world.session, "More than 90 minutes") is much


def test_more_than_90_minutes_is_told_also_when_the_steps_take_longer_than_the_meeting(world):
    minutes(world, 30, 30, 30, 30)
    assert said(world.session, "The steps take 120 minutes")
    assert said(world.session, "More than 90 minutes")


def test_it_stands_on_the_run_sheet(world, browser_of):
    minutes(world, 30, 30, 30, 30)
    page = browser_of("Ada").get(reverse("plan", args=[world.session.pk])).content.decode()
    for words in ("More than 90 minutes is hard for many.", "There is no break.", "The steps take 120 minutes"):
        assert words in page


def test_mechanisms_that_no_meeting_of_the_workshop_touches(world):
    assert said(world.session, "for these yet: Assets, Interpretation.")
    start = clock.now() + timedelta(days=14)
    other = sessions.plan_session(
        workshop=world.workshop, actor=world.ada, title="Next", starts_at=start, ends_at=start + timedelta(hours=1)
    )
    activities.plan_activity(
        workshop=world.workshop, actor=world.ada, session=other, kind="cards", mechanisms=["assets", "interpretation"]
    )
    assert not said(world.session, "No meeting of the workshop")


def test_a_meeting_at_the_same_time_is_told_and_not_refused(world):
    start = world.session.starts_at + timedelta(minutes=30)
    other = sessions.plan_session(
        workshop=world.workshop, actor=world.ada, title="Next door", starts_at=start, ends_at=start + timedelta(hours=1)
    )
    assert said(world.session, "“Next door” is at the same time.")
    assert said(other, "“Who are we?” is at the same time.")

    later = world.session.ends_at
    sessions.change_session(session=other, actor=world.ada, starts_at=later, ends_at=later + timedelta(hours=1))
    assert not said(world.session, "at the same time")


def test_a_day_that_has_passed(world):
    assert not said(world.session, "has passed")
    with clock.at(world.session.starts_at + timedelta(days=1)):
        assert said(world.session, "The day of this meeting has passed.")


def test_who_cannot_use_this_is_asked_until_it_is_answered(world):
    assert told(world.session)[-1] == WHO
    assert advice(plan_view(world.session))[-1].field == "without_screen"
    note = "Elsa. Karin rings her at 14:00."
    sessions.change_session(session=world.session, actor=world.ada, without_screen=note)
    assert WHO not in told(world.session)
