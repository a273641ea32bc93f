"""Templates of workshops: whole, of parts that exist, made in one go."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from sessions_app import clock
from sessions_app.blueprints import BLUEPRINTS
from sessions_app.errors import BadText
from sessions_app.kinds import all_kinds
from sessions_app.models import Activity, Event, Session, Workshop
from sessions_app.operations import activities
from sessions_app.operations.blueprints import create_from_blueprint
from sessions_app.tags import MECHANISMS, STAGES
from sessions_app.verbs import Verb
from sessions_app.verification import verify
from tests.world import make_user

pytestmark = pytest.mark.django_db
LENGTHS = {
    "first_meeting": [75],
    "work_on_ideas": [90],
    "agree_together": [60],
    "three_meetings": [75, 90, 60],
    "thread_only": [],
    "blank": [],
}


def make(key: str, **more) -> Workshop:
    start = clock.now() + timedelta(days=7)
    starts = [start + timedelta(days=meeting.after) for meeting in BLUEPRINTS[key].meetings]
    given = {"title": "Calmer visits", "languages": ["en"], "starts": starts, "until": start, **more}
    return create_from_blueprint(user=make_user("karin"), host_name="Karin", blueprint=key, **given)


def test_the_lengths_are_those_on_the_cards():
    assert {key: [m.minutes for m in blueprint.meetings] for key, blueprint in BLUEPRINTS.items()} == LENGTHS


def test_they_use_only_what_there_is():
    steps = [step for blueprint in BLUEPRINTS.values() for step in blueprint.steps]

    assert {step.kind for step in steps} <= set(all_kinds())
    assert {stage for step in steps for stage in step.stages} <= set(STAGES.tags)
    assert {key for step in steps for key in step.mechanisms} == set(MECHANISMS.tags)


def test_every_meeting_over_an_hour_has_a_break_within_45_minutes():
    for blueprint in BLUEPRINTS.values():
        for meeting in blueprint.meetings:
            kinds = [step.kind for step in meeting.steps]
            before = sum(step.minutes for step in meeting.steps[: kinds.index("kettle")])
            assert before <= 45, meeting.title


@pytest.mark.parametrize("key", LENGTHS)
def test_each_lays_out_a_whole_workshop(key):
    workshop = make(key)

    planned = [[step.minutes for step in m.activities.all()] for m in workshop.sessions.all()]
    assert planned == [[step.minutes for step in meeting.steps] for meeting in BLUEPRINTS[key].meetings]
    lengths = [(m.ends_at - m.starts_at) // timedelta(minutes=1) for m in workshop.sessions.all()]
    assert lengths == LENGTHS[key]
    assert list(verify(workshop.slug)) == []


def test_three_meetings_are_a_fortnight_apart():
    first, second, third = make("three_meetings").sessions.all()

    assert second.starts_at - first.starts_at == third.starts_at - second.starts_at == timedelta(days=14)
    assert [first.title.split(":")[0], second.title.split(":")[0]] == ["Engagement", "Alignment"]


def test_a_thread_is_open_at_once_and_has_no_meeting():
    workshop = make("thread_only", question="What comes first?")

    thread = Activity.objects.get(workshop=workshop)
    assert (thread.prompt, thread.session_id, thread.is_open(clock.now())) == ("What comes first?", None, True)


def test_everything_is_recorded_under_the_founder():
    workshop = make("first_meeting")

    log = Event.objects.filter(workshop=workshop)
    assert [event.verb for event in log][-6:] == [Verb.SESSION_PLANNED, *[Verb.ACTIVITY_PLANNED] * 5]
    assert {event.actor.name for event in log.exclude(verb=Verb.PARTICIPANT_JOINED)} == {"Karin"}


def test_what_fails_half_way_leaves_nothing(monkeypatch):
    made = []

    def fail(**given):
        made.append(given)
        if len(made) == 3:
            raise RuntimeError("the power is gone")
        return plan(**given)

    plan = activities.plan_activity
    monkeypatch.setattr(activities, "plan_activity", fail)
    with pytest.raises(RuntimeError):
        make("first_meeting")

    assert (Workshop.objects.count(), Session.objects.count(), Event.objects.count()) == (0, 0, 0)


def test_a_template_that_is_gone_is_told_in_words():
    with pytest.raises(BadText) as told:
        create_from_blueprint(user=make_user("karin"), host_name="Karin", blueprint="gone", title="Calm")

    assert "not here any more" in str(told.value)
    assert told.value.field == "template"
    assert not Workshop.objects.exists()


def test_a_meeting_can_be_shorter_than_its_template():
    (meeting,) = make("first_meeting", minutes=30).sessions.all()

    assert meeting.ends_at - meeting.starts_at == timedelta(minutes=30)


def test_texts_are_kept_in_the_language_of_the_facilitator():
    from django.utils import translation

    with translation.override("sv"):
        workshop = make("first_meeting", starts=[datetime(2027, 3, 1, 14, tzinfo=ZoneInfo("Europe/Stockholm"))])

    assert workshop.sessions.get().title == "Första träffen"
