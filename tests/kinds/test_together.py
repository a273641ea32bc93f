"""1-2-4-All: pairs and fours are named from those who are there, and cards are carried on from round to round."""

import uuid
from types import SimpleNamespace

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from sessions_app.circles import circles_of
from sessions_app.errors import BadText, NotAllowed, NotFound, Refused
from sessions_app.models import Contribution, Event
from sessions_app.operations import activities, participants, running
from sessions_app.operations.carrying_on import carry_on
from sessions_app.operations.circles import name_circles
from sessions_app.policy import OUTSIDER
from sessions_app.queries.rooms import room_view
from sessions_app.verification import verify
from tests.world import add

PEOPLE = ("Ben", "Chidi", "Eva", "Finn", "Gro")


@pytest.fixture
def rounds(world):
    """A quiet minute, pairs, fours, all; and five people, of whom Eva and Finn are in the hall."""
    for name in PEOPLE[2:]:
        add(world, name)
    for name in ("Eva", "Finn"):
        participants.move(person=world[name].participant, actor=world[name], place="hall")
        world.refresh(name)
    planned = [("quiet_minute", {}), *(("together", {"size": size}) for size in ("2", "4", "all"))]
    for number, (kind, options) in enumerate(planned, start=1):
        step = activities.plan_activity(
            workshop=world.workshop, actor=world.ada, session=world.session, kind=kind, options=options, prompt="What?"
        )
        while step.position > number:
            step = activities.move_activity(activity=step, actor=world.ada, earlier=True)
    world.go_live()
    return world


def here(world, *names: str) -> set[int]:
    return {world[name].participant.pk for name in names}


def on(world, step: int) -> None:
    while world.session.current_activity_id != world.steps[step].pk:
        running.next_step(session=world.session, actor=world.ada)
        world.session.refresh_from_db()


def names(world) -> list[list[str]]:
    return [circle.names for circle in room_view(world.session).circles]


@pytest.mark.django_db
def test_pairs_are_named_by_place_and_nobody_is_alone(rounds):
    on(rounds, 1)
    name_circles(session=rounds.session, actor=rounds.ada, here=here(rounds, "Ben", "Chidi", "Gro", "Ada", "Sam"))

    assert names(rounds) == [["Ben", "Chidi", "Gro"], ["Eva", "Finn"]]  # the hall holds no screen, hosts lead
    event = Event.objects.get(verb="activity.circles_named")
    assert event.data == {"sizes": [3, 2]}
    assert list(verify(rounds.workshop.slug)) == []


@pytest.mark.django_db
def test_fours_are_made_of_pairs(rounds):
    on(rounds, 1)
    name_circles(session=rounds.session, actor=rounds.ada, here=here(rounds, "Ben", "Chidi"))
    on(rounds, 2)
    activities.change_activity(activity=rounds.steps[2], actor=rounds.ada, options={"size": "4", "who": "mixed"})
    name_circles(session=rounds.session, actor=rounds.ada, here=here(rounds, "Ben", "Chidi"))

    assert names(rounds) == [["Ben", "Chidi", "Eva", "Finn"]]


@pytest.mark.django_db
def test_who_comes_later_does_not_change_who_sits_together_until_the_host_says_so(rounds):
    on(rounds, 1)
    name_circles(session=rounds.session, actor=rounds.ada, here=here(rounds, "Ben", "Chidi"))
    before = names(rounds)
    everybody = here(rounds, "Ben", "Chidi", "Gro")

    assert name_circles(session=rounds.session, actor=rounds.ada, here=everybody, anew=False) is None
    assert names(rounds) == before
    name_circles(session=rounds.session, actor=rounds.ada, here=everybody)
    assert names(rounds) != before


@pytest.mark.django_db
def test_only_facilitators_name_them_and_only_where_there_are_any(rounds):
    with pytest.raises(Refused, match="all work together"):
        name_circles(session=rounds.session, actor=rounds.ada, here=set())
    on(rounds, 1)
    for who in ("Ben", "Sam", "Hella"):
        with pytest.raises(NotAllowed):
            name_circles(session=rounds.session, actor=rounds[who], here=set())
    with pytest.raises(NotFound):
        name_circles(session=rounds.session, actor=OUTSIDER, here=set())
    on(rounds, 3)
    assert name_circles(session=rounds.session, actor=rounds.ada, here=here(rounds, "Ben"), anew=False) is None


def carry(world, who: str, cards, body: str = "", step: int = 1, **more):
    given = {"client_id": uuid.uuid4(), "via": "room", **more}
    return carry_on(dialogue=world.dialogue(step), actor=world[who], cards=cards, body=body, **given).contribution


