"""What each of us brings belongs to whoever brings it: shown, hidden and taken back by them alone."""

import pytest

from eaa.models import Evidence, Record, RecordVersion, Shown
from eaa.operations.assets import keep_asset, show_asset
from eaa.operations.records import revise_record
from sessions_app.errors import BadText, NotAllowed, NotFound
from sessions_app.operations.participants import NeedsName
from sessions_app.policy import OUTSIDER, can
from tests.world import make_world


@pytest.fixture
def bread(world):
    return keep_asset(workshop=world.workshop, actor=world["Ben"], kind="skill", text="I bake bread.")


def test_its_owner_may_everything_and_nobody_else_anything(world, bread):
    for name in ("Ada", "Sam", "Hella", "Chidi", "Gil"):
        with pytest.raises(NotAllowed):
            show_asset(record=bread, actor=world.people[name], shown=Shown.HIDDEN)
        with pytest.raises(NotAllowed):
            revise_record(record=bread, actor=world.people[name], head=1, text="Mine")
    for stranger in (OUTSIDER, world["Rana"], make_world("Another one", host="Olga").ada):
        with pytest.raises(NotFound):
            show_asset(record=bread, actor=stranger, shown=Shown.HIDDEN)

    revise_record(record=bread, actor=world["Ben"], head=1, text="I bake bread on Thursdays.")
    show_asset(record=bread, actor=world["Ben"], shown=Shown.HIDDEN)

    seen_by = [name for name in world.people if can(world.people[name], "record.see", bread)]
    assert seen_by == ["Ben"]


def test_what_is_hidden_does_not_exist_for_others(world, bread):
    show_asset(record=bread, actor=world["Ben"], shown=Shown.HIDDEN)
    with pytest.raises(NotFound):
        show_asset(record=bread, actor=world.ada, shown=Shown.SHOWN)

    show_asset(record=bread, actor=world["Ben"], shown=Shown.SHOWN)

    assert can(world.ada, "record.see", bread)


def test_what_is_taken_back_is_gone_for_good(world):
    world.go_live()
    card = world.say("Ben", "I bake bread.")
    bread = keep_asset(workshop=world.workshop, actor=world["Ben"], kind="skill", text="Bread.", contribution=card)
    revise_record(record=bread, actor=world["Ben"], head=1, text="Rye bread.", because="More exact")

    show_asset(record=bread, actor=world["Ben"], shown=Shown.WITHDRAWN)
    show_asset(record=bread, actor=world["Ben"], shown=Shown.SHOWN)

    assert Record.objects.get().shown == Shown.WITHDRAWN
    assert set(RecordVersion.objects.values_list("text", "because")) == {("", "")}
    assert not Evidence.objects.exists()


def test_nobody_puts_the_cards_of_others_into_a_list(world):
    world.go_live()
    card = world.say("Chidi", "I bake bread.")
    with pytest.raises(NotAllowed):
        keep_asset(workshop=world.workshop, actor=world["Ben"], kind="skill", text="Bread", contribution=card)


@pytest.mark.parametrize(
    ("who", "sent", "trouble"),
    [
        ("Rana", {}, NotAllowed),
        ("Gil", {}, NeedsName),
        ("Ben", {"kind": "dragon"}, BadText),
        ("Ben", {"text": " "}, BadText),
    ],
)
def test_who_may_not_and_what_is_wrong(world, who, sent, trouble):
    given = {"kind": "skill", "text": "Bread", **sent}
    with pytest.raises(trouble):
        keep_asset(workshop=world.workshop, actor=world.people[who], **given)
    assert not Record.objects.exists()


def test_only_what_somebody_brings_is_shown_and_hidden(world, bread):
    with pytest.raises(BadText):
        show_asset(record=bread, actor=world["Ben"], shown="loud")
