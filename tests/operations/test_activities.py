"""The run sheet: steps are added, changed, moved and taken off."""

import pytest

from sessions_app.errors import BadText, NotAllowed, NotFound, Refused, TooLong
from sessions_app.models import Activity, Dialogue, Event
from sessions_app.operations import activities, workshops
from sessions_app.policy import OUTSIDER, Actor
from tests.together import kinds, together
from tests.world import make_world

OPERATIONS = {
    "plan": lambda world, actor: activities.plan_activity(
        workshop=world.workshop, actor=actor, session=world.session, kind="cards"
    ),
    "prepare a thread": lambda world, actor: activities.plan_activity(
        workshop=world.workshop, actor=actor, kind="cards"
    ),
    "change": lambda world, actor: activities.change_activity(activity=world.steps[0], actor=actor, minutes=3),
    "move": lambda world, actor: activities.move_activity(activity=world.steps[1], actor=actor, earlier=True),
    "remove": lambda world, actor: activities.remove_activity(activity=world.steps[1], actor=actor),
    "put back": lambda world, actor: activities.put_back_activity(activity=world.steps[1], actor=actor),
}


def plan(world, kind="open_dialogue", **more):
    return activities.plan_activity(workshop=world.workshop, actor=world.ada, session=world.session, kind=kind, **more)


def change(world, number=0, **fields):
    return activities.change_activity(activity=world.steps[number], actor=world.ada, **fields)


def last_event(world):
    return Event.objects.filter(workshop=world.workshop).latest("seq")


@pytest.mark.parametrize("operation", OPERATIONS)
def test_only_facilitators_plan(world, operation):
    other = make_world("Other", host="Olga")
    last = last_event(world).seq

    for actor, refusal in (
        (world["Sam"], NotAllowed),
        (world["Ben"], NotAllowed),
        (world["Rana"], NotFound),
        (other.ada, NotFound),
        (OUTSIDER, NotFound),
    ):
        with pytest.raises(refusal):
            OPERATIONS[operation](world, actor)

    assert last_event(world).seq == last


@pytest.mark.parametrize("operation", OPERATIONS)
def test_closed_workshop_plans_nothing(world, operation):
    workshops.close_workshop(workshop=world.workshop, actor=world.ada)
    ada = Actor(type(world.ada.participant).objects.get(pk=world.ada.participant.pk))

    with pytest.raises(NotAllowed):
        OPERATIONS[operation](world, ada)


def test_planned_step_has_what_its_kind_suggests(world):
    step = plan(world, "cards")

    assert (step.title, step.minutes, step.blind, step.position) == ("Cards", 15, True, 5)
    assert (step.stages, step.mechanisms) == (["alignment"], ["dialogue", "documentation"])
    assert Dialogue.objects.filter(activity=step).count() == 1
    assert (last_event(world).verb, last_event(world).data) == ("activity.planned", {"kind": "cards"})


def test_planned_step_takes_what_is_given(world):
    step = plan(world, title=" Our\n waiting room ", prompt="How \u202eis it?", minutes=7, identity="group", blind=True)

    assert (step.title, step.prompt, step.minutes) == ("Our waiting room", "How is it?", 7)
    assert (step.identity, step.blind) == ("group", True)


def test_longest_title_fits_its_column(world):
    assert len(plan(world, title="q\u0302" * 120).title) == 240


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"minutes": 0}, BadText),
        ({"minutes": 601}, BadText),
        ({"identity": "secret"}, BadText),
        ({"title": "x" * 121}, TooLong),
        ({"prompt": "\ud800"}, BadText),
    ],
)
def test_impossible_steps_are_refused(world, fields, refusal):
    with pytest.raises(refusal):
        plan(world, **fields)
    with pytest.raises(refusal):
        change(world, **fields)


def test_unknown_kind_is_refused(world):
    with pytest.raises(BadText):
        plan(world, "karaoke")


def test_unknown_tags_are_left_out(world):
    assert plan(world, stages=["alignment", "nonsense"], mechanisms=["nonsense"]).stages == ["alignment"]


def test_step_of_another_workshops_meeting_is_not_planned(world):
    other = make_world("Other", host="Olga")

    with pytest.raises(NotFound):
        activities.plan_activity(workshop=other.workshop, actor=world.ada, session=world.session, kind="cards")
    with pytest.raises(NotFound):
        activities.plan_activity(workshop=world.workshop, actor=world.ada, session=other.session, kind="cards")


