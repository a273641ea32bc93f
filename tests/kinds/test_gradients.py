"""Where people stand: counts, which way they lean, whose reservations are heard first, and names only where shown."""

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from sessions_app.errors import BadText
from sessions_app.kinds import Given
from sessions_app.kinds.gradients import Gradients
from sessions_app.models import Response
from sessions_app.operations import contributions, running
from sessions_app.queries.responses import board_of
from tests.kinds.choosing import give, revealed, with_step

EIGHT, FIVE = {"steps": "8"}, {"steps": "5"}


@pytest.fixture
def stand(world):
    return with_step(world, "gradients", options=EIGHT)


@pytest.mark.django_db
def test_people_stand_on_their_steps_and_reservations_come_first(world, stand):
    give(world, "Ben", "step=1", reason="Gladly.")
    give(world, "Chidi", "step=3", reason="If somebody rings.")
    give(world, "Sam", "step=7", reason="Why did I come?")
    give(world, "Hella", "step=4")

    result = revealed(world)

    assert [column["count"] for column in result["columns"]] == [1, 0, 1, 1, 0, 0, 1, 0]
    assert [result[name] for name in ("total", "yes", "neutral", "no")] == [4, 2, 1, 1]
    assert [voice["said"].reason for voice in result["reservations"]] == ["Why did I come?", "If somebody rings."]
    assert [voice["said"].reason for voice in result["others"]] == ["Gladly."]
    assert result["columns"][6]["people"][0].who == "Sam"


@pytest.mark.django_db
@pytest.mark.parametrize(("sent", "words"), [("", "first"), ("step=9", "Choose again"), ("step=0", "Choose again")])
def test_what_is_no_step_is_refused(world, stand, sent, words):
    with pytest.raises(BadText, match=words):
        give(world, "Ben", sent)


@pytest.mark.django_db
@pytest.mark.parametrize("identity", ["group", "anonymous"])
def test_words_are_shown_without_names_where_names_are_not_shown(world, browser_of, identity):
    with_step(world, "gradients", options=EIGHT, identity=identity)
    give(world, "Chidi", "step=6", reason="Seven days is long.")
    revealed(world)

    for who in ("Ben", "Ada"):
        page = browser_of(who).get(f"/meetings/{world.session.pk}/room/").content.decode()
        board = page[page.index('id="room-board"') : page.index('id="room-count"')]
        assert "Seven days is long." in board
        assert "Chidi" not in board


@pytest.mark.django_db
def test_nothing_is_told_before_it_is_turned_over(world, stand, browser_of):
    give(world, "Chidi", "step=6", reason="Seven days is long.")

    for who in ("Ben", "Ada", "Sam"):
        assert "Seven days" not in browser_of(who).get(f"/meetings/{world.session.pk}/room/").content.decode()


@pytest.mark.django_db
def test_reasons_lie_in_the_result_and_not_as_cards_too(world, stand, browser_of):
    give(world, "Chidi", "step=6", reason="Seven days is long.")
    revealed(world)

    for address in (f"/meetings/{world.session.pk}/room/", f"/threads/{stand.pk}/"):
        page = browser_of("Ben").get(address).content.decode()
        assert page.count("Seven days is long.") == 1


@pytest.mark.django_db
def test_words_taken_back_go_from_the_result(world, stand):
    answer = give(world, "Chidi", "step=6", reason="Seven days is long.")
    contributions.withdraw_contribution(contribution=answer.reason, actor=world["Chidi"])

    assert revealed(world)["reservations"] == []


@pytest.mark.django_db
def test_the_round_before_stands_beside_this_one(world, stand, browser_of):
    give(world, "Ben", "step=8")
    revealed(world)
    running.ask_again(session=world.session, actor=world.ada)
    give(world, "Ben", "step=2")
    revealed(world)

    assert board_of(world.dialogue(0)).before.result["columns"][7]["count"] == 1
    page = browser_of("Ben").get(f"/meetings/{world.session.pk}/room/").content.decode()
    assert "stand__before" in page
    assert "board__before" not in page


@pytest.mark.django_db
def test_five_steps_are_easier_to_read(world, browser_of):
    with_step(world, "gradients", options=FIVE)
    give(world, "Ben", "step=5")

    page = browser_of("Chidi").get(f"/meetings/{world.session.pk}/room/").content.decode()
    assert "Yes, I can live with it" in page
    assert page.count('name="step"') == 5
    assert Response.objects.get().value == 5
    with pytest.raises(BadText):
        give(world, "Ben", "step=6")


@drawn(st.lists(st.integers(1, 8), max_size=40), st.sampled_from([EIGHT, FIVE]))
def test_everybody_is_counted_once(answers, options):
    steps = int(options["steps"])
    given = [Given(min(value, steps), reason="Why") for value in answers]
    result = Gradients.result(given, options)

    assert sum(column["count"] for column in result["columns"]) == len(answers)
    assert result["yes"] + result["no"] + result["neutral"] == result["total"] == len(answers)
    assert len(result["reservations"]) + len(result["others"]) == len(answers)
    assert all(0 <= column["height"] <= 36 == column["y"] + column["height"] for column in result["columns"])
