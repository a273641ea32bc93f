"""A scribe's lines become cards, each once, and nothing that was written is lost."""

import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions_app.errors import BadText, Closed, NotAllowed, NotFound, Refused, Stale
from sessions_app.models import Contribution, Identity
from sessions_app.operations import contributions, participants, scribing
from sessions_app.policy import OUTSIDER, can
from sessions_app.queries.timeline import timeline
from sessions_app.verification import verify
from tests.world import make_world

FORM = uuid.UUID("5c71be00-0000-4000-8000-000000000001")
LINE = st.text(st.characters(blacklist_characters="\n\r", blacklist_categories=("Cs",)))


@given(st.lists(LINE, max_size=30), st.sampled_from(["\n", "\r\n", "\r"]))
def test_every_line_with_something_in_it_is_one_card_in_order(lines, end):
    found = scribing.lines_of(end.join(lines), FORM)

    assert [line.words for line in found] == [line.strip() for line in lines if line.strip()]
    assert len({line.client_id for line in found}) == len(found)
    assert all(lines[line.number - 1].strip() == line.words for line in found)
    assert scribing.lines_of(end.join(lines), FORM) == found


def write(world, text, who="Sam", **more):
    given = {"form_id": FORM, "dialogue_id": world.dialogue(0).pk, **more}
    return scribing.write_lines(session=world.session, actor=world[who], text=text, **given)


def bodies():
    return list(Contribution.objects.order_by("seq").values_list("body", flat=True))


def test_lines_without_a_name_are_from_the_room(world):
    world.go_live()

    written = write(world, "By bus.\n\nOn foot.\nBy bus.\n")

    said = Contribution.objects.order_by("seq").first()
    assert (written.count, bodies()) == (3, ["By bus.", "On foot.", "By bus."])
    assert (said.author, said.recorded_by, said.via, said.place) == (None, world["Sam"].participant, "scribe", "hall")
    shown = timeline(world.dialogue(0))[0]
    assert (shown.who, shown.road_words) == ("From the room", "Sam wrote this down.")
    assert list(verify(world.workshop.slug)) == []


def test_lines_for_a_person_are_theirs(world):
    world.go_live()

    write(world, "By bus.", author=world["Ben"].participant)

    said = Contribution.objects.get()
    assert (said.author, said.recorded_by) == (world["Ben"].participant, world["Sam"].participant)


def test_sent_twice_makes_no_doubles(world):
    world.go_live()

    for _time in range(2):
        assert write(world, "By bus.\nBy bus.").count == 2

    assert bodies() == ["By bus.", "By bus."]


def test_a_line_too_long_is_left_and_told_the_others_are_posted(world):
    world.go_live()

    written = write(world, "One\n" + "x" * 5000 + "\nThree")

    assert (written.count, bodies()) == (2, ["One", "Three"])
    assert [(line.number, len(line.words)) for line, why in written.left] == [(2, 5000)]


@pytest.mark.parametrize(("text", "why"), [("\n".join("x" * 201), Refused), (" \n\n", BadText)])
def test_too_many_lines_or_none_are_refused_whole(world, text, why):
    world.go_live()

    with pytest.raises(why):
        write(world, text)

    assert bodies() == []


def test_two_hundred_lines_are_taken(world):
    world.go_live()

    assert write(world, "\n".join("x" * 200)).count == 200


def test_lines_wait_while_no_step_is_on_or_another_one(world):
    with pytest.raises(Closed):
        write(world, "Early")
    world.go_live(1)
    with pytest.raises(Stale):
        write(world, "Meant for the first question")

    assert bodies() == []


def test_person_who_left_gets_no_words(world):
    world.go_live()
    gone = participants.remove(person=world["Chidi"].participant, actor=world.ada)

    with pytest.raises(Refused, match="not in this workshop"):
        write(world, "Late", author=gone)

    assert bodies() == []


@pytest.mark.parametrize("who", ["Ben", "Hella"])
def test_only_scribes_and_facilitators_write_lines(world, who):
    world.go_live()

    with pytest.raises(NotAllowed):
        write(world, "Mine", who=who)
    with pytest.raises(NotAllowed):
        world.say(who, "Mine", unnamed=True)
    other = make_world("Other", host="Olga")
    with pytest.raises(NotFound):
        scribing.write_lines(
            session=world.session, actor=other.ada, text="x", form_id=FORM, dialogue_id=world.dialogue(0).pk
        )
    assert write(world, "By the host", who="Ada").count == 1


def test_who_typed_it_may_change_it_and_take_it_back_nobody_else(world):
    world.go_live()
    write(world, "By buss.")
    said = Contribution.objects.get()

    for who in ("Ben", "Ada", "Hella"):
        assert not can(world[who], "contribution.change", said)
        with pytest.raises(NotAllowed):
            contributions.revise_contribution(contribution=said, actor=world[who], body="Mine now")
    assert not can(OUTSIDER, "contribution.change", said)
    contributions.revise_contribution(contribution=said, actor=world["Sam"], body="By bus.")
    assert bodies() == ["By bus."]
    contributions.withdraw_contribution(contribution=said, actor=world["Sam"])
    assert bodies() == [""]


def test_face_down_lines_are_seen_by_who_typed_them_alone(world):
    world.go_live(1)
    write(world, "Hidden", dialogue_id=world.dialogue(1).pk)
    said = Contribution.objects.get()

    assert can(world["Sam"], "contribution.see", said)
    assert not can(world["Ben"], "contribution.see", said)
    assert [one.is_mine for one in timeline(world.dialogue(1), viewer=world["Sam"].participant)] == [True]
    assert timeline(world.dialogue(1), viewer=world["Ben"].participant) == []


@pytest.mark.parametrize("identity", [Identity.GROUP, Identity.ANONYMOUS])
def test_where_nobody_is_named_the_room_is_not_told_either(world, identity):
    type(world.steps[0]).objects.filter(pk=world.steps[0].pk).update(identity=identity)
    world.go_live()

    write(world, "Quietly")

    (said,) = timeline(world.dialogue(0), viewer=world["Ben"].participant)
    assert (said.who, said.place, said.road_words) == ("Someone", "", "")
    assert (said.contribution.recorded_by is None) == (identity == Identity.ANONYMOUS)
    assert list(verify(world.workshop.slug)) == []


def test_lines_that_a_step_cut_off_are_left(world, monkeypatch):
    world.go_live()
    post = scribing.post_contribution

    def posting(**given):
        if given["body"] == "Two":
            raise Closed
        return post(**given)

    monkeypatch.setattr(scribing, "post_contribution", posting)
    written = write(world, "One\nTwo\nThree")

    assert (written.count, [line.words for line, why in written.left]) == (1, ["Two", "Three"])