def test_a_meeting_holds_sixty_steps(world):
    for _ in range(56):
        plan(world)

    with pytest.raises(Refused, match="60 steps"):
        plan(world)
    activities.remove_activity(activity=world.steps[0], actor=world.ada)
    plan(world)

    assert len(world.steps) == 60


@pytest.mark.django_db(transaction=True)
def test_the_sixtieth_step_is_planned_once(world):
    for _ in range(55):
        plan(world)

    results = together(*[lambda: plan(world)] * 3)

    assert kinds(results) == ["Activity", "Refused", "Refused"]
    assert [step.position for step in world.steps] == list(range(1, 61))


def test_change_tells_which_fields_and_never_what_they_say(world):
    change(world, title="New", minutes=world.steps[0].minutes, prompt="Other?")

    assert (world.steps[0].title, world.steps[0].prompt) == ("New", "Other?")
    assert (last_event(world).verb, last_event(world).data) == ("activity.changed", {"fields": ["prompt", "title"]})


def test_change_that_changes_nothing_records_nothing(world):
    last = last_event(world).seq

    change(world, minutes=world.steps[0].minutes)

    assert last_event(world).seq == last


def test_everything_may_change_before_a_step_opens(world):
    for identity in ("anonymous", "named", "group", "named"):
        assert change(world, identity=identity).identity == identity
    assert change(world, blind=True).blind is True


def test_move_swaps_neighbours_and_is_recorded(world):
    first, second, *rest = world.steps

    activities.move_activity(activity=first, actor=world.ada, earlier=False)

    assert world.steps == [second, first, *rest]
    assert [step.position for step in world.steps] == [1, 2, 3, 4]
    assert last_event(world).data == {"fields": ["position"]}


def test_move_at_the_edge_does_nothing(world):
    last, steps = last_event(world).seq, world.steps

    activities.move_activity(activity=steps[0], actor=world.ada, earlier=True)
    activities.move_activity(activity=steps[-1], actor=world.ada, earlier=False)

    assert (world.steps, last_event(world).seq) == (steps, last)


def test_removed_step_moves_nowhere(world):
    gone = activities.remove_activity(activity=world.steps[1], actor=world.ada)
    steps = world.steps

    activities.move_activity(activity=gone, actor=world.ada, earlier=True)

    assert world.steps == steps


@pytest.mark.django_db(transaction=True)
def test_moves_at_the_same_moment_lose_no_step(world):
    steps = world.steps

    together(
        *[
            lambda step=step: activities.move_activity(activity=step, actor=world.ada, earlier=True)
            for step in steps
            for _ in range(3)
        ]
    )

    assert sorted(step.pk for step in world.steps) == sorted(step.pk for step in steps)
    assert [step.position for step in world.steps] == [1, 2, 3, 4]


def test_removed_step_leaves_the_sheet_and_comes_back(world):
    step = world.steps[1]
    activities.remove_activity(activity=step, actor=world.ada)
    assert step not in world.steps
    assert (last_event(world).verb, last_event(world).data) == ("activity.removed", {"kind": "cards", "position": 2})

    activities.put_back_activity(activity=step, actor=world.ada)

    assert world.steps[1] == step


def test_removing_and_putting_back_twice_are_one_event_each(world):
    step, last = world.steps[1], last_event(world).seq
    for operation in (activities.remove_activity, activities.put_back_activity):
        for _ in range(2):
            operation(activity=Activity.objects.get(pk=step.pk), actor=world.ada)

    assert list(Event.objects.filter(seq__gt=last, workshop=world.workshop).values_list("verb", flat=True)) == [
        "activity.removed",
        "activity.planned",
    ]


def test_step_that_was_on_stays(world):
    world.go_live(1)

    for number in (0, 1):
        with pytest.raises(NotAllowed, match="stays"):
            activities.remove_activity(activity=world.steps[number], actor=world.ada)

    assert len(world.steps) == 4


def test_the_two_lanes_of_a_step_are_for_the_run_sheet_only(world, browser_of):
    change(world, hall="Two tables of four.", online="Two groups of five.")
    world.go_live()

    sheet = browser_of("Ada").get(f"/meetings/{world.session.pk}/").content.decode()
    room = browser_of("Ben").get(f"/meetings/{world.session.pk}/room/").content.decode()

    assert all(words in sheet for words in ("Two tables of four.", "Two groups of five."))
    assert "Two tables" not in room
