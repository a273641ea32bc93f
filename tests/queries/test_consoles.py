"""How far a question is that is answered by choosing: for hosts, in numbers, and for nobody else."""

import pytest

from sessions_app.operations import participants
from sessions_app.queries.consoles import console_view
from tests.kinds.choosing import give, with_step

CHOICES = {"choices": ["Yes", "No"]}


def progress(world, *here: str) -> str:
    world.session.refresh_from_db()
    return console_view(world.session, {world[name].participant.pk for name in here}).answered_words


@pytest.mark.django_db
def test_the_console_says_how_many_of_those_present_have_answered(world):
    with_step(world, "poll", options=CHOICES)
    assert progress(world, "Ben", "Chidi") == "0 of 2 people who are here have answered."
    participants.move(person=world["Ben"].participant, actor=world["Ben"], place="hall")
    give(world, "Ben", "choice=1")
    give(world, "Sam", "choice=2", via="paper", ballot="B7")

    assert progress(world, "Chidi") == "2 of 3 people who are here have answered."


@pytest.mark.django_db
def test_where_nobody_may_know_who_only_numbers_are_looked_at(world):
    with_step(world, "poll", options=CHOICES, identity="anonymous")
    give(world, "Ben", "choice=1")

    assert progress(world, "Ben", "Chidi") == "1 of 2 people who are here have answered."


@pytest.mark.django_db
def test_where_nothing_is_chosen_nothing_is_said(world):
    world.go_live()

    assert progress(world, "Ben") == ""


@pytest.mark.django_db
def test_it_stands_on_the_console_and_on_no_page_of_others(world, browser_of):
    with_step(world, "poll", options=CHOICES, identity="anonymous")
    give(world, "Ben", "choice=1")
    words, room = "who is here has answered", f"/meetings/{world.session.pk}"

    assert words in browser_of("Ada").get(f"{room}/console/").content.decode()
    for who in ("Ben", "Chidi", "Ada"):
        assert words not in browser_of(who).get(f"{room}/room/").content.decode()
    assert browser_of("Ben").get(f"{room}/console/").status_code in {403, 404}
