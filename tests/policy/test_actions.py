"""policy.can() for every action, role and state of the workshop, against the table in rights.py."""

import itertools

import pytest

from sessions_app import clock, policy
from sessions_app.models import Activity, Contribution, Group, Membership, Participant
from sessions_app.operations import workshops
from sessions_app.policy import OUTSIDER, Actor, can
from tests.policy import record_rights, rights

pytestmark = pytest.mark.django_db


def actor(person) -> Actor:
    return Actor(Participant.objects.select_related("workshop").get(pk=person.pk))


def thing(world, action: str, owner):
    """What ACTION is done to; where it can belong to somebody, to OWNER."""
    noun = action.split(".")[0]
    if noun == "contribution":
        return Contribution(dialogue=world.dialogue(0), author=owner)
    if noun == "group":
        return table_for(world, owner)
    if noun in {"eaa", "record", "agreement"}:
        return record_rights.thing(world, noun, owner)
    things = {"workshop": world.workshop, "session": world.session, "activity": world.steps[0]}
    return {**things, "dialogue": world.dialogue(0), "people": owner, "me": owner}[noun]


def table_for(world, owner) -> Group:
    """A small group in which OWNER sits and takes the notes, and nobody else."""
    step = Activity.objects.get(workshop=world.workshop, kind="small_groups")
    Membership.objects.filter(activity=step, participant=owner).delete()
    number = step.groups.count() + 1
    group = Group.objects.create(activity=step, number=number, note_taker=owner)
    Membership.objects.create(activity=step, group=group, participant=owner, since=clock.now())
    return group


def allowed(answer: str, *, is_closed: bool, is_own: bool) -> bool:
    return {
        "-": False,
        "always": True,
        "open": not is_closed,
        "own": is_own and not is_closed,
        "self": is_own,
    }[answer]


def test_every_action_is_in_the_table():
    assert list(rights.actions()) == list(policy.ACTIONS)


def test_every_action_has_something_to_be_seen_first():
    """A refusal may say more than "not found" only to those who may see; so each noun says who that is."""
    assert {action.split(".")[0] for action in policy.ACTIONS} == set(policy.SEES)
    assert set(policy.SEES.values()) <= set(policy.ACTIONS)


@pytest.mark.parametrize("is_closed", [False, True])
def test_everybody_may_what_the_table_says(cast, is_closed):
    world, wrong = cast.world, []
    if is_closed:
        workshops.close_workshop(workshop=world.workshop, actor=world.ada)
    chidi = world["Chidi"].participant
    for action, answers in rights.actions().items():
        for (role, answer), is_own in itertools.product(answers.items(), (True, False)):
            who = actor(cast.people[role])
            may = can(who, action, thing(world, action, who.participant if is_own else chidi))
            if may != allowed(answer, is_closed=is_closed, is_own=is_own):
                wrong.append(f"{action} by {role} (own: {is_own}): {may}")
    assert wrong == []


def test_nobody_may_anything_elsewhere(cast):
    """Neither somebody without a seat, nor the facilitator of another workshop."""
    strangers = (OUTSIDER, cast.other.ada)
    world = cast.world
    chidi = world["Chidi"].participant

    assert [
        (action, stranger)
        for action, stranger in itertools.product(policy.ACTIONS, strangers)
        if can(stranger, action, thing(world, action, chidi))
    ] == []


def test_who_may_act_may_see(cast):
    """Whatever somebody may do to a thing, they may also see it."""
    blind = [
        f"{action} by {role}"
        for action, answers in rights.actions().items()
        for role, answer in answers.items()
        if answer != "-" and rights.actions()[policy.SEES[action.split(".")[0]]][role] == "-"
    ]

    assert blind == []


@pytest.mark.parametrize("roles", [[], ["Facilitator"], ["false"], ["admin"], ["0"], ["facilitator "]])
def test_a_role_that_is_no_role_gives_nothing(cast, roles):
    person = actor(cast.people["guest"])
    person.participant.roles = roles

    held = person.roles & {"facilitator", "scribe", "helper", "researcher", "participant"}
    assert held == set()
    assert [
        action for action in policy.ACTIONS if can(person, action, thing(cast.world, action, cast.people["part"]))
    ] in (
        [],
        ["workshop.see"],
    )


def test_a_step_to_come_is_seen_by_the_facilitator_only(cast):
    to_come = cast.world.dialogue(2)
    seen_by = {role for role, person in cast.people.items() if can(actor(person), "dialogue.see", to_come)}

    assert seen_by == {"faci"}
