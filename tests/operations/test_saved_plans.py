"""A plan kept as a template: steps with all that is set for them, and nothing of people and words."""

from datetime import timedelta

import pytest

from sessions_app import clock
from sessions_app.errors import BadText, NotAllowed, NotFound, Refused
from sessions_app.models import Activity, Contribution, Event, Participant, SavedPlan
from sessions_app.operations import activities, saved_plans, sessions
from sessions_app.operations.blueprints import create_from_blueprint
from sessions_app.policy import Actor
from sessions_app.queries.saved_plans import own_blueprints
from tests.world import make_world

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def keep(world, **more) -> SavedPlan:
    return saved_plans.save_plan(workshop=world.workshop, actor=world.ada, user=world.ada.participant.user, **more)


def used(world, plan, starts):
    return create_from_blueprint(
        user=world.ada.participant.user,
        host_name="Ada",
        blueprint=f"own-{plan.pk}",
        starts=starts,
        title="Once more",
        languages=["en"],
    )


def fields(session) -> list[dict]:
    steps = Activity.objects.planned().filter(session=session)
    kept = [{name: getattr(step, name) for name in saved_plans.STEP_FIELDS} for step in steps]
    return [{**step, "mechanisms": sorted(step["mechanisms"])} for step in kept]


def test_a_kept_meeting_comes_back_step_by_step(world):
    poll = {"kind": "poll", "options": {"choices": ["A", "B"], "several": True}, "hall": "Hands up", "lead": "Why"}
    activities.plan_activity(
        workshop=world.workshop, actor=world.ada, session=world.session, identity="anonymous", **poll
    )
    world.go_live()
    world.say("Ben", "My own words.")

    made = used(world, keep(world, session=world.session), [clock.now() + DAY])

    assert fields(made.sessions.get()) == fields(world.session)
    assert Contribution.objects.filter(dialogue__activity__workshop=made).count() == 0
    assert [person.first_name for person in Participant.objects.filter(workshop=made)] == ["Ada"]
    assert {step.opened_at for step in Activity.objects.filter(workshop=made)} == {None}


def test_a_workshop_is_copied_with_the_days_between_its_meetings(world):
    later = world.session.starts_at + 12 * DAY
    second = sessions.plan_session(
        workshop=world.workshop, actor=world.ada, title="Again", starts_at=later, ends_at=later + timedelta(minutes=40)
    )
    plan = keep(world)
    blueprint = own_blueprints(world.ada.participant.user)[f"own-{plan.pk}"]
    start = clock.now() + DAY
    made = used(world, plan, [start + timedelta(days=meeting.after) for meeting in blueprint.meetings])

    assert [meeting.after for meeting in blueprint.meetings] == [0, 12]
    assert [meeting.title for meeting in made.sessions.all()] == [world.session.title, second.title]
    lengths = [meeting.ends_at - meeting.starts_at for meeting in made.sessions.all()]
    assert lengths == [timedelta(minutes=75), timedelta(minutes=40)]


def test_keeping_writes_nothing_into_the_log(world):
    before = Event.objects.count()
    keep(world, session=world.session)

    assert Event.objects.count() == before


@pytest.mark.parametrize("who", ["Ben", "Sam", "Hella"])
def test_only_facilitators_keep_a_plan(world, who):
    with pytest.raises(NotAllowed):
        saved_plans.save_plan(
            workshop=world.workshop, actor=world[who], user=world.ada.participant.user, session=world.session
        )


def test_a_template_is_its_owners_alone(world):
    plan, stranger = keep(world), make_world("Other").ada.participant.user

    assert own_blueprints(stranger) == {}
    with pytest.raises(NotFound):
        saved_plans.remove_plan(user=stranger, pk=plan.pk)
    with pytest.raises(BadText):
        create_from_blueprint(
            user=stranger, host_name="Eve", blueprint=f"own-{plan.pk}", title="Mine", languages=["en"]
        )


def test_a_template_is_taken_away_and_put_back(world):
    user, plan = world.ada.participant.user, keep(world)
    saved_plans.remove_plan(user=user, pk=plan.pk)
    assert own_blueprints(user) == {}

    saved_plans.put_back_plan(user=user, pk=plan.pk)
    assert list(own_blueprints(user)) == [f"own-{plan.pk}"]


def test_a_workshop_without_a_meeting_has_nothing_to_keep(world):
    host = {"user": world.ada.participant.user, "host_name": "Ada"}
    bare = create_from_blueprint(blueprint="blank", title="Bare", languages=["en"], **host)
    ada = Actor(Participant.objects.select_related("workshop").get(workshop=bare))

    with pytest.raises(Refused, match="no meeting"):
        saved_plans.save_plan(workshop=bare, actor=ada, user=host["user"])


def test_forty_templates_are_enough(world):
    for _ in range(saved_plans.MOST):
        keep(world)

    with pytest.raises(Refused, match="40"):
        keep(world)


def test_pages_from_keeping_to_a_new_workshop(world, browser_of):
    ada = browser_of("Ada")
    kept = ada.post(f"/meetings/{world.session.pk}/template/", follow=True)
    assert "Kept as a template" in kept.content.decode()

    page = ada.get("/workshops/new/").content.decode()
    plan = SavedPlan.objects.get()
    assert "Your own templates" in page
    assert f"?template=own-{plan.pk}" in page

    start = ada.get(f"/workshops/new/?template=own-{plan.pk}").content.decode()
    assert 'value="Who are we?"' in start

    assert "is taken away" in ada.post(f"/templates/{plan.pk}/removal/", follow=True).content.decode()
    assert (
        "Your own templates" in ada.post(f"/templates/{plan.pk}/removal/", {"undo": "1"}, follow=True).content.decode()
    )