@pytest.mark.django_db
def test_a_card_is_carried_on_with_its_words_and_several_become_one(rounds):
    one, two = (rounds.say(who, words) for who, words in (("Ben", "A bench"), ("Chidi", "A chair")))
    on(rounds, 1)

    alone = carry(rounds, "Ben", [str(one.pk)])
    merged = carry(rounds, "Chidi", [str(one.pk), str(two.pk)], "Somewhere to sit")

    assert (alone.body, alone.parts, merged.body, merged.parts) == ("A bench", 1, "Somewhere to sit", 2)
    assert set(merged.builds_on.all()) == {one, two}
    event = Event.objects.filter(verb="contribution.carried_on").last()
    assert set(event.data["cards"]) == {str(one.pk), str(two.pk)}
    assert list(verify(rounds.workshop.slug)) == []
    on(rounds, 2)
    assert [card.words for card in room_view(rounds.session).cards] == ["A bench", "Somewhere to sit"]


@pytest.mark.django_db
def test_the_same_press_twice_is_one_card(rounds):
    card, client_id = rounds.say("Ben", "A bench"), uuid.uuid4()
    on(rounds, 1)

    for _ in range(2):
        carry(rounds, "Ben", [str(card.pk)], client_id=client_id)

    assert Contribution.objects.filter(dialogue=rounds.dialogue(1)).count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("cards", "body", "words"),
    [(0, "", "Choose first"), (2, " ", "in one sentence"), (3, "All", "not there any more")],
)
def test_what_cannot_be_carried_is_told(rounds, cards, body, words):
    said = [str(rounds.say("Ben", text).pk) for text in ("A bench", "A chair")] + [str(uuid.uuid4())]
    on(rounds, 1)

    with pytest.raises(BadText, match=words):
        carry(rounds, "Ben", said[:cards], body)


@pytest.mark.django_db
def test_elsewhere_nothing_is_carried_and_outsiders_carry_nothing(rounds):
    card = rounds.say("Ben", "A bench")
    with pytest.raises(NotAllowed):
        carry(rounds, "Ben", [str(card.pk)], step=0)
    on(rounds, 1)
    with pytest.raises(NotFound):
        carry_on(dialogue=rounds.dialogue(1), actor=OUTSIDER, cards=[str(card.pk)], client_id=uuid.uuid4(), via="room")


@pytest.mark.django_db
def test_the_page_carries_without_script_and_keeps_what_was_refused(rounds, browser_of):
    said = [rounds.say("Ben", text) for text in ("A bench", "A chair")]
    on(rounds, 1)
    ben, address = browser_of("Ben"), f"/dialogues/{rounds.dialogue(1).pk}/carry/"

    assert "A bench" in ben.get(address).content.decode()
    sent = {"client_id": str(uuid.uuid4()), "cards": [str(card.pk) for card in said], "view": "room"}
    refused = ben.post(address, sent)
    assert (refused.status_code, refused.content.decode().count("checked")) == (422, 2)
    assert ben.post(address, {**sent, "body": "Somewhere to sit"}).status_code == 302
    room = browser_of("Chidi").get(f"/meetings/{rounds.session.pk}/room/").content.decode()
    assert "Somewhere to sit" in room
    assert "Carried on from 2 cards." in room
    assert browser_of("Rana").get(address).status_code == 404


@pytest.mark.django_db
def test_a_note_is_promised_to_nobody_else(rounds):
    view = room_view(rounds.session)

    assert "Only you see your note" in view.promise
    assert view.send_words == "Share it as a card"
    on(rounds, 1)
    assert room_view(rounds.session).note_from == str(rounds.dialogue(0).pk)


@drawn(st.lists(st.sampled_from(["hall", "remote", "phone"]), max_size=40), st.sampled_from([2, 4]), st.booleans())
def test_everybody_is_in_one_circle_and_nobody_alone(places, size, mixed):
    people = [SimpleNamespace(pk=number, usual_place=place) for number, place in enumerate(places)]

    circles = circles_of(people, size, mixed=mixed)

    assert sorted(pk for circle in circles for pk in circle) == list(range(len(places)))
    if len(places) > 1:
        assert min(map(len, circles)) > 1
    assert all(len(circle) <= size + 1 for circle in circles)
    assert circles == circles_of(people, size, mixed=mixed)
    again = circles_of(people, 4, mixed=True, before=circles_of(people, 2, mixed=mixed))
    assert sorted(pk for circle in again for pk in circle) == list(range(len(places)))
