"""What a workshop learned: numbers that can be counted by hand, words without names, few people told of together."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.html import escape

from eaa.operations import learning
from eaa.operations.learning import Told
from eaa.queries.learned import learned, learned_by_study
from sessions_app import clock
from sessions_app.models import Session
from sessions_app.operations import dialogues, participants, running, sessions
from tests.eaa.seeing import as_researcher
from tests.world import add

HALL = ("Aina", "Bo", "Cai", "Dag", "Eli")
ONLINE = ("Fia", "Gro")
SAME, APART = ("same", "blended"), ("different", "distributed")


@pytest.fixture
def told(world):
    """Five in the hall and two online told of the meeting, one of them by a scribe; one told of a thread."""
    Session.objects.filter(pk=world.session.pk).update(time="same", space="blended")
    world.session.refresh_from_db()
    for name in (*HALL, *ONLINE):
        add(world, name, usual_place="hall" if name in HALL else "remote")
    running.start(session=world.session, actor=world.ada)
    for name in (*HALL, *ONLINE):
        sessions.enter_room(session=world.session, person=world[name].participant)
    for number, name in enumerate((*HALL, *ONLINE)):
        effect = "easier" if number < 4 else "harder"
        tell(world, name, Told(effect, f"Words {number}.", "trust" if number < 3 else "", "alignment"))
    tell(world, "Sam", Told("harder", "Words by hand.", "access"), person=world["Fia"].participant)
    return world


def tell(world, who, words, about=None, **more):
    given = {"about": about or world.session, "language": "en", "client_id": uuid.uuid4(), **more}
    return learning.tell(actor=world[who], told=words, **given)


def answer(world, names, **answers):
    for name in names:
        learning.answer(session=world.session, actor=world[name], answers=answers)


def say_yes(world, *names):
    for name in names:
        participants.answer_consent(person=world[name].participant, actor=world[name], purpose="research", yes=True)


def study(world, *, is_facilitator=True, **asked):
    return learned_by_study(world.workshop, is_facilitator=is_facilitator, asked=asked)


def words_of(view) -> list[str]:
    return [said.note.text for _title, words in view.words for said in words]


def lines(found) -> list[tuple]:
    return [(line.label, line.easier, line.harder, line.people) for line in found]


def test_it_is_counted_as_by_hand(told):
    until = clock.now() + timedelta(days=2)
    thread = dialogues.open_thread(workshop=told.workshop, actor=told.ada, prompt="And now?", until=until)
    thread.workshop = told.workshop
    tell(told, "Aina", Told("easier", "At five in the morning."), thread)

    found = learned(told.workshop)

    assert (found.easier, found.harder, found.people) == (5, 4, 7)
    assert found.pairs == {SAME: (4, 4), APART: (1, 0)}
    assert lines(found.themes) == [("Trust", 3, 0, 3), ("Getting in", 0, 1, 1), ("not said", 2, 3, 5)]
    assert lines(found.stages) == [("Working it out", 4, 3, 7), ("not said", 1, 1, 2)]


def test_few_people_are_told_of_together(told):
    found = learned(told.workshop)

    assert lines(found.places) == [("in the hall, or online", 4, 4, 7)]
    assert lines(found.roads) == [("wrote it themselves, or told it to a scribe", 4, 4, 7)]


def test_enough_people_are_told_of_alone(told):
    for name in ("Hedda", "Ivo", "Jon"):
        add(told, name, usual_place="remote")
        tell(told, name, Told("harder", "Too quick."))

    assert lines(learned(told.workshop).places) == [("in the hall", 4, 1, 5), ("online", 0, 6, 5)]


def test_a_place_is_where_somebody_came_in(told):
    """Not where they usually are by now."""
    participants.move(person=told["Aina"].participant, actor=told["Aina"], place="remote")
    for name in ("Hedda", "Ivo", "Jon"):
        add(told, name, usual_place="remote")
        tell(told, name, Told("harder", "Too quick."))

    assert lines(learned(told.workshop).places)[0] == ("in the hall", 4, 1, 5)


def test_numbers_of_questions_are_counted_never_averaged(told):
    answer(told, HALL, intention=4, dialogue=2)
    answer(told, ONLINE, intention=5)
    learning.answer(session=told.session, actor=told["Aina"], answers={"dialogue": None})

    (meeting,) = learned(told.workshop).meetings
    by_words = {one.words: (one.counts, one.n) for one in meeting.questions}

    assert by_words["Did you know why we were there?"] == ((0, 0, 0, 5, 2), 7)
    assert by_words["Could you say what you wanted, and were you answered?"] == ((), 4)
    assert by_words["Was there use for what you bring?"] == ((), 0)
    assert meeting.finding == "Most fours and fives went to “Did you know why we were there?”: 7 of 7."


def test_what_was_taken_back_is_a_gap_and_in_no_number(told):
    mine = tell(told, "Aina", Told("harder", "I said too much.", "power"))
    learning.withdraw_note(note=mine, actor=told["Aina"])

    found = study(told)

    assert (found.easier, found.harder) == (4, 4)
    assert [said.is_gone for _title, words in found.words for said in words].count(True) == 1
    assert "I said too much." not in found.report


def test_researchers_read_the_words_of_those_who_said_yes(told):
    say_yes(told, "Aina", "Fia")
    participants.answer_consent(person=told["Bo"].participant, actor=told["Bo"], purpose="research", yes=False)

    found = study(told, is_facilitator=False)

    assert sorted(words_of(found)) == ["Words 0.", "Words 5.", "Words by hand."]
    assert found.unshown == 5
    assert (found.easier, found.harder, found.people) == (4, 4, 7)
    assert len(words_of(study(told))) == 8


def test_a_yes_that_was_taken_back_counts_no_more(told):
    say_yes(told, "Aina")
    participants.answer_consent(person=told["Aina"].participant, actor=told["Aina"], purpose="research", yes=False)

    assert words_of(study(told, is_facilitator=False)) == []


def test_the_report_quotes_only_those_who_said_yes_whoever_copies_it(told):
    say_yes(told, "Aina")

    assert study(told).report == study(told, is_facilitator=False).report
    assert study(told).report.count("“Words") == 1
    assert "- “Words 0.” (Easier, Trust, same time · Some in the hall, some online)" in study(told).report
    assert "- Some in the hall, some online, same time: 4 harder, 4 easier" in study(told).report


def test_the_order_of_words_says_nothing_of_when_they_came(told):
    """The log says who told when; an order by time would say whose the words are."""
    for number in range(12):
        tell(told, "Chidi", Told("harder", f"Later {number}."))
    found = words_of(study(told))

    assert found == words_of(study(told))
    assert [one for one in found if one.startswith("Later")] != [f"Later {number}." for number in range(12)]


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"effect": "harder", "theme": "access"}, ["Words by hand."]),
        ({"theme": "trust"}, ["Words 0.", "Words 1.", "Words 2."]),
        ({"time": "different"}, []),
        ({"stage": "nonsense"}, []),
    ],
)
def test_words_can_be_chosen(told, asked, words):
    assert sorted(words_of(study(told, **asked))) == words


def test_another_workshop_is_not_in_it(told):
    from tests.world import make_world

    other = make_world("Other", host="Olga")

    assert learned(other.workshop).people == 0
    assert study(other).words == ()


@pytest.mark.parametrize("who", ["Ada", "Rana", "Ben"])
def test_no_page_names_who_told(told, browser_of, who):
    say_yes(told, *HALL, *ONLINE)
    browser = as_researcher(told) if who == "Rana" else browser_of(who)

    page = browser.get(reverse("eaa:learning", args=[told.workshop.slug])).content.decode()

    assert "Trust" in page
    assert [name for name in (*HALL, *ONLINE) if f">{name}" in page or f" {name}" in page] == []


def test_citizens_read_numbers_and_their_own_words(told, browser_of):
    browser = browser_of("Ben")
    tell(told, "Ben", Told("easier", "My own words."))

    page = browser.get(reverse("eaa:learning", args=[told.workshop.slug])).content.decode()

    assert "My own words." in page
    assert "Words 0." not in page
    assert "Text for a report" not in page


def test_citizens_see_no_parts_of_very_few(world, browser_of):
    running.start(session=world.session, actor=world.ada)
    tell(world, "Chidi", Told("harder", "Alone.", "power"))

    page = browser_of("Ben").get(reverse("eaa:learning", args=[world.workshop.slug])).content.decode()

    assert "More is shown here once five people have told something." in page
    assert escape("Who decides") not in page


def test_table_and_picture_say_the_same(told):
    found = learned(told.workshop)
    drawn = {mark.number for box in found.plot.boxes for mark in (box.circle, box.square)}
    written = {number for _space, cells in found.rows for pair in cells for number in pair}

    assert drawn == written == {0, 4}
    areas = {round(3.14159 * float(box.circle.r) ** 2 / 4) for box in found.plot.boxes if box.circle.number}
    squares = {round(float(box.square.side) ** 2 / 4) for box in found.plot.boxes if box.square.number}
    assert max(areas | squares) - min(areas | squares) <= 1
