"""Stage between: a thread is open, and meeting 3 is ahead."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from sessions_app import clock
from sessions_app.models import (
    Activity,
    Participant,
)
from sessions_app.queries.away import away_view
from sessions_app.verification import verify


def states(workshop) -> list[str]:
    return [session.state for session in workshop.sessions.all()]


def test_between_a_thread_is_open(between):
    now = timezone.now()

    thread = Activity.objects.get(workshop=between, title="Who rings?")
    assert states(between) == ["closed", "closed", "planned"]
    assert thread.accepts(now)
    assert thread.open_until > now + timedelta(days=1)
    posts = thread.dialogues.get().contributions
    assert posts.filter(withdrawn_at__isnull=False).get().body == ""
    assert {"thread", "email", "paper", "scribe"} == set(posts.values_list("via", flat=True))
    meeting = between.local(between.sessions.last().starts_at)
    assert thread.lead.endswith(f"to the meeting on {meeting.day} {meeting:%B}.")
    assert meeting.weekday() == 3
    assert list(verify(between.slug)) == []


def test_citizen_has_news_since_her_last_visit(between):
    aino = Participant.objects.get(workshop=between, name="Aino Virtanen")

    assert 0 < aino.last_here_seq <= between.head_seq
    assert aino.last_here_at < clock.now()
    assert away_view(aino).news_count > 0


@pytest.mark.urls("tests.sample.demo_urls")
def test_citizen_between_meetings_sees_what_was_missed(between, browser):
    answer = browser.post(reverse("demo", args=["citizen"]))

    assert answer.url == reverse("away", args=[between.slug])
    assert "Who rings" in browser.get(answer.url).content.decode()
