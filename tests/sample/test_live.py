"""Stage live: whoever comes lands in a meeting."""

from datetime import timedelta

import pytest
from django.utils import timezone

from sessions_app.models import (
    Activity,
    Contribution,
    Event,
    Participant,
    Role,
)
from sessions_app.verification import verify


def states(workshop) -> list[str]:
    return [session.state for session in workshop.sessions.all()]


def said(workshop, title: str, **where):
    found = Contribution.objects.filter(dialogue__activity__workshop=workshop, **where)
    return found.filter(dialogue__activity__title=title).order_by("seq")


def test_live_somebody_lands_in_a_meeting(live):
    now = timezone.now()
    _first, second, third = live.sessions.all()

    assert states(live) == ["closed", "live", "planned"]
    step = second.current_activity
    assert (step.kind, step.prompt) == ("cards", "What makes you feel that your words count?")
    assert step.revealed_at is not None
    assert timedelta(minutes=29) < step.ends_at - now < timedelta(minutes=32)
    cards = said(live, "When do my words count?")
    assert cards.filter(said_at__lt=step.revealed_at).count() == 14
    assert cards.count() == 17
    assert second.starts_at.minute % 5 == 0
    assert second.starts_at < now < second.ends_at
    assert third.starts_at > now + timedelta(days=7)
    assert third.activities.exists()
    assert list(verify(live.slug)) == []


def test_live_one_question_waits_and_one_thread_is_over(live):
    now = timezone.now()
    thread = Activity.objects.get(workshop=live, session=None)
    waiting = [
        activity for activity in live.activities.all() if activity.open_until is not None and activity.accepts(now)
    ]

    assert (thread.title, thread.accepts(now), thread.dialogues.get().contributions.count()) == (
        "Did it lead to anything?",
        False,
        15,
    )
    assert [activity.title for activity in waiting] == ["What I bring, what I hope"]
    assert waiting[0].open_until > now + timedelta(days=6)
    aino = Participant.objects.get(workshop=live, name="Aino Virtanen")
    assert not said(live, "What I bring, what I hope", author=aino).exists()


def test_words_written_down_for_somebody_keep_both(live):
    elsa = said(live, "When do my words count?", author__name="Elsa Holm").get()

    assert (elsa.via, elsa.place, elsa.recorded_by.name) == ("scribe", "phone", "Jonas Ekström")


def test_the_press_that_was_taken_back_is_in_the_log(live):
    undone = Event.objects.get(workshop=live, verb="session.control_undone")

    assert undone.actor.name == "Jonas Ekström"
    step = Activity.objects.get(workshop=live, title="Check-in round", session=live.sessions.first())
    assert (step.closed_at - step.opened_at) == timedelta(minutes=13)


def test_order_of_the_log_is_the_order_of_time(live):
    moments = list(Event.objects.filter(workshop=live).order_by("seq").values_list("at", flat=True))

    assert moments == sorted(moments)
    assert moments[-1] <= timezone.now()


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.SCRIBE, Role.HELPER, Role.RESEARCHER])
def test_every_role_is_there(live, role):
    assert live.participants.filter(roles__contains=[role]).exists()
