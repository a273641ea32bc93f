"""A workshop is created, changed and closed by its facilitators."""

import pytest

from sessions_app.errors import BadText, NotAllowed, NotFound, TooLong
from sessions_app.models import Event, Participant, ResearchNotice, Workshop
from sessions_app.operations import workshops
from sessions_app.policy import OUTSIDER, Actor
from tests.together import kinds, together
from tests.world import make_user, make_world


def create(title="Calmer visits", **more):
    return workshops.create_workshop(
        user=make_user("bea"), host_name="Bea", title=title, **{"languages": ["en"], **more}
    )


def last_event(world):
    return Event.objects.filter(workshop=world.workshop).latest("seq")


def test_new_workshop_has_its_founder_a_code_and_a_question_about_research(db):
    workshop = create()

    workshop.refresh_from_db()
    founder = Participant.objects.get(workshop=workshop)
    assert (founder.name, founder.roles, founder.user.username) == ("Bea", ["facilitator"], "bea")
    assert (workshop.slug, len(workshop.code), workshop.head_seq) == ("calmer-visits", 8, 2)
    assert ResearchNotice.objects.get(workshop=workshop).version == 1
    assert list(workshop.events.order_by("seq").values_list("verb", flat=True)) == [
        "participant.joined",
        "workshop.created",
    ]


def test_same_title_gets_another_address(db):
    workshops_made = [
        workshops.create_workshop(user=None, host_name="Bea", title="Calm Café!", languages=["en"]) for _ in range(3)
    ]

    assert [workshop.slug for workshop in workshops_made] == ["calm-cafe", "calm-cafe-2", "calm-cafe-3"]


@pytest.mark.parametrize("title", ["!!!", "\u0645\u0631\u062d\u0628\u0627", "\U0001f600"])
def test_title_without_latin_letters_gets_an_address(db, title):
    assert create(title).slug == "workshop"


@pytest.mark.django_db(transaction=True)
def test_pressing_create_twice_at_once_fails_nobody():
    def press():
        return workshops.create_workshop(user=None, host_name="Bea", title="Calm", languages=["en"])

    results = together(*[press] * 4)

    assert kinds(results) == ["Workshop"] * 4
    assert len({workshop.slug for workshop in results}) == 4


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"title": ""}, BadText),
        ({"title": "x" * 121}, TooLong),
        ({"time_zone": "Mars/Olympus"}, BadText),
        ({"purpose": "x" * 2001}, TooLong),
        ({"lead": "\ud800"}, BadText),
    ],
)
def test_impossible_workshops_are_refused(world, fields, refusal):
    with pytest.raises(refusal):
        workshops.change_workshop(workshop=world.workshop, actor=world.ada, **fields)
    with pytest.raises(refusal):
        create(**{"title": "Fine", **fields})

    assert Workshop.objects.count() == 1


def test_unknown_field_is_a_mistake_of_ours(world):
    with pytest.raises(TypeError):
        workshops.change_workshop(workshop=world.workshop, actor=world.ada, head_seq=0)


def test_change_tells_which_fields_and_never_what_they_say(world):
    workshops.change_workshop(workshop=world.workshop, actor=world.ada, title="New", lead="Why\u202e not")

    assert (world.workshop.title, world.workshop.lead) == ("New", "Why not")
    assert (last_event(world).verb, last_event(world).data) == ("workshop.changed", {"fields": ["lead", "title"]})


def test_change_that_changes_nothing_records_nothing(world):
    last = last_event(world).seq

    workshops.change_workshop(workshop=world.workshop, actor=world.ada, title=world.workshop.title)

    assert last_event(world).seq == last


def test_longest_lines_fit_their_columns(world):
    fields = {name: "q\u0302" * limit for name, limit in workshops.LINES.items()}

    workshops.change_workshop(workshop=world.workshop, actor=world.ada, **fields)

    assert len(Workshop.objects.get(pk=world.workshop.pk).lead) == 600


@pytest.mark.parametrize("operation", ["change", "close"])
def test_only_facilitators_change_and_close(world, operation):
    stranger = make_world("Other", host="Olga").ada

    for actor, refusal in (
        (world["Sam"], NotAllowed),
        (world["Ben"], NotAllowed),
        (world["Rana"], NotAllowed),
        (stranger, NotFound),
        (OUTSIDER, NotFound),
    ):
        with pytest.raises(refusal):
            act(operation, world, actor)

    assert Workshop.objects.get(pk=world.workshop.pk).closed_at is None


def test_closed_workshop_is_changed_by_nobody(world):
    workshops.close_workshop(workshop=world.workshop, actor=world.ada)
    ada = Actor(Participant.objects.select_related("workshop").get(pk=world.ada.participant.pk))

    for operation in ("change", "close"):
        with pytest.raises(NotAllowed):
            act(operation, world, ada)


def test_pressing_close_twice_is_one_event(world):
    """The second press comes with a page, and so an actor, from before."""
    stale = Actor(Participant.objects.select_related("workshop").get(pk=world.ada.participant.pk))
    for actor in (world.ada, stale):
        workshops.close_workshop(workshop=Workshop.objects.get(pk=world.workshop.pk), actor=actor)

    assert Event.objects.filter(verb="workshop.closed").count() == 1


def act(operation, world, actor):
    if operation == "change":
        return workshops.change_workshop(workshop=world.workshop, actor=actor, title="Mine")
    return workshops.close_workshop(workshop=world.workshop, actor=actor)
