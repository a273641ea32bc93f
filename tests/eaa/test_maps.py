"""The map: what was planned, touched and confirmed; its drawing shows the numbers of its table, and what came back."""

import re

import pytest
from django.urls import reverse
from django.utils import translation

from eaa.models import Record
from eaa.operations import assets, records
from eaa.queries.charts import NARROW, WIDE, Dot, Layout, chart
from eaa.queries.drawing import radius
from eaa.queries.findings import advice, finding
from eaa.queries.maps import Cell, map_of
from eaa.stages import MECHANISMS, STAGES
from sessions_app import clock
from sessions_app.models import Activity, Response, Turn
from sessions_app.operations import contributions, running, turns
from tests.eaa.chain import add_agreement, add_record, build_chain

NAMES = {tag.key: str(tag.plain) for tag in MECHANISMS}


def cell(found, mechanism, stage):
    return next(one for one in found.cells if (one.mechanism.key, one.stage.key) == (mechanism, stage))


def test_steps_are_planned_until_something_is_said_in_them(world):
    """A check-in round is about intention, at the beginning. That it was on says nothing of what happened in it."""
    before = cell(map_of(world.workshop), "intention", "engagement")
    world.go_live()
    held = cell(map_of(world.workshop), "intention", "engagement")
    world.say("Ben", "Calm.")
    after = cell(map_of(world.workshop), "intention", "engagement")

    assert (before.planned, before.run, before.evidence, before.is_only_planned) == (1, 0, 0, True)
    assert (held.planned, held.run, held.evidence, held.is_only_planned) == (0, 1, 0, True)
    assert (after.planned, after.run, after.evidence, after.is_only_planned) == (0, 1, 1, False)


def test_what_people_chose_and_what_they_said_aloud_counts_as_said(world):
    world.go_live()
    turn = turns.ask_for_word(session=world.session, actor=world["Ben"])
    Turn.objects.filter(pk=turn.pk).update(step=world.steps[0])
    assert cell(map_of(world.workshop), "intention", "engagement").words == 0
    turns.give_word(turn=turn, actor=world.ada)
    given = {"via": "room", "place": "hall", "given_at": clock.now()}
    people = [world[name].participant for name in ("Ben", "Chidi", "Hella")]
    chosen, gone, told = (
        Response.objects.create(dialogue=world.steps[0].plenary, participant=person, seq=number, **given)
        for number, person in enumerate(people)
    )
    Response.objects.filter(pk=gone.pk).update(withdrawn_at=clock.now())
    Response.objects.filter(pk=told.pk).update(reason=world.say("Hella", "Because."))

    assert chosen.reason is None
    assert cell(map_of(world.workshop), "intention", "engagement").words == 3  # a turn, a choice, a reason


def test_words_count_where_their_step_stands_until_they_are_taken_back(world):
    world.go_live()
    said = [world.say("Ben", "Calm."), world.say("Chidi", "Quiet.")]
    assert cell(map_of(world.workshop), "intention", "engagement").words == 2

    contributions.withdraw_contribution(contribution=said[0], actor=world["Ben"])

    assert cell(map_of(world.workshop), "intention", "engagement").words == 1


def test_words_that_lie_face_down_are_not_counted(world):
    world.go_live(step=1)
    world.say("Ben", "Face down.", 1)
    step = world.steps[1]
    places = [(mechanism, stage) for mechanism in step.mechanisms for stage in step.stages]

    assert step.is_hidden
    assert [cell(map_of(world.workshop), *place).words for place in places] == [0] * len(places)
    running.reveal(session=world.session, actor=world.ada)
    assert {cell(map_of(world.workshop), *place).words for place in places} == {1}


def test_records_and_agreements_count_where_they_belong(world):
    build_chain(world)
    found = map_of(world.workshop)

    assert cell(found, "documentation", "alignment").records == 1
    assert cell(found, "interpretation", "agreement").records == 1
    understood = cell(found, "understanding", "agreement")
    assert (understood.records, understood.confirmed) == (2, 1)  # the reading, and the agreement that is open


