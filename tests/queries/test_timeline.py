"""What was said, as each may see it: names by level, gaps, face-down words, pages."""

import uuid

import pytest

from sessions_app.models import Dialogue
from sessions_app.operations import activities, running
from sessions_app.operations.contributions import revise_contribution, withdraw_contribution
from sessions_app.queries.timeline import said_by_ids, timeline


def dialogue(world, number=0):
    return Dialogue.objects.select_related("activity__workshop", "activity__session").get(activity=world.steps[number])


def promise(world, identity, number=0, **more):
    activities.change_activity(activity=world.steps[number], actor=world.ada, identity=identity, **more)


def see(world, who=None, number=0, **more):
    viewer = world[who].participant if who else None
    is_facilitator = bool(who) and world[who].is_facilitator
    return timeline(dialogue(world, number), viewer=viewer, is_facilitator=is_facilitator, **more)


@pytest.mark.parametrize(
    ("identity", "viewer", "who", "initials", "place"),
    [
        ("named", "Chidi", "Ben", "B", "hall"),
        ("named", "Ada", "Ben", "B", "hall"),
        ("named", None, "Ben", "B", "hall"),
        ("group", "Chidi", "Someone", "?", ""),
        ("group", "Sam", "Someone", "?", ""),
        ("group", None, "Someone", "?", ""),
        ("group", "Ada", "Ben", "B", "hall"),
        ("anonymous", "Chidi", "Someone", "?", ""),
        ("anonymous", "Ada", "Someone", "?", ""),
    ],
)
def test_names_are_shown_as_was_promised(world, identity, viewer, who, initials, place):
    promise(world, identity)
    world.go_live()
    world.say("Ben", "Words", place="hall")

    (said,) = see(world, viewer)

    assert (said.who, said.initials, said.place, said.is_mine) == (who, initials, place, False)


@pytest.mark.parametrize("identity", ["named", "group", "anonymous"])
def test_ones_own_words_are_ones_own(world, identity):
    promise(world, identity)
    world.go_live()
    world.say("Ben", "Words")

    assert [said.is_mine for said in see(world, "Ben")] == [True]


@pytest.mark.parametrize("identity", ["group", "anonymous"])
def test_answers_name_nobody_who_was_promised_not_to_be(world, identity):
    promise(world, identity)
    world.go_live()
    first = world.say("Ben", "First")
    world.say("Chidi", "Second", reply_to=first.pk)

    assert [said.answers for said in see(world, "Sam")] == ["", "someone"]


def test_scribe_is_named_only_where_names_are_shown(world):
    promise(world, "group", 2)
    world.go_live()
    world.say("Sam", "Spoken", via="scribe", author=world["Ben"].participant)
    world.say("Sam", "On paper", via="paper", author=world["Ben"].participant)
    running.next_step(session=world.session, actor=world.ada)
    running.next_step(session=world.session, actor=world.ada)
    world.say("Sam", "Spoken", 2, via="scribe", author=world["Ben"].participant)

    assert [said.road_words for said in see(world, "Chidi")] == [
        "Sam wrote this down.",
        "Written on paper. Sam typed it.",
    ]
    assert [said.road_words for said in see(world, "Chidi", 2)] == [""]
    assert [said.road_words for said in see(world, "Ada", 2)] == ["Sam wrote this down."]


@pytest.mark.parametrize("identity", ["named", "group", "anonymous"])
def test_face_down_words_are_seen_by_their_author_alone(world, identity):
    promise(world, identity, 1)
    world.go_live(1)
    said = {name: world.say(name, f"Words of {name}", 1) for name in ("Ben", "Chidi")}

    for name in ("Ben", "Chidi"):
        assert [seen.contribution for seen in see(world, name, 1)] == [said[name]]
    for name in ("Ada", "Sam", "Gil", None):
        assert see(world, name, 1) == []
    ids = [row.pk for row in said.values()]
    assert said_by_ids(dialogue(world, 1), ids, is_facilitator=True) == []


def test_turned_over_words_are_seen_by_all_in_order(world):
    world.go_live(1)
    said = [world.say(name, f"Words of {name}", 1) for name in ("Ben", "Chidi", "Ben")]
    running.reveal(session=world.session, actor=world.ada)

    assert [seen.contribution for seen in see(world, "Gil", 1)] == said


def test_taken_back_words_leave_a_gap(world):
    world.go_live()
    first, _second = world.say("Ben", "First"), world.say("Chidi", "Second")
    world.say("Sam", "Third", reply_to=first.pk)
    withdraw_contribution(contribution=first, actor=world["Ben"])

    gap, second, third = see(world, "Chidi")
    assert (gap.contribution.body, gap.who, gap.can_change) == ("", "Someone", False)
    assert (second.who, third.answers) == ("Chidi", "someone")


def test_what_is_new_is_marked_since_the_last_visit(world):
    world.go_live()
    first = world.say("Chidi", "First")
    world.say("Chidi", "Second")
    world.say("Ben", "Third")

    assert [said.is_new for said in see(world, "Ben", seen_through=first.seq)] == [False, True, False]
    assert [said.is_new for said in see(world, "Ben")] == [False] * 3


def test_pages_go_back_in_time_without_gap_or_double(world):
    world.go_live()
    said = [world.say("Ben", f"Thought {number}") for number in range(7)]

    last = see(world, limit=3)
    before = see(world, limit=3, before=last[0].seq)
    first = see(world, limit=3, before=before[0].seq)

    assert [seen.contribution for seen in first + before + last] == said


def test_ids_of_another_dialogue_are_left_out(world):
    world.go_live()
    first = world.say("Ben", "First")
    running.next_step(session=world.session, actor=world.ada)

    assert said_by_ids(dialogue(world, 2), [first.pk, uuid.uuid4(), None]) == []


@pytest.mark.parametrize("item_count", [1, 3])
@pytest.mark.parametrize(("identity", "queries"), [("named", 1), ("anonymous", 2)])
def test_a_page_takes_as_many_queries_for_one_as_for_many(
    world, item_count, identity, queries, django_assert_num_queries
):
    promise(world, identity)
    world.go_live()
    for number in range(item_count):
        said = world.say("Ben", f"Thought {number}")
        revise_contribution(contribution=said, actor=world["Ben"], body=f"Changed {number}")
        world.say("Chidi", "And I", reply_to=said.pk)
    found = dialogue(world)

    with django_assert_num_queries(queries):
        shown = timeline(found, viewer=world["Ben"].participant)
        assert len([(said.who, said.answers, said.road_words, said.place_words) for said in shown]) == 2 * item_count


def test_words_outside_an_outline_tell_under_what_they_lie(world, browser_of):
    """Where cards lie in the order of time, as in the replay and while one was away, each says its heading."""
    bring = activities.plan_activity(
        workshop=world.workshop, actor=world.ada, session=world.session, kind="what_i_bring", identity="named"
    )
    world.go_live(step=4)
    world.say("Ben", "A red pen.", 4, heading=0)

    for who, address in (
        ("Ada", f"/meetings/{world.session.pk}/replay/?line=999"),
        ("Chidi", f"/w/{world.workshop.slug}/away/"),
    ):
        assert '<p class="card__under"><bdi>What I bring</bdi></p>' in browser_of(who).get(address).content.decode()
    thread = browser_of("Chidi").get(f"/threads/{bring.dialogues.get().pk}/").content.decode()
    assert ("card__under" in thread, "heading-said-" in thread) == (False, True)
