"""What happened to what people said: told in bulk by hosts, seen by whoever said it, never without a reason."""

import uuid

import pytest
from django.urls import reverse

from eaa.models import Outcome, OutcomeKind
from eaa.operations.assets import keep_asset
from eaa.operations.evidence import Rests
from eaa.operations.outcomes import tell_outcomes
from eaa.operations.records import make_record
from eaa.queries.outcomes import became_of, places_of
from eaa.verbs import Verb
from sessions_app.errors import BadText, NotAllowed, NotFound, Refused
from sessions_app.models import Activity, Event
from sessions_app.operations import contributions
from sessions_app.policy import OUTSIDER
from tests.world import make_world


@pytest.fixture
def said(world):
    world.go_live()
    return [world.say("Ben", "A calm room."), world.say("Chidi", "Coffee."), world.say("Ben", "Bread.")]


def tell(world, cards, kind: str, who: str = "Ada", **more):
    ids = [card.pk for card in cards]
    return tell_outcomes(workshop=world.workshop, actor=world.people[who], contributions=ids, kind=kind, **more)


def test_many_are_told_at_once_and_the_last_telling_counts(world, said):
    tell(world, said, "parked", words="For spring.")
    tell(world, said[:1], "used", words="The room is calm now.", who="Sam")
    tell(world, said[:1], "used", words="The room is calm now.")  # nothing new

    assert {(row.contribution.body, row.kind) for row in Outcome.objects.all()} == {
        ("A calm room.", "used"),
        ("Coffee.", "parked"),
        ("Bread.", "parked"),
    }
    assert Event.objects.filter(verb=Verb.OUTCOME_TOLD).count() == 4


@pytest.mark.parametrize(
    ("who", "trouble"), [("Ben", NotAllowed), ("Hella", NotAllowed), ("Gil", NotAllowed), ("Rana", NotAllowed)]
)
def test_only_hosts_who_write_tell(world, said, who, trouble):
    with pytest.raises(trouble):
        tell(world, said, "parked", who=who)
    assert not Outcome.objects.exists()


def test_outsiders_tell_nothing(world, said):
    for stranger in (OUTSIDER, make_world("Another one", host="Olga").ada):
        with pytest.raises(NotFound):
            tell_outcomes(workshop=world.workshop, actor=stranger, contributions=[said[0].pk], kind="parked")


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"kind": "not_used"}, "words"),
        ({"kind": "used"}, "words"),
        ({"kind": "lost"}, "kind"),
        ({"kind": "parked", "words": "x" * 3000}, "words"),
    ],
)
def test_wrong_input_gets_a_sentence(world, said, sent, field):
    with pytest.raises(Refused) as told:
        tell(world, said, **sent)
    assert told.value.field == field
    assert not Outcome.objects.exists()


def test_words_that_are_not_there_are_not_told_of(world, said):
    contributions.withdraw_contribution(contribution=said[1], actor=world["Chidi"])
    for ids in ([said[0].pk, said[1].pk], [uuid.uuid4()], []):
        with pytest.raises(BadText) as told:
            tell_outcomes(workshop=world.workshop, actor=world.ada, contributions=ids, kind="parked")
        assert told.value.field == "card"
    assert not Outcome.objects.exists()


def test_a_place_that_nobody_may_know_of_is_not_named(world, said):
    asset = keep_asset(workshop=world.workshop, actor=world["Ben"], kind="skill", text="Bread")
    other = make_world("Another one", host="Olga")
    for place in (asset, world.steps[3], other.session):
        with pytest.raises(NotFound):
            tell(world, said, "used", place=place)


def test_whoever_said_it_sees_what_became_of_it(world, said):
    record = make_record(
        workshop=world.workshop, actor=world.ada, mechanism="documentation", text="Notes", rests=[Rests(said[0].pk)]
    )
    tell(world, said[1:], "not_used", words="We have no kitchen.")
    tell(world, said[:1], "used", place=world.session)

    bread, calm = became_of(world["Ben"].participant)

    assert (bread.outcome.kind, bread.outcome.words, bread.uses) == (OutcomeKind.NOT_USED, "We have no kitchen.", ())
    assert [use.name for use in calm.uses] == [record.title or "Notes"]
    assert [use.name for use in places_of(calm.outcome)] == [world.session.title]
    assert [len(became_of(world[name].participant)) for name in ("Chidi", "Sam")] == [1, 0]


def test_anonymous_words_have_an_outcome_too_and_no_teller_in_the_log(world):
    Activity.objects.filter(pk=world.steps[2].pk).update(identity="anonymous")
    world.go_live(step=2)
    secret = world.say("Ben", "Nobody knows.", 2)

    tell(world, [secret], "parked")

    assert [one.outcome.kind for one in became_of(world["Ben"].participant)] == ["parked"]
    assert became_of(world["Chidi"].participant) == []
    assert Event.objects.get(verb=Verb.OUTCOME_TOLD).actor is None


def test_it_stands_on_ones_own_card_in_the_thread(world, said, browser_of):
    tell(world, said[:1], "not_used", words="The house is listed.")
    tell(world, said[1:2], "used", words="There is coffee now.")
    address = reverse("thread", args=[said[0].dialogue_id])

    page = {name: browser_of(name).get(address).content.decode() for name in ("Ben", "Chidi", "Hella")}

    assert "<b>Not used</b>: <bdi>The house is listed.</bdi>" in page["Ben"]
    assert "There is coffee now." not in page["Ben"]
    assert "<b>Used</b>: <bdi>There is coffee now.</bdi>" in page["Chidi"]
    assert "The house is listed." not in page["Chidi"] + page["Hella"]
    contributions.withdraw_contribution(contribution=said[0], actor=world["Ben"])
    assert "The house is listed." not in browser_of("Ben").get(address).content.decode()


def test_a_place_says_it_where_no_words_do_and_never_a_secret_one(world, said, browser_of):
    notes = make_record(workshop=world.workshop, actor=world.ada, mechanism="documentation", text="x", title="Calm")
    tell(world, said[:1], "used", place=notes)
    address = reverse("thread", args=[said[0].dialogue_id])

    assert "<b>Used</b>: <bdi>Calm</bdi>" in browser_of("Ben").get(address).content.decode()