def test_what_is_not_for_everybody_counts_for_nobody(world):
    before = [one.evidence for one in map_of(world.workshop).cells]
    asset = assets.keep_asset(workshop=world.workshop, actor=world["Ben"], kind="skill", text="Hidden.")
    assets.show_asset(record=asset, actor=world["Ben"], shown="hidden")
    add_agreement(world, "Draft", ("Not yet.", []), draft=True)
    thrown = add_record(world, "documentation", "Thrown away.", kind="notes")
    records.remove_record(record=thrown, actor=world.ada)

    assert [one.evidence for one in map_of(world.workshop).cells] == before


def test_a_meeting_has_a_map_of_its_own(world):
    build_chain(world)
    other = Activity.objects.create(
        workshop=world.workshop, kind="cards", title="A thread", stages=["alignment"], mechanisms=["dialogue"]
    )
    everything, meeting = map_of(world.workshop), map_of(world.workshop, world.session)

    of_all, of_one = (cell(each, "dialogue", "alignment") for each in (everything, meeting))
    assert of_all.planned == of_one.planned + 1
    assert cell(meeting, "documentation", "alignment").records == 1  # it was written while the meeting was on
    assert other.session is None


def test_what_came_back_is_counted(world):
    chain = build_chain(world)
    assert [(one.key, one.count) for one in map_of(world.workshop).returns] == [("returned", 1)]

    add_record(world, "intention", "To be heard.", chain.words["late"])
    add_agreement(world, "How", ("So.", [chain.words["late"]]))
    Activity.objects.filter(pk=world.steps[0].pk).update(comes_from=world.steps[1])

    found = {one.key: (one.source, one.target, one.count) for one in map_of(world.workshop).returns}
    assert found == {
        "brought": ("documentation", "dialogue", 1),
        "returned": ("interpretation", "dialogue", 1),
        "reread": ("understanding", "intention", 1),
    }


def test_it_says_quietly_what_might_be_missing(world):
    told = list(advice(map_of(world.workshop)))
    assert told == ["Why we are here is not written down yet.", "Nobody has been asked yet what they bring."]

    chain = build_chain(world)
    add_record(world, "interpretation", "Not asked about.", chain.words["late"])

    told = list(advice(map_of(world.workshop)))
    assert "Nobody has been asked yet whether that is what they meant." in told
    assert "Read again why we are here, and ask whether each agreement serves it." in told


def test_meaning_that_was_talked_about_but_not_kept_is_told_as_such(world):
    """Cards of a step about interpretation count on the map, though no reading is written down."""
    chain = build_chain(world)
    Record.objects.filter(mechanism="interpretation").delete()
    add_record(world, "documentation", "Notes.", chain.words["late"])
    for step in world.steps:
        Activity.objects.filter(pk=step.pk).update(mechanisms=["interpretation"])

    found = map_of(world.workshop)

    assert found.by_mechanism["interpretation"]
    assert "Notes are kept. What we think they mean is not written down yet." in advice(found)


def test_the_finding_says_what_was_said_and_not_what_steps_are_called(world):
    assert finding(map_of(world.workshop), NAMES) == "Nothing was said or written yet. Steps are there for 4 of 6."
    Activity.objects.filter(workshop=world.workshop).update(mechanisms=sorted(NAMES))
    world.go_live()
    assert finding(map_of(world.workshop), NAMES) == "Nothing was said or written yet. Steps are there for 6 of 6."

    said = world.say("Ben", "Calm.")

    assert finding(map_of(world.workshop), NAMES) == "Something was said or written for all six. Nothing came back yet."
    contributions.withdraw_contribution(contribution=said, actor=world["Ben"])
    add_record(world, "documentation", "Notes.", kind="notes")
    told = finding(map_of(world.workshop), NAMES)
    assert (
        told == "Most was said and written for “Writing it down so that all can see”. There is nothing yet for 5 of 6."
    )
    Activity.objects.filter(workshop=world.workshop).update(mechanisms=[])
    Record.objects.all().delete()
    assert finding(map_of(world.workshop), NAMES) == "Nothing has happened yet."


def test_a_step_that_was_held_in_silence_was_held_all_the_same(world):
    Activity.objects.filter(pk=world.steps[0].pk).update(mechanisms=["assets"])
    world.go_live()

    assert "Nobody has been asked yet what they bring." not in advice(map_of(world.workshop))


def test_areas_are_proportional():
    assert radius(10, 40, 20) == 10
    assert radius(0, 40, 20) == 0
    assert radius(3, 0, 20) == 0


def reaches_the_arrows(dot: Dot, layout: Layout, width: int) -> bool:
    """Whether the number of DOT, with nine units for each digit, runs into where the arrows begin."""
    away = abs(dot.number_x - (0 if dot.side > 0 else width))
    return not dot.is_inside and away + 9 * len(str(dot.cell.evidence)) > layout.edge


@pytest.mark.parametrize("layout", [WIDE, NARROW])
@pytest.mark.parametrize("number", [9, 62, 999])
def test_no_number_runs_into_an_arrow(layout, number):
    for r in range(1, layout.largest + 1):
        cell = Cell(MECHANISMS[0], STAGES[-1], planned=1, words=number)
        for side, x in ((1, layout.columns[-1]), (-1, layout.width - layout.columns[-1])):
            assert not reaches_the_arrows(Dot(cell, x, 0, r, side), layout, layout.width)


@pytest.mark.parametrize("layout", [WIDE, NARROW])
def test_nothing_is_drawn_outside_of_the_drawing(world, layout):
    build_chain(world)
    for is_mirrored in (False, True):
        drawn = chart(map_of(world.workshop), layout, is_plain=True, is_mirrored=is_mirrored)
        for dot in drawn.dots:
            assert 0 < dot.x - dot.ring < dot.x + dot.ring < drawn.width
            assert 0 < dot.y - dot.ring < dot.y + dot.ring < drawn.height
        numbers = [float(number) for arrow in drawn.arrows for number in re.findall(r"[\d.]+", arrow.line + arrow.head)]
        assert numbers
        assert max(numbers) < max(drawn.width, drawn.height)


def drawn_numbers(svg: str) -> dict[str, int]:
    groups = re.findall(r'data-cell="([\w ]+)">(.*?)</g>', svg, re.DOTALL)
    return {name: int((re.findall(r">(\d+)</text>", drawing) or [0])[0]) for name, drawing in groups}


@pytest.mark.parametrize("who", ["Ben", "Ada"])
def test_the_drawings_show_the_numbers_of_the_table(world, browser_of, who):
    build_chain(world)
    page = browser_of(who).get(reverse("eaa:map", args=[world.workshop.slug])).content.decode()

    drawings = re.findall(r"<svg class=\"chart.*?</svg>", page, re.DOTALL)
    table = dict(re.findall(r'<tr data-cell="([\w ]+)">.*?<b>(\d+)</b>', page, re.DOTALL))

    assert len(drawings) == 2
    assert len(table) == 18
    assert sum(int(number) for number in table.values()) > 5
    for drawing in drawings:
        assert drawn_numbers(drawing) == {name: int(number) for name, number in table.items()}


def test_citizens_read_plain_words_and_those_who_work_with_the_framework_its_own(world, browser_of):
    address = reverse("eaa:map", args=[world.workshop.slug])
    for_ben, for_ada = (browser_of(name).get(address).content.decode() for name in ("Ben", "Ada"))

    assert "Engagement" not in for_ben
    assert "Why we are here" in for_ben
    assert "Engagement" in for_ada


def test_numbers_of_a_drawing_have_a_point_in_every_language(world, browser_of):
    with translation.override("sv"):
        page = (
            browser_of("Ben")
            .get(reverse("eaa:map", args=[world.workshop.slug]), HTTP_ACCEPT_LANGUAGE="sv")
            .content.decode()
        )

    assert re.findall(r'(?:cx|cy|r|x|y)="\d+,\d+"', page) == []
